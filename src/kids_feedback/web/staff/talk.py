"""Putting the day of a wrongly recorded talk right."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from kids_feedback.domain.errors import NotThere
from kids_feedback.domain.procedure import Step
from kids_feedback.services import talks
from kids_feedback.services.casefile import CaseFile
from kids_feedback.services.history import TalkHeld
from kids_feedback.web import context, guard
from kids_feedback.web.staff import refused
from kids_feedback.web.staff.dates import the_sum
from kids_feedback.web.staff.face import staff
from kids_feedback.web.staff.heading import heading
from kids_feedback.web.staff.opening import moment, onwards, open_at, open_case
from kids_feedback.web.staff.step_forms import CorrectForm
from kids_feedback.web.staff.wording import _


@staff.get("/case/<case_id>/talk/<talk_id>")
@guard.only(*guard.STAFF)
def correct_talk(case_id: str, talk_id: str) -> ResponseReturnValue:
    """Put the day of a talk right."""
    with context.reading() as db:
        case = open_at(db, case_id, Step.LOG_TALK)
    talk = _talk_of(case, talk_id)
    form = CorrectForm(data={"seen": case.version, "talk_on": talk.talk_on})
    return _page(case, talk, form), 200


@staff.post("/case/<case_id>/talk/<talk_id>")
@guard.only(*guard.STAFF)
def save_correction(case_id: str, talk_id: str) -> ResponseReturnValue:
    """Keep the right day, with the reason."""
    form = CorrectForm()
    with context.reading() as db:
        case = open_case(db, case_id)
    talk = _talk_of(case, talk_id)
    if form.validate():
        try:
            with context.transaction() as db:
                saved = talks.correct_talk(
                    db,
                    case_id,
                    guard.person(),
                    talk_id=talk_id,
                    talk_on=form.talk_on.data,
                    reason=form.reason.data,
                    seen=form.seen.data,
                    **moment(db),
                )
                case = open_case(db, case_id)
            return onwards(saved, _said(case))
        except refused.REFUSALS as error:
            refused.say(form, error, "talk_on")
    return _page(case, talk, form), 422


def _page(case: CaseFile, talk: TalkHeld, form: Any) -> str:
    return render_template(
        "staff/correct_talk.html", case=case, head=heading(case), talk=talk, form=form
    )


def _talk_of(case: CaseFile, talk_id: str) -> TalkHeld:
    """Raise NotThere for a talk that is not of this case."""
    found = next((talk for talk in case.talks if talk.id == talk_id), None)
    if found is None:
        raise NotThere
    return found


def _said(case: CaseFile) -> str:
    return " ".join([_("Saved."), *([the_sum(case.clock)] if case.clock else [])])

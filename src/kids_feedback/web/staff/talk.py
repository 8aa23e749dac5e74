"""Putting the day of a wrongly recorded talk right."""

from flask import render_template
from flask.typing import ResponseReturnValue

from kids_feedback.domain.errors import NotThere
from kids_feedback.domain.procedure import Step
from kids_feedback.services.casefile import CaseFile
from kids_feedback.services.history import TalkHeld
from kids_feedback.web import context, guard
from kids_feedback.web.staff.dates import the_sum
from kids_feedback.web.staff.face import staff
from kids_feedback.web.staff.heading import heading
from kids_feedback.web.staff.opening import onwards, open_at, open_case, take
from kids_feedback.web.staff.steps.talking import CORRECT_TALK, CorrectForm
from kids_feedback.web.staff.wording import _


@staff.get("/case/<case_id>/talk/<talk_id>")
@guard.only(*guard.STAFF)
def correct_talk(case_id: str, talk_id: str) -> ResponseReturnValue:
    """Put the day of a talk right."""
    with context.reading() as db:
        case = open_at(db, case_id, Step.CORRECT_TALK)
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
    form.talk_id = talk_id
    if saved := take(case_id, CORRECT_TALK, form):
        return onwards(saved, _said(case_id))
    return _page(case, talk, form), 422


def _page(case: CaseFile, talk: TalkHeld, form: CorrectForm) -> str:
    return render_template(
        "staff/correct_talk.html", case=case, head=heading(case), talk=talk, form=form
    )


def _talk_of(case: CaseFile, talk_id: str) -> TalkHeld:
    """Raise NotThere for a talk that is not of this case."""
    found = next((talk for talk in case.talks if talk.id == talk_id), None)
    if found is None:
        raise NotThere
    return found


def _said(case_id: str) -> str:
    with context.reading() as db:
        clock = open_case(db, case_id).clock
    return " ".join([_("Saved."), *([the_sum(clock)] if clock else [])])

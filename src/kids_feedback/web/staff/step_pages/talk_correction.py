"""Putting the day of a wrongly recorded talk right."""

from flask import render_template
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.case.events import LoggedTalk, talks_of
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.reading.case_file import CaseFile, of_case
from kids_feedback.web.kit import guard
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.heading import heading
from kids_feedback.web.staff.case.loader import look, onwards, open_at, take
from kids_feedback.web.staff.kit.dates import the_sum
from kids_feedback.web.staff.steps.contact import CORRECT_TALK, CorrectForm


@staff.get("/case/<case_id>/talk/<talk_id>")
@guard.only(*guard.STAFF)
def correct_talk(case_id: str, talk_id: str) -> ResponseReturnValue:
    """Put the day of a talk right."""
    with look(case_id) as opened:
        case, talk = open_at(opened, Step.CORRECT_TALK), _talk_of(opened, talk_id)
    form = CorrectForm(data={"seen": case.version, "talk_on": talk.talk_on})
    return _page(case, talk, form), 200


@staff.post("/case/<case_id>/talk/<talk_id>")
@guard.only(*guard.STAFF)
def save_correction(case_id: str, talk_id: str) -> ResponseReturnValue:
    """Keep the right day, with the reason."""
    form = CorrectForm()
    with look(case_id) as opened:
        case, talk = of_case(opened), _talk_of(opened, talk_id)
    form.talk_id = talk_id
    if saved := take(case_id, CORRECT_TALK, form):
        return onwards(saved, _said(case_id))
    return _page(case, talk, form), 422


def _page(case: CaseFile, talk: LoggedTalk, form: CorrectForm) -> str:
    return render_template(
        "staff/step_pages/talk_correction.html", case=case, head=heading(case), talk=talk, form=form
    )


def _talk_of(opened: Opened, talk_id: str) -> LoggedTalk:
    """Raise NotThere for a talk that is not of this case."""
    found = next((talk for talk in talks_of(opened) if talk.id == talk_id), None)
    if found is None:
        raise NotFound
    return found


def _said(case_id: str) -> str:
    with look(case_id) as opened:
        clock = of_case(opened).clock
    return " ".join([_("Saved."), *([the_sum(clock)] if clock else [])])

"""A talk that was recorded wrongly: put right, or struck."""

from functools import partial

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.errors import EditConflict, NotFound
from kids_feedback.services.case.events import LoggedTalk, talks_of
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.reading.case_file import CaseFile, of_case
from kids_feedback.web.kit import guard
from kids_feedback.web.kit.forms import not_right
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.heading import heading
from kids_feedback.web.staff.case.loader import (
    is_shown,
    look,
    onwards,
    open_at,
    shown_again,
    take,
    take_or_show_again,
)
from kids_feedback.web.staff.kit.dates import the_sum
from kids_feedback.web.staff.steps.contacting.contact import CORRECT_TALK, CorrectForm
from kids_feedback.web.staff.steps.mending import STRIKE_TALK, StrikeForm


@staff.get("/case/<case_id>/talk/<talk_id>")
@guard.only(*guard.STAFF)
def correct_talk(case_id: str, talk_id: str) -> ResponseReturnValue:
    """Put a talk right, or strike it."""
    with look(case_id) as opened:
        case = open_at(opened, Step.CORRECT_TALK, Step.STRIKE_TALK)
        talk = _talk_of(opened, talk_id)
    return _page(case, talk), 200


@staff.post("/case/<case_id>/talk/<talk_id>")
@guard.only(*guard.STAFF)
def save_correction(case_id: str, talk_id: str) -> ResponseReturnValue:
    """Keep the talk as it was, with the reason."""
    form = CorrectForm()
    with look(case_id) as opened:
        case, talk = of_case(opened), _talk_sent(opened, talk_id)
    form.talk_id = talk_id
    if saved := take(case_id, CORRECT_TALK, form):
        return onwards(saved, _said(case_id))
    return shown_again(case_id, form, lambda: _page(case, talk, correct=form))


@staff.post("/case/<case_id>/talk/<talk_id>/strike")
@guard.only(*guard.STAFF)
def strike_talk(case_id: str, talk_id: str) -> ResponseReturnValue:
    """Strike the talk, with the reason."""
    form = StrikeForm()
    with look(case_id) as opened:
        case, talk = of_case(opened), _talk_sent(opened, talk_id)
    form.talk_id = talk_id
    page = partial(_page, case, talk, strike=form)
    at = url_for("staff.correct_talk", case_id=case_id, talk_id=talk_id)
    return take_or_show_again(case_id, STRIKE_TALK, form, page, at=at)


def _page(
    case: CaseFile,
    talk: LoggedTalk,
    *,
    correct: CorrectForm | None = None,
    strike: StrikeForm | None = None,
) -> str:
    kept = {"talk_on": talk.talk_on, "way": talk.way, "present": talk.present, "wants": talk.wants}
    seen = {"seen": case.version}
    correct = correct or CorrectForm(formdata=None, data={**seen, **kept})
    strike = strike or StrikeForm(formdata=None, data=seen)
    return render_template(
        "staff/step_pages/talk_correction.html",
        case=case,
        head=heading(case),
        talk=talk,
        form=not_right(correct, strike),
        correct=correct,
        strike=strike,
        may_correct=is_shown(case, Step.CORRECT_TALK, correct),
        may_strike=is_shown(case, Step.STRIKE_TALK, strike),
    )


def _talk_of(opened: Opened, talk_id: str) -> LoggedTalk:
    """Raise NotFound for a talk that is not of this case."""
    found = next((talk for talk in talks_of(opened) if talk.id == talk_id), None)
    if found is None:
        raise NotFound
    return found


def _talk_sent(opened: Opened, talk_id: str) -> LoggedTalk:
    """Raise EditConflict for a talk that was put right since, so that no word of the form is lost.

    Raise NotFound for one that is not of this case.
    """
    if any(talk.id == talk_id and talk.is_struck for talk in talks_of(opened, with_struck=True)):
        raise EditConflict
    return _talk_of(opened, talk_id)


def _said(case_id: str) -> str:
    with look(case_id) as opened:
        clock = of_case(opened).clock
    return " ".join([_("Saved."), *([the_sum(clock)] if clock else [])])

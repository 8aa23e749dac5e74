"""What every page of a case begins with, and where an act leads."""

from datetime import date, datetime
from typing import Any, TypedDict

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.errors import NotAllowedNow
from kids_feedback.domain.procedure import Step
from kids_feedback.services import casefile, days
from kids_feedback.services.casefile import CaseFile
from kids_feedback.services.cases import Saved
from kids_feedback.web import context, guard


class Moment(TypedDict):
    """The arguments that every act takes."""

    now: datetime
    today: date
    calendar: WorkingCalendar


def moment(db: Any) -> Moment:
    """Return the moment of this request."""
    return Moment(now=context.now(), today=context.today(), calendar=days.calendar_now(db))


def open_case(db: Any, case_id: str) -> CaseFile:
    """Return the case for whoever is signed in.

    Raises:
        NotThere: no such case, or not one this person may know of.
    """
    return casefile.open_case(
        db,
        case_id,
        guard.person(),
        today=context.today(),
        calendar=days.calendar_now(db),
    )


def open_at(db: Any, case_id: str, *steps: Step) -> CaseFile:
    """Return the case for one of these steps.

    Raises:
        NotThere: no such case, or not one this person may know of.
        NotAllowedNow: none of the steps is open to this person now.
    """
    case = open_case(db, case_id)
    if not case.steps.intersection(steps):
        raise NotAllowedNow(step=steps[0], state=case.stage)
    return case


def onwards(saved: Saved, said: str) -> ResponseReturnValue:
    """Say what was done, on the case's page or, once it is out of sight, on the queue."""
    flash(said)
    if saved.still_theirs:
        return redirect(url_for("staff.case", case_id=saved.id), code=303)
    return redirect(url_for("staff.queue"), code=303)

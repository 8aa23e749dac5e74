"""Complaints that come late: they are asked about, and never refused (ruling R5)."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.clocks import is_late
from kids_feedback.domain.people import Person
from kids_feedback.domain.procedure import Step
from kids_feedback.services import cases
from kids_feedback.services.cases import Saved
from kids_feedback.services.refusals import Incomplete, NotYetOver


def say_ended(
    session: Session,
    case_id: str,
    person: Person,
    *,
    ended_on: date | None,
    circumstances: str,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    seen: int | None = None,
) -> Saved:
    """Say when Cafcass' work with the child ended, and of a late complaint what was special.

    Nothing else changes: a late complaint goes on like any other, and the child is contacted.

    Args:
        ended_on: local date; None while the work goes on.
        circumstances: whether there were exceptional circumstances, in staff's words.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``.
        NotYetOver: it is a day to come.
        Incomplete: the complaint is late, and nobody said whether circumstances were exceptional.

    Source: docs/procedure.md, paragraphs 13 to 15.
    """
    row = cases.find(session, case_id, person, seen=seen)
    if ended_on and ended_on > today:
        raise NotYetOver
    late = is_late(row.received_on, ended_on)
    if late and not circumstances:
        raise Incomplete(missing=("circumstances",))
    cases.take(row, Step.SAY_ENDED, person)
    row.ended_on = ended_on
    return cases.record(
        session,
        row,
        Step.SAY_ENDED,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts={"ended_on": ended_on.isoformat() if ended_on else None, "late": late},
        note=circumstances,
    )

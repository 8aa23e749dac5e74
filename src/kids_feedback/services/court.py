"""The court notice: finding out, the hearing, what the court and the child have been told."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.court import CaseOngoing
from kids_feedback.domain.people import Person
from kids_feedback.domain.procedure import Step
from kids_feedback.services import cases
from kids_feedback.services.cases import Mark, Saved
from kids_feedback.services.refusals import Incomplete, check_day

_KEPT = {CaseOngoing.YES: True, CaseOngoing.NO: False, CaseOngoing.UNKNOWN: None}


def set_ongoing(
    session: Session,
    case_id: str,
    person: Person,
    *,
    ongoing: CaseOngoing,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    note: str = "",
    seen: int | None = None,
) -> Saved:
    """Say whether a case goes on in court.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``.

    Source: docs/procedure.md, paragraphs 45 and 46.
    """
    row = cases.find(session, case_id, person, seen=seen)
    cases.take(row, Step.COURT, person)
    row.ongoing = _KEPT[ongoing]
    return cases.record(
        session,
        row,
        Mark.COURT_ONGOING,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts={"ongoing": ongoing},
        note=note,
    )


def set_hearing(
    session: Session,
    case_id: str,
    person: Person,
    *,
    hearing_on: date | None,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    seen: int | None = None,
) -> Saved:
    """Keep the day of the next hearing, the first time or because it was moved.

    Args:
        hearing_on: its local day, which also says that the case goes on; None: none is listed.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``.
        WrongDay: the hearing was before the complaint came in, or lies beyond the calendar.

    Source: docs/procedure.md, paragraphs 42, 46 and 48.
    """
    row = cases.find(session, case_id, person, seen=seen)
    if hearing_on is not None:
        check_day(hearing_on, earliest=row.received_on, latest=calendar.last)
    cases.take(row, Step.COURT, person)
    facts = {
        "hearing_on": hearing_on.isoformat() if hearing_on else None,
        "moved_from": row.hearing_on.isoformat() if row.hearing_on else None,
    }
    row.hearing_on = hearing_on
    if hearing_on is not None:
        row.ongoing = True
    return cases.record(
        session,
        row,
        Mark.COURT_HEARING,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts=facts,
    )


def tell_court(
    session: Session,
    case_id: str,
    person: Person,
    *,
    complaint_on: date | None,
    doing_on: date | None,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    seen: int | None = None,
) -> Saved:
    """Keep the days on which the court was told of the complaint, and of what is being done.

    Args:
        complaint_on: local day of the first part; None leaves it as it is.
        doing_on: local day of the second part, for the hearing now known; None likewise.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``.
        Incomplete: neither part was told.
        WrongDay: a day lies in the future, or before the complaint came in.

    Source: docs/procedure.md, paragraphs 41 and 48.
    """
    row = cases.find(session, case_id, person, seen=seen)
    told = {"complaint_on": complaint_on, "doing_on": doing_on}
    days = {part: day for part, day in told.items() if day is not None}
    if not days:
        raise Incomplete(missing=tuple(told))
    for day in days.values():
        check_day(day, earliest=row.received_on, latest=today)
    cases.take(row, Step.COURT, person)
    row.told_complaint_on = complaint_on or row.told_complaint_on
    if doing_on is not None:
        row.told_doing_on, row.told_for_on = doing_on, row.hearing_on
    return cases.record(
        session,
        row,
        Mark.COURT_TOLD,
        person,
        now=now,
        today=today,
        calendar=calendar,
        facts={part: day.isoformat() for part, day in days.items()},
    )


def tell_child(
    session: Session,
    case_id: str,
    person: Person,
    *,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    seen: int | None = None,
) -> Saved:
    """Keep that the child has been told that the court will know.

    Raises:
        NotThere, SomebodyElseSaved, NotAllowedNow: see ``cases``.

    Source: docs/procedure.md, paragraph 50.
    """
    row = cases.find(session, case_id, person, seen=seen)
    cases.take(row, Step.COURT, person)
    return cases.record(
        session, row, Mark.COURT_CHILD_TOLD, person, now=now, today=today, calendar=calendar
    )

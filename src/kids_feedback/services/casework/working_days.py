"""The working calendar, and how promises move when a day is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.procedure import Fact, Step
from kids_feedback.domain.case.promises import OwedPromise, Promise, after_closing
from kids_feedback.gateways.bank_holidays import calendar_of
from kids_feedback.services.case import case_state, promises
from kids_feedback.services.case.act import Act, by_service
from kids_feedback.services.case.opened import Moment
from kids_feedback.services.errors import DayAlreadyClosed
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.closed_days import ClosedDay, added_days
from kids_feedback.storage.tables.delays import Delay


@dataclass(frozen=True, kw_only=True)
class Redated:
    """What closing a day did."""

    day: date
    cases: int  # open cases of which a promise moved


def calendar_now(session: Session) -> WorkingCalendar:
    """Return the working calendar: bank holidays, and the days that were added.

    Source: docs/procedure.md, paragraph 25.
    """
    return calendar_of(added_days(session))


def close_day(session: Session, day: date, reason: str, *, now: datetime, today: date) -> Redated:
    """Take a working day away, and move the open promises that counted it.

    So does every later day that staff have told a child since. Promises that were kept or already
    broken stay, and so does everything that is closed. A meeting on that day stays too, but whoever
    has the case hears that it is to be asked about. Each case says in its history what moved.

    Args:
        reason: why nobody works that day, for people to read; at most 120 characters.

    Raises:
        AlreadyClosed: it is no working day as it is.
        CalendarGap: the day, or a promise that moves, lies outside the calendar.

    Source: docs/procedure.md, paragraph 26.
    """
    before = calendar_now(session)
    if not before.is_working(day):
        raise DayAlreadyClosed
    session.add(ClosedDay(day=day, reason=reason, added_at=now))
    session.flush()
    after = calendar_now(session)
    said_late = promises.said_late(session)
    meetings = promises.meetings_on(session, day) if day >= today else frozenset()
    moment, cases = Moment(now=now, today=today, calendar=after), 0
    waiting = select(Case).where(Case.closed_on.is_(None)).options(selectinload(Case.hearings))
    for row in session.scalars(waiting).all():
        facts = _redate_all(row, said_late, day, moment)
        cases += bool(facts)
        if facts or row.id in meetings:
            _record(by_service(session, row, moment), day, facts, meets=row.id in meetings)
        else:  # the day by which the court is to be told may move without a word to the child
            case_state.restate(row, today=today, calendar=after)
            row.version += session.is_modified(row)
    session.flush()
    return Redated(day=day, cases=cases)


def _record(act: Act, closed: date, facts: dict[str, str], *, meets: bool) -> None:
    """Keep what moved; where the child is to be met on that day, whoever has the case hears."""
    act.take(Step.REDATE, *((Fact.MEETING_THEN,) if meets else ()))
    meeting = {"meeting_on": closed.isoformat()} if meets else {}
    act.record(facts={"closed_day": closed.isoformat(), **facts, **meeting})


def _redate_all(
    row: Case, said_late: Mapping[tuple[str, Promise], Delay], closed: date, moment: Moment
) -> dict[str, str]:
    """Move all that counted the day; return what moved, and where each was before."""
    facts: dict[str, str] = {}
    for owed in case_state.owed_of(row):
        move = partial(
            after_closing, closed, since=owed.since, today=moment.today, calendar=moment.calendar
        )
        facts |= _redate(row, owed, move(on=owed.by), closed, moment.calendar)
        if second := said_late.get((row.id, owed.promise)):
            facts |= _redate_second(second, move(on=second.new_on))
    return facts


def _redate(
    row: Case, owed: OwedPromise, moved_to: date, closed: date, calendar: WorkingCalendar
) -> dict[str, str]:
    """Keep where a promise has moved, and return it with its old day; nothing if it has not."""
    if moved_to == owed.by:
        return {}
    answer = case_state.sum_of(row) if owed.day_of is Promise.ANSWER else None
    if answer:
        case_state.keep_sum(row, answer.moved_to(moved_to, closed, calendar))
    else:
        case_state.keep_days(row, {owed.day_of: moved_to})
    return _facts(case_state.STORED_IN[owed.promise], moved_to, owed.by)


def _redate_second(second: Delay, moved_to: date) -> dict[str, str]:
    """Keep where the day has moved that a child was told since, as ``_redate`` does."""
    before, second.new_on = second.new_on, moved_to
    return _facts(f"{second.promise}_told", moved_to, before) if moved_to != before else {}


def _facts(name: str, moved_to: date, before: date) -> dict[str, str]:
    return {name: moved_to.isoformat(), f"{name}_before": before.isoformat()}

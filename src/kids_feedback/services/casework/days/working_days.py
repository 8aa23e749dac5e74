"""The working calendar: days that are closed or opened, and bank holidays that come and go."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.gateways.bank_holidays import HolidayList, calendar_of
from kids_feedback.services.case.opened import Moment
from kids_feedback.services.casework.days.redating import DayChange, Redated, redate
from kids_feedback.services.errors import DayAlreadyClosed, DayAlreadyOpen
from kids_feedback.storage.tables.closed_days import ClosedDay, KnownHoliday, added_days
from kids_feedback.storage.tables.people import PersonRow

LONGEST_REASON = 120  # characters


@dataclass(frozen=True, kw_only=True)
class ListedDay:
    """A day that was closed, by whom and when; and opened again, if it was."""

    day: date
    reason: str
    closed_at: datetime
    closed_by: str | None  # a name; None: at the command line
    opened_at: datetime | None
    opened_by: str | None


def calendar_now(session: Session) -> WorkingCalendar:
    """Return the working calendar: bank holidays, and the days that were added.

    Source: docs/procedure.md, paragraph 25.
    """
    return calendar_of(added_days(session))


def moment_of(session: Session, *, now: datetime, today: date) -> Moment:
    """Return the moment of an act or a look, with the working calendar as it is."""
    return Moment(now=now, today=today, calendar=calendar_now(session))


def check_closes(session: Session, day: date) -> None:
    """Check that a day can be closed, before anybody is asked whether they are sure.

    Raises:
        DayAlreadyClosed: it is no working day as it is.
        CalendarGap: the day lies outside the calendar.
    """
    _check_working(calendar_now(session), day)


def close_day(
    session: Session, day: date, reason: str, *, now: datetime, today: date, by: str | None = None
) -> Redated:
    """Take a working day away, and move every open day that counted it (see ``redating``).

    Args:
        reason: why nobody works that day, for people to read; at most 120 characters.
        by: the id of the administrator; None: at the command line.

    Raises:
        DayAlreadyClosed: it is no working day as it is.
        CalendarGap: the day, or a promise that moves, lies outside the calendar.

    Source: docs/procedure.md, paragraph 26.
    """
    check_closes(session, day)
    kept = _kept(session, day)
    if kept is None:
        kept = ClosedDay(day=day)
        session.add(kept)
    kept.reason, kept.added_at, kept.added_by = reason, now, by
    kept.opened_at = kept.opened_by = None
    session.flush()
    moment = moment_of(session, now=now, today=today)
    return redate(session, DayChange(day=day, opens=False), moment)


def open_day(
    session: Session, day: date, *, now: datetime, today: date, by: str | None = None
) -> Redated:
    """Give a day back that was closed, and move back every open day that left it out.

    A day that is a bank holiday too is no longer closed by us, but moves nothing.

    Args:
        by: the id of the administrator; None: at the command line.

    Raises:
        DayAlreadyOpen: it is a working day as it is.
        DayAlreadyClosed: it is a weekend or a bank holiday, which nobody here can open.
        CalendarGap: the day lies outside the calendar.

    Source: docs/procedure.md, paragraph 26.
    """
    kept = _kept(session, day)
    if kept is None or kept.opened_at is not None:
        _check_working(calendar_now(session), day)
        raise DayAlreadyOpen
    kept.opened_at, kept.opened_by = now, by
    session.flush()
    calendar = calendar_now(session)
    if not calendar.is_working(day):
        return Redated(day=day, opens=True)
    change = DayChange(day=day, opens=True, closed_at=kept.added_at)
    return redate(session, change, Moment(now=now, today=today, calendar=calendar))


def follow_holidays(
    session: Session, brought: HolidayList, *, now: datetime, today: date
) -> tuple[Redated, ...]:
    """Compare the bank holidays with those that promises were counted with, and move what follows.

    The first list is only kept. An older list than one that was followed already is left alone: it
    belongs to a process that has yet to be restarted.

    Returns what each day moved that came or went, weekends and days closed by us left out.

    Raises:
        CalendarGap: a promise that moves lies outside the calendar.

    Source: docs/procedure.md, paragraphs 25 and 26.
    """
    kept = {row.day: row for row in session.scalars(select(KnownHoliday).with_for_update())}
    if any(brought.is_older_than(row.release) for row in kept.values()):
        return ()
    came_at = now if kept else None
    known = {day: row.name for day, row in kept.items() if row.went_at is None}
    calendar = replace(calendar_now(session), bank_holidays=known)
    changes = []
    for day in sorted(brought.days.keys() - known):
        row = kept.get(day) or KnownHoliday(day=day)
        row.name, row.release = brought.days[day][:LONGEST_REASON], brought.release
        row.came_at, row.went_at = came_at, None
        session.add(row)
        changes.append(DayChange(day=day, opens=False))
    for day in sorted(known.keys() - brought.days):
        row = kept[day]
        changes.append(DayChange(day=day, opens=True, closed_at=row.came_at))
        row.release, row.went_at = brought.release, now
    session.flush()
    if not kept:
        return ()
    return tuple(_followed(session, calendar, brought, changes, now=now, today=today))


def listed_days(session: Session) -> tuple[ListedDay, ...]:
    """Return the days that were closed here, the latest first, and those opened again too."""
    rows = session.scalars(select(ClosedDay).order_by(ClosedDay.day.desc())).all()
    people = {person for row in rows for person in (row.added_by, row.opened_by) if person}
    wanted = select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(people))
    names = {person.id: person.name for person in session.execute(wanted)}
    return tuple(
        ListedDay(
            day=row.day,
            reason=row.reason,
            closed_at=row.added_at,
            closed_by=names.get(row.added_by or ""),
            opened_at=row.opened_at,
            opened_by=names.get(row.opened_by or ""),
        )
        for row in rows
    )


def _followed(
    session: Session,
    calendar: WorkingCalendar,
    brought: HolidayList,
    changes: list[DayChange],
    *,
    now: datetime,
    today: date,
) -> Iterator[Redated]:
    """Change the calendar by a day at a time, and move what each day moves."""
    for change in changes:
        day, before = change.day, calendar
        holidays = {**before.bank_holidays}
        if change.opens:
            del holidays[day]
        else:
            holidays[day] = brought.days[day]
        calendar = replace(before, bank_holidays=holidays)
        if calendar.is_working(day) != before.is_working(day):
            yield redate(session, change, Moment(now=now, today=today, calendar=calendar))


def _kept(session: Session, day: date) -> ClosedDay | None:
    """Return the day as it is kept; whoever else would change it waits."""
    return session.scalar(select(ClosedDay).where(ClosedDay.day == day).with_for_update())


def _check_working(calendar: WorkingCalendar, day: date) -> None:
    if not calendar.is_working(day):
        raise DayAlreadyClosed(
            bank_holiday=calendar.bank_holidays.get(day), reason=calendar.reason(day)
        )

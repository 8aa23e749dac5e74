"""A day is taken from the working days, or comes back: every open day moves that counted it.

Whichever way the day came to be closed or opened, what moves is decided here, and nowhere else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from kids_feedback.domain.case.calendar import ONE_DAY
from kids_feedback.domain.case.clocks import AnswerClock
from kids_feedback.domain.case.procedure import Fact, Step
from kids_feedback.domain.case.promises import (
    OwedPromise,
    Promise,
    after_closing,
    after_opening,
)
from kids_feedback.services.case import case_state, follow_ups, promises
from kids_feedback.services.case.act import Act, by_service
from kids_feedback.services.case.opened import Moment
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Delay


@dataclass(frozen=True, kw_only=True)
class DayChange:
    """One day that nobody works any more, or on which people work after all."""

    day: date
    opens: bool
    closed_at: datetime | None = None  # of a day that opens; None: it was always closed

    def moves_second(self, second: Delay) -> bool:
        """Say whether a day that staff named counts: one that they named later never moved."""
        return not self.opens or (self.closed_at is not None and second.said_at < self.closed_at)


@dataclass(frozen=True, kw_only=True)
class Redated:
    """What a change of the working days moved."""

    day: date
    opens: bool = False
    cases: int = 0  # open cases in which a promised day moved
    days: int = 0  # the promised days that moved
    meetings: int = 0  # cases of which somebody hears of a meeting, or an offered time, on that day


@dataclass(frozen=True, kw_only=True)
class _Moved:
    """One promised day, by the name that lines of the history have for it."""

    name: str
    before: date
    on: date

    @property
    def facts(self) -> dict[str, str]:
        return {self.name: self.on.isoformat(), f"{self.name}_before": self.before.isoformat()}


def redate(session: Session, change: DayChange, moment: Moment) -> Redated:
    """Move what counted the day, in each open case with a line that says so.

    Promises that were kept or already broken stay, and so does everything that is closed. A meeting
    on that day stays too, but whoever has the case hears of it.

    Args:
        moment: its calendar is that with the change.

    Raises:
        CalendarGap: a promise that moves lies outside the calendar.

    Source: docs/procedure.md, paragraph 26.
    """
    seconds = promises.said_late(session)
    met = _met_on(session, change, moment)
    cases = days = 0
    waits = or_(Case.closed_on.is_(None), Case.follow_up_by.is_not(None))
    still_open = (
        select(Case)
        .where(waits)
        .options(selectinload(Case.hearings))
        .order_by(Case.id)
        .with_for_update()
    )
    for row in session.scalars(still_open.execution_options(populate_existing=True)).all():
        moved = (
            *_move_all(row, seconds, change, moment),
            *_move_follow_ups(session, row, change, moment),
        )
        cases, days = cases + bool(moved), days + len(moved)
        meets = [name for name, ids in met.items() if row.id in ids]
        if moved or meets:
            _record(by_service(session, row, moment), change, moved, meets)
        else:  # the day by which the court is to be told may move without a word to the child
            case_state.restate(row, today=moment.today, calendar=moment.calendar)
            row.version += session.is_modified(row)
    session.flush()
    hear = len(frozenset[str]().union(*met.values()))
    return Redated(day=change.day, opens=change.opens, cases=cases, days=days, meetings=hear)


def _record(act: Act, change: DayChange, moved: tuple[_Moved, ...], meets: list[str]) -> None:
    """Keep what moved; where the child may be met on that day, whoever has the case hears."""
    act.take(Step.REDATE, *((Fact.MEETING_THEN,) if meets else ()))
    day = change.day.isoformat()
    facts = {"opened_day" if change.opens else "closed_day": day, **dict.fromkeys(meets, day)}
    for each in moved:
        facts |= each.facts
    act.record(facts=facts)


def _met_on(session: Session, change: DayChange, moment: Moment) -> Mapping[str, frozenset[str]]:
    """Return the cases with a meeting on that day, and those with a time that is only offered.

    By the name that lines of the history have for it. A day that opens is no worse to offer.
    """
    if change.day < moment.today:
        return {}
    meetings = {"meeting_on": promises.meetings_on(session, change.day)}
    if change.opens:
        return meetings
    return {**meetings, "offer_on": promises.offers_on(session, change.day)}


def _move_all(
    row: Case,
    seconds: Mapping[tuple[str, Promise], Delay],
    change: DayChange,
    moment: Moment,
) -> Iterator[_Moved]:
    """Move the day of each open promise, and the later one that the child was told since."""
    for owed in case_state.owed_of(row):
        sum_ = case_state.sum_of(row) if owed.day_of is Promise.ANSWER else None
        by = _moved(change, owed.since, owed.by, moment.today, moment)
        if sum_ and not change.opens and change.day in sum_.not_counted:
            by = owed.by  # it was opened too late to count, and so never came in again
        if by != owed.by:
            _keep(row, owed, sum_, by, change, moment)
            yield _Moved(name=case_state.STORED_IN[owed.promise], before=owed.by, on=by)
        second = seconds.get((row.id, owed.promise))
        if second and change.moves_second(second):
            before = second.new_on
            earliest = max(moment.today, by + ONE_DAY)  # no later than that it would be no delay
            second.new_on = _moved(change, owed.since, before, earliest, moment)
            if second.new_on != before:
                yield _Moved(name=f"{owed.promise}_told", before=before, on=second.new_on)


def _move_follow_ups(
    session: Session, row: Case, change: DayChange, moment: Moment
) -> Iterator[_Moved]:
    """Move by when what the child did since is followed up; name the first of them."""
    if row.follow_up_by is None:
        return
    moved: list[_Moved] = []
    for item in follow_ups.waiting(session, row):
        before, since = item.due_on, item.opened_on
        item.due_on = _moved(change, since, before, moment.today, moment)
        if item.due_on != before:
            moved.append(_Moved(name="follow_up_by", before=before, on=item.due_on))
    yield from moved[:1]


def _moved(change: DayChange, since: date, on: date, earliest: date, moment: Moment) -> date:
    if change.opens:
        return after_opening(
            change.day, since=since, on=on, earliest=earliest, calendar=moment.calendar
        )
    return after_closing(
        change.day, since=since, on=on, today=moment.today, calendar=moment.calendar
    )


def _keep(
    row: Case,
    owed: OwedPromise,
    sum_: AnswerClock | None,
    by: date,
    change: DayChange,
    moment: Moment,
) -> None:
    """Keep the new day, and with that of an answer the sum that leads to it."""
    if sum_ is None:
        case_state.keep_days(row, {owed.day_of: by})
    elif change.opens:
        case_state.keep_sum(row, sum_.moved_back_to(by, change.day))
    else:
        case_state.keep_sum(row, sum_.moved_to(by, change.day, moment.calendar))

"""The sums: the answer after a talk, the promises before it, and the six months.

A day is reckoned here once, when it is promised. What is owed later is in ``domain.case.promises``.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass
from datetime import date

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.promises import ANSWER, Clock, Promise

MONTHS_IN_TIME = 6  # S3 5.5


@dataclass(frozen=True, kw_only=True)
class AnswerClock:
    """The sum behind "you get your answer by …", complete enough to be shown."""

    talk_on: date
    due_on: date
    not_counted: tuple[date, ...]  # closed weekdays on the way, in order; no weekends

    def moved_to(self, due_on: date, closed: date, calendar: WorkingCalendar) -> "AnswerClock":
        """Return the sum with a later day: it leaves out ``closed``, and what is closed since.

        Raises:
            CalendarGap: a day lies outside the calendar.

        Source: docs/procedure.md, paragraph 26.
        """
        passed_over = calendar.not_counted(self.due_on, due_on)
        left_out = tuple(sorted({*self.not_counted, closed, *passed_over}))
        return AnswerClock(talk_on=self.talk_on, due_on=due_on, not_counted=left_out)

    def moved_back_to(self, due_on: date, opened: date) -> "AnswerClock":
        """Return the sum with an earlier day, in which ``opened`` counts: undoes ``moved_to``.

        Source: docs/procedure.md, paragraph 26.
        """
        left_out = tuple(day for day in self.not_counted if day != opened and day <= due_on)
        return AnswerClock(talk_on=self.talk_on, due_on=due_on, not_counted=left_out)


@dataclass(frozen=True, kw_only=True)
class Allowances:
    """How many working days the service allows itself for each of its own promises.

    Raises:
        ValueError: one is below 1 working day.

    Source: docs/procedure.md, paragraphs 29 and 63.
    """

    route: int = 1
    read: int = 1
    contact: int = 1
    talk: int = 10
    pass_on: int = 3
    court: int = 2  # ruling R20

    def __post_init__(self) -> None:
        if min(astuple(self)) < 1:
            raise ValueError("every promise is at least 1 working day")


def answer_clock(talk_on: date, calendar: WorkingCalendar) -> AnswerClock:
    """Return by when the child gets the written answer, and the days that the sum leaves out.

    The day of the talk is day 0, whatever kind of day it is; the answer is due on the 20th working
    day after it.

    Args:
        talk_on: local date of the first talk about the complaint itself, not of receipt.
        calendar: the working days of the service.

    Raises:
        CalendarGap: the talk or the answer lies outside the calendar.

    Source: docs/procedure.md, paragraphs 23 and 24.
    """
    due_on = due(ANSWER, talk_on, calendar).on
    return AnswerClock(
        talk_on=talk_on, due_on=due_on, not_counted=calendar.not_counted(talk_on, due_on)
    )


@dataclass(frozen=True, kw_only=True)
class Due:
    """By when a promise is to be kept, and whether a hearing decides that."""

    on: date
    for_hearing: bool = False
    too_near: bool = False  # the hearing is nearer than the days that are wanted before it


def due(
    clock: Clock, since: date, calendar: WorkingCalendar, *, hearing_on: date | None = None
) -> Due:
    """Return by when a promise is to be kept that a route counts in working days of its own.

    With a hearing ahead it is kept so many working days before it, where that is earlier. Where
    even that day is no longer ahead of ``since``, it is the last working day before the hearing.

    Args:
        since: day 0.
        hearing_on: the next one that is known.

    Raises:
        CalendarGap: a day lies outside the calendar.
        ValueError: the number of days is a setting of the service (see ``promised``).
    """
    if clock.working_days is None:
        raise ValueError(f"{clock.promise} has no days of its own")
    on = calendar.add(since, clock.working_days)
    if clock.before_hearing is None or hearing_on is None or hearing_on <= since:
        return Due(on=on)
    before = calendar.subtract(hearing_on, clock.before_hearing)
    if before >= on:
        return Due(on=on)
    if before > since:
        return Due(on=before, for_hearing=True)
    last = max(calendar.subtract(hearing_on, 1), since)
    return Due(on=last, for_hearing=True, too_near=True)


def promised(
    since: date, allowances: Allowances, calendar: WorkingCalendar
) -> Mapping[Promise, date]:
    """Return by when the service keeps each of its own promises, counted from ``since``.

    Raises:
        CalendarGap: a promised day lies outside the calendar.

    Source: docs/procedure.md, paragraphs 29 and 63.
    """
    return {
        Promise(name): calendar.add(since, working_days)
        for name, working_days in asdict(allowances).items()
    }


def days_left(today: date, due_on: date, calendar: WorkingCalendar) -> int:
    """Return working days until ``due_on``: 0 on the day itself, below zero once late.

    On a weekend straight after the due day it is still 0, since no working day has gone by: to
    ask whether a promise is broken, compare the dates.

    Raises:
        CalendarGap: either date lies outside the calendar.

    Source: docs/procedure.md, paragraph 30.
    """
    return calendar.working_days(after=today, upto=due_on)


def last_day_in_time(ended_on: date) -> date:
    """Return the last day in time for a complaint: six calendar months on, the same date.

    Where that month has no such date, its last day: 31 August to 28 or 29 February. Working days
    play no part.

    Raises:
        ValueError: that day lies beyond the year 9999.

    Source: docs/procedure.md, paragraph 14.
    """
    years, month_index = divmod(ended_on.month - 1 + MONTHS_IN_TIME, 12)
    year, month = ended_on.year + years, month_index + 1
    return date(year, month, min(ended_on.day, monthrange(year, month)[1]))


def is_late_complaint(received_on: date, ended_on: date | None) -> bool:
    """Say whether staff must ask about exceptional circumstances. It never refuses anybody.

    Args:
        received_on: local date on which the complaint came in.
        ended_on: local date on which involvement ended; None while it goes on.

    Source: docs/procedure.md, paragraphs 13 to 15.
    """
    return ended_on is not None and received_on > last_day_in_time(ended_on)

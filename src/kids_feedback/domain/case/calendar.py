"""Which days count as working days."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from kids_feedback.domain.errors import CalendarGap

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkingCalendar:
    """Monday to Friday, less the closed days, from ``first`` to ``last`` inclusive.

    Closed days come in two kinds, each a day with its reason: the bank holidays, and the days that
    an administrator has added. A closed day outside the range changes nothing: the calendar refuses
    to speak of it anyway. Two calendars are never compared, so that one may be a cache key.

    Source: docs/procedure.md, paragraph 25.
    """

    first: date
    last: date
    bank_holidays: Mapping[date, str] = field(default_factory=dict)
    added: Mapping[date, str] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Say whether ``day`` counts.

        Raises:
            CalendarGap: the calendar does not know that day.
        """
        self._check(day)
        return day.weekday() < SATURDAY and not self._is_closed(day)

    def is_bank_holiday(self, day: date) -> bool:
        """Say whether ``day`` is closed for everybody, not only by an administrator's act."""
        return day in self.bank_holidays

    def reason(self, day: date) -> str | None:
        """Return why ``day`` is closed, in English; None when it is not, or is only a weekend."""
        return self.bank_holidays.get(day) or self.added.get(day)

    def add(self, day: date, working_days: int) -> date:
        """Return the last of that many working days after ``day``, which itself is day 0.

        Raises:
            ValueError: ``working_days`` is below 1.
            CalendarGap: ``day`` or the answer lies outside the calendar.
        """
        self._check(day)
        place = bisect_right(self._working, day) + _at_least_one(working_days) - 1
        if place >= len(self._working):
            raise CalendarGap(self.last + ONE_DAY)
        return self._working[place]

    def next_working_day(self, day: date) -> date:
        """Return the first working day after ``day``, never ``day`` itself.

        Raises:
            CalendarGap: ``day`` or the answer lies outside the calendar.
        """
        return self.add(day, 1)

    def subtract(self, day: date, working_days: int) -> date:
        """Return the working day that lies that many before ``day``, which itself is day 0.

        Raises:
            ValueError: ``working_days`` is below 1.
            CalendarGap: ``day`` or the answer lies outside the calendar.
        """
        self._check(day)
        place = bisect_left(self._working, day) - _at_least_one(working_days)
        if place < 0:
            raise CalendarGap(self.first - ONE_DAY)
        return self._working[place]

    def working_days(self, after: date, upto: date) -> int:
        """Count the working days in the half-open range (after, upto].

        The other way round, with ``upto`` the earlier day, the same days count below zero.

        Raises:
            CalendarGap: either day lies outside the calendar.
        """
        self._check(after)
        self._check(upto)
        return bisect_right(self._working, upto) - bisect_right(self._working, after)

    def not_counted(self, after: date, upto: date) -> tuple[date, ...]:
        """Return the closed weekdays in (after, upto], in order. Weekends go without saying.

        Raises:
            CalendarGap: either day lies outside the calendar.
        """
        self._check(after)
        self._check(upto)
        closed = self._closed_weekdays
        return closed[bisect_right(closed, after) : bisect_right(closed, upto)]

    def _check(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise CalendarGap(day)

    def _is_closed(self, day: date) -> bool:
        return day in self.bank_holidays or day in self.added

    @cached_property
    def _working(self) -> tuple[date, ...]:
        days = (self.first + ONE_DAY * step for step in range((self.last - self.first).days + 1))
        return tuple(day for day in days if self.is_working(day))

    @cached_property
    def _closed_weekdays(self) -> tuple[date, ...]:
        closed = {*self.bank_holidays, *self.added}
        return tuple(sorted(day for day in closed if day.weekday() < SATURDAY))


def _at_least_one(working_days: int) -> int:
    if working_days < 1:
        raise ValueError(f"a count is at least 1 working day, not {working_days}")
    return working_days

"""A child who may not be safe: who is told, when again, and how it ends.

Source: docs/procedure.md, paragraph 12 (rulings R16 and R19).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from kids_feedback.domain.case.calendar import ONE_DAY, SATURDAY, WorkingCalendar
from kids_feedback.domain.errors import CalendarGap

_LONDON = ZoneInfo("Europe/London")
_AHEAD = 60  # days in which somebody looks, however many holidays there are


class Decision(StrEnum):
    """What ends an alarm, once somebody has opened the words."""

    HANDED_OVER = "handed_over"  # to safeguarding; to whom is in the note
    SPOKEN = "spoken"  # with the child
    NO_MORE = "no_more"  # is needed; why is in the note


class Group(StrEnum):
    """Who is told of an alarm."""

    ON_DUTY = "on_duty"
    HEADS = "heads"  # of Practice, of the area, and their deputies
    CUSTOMER_SERVICE = "customer_service"
    LAST_RESORT = "last_resort"  # those who are named for what nobody else may have


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a child is told of an alarm."""

    on: date  # the local day on which somebody looks
    outside: str  # who to ring until then, in the words of the area; empty: nobody
    told: bool  # False: there was nobody to tell, or no email got through
    read: bool  # somebody has opened the words since


ROUNDS = (Group.ON_DUTY, Group.HEADS, Group.CUSTOMER_SERVICE, Group.LAST_RESORT)
"""Who comes in with each round that nobody answers. Whoever was told before is told again."""


def rounds(number: int) -> tuple[Group, ...]:
    """Return who is told in a round, the first being 1."""
    return ROUNDS[: max(number, 1)]


@dataclass(frozen=True, kw_only=True)
class Shift:
    """When somebody is on duty, each week. On a weekday that is closed nobody is."""

    weekdays: frozenset[int]  # Monday is 0
    starts: time
    ends: time  # not included

    def covers(self, local: datetime, calendar: WorkingCalendar) -> bool:
        """Say whether it covers this moment of the local clock."""
        there = self.is_on(local.date(), calendar)
        return there and self.starts <= local.time() < self.ends

    def is_on(self, day: date, calendar: WorkingCalendar) -> bool:
        """Say whether it is on a day."""
        weekday = day.weekday()
        return weekday in self.weekdays and (weekday >= SATURDAY or _is_working(day, calendar))


@dataclass(frozen=True, kw_only=True)
class Watch:
    """When somebody looks on every working day, by which clock, and how often an alarm repeats.

    Raises:
        ValueError: the hours are none, or it would never repeat.
    """

    zone: ZoneInfo = _LONDON
    opens: time = time(9)
    closes: time = time(17)
    every: timedelta = timedelta(minutes=30)

    def __post_init__(self) -> None:
        if self.opens >= self.closes or self.every <= timedelta(0):
            raise ValueError("duty hours begin before they end, and an alarm repeats")

    @property
    def shift(self) -> Shift:
        """Return the hours of every working day."""
        return Shift(weekdays=frozenset(range(SATURDAY)), starts=self.opens, ends=self.closes)


USUAL = Watch()  # unless the site's settings say otherwise


def next_look(
    at: datetime, watch: Watch, calendar: WorkingCalendar, shifts: Iterable[Shift] = ()
) -> datetime:
    """Return the first moment from ``at`` on at which somebody looks; ``at`` itself in duty hours.

    Args:
        at: aware.
        shifts: of the people on duty, beside the hours of every working day.
    """
    local = at.astimezone(watch.zone)
    known = (watch.shift, *shifts)
    days = (local.date() + ONE_DAY * step for step in range(_AHEAD))
    found = (moment for day in days for moment in _looks(day, local, known, calendar))
    return next(found, local + watch.every).astimezone(at.tzinfo)


def day_told(
    now: datetime, watch: Watch, calendar: WorkingCalendar, shifts: Iterable[Shift] = ()
) -> date:
    """Return the local day on which somebody looks, as the child is told.

    It is today only where an alarm can still be repeated today: a mail in the last minutes before
    everybody leaves is no reason to say so.
    """
    return next_look(now + watch.every, watch, calendar, shifts).astimezone(watch.zone).date()


def _looks(
    day: date, local: datetime, shifts: Iterable[Shift], calendar: WorkingCalendar
) -> Iterator[datetime]:
    """Yield, the earliest first, when somebody looks on a day, not before ``local``."""
    for shift in sorted(shifts, key=lambda each: each.starts):
        starts = max(datetime.combine(day, shift.starts, local.tzinfo), local)
        if shift.covers(starts, calendar) and starts.date() == day:
            yield starts


def _is_working(day: date, calendar: WorkingCalendar) -> bool:
    """Say whether a day counts. An alarm goes out beyond the end of the calendar, too."""
    try:
        return calendar.is_working(day)
    except CalendarGap:
        return day.weekday() < SATURDAY

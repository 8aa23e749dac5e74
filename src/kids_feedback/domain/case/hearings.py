"""Hearings: what became of each, what the court was told for it, and by when it is told.

A hearing has a notice of its own, which no other hearing changes. What the court is told while none
is listed is kept with the one that is awaited.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from kids_feedback.domain.case.calendar import ONE_DAY, WorkingCalendar

SOON_WORKING_DAYS = 10  # before the hearing
URGENT_WORKING_DAYS = 5


class HearingState(StrEnum):
    """What became of a hearing."""

    AWAITED = "awaited"  # none is listed yet: what the court is told stands for the first that is
    LISTED = "listed"
    HELD = "held"
    MOVED = "moved"
    VACATED = "vacated"  # it does not take place
    MISTYPED = "mistyped"  # there was none on that day


TAKES_PLACE = frozenset({HearingState.LISTED, HearingState.HELD})
FALLS_AWAY = frozenset({HearingState.MOVED, HearingState.VACATED, HearingState.MISTYPED})


class NoticePart(StrEnum):
    """What the court is told."""

    COMPLAINT = "complaint"
    DOING = "doing"  # what is being done about it


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """One hearing as staff recorded it, and what the court was told for it. Days are local."""

    id: str = ""  # of its row
    state: HearingState = HearingState.LISTED
    on: date | None  # None: it is awaited
    at: time | None = None  # None: nobody said
    known_on: date  # when it was recorded
    told_complaint_on: date | None = None
    told_doing_on: date | None = None
    child_told_on: date | None = None  # that the court will know
    moved_to: date | None = None

    @property
    def missing(self) -> tuple[NoticePart, ...]:
        """What the court has not been told for it."""
        told = {
            NoticePart.COMPLAINT: self.told_complaint_on,
            NoticePart.DOING: self.told_doing_on,
        }
        return tuple(part for part, day in told.items() if day is None)

    @property
    def told_on(self) -> date | None:
        """The day on which the court knew both parts; None while one is missing."""
        if self.told_complaint_on is None or self.told_doing_on is None:
            return None
        return max(self.told_complaint_on, self.told_doing_on)

    @property
    def last_day(self) -> date:
        """The last day on which a notice is in time.

        One that became known on its very day can be told on that day at the earliest.
        """
        on = day_of(self)
        return on if self.known_on == on else on - ONE_DAY

    def is_missed(self, today: date) -> bool:
        """Say whether it came before the court knew both parts, told by now or not."""
        told_on = self.told_on
        return today > self.last_day and (told_on is None or told_on > self.last_day)

    def is_over(self, today: date) -> bool:
        """Say whether somebody is to be asked for the next one."""
        return self.on is not None and (self.on < today or self.state is HearingState.HELD)


def notify_by(hearing: Hearing, calendar: WorkingCalendar) -> date:
    """Return by when the court is told both parts: never a day before the hearing was known.

    That is the working day before the hearing. Where it became known late, it is the next working
    day after that if it comes first; where no day is left, it is the day on which it became known.

    Raises:
        CalendarGap: the hearing lies outside the calendar.

    Source: docs/procedure.md, paragraphs 42 and 44.
    """
    last = calendar.subtract(day_of(hearing), 1)
    if not became_known_late(hearing, calendar):
        return last
    return max(hearing.known_on, min(last, calendar.next_working_day(hearing.known_on)))


def no_time_is_left(hearing: Hearing, calendar: WorkingCalendar) -> bool:
    """Say whether the court is to be told on the very day on which the hearing became known.

    Raises:
        CalendarGap: the hearing lies outside the calendar.

    Source: docs/procedure.md, paragraph 44.
    """
    return notify_by(hearing, calendar) == hearing.known_on


def became_known_late(hearing: Hearing, calendar: WorkingCalendar) -> bool:
    """Say whether it became known later than 5 working days before it.

    Raises:
        CalendarGap: the hearing lies outside the calendar.
    """
    return hearing.known_on > calendar.subtract(day_of(hearing), URGENT_WORKING_DAYS)


def warn_on(hearing: Hearing, calendar: WorkingCalendar) -> date:
    """Return the first day with a warning: not before it was known.

    Raises:
        CalendarGap: the hearing lies outside the calendar.

    Source: docs/procedure.md, paragraph 43.
    """
    return max(hearing.known_on, calendar.subtract(day_of(hearing), SOON_WORKING_DAYS))


def day_of(hearing: Hearing) -> date:
    """Return its day.

    Raises:
        ValueError: it is not listed yet.
    """
    if hearing.on is None:
        raise ValueError("it is not listed yet")
    return hearing.on

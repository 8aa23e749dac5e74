"""What a manager may offer a child who is to be met, and what a meeting does to a promise."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kids_feedback.domain.case.calendar import SATURDAY, WorkingCalendar
from kids_feedback.domain.errors import DomainError

FEWEST_TIMES = 3
FEWEST_PLACES = 2
PLACE_LIMIT = 120  # characters
WISH_LIMIT = 300  # characters of a child who says when, or where, is good
SHORTEST, LONGEST = 10, 180  # minutes
SCHOOL = (time(9), time(15, 30))  # local
DAY = (time(8), time(20))  # local; nobody means four in the morning


class MeetingState(StrEnum):
    """Where the arranging is."""

    OFFERED = "offered"  # the child may pick
    SUGGESTED = "suggested"  # none was good; the child said what would be
    AGREED = "agreed"
    CANCELLED = "cancelled"
    DECLINED = "declined"  # the child does not want to meet now
    ENDED = "ended"  # the case went another way: it was stopped, or they have talked


WAITS = frozenset({MeetingState.OFFERED, MeetingState.SUGGESTED, MeetingState.AGREED})


class UsualPlace(StrEnum):
    """Where a child may always say that they would like to talk; a place is else words."""

    SCHOOL = ":school"
    PHONE = ":phone"
    VIDEO = ":video"


class PartOfDay(StrEnum):
    """Where a time lies beside a day at school."""

    BEFORE_SCHOOL = "before_school"
    IN_SCHOOL = "in_school"
    AFTER_SCHOOL = "after_school"
    NO_SCHOOL = "no_school"  # a weekend or a bank holiday


class OfferFault(StrEnum):
    """What is wrong with times and places."""

    FEW_TIMES = "few_times"
    SAME_TIME = "same_time"
    PAST = "past"
    NOT_IN_THE_DAY = "not_in_the_day"
    ALL_IN_SCHOOL = "all_in_school"
    FEW_PLACES = "few_places"
    LONG_PLACE = "long_place"
    LENGTH = "length"


class UnsuitableOffer(DomainError):
    """What is offered, or agreed, is no choice for a child, or no time at all."""

    def __init__(self, faults: tuple[OfferFault, ...]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Times and places out of which a child picks."""

    starts: tuple[datetime, ...]  # aware, in the local zone
    places: tuple[str, ...]
    minutes: int


def check_offer(offer: Offer, *, now: datetime, calendar: WorkingCalendar) -> None:
    """Check that an offer is a real choice: enough times, enough places, none of them past.

    Args:
        now: aware, in any zone.

    Raises:
        UnsuitableOffer: it is not; every fault at once.
        CalendarGap: nobody knows yet whether one of the days is a bank holiday.

    Source: docs/procedure.md, paragraph 21.
    """
    faults = tuple(_faults(offer, now, calendar))
    if faults:
        raise UnsuitableOffer(faults)


def check_time(start: datetime, *, minutes: int, now: datetime, calendar: WorkingCalendar) -> None:
    """Check one agreed time.

    Args:
        start: aware, in the local zone.
        minutes: how long it will take.

    Raises:
        UnsuitableOffer: it is over, or at an hour at which nobody meets.
        CalendarGap: it lies outside the calendar.
    """
    faults = tuple(_faults_of_times((start,), minutes, now))
    if faults:
        raise UnsuitableOffer(faults)
    calendar.is_working(start.date())


def part_of_day(start: datetime, minutes: int, calendar: WorkingCalendar) -> PartOfDay:
    """Return where a time lies beside school; one that runs into school lies in it.

    Args:
        start: aware, in the local zone.

    Raises:
        CalendarGap: nobody knows yet whether the day is a bank holiday.
    """
    day = start.date()
    calendar.is_working(day)
    if day.weekday() >= SATURDAY or calendar.is_bank_holiday(day):
        return PartOfDay.NO_SCHOOL
    begins, ends = SCHOOL
    if start.time() >= ends:
        return PartOfDay.AFTER_SCHOOL
    if (start + timedelta(minutes=minutes)).time() <= begins:
        return PartOfDay.BEFORE_SCHOOL
    return PartOfDay.IN_SCHOOL


def later_than_promised(start: datetime, talk_by: date) -> bool:
    """Say whether a talk then comes after the day by which it was promised.

    Args:
        start: aware, in the local zone.

    Source: docs/procedure.md, paragraph 29.
    """
    return start.date() > talk_by


def _faults(offer: Offer, now: datetime, calendar: WorkingCalendar) -> Iterator[OfferFault]:
    if len(offer.starts) < FEWEST_TIMES:
        yield OfferFault.FEW_TIMES
    if len(set(offer.starts)) < len(offer.starts):
        yield OfferFault.SAME_TIME
    yield from _faults_of_times(offer.starts, offer.minutes, now)
    parts = [part_of_day(start, offer.minutes, calendar) for start in offer.starts]
    if parts and all(part is PartOfDay.IN_SCHOOL for part in parts):
        yield OfferFault.ALL_IN_SCHOOL
    if len({place.casefold() for place in offer.places}) < FEWEST_PLACES:
        yield OfferFault.FEW_PLACES
    if any(len(place) > PLACE_LIMIT for place in offer.places):
        yield OfferFault.LONG_PLACE
    if not SHORTEST <= offer.minutes <= LONGEST:
        yield OfferFault.LENGTH


def _faults_of_times(
    starts: tuple[datetime, ...], minutes: int, now: datetime
) -> Iterator[OfferFault]:
    if any(start <= now for start in starts):
        yield OfferFault.PAST
    opens, closes = DAY
    if any(start.time() < opens or _ends(start, minutes) > closes for start in starts):
        yield OfferFault.NOT_IN_THE_DAY


def _ends(start: datetime, minutes: int) -> time:
    """Return when it ends; past midnight counts as the last minute of the day."""
    end = start + timedelta(minutes=minutes)
    return end.time() if end.date() == start.date() else time.max

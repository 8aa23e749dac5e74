"""What may be offered to a child: docs/procedure.md, paragraph 21. Monday 2 March 2026, nine."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from kids_feedback.domain.case.meetings import (
    DAY,
    Offer,
    OfferFault,
    PartOfDay,
    UnsuitableOffer,
    check_offer,
    check_time,
    later_than_promised,
    part_of_day,
)
from kids_feedback.domain.errors import CalendarGap
from kids_feedback.gateways.bank_holidays import calendar_of

ENGLAND = calendar_of({})
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PLACES = ("The library", "Our office")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


TIMES = (at("2026-03-04T10:00"), at("2026-03-05T16:00"), at("2026-03-06T11:30"))


def faults(
    starts: tuple[datetime, ...] = TIMES, places: tuple[str, ...] = PLACES, minutes: int = 45
) -> set[OfferFault]:
    try:
        check_offer(Offer(starts=starts, places=places, minutes=minutes), now=NOW, calendar=ENGLAND)
    except UnsuitableOffer as error:
        return set(error.faults)
    return set()


def test_three_times_one_of_them_after_school_and_two_places_are_a_choice() -> None:
    assert not faults()


def test_two_times_are_no_choice() -> None:
    assert faults(TIMES[:2]) == {OfferFault.FEW_TIMES}


def test_the_same_time_twice_is_one_time() -> None:
    assert faults((*TIMES[:2], TIMES[1])) == {OfferFault.SAME_TIME}


def test_one_place_is_no_choice_and_the_same_place_twice_neither() -> None:
    assert faults(places=PLACES[:1]) == {OfferFault.FEW_PLACES}
    assert faults(places=("The library", "the LIBRARY")) == {OfferFault.FEW_PLACES}


def test_a_place_fits_on_a_button() -> None:
    assert faults(places=("x" * 121, "Our office")) == {OfferFault.LONG_PLACE}


def test_a_time_that_is_over_is_not_offered() -> None:
    assert faults((at("2026-03-02T09:00"), *TIMES)) == {OfferFault.PAST}


@pytest.mark.parametrize("wrong", ["2026-03-05T04:00", "2026-03-05T19:30", "2026-03-05T23:30"])
def test_nobody_meets_at_night(wrong: str) -> None:
    assert faults((at(wrong), *TIMES)) == {OfferFault.NOT_IN_THE_DAY}


@pytest.mark.parametrize("minutes", [0, 9, 181])
def test_a_talk_has_a_length(minutes: int) -> None:
    assert faults(minutes=minutes) == {OfferFault.LENGTH}


def test_every_fault_is_said_at_once() -> None:
    assert faults((), (), 45) == {OfferFault.FEW_TIMES, OfferFault.FEW_PLACES}


def test_all_in_school_is_no_choice_for_a_child_at_school() -> None:
    in_school = (at("2026-03-04T10:00"), at("2026-03-05T14:00"), at("2026-03-06T15:29"))
    assert faults(in_school) == {OfferFault.ALL_IN_SCHOOL}


@pytest.mark.parametrize(
    ("start", "part"),
    [
        ("2026-03-05T08:15", PartOfDay.BEFORE_SCHOOL),
        ("2026-03-05T08:16", PartOfDay.IN_SCHOOL),
        ("2026-03-05T15:29", PartOfDay.IN_SCHOOL),
        ("2026-03-05T15:30", PartOfDay.AFTER_SCHOOL),
        ("2026-03-07T11:00", PartOfDay.NO_SCHOOL),
        ("2026-04-03T11:00", PartOfDay.NO_SCHOOL),
        ("2026-04-02T11:00", PartOfDay.IN_SCHOOL),
    ],
)
def test_where_a_talk_of_45_minutes_lies_beside_school(start: str, part: PartOfDay) -> None:
    assert part_of_day(at(start), 45, ENGLAND) is part


def test_school_hours_are_local_all_year() -> None:
    """15:30 in summer is 14:30 UTC."""
    start = datetime(2026, 7, 1, 14, 30, tzinfo=UTC).astimezone(LONDON)
    assert part_of_day(start, 45, ENGLAND) is PartOfDay.AFTER_SCHOOL


def test_a_day_that_only_we_are_closed_is_a_school_day() -> None:
    ours = calendar_of({date(2026, 3, 5): "Moving house"})
    assert part_of_day(at("2026-03-05T11:00"), 45, ours) is PartOfDay.IN_SCHOOL


def test_a_bank_holiday_that_nobody_knows_yet_is_not_guessed() -> None:
    with pytest.raises(CalendarGap):
        faults((at("2099-05-01T16:00"), *TIMES))
    with pytest.raises(CalendarGap):
        check_time(at("2099-05-01T16:00"), minutes=45, now=NOW, calendar=ENGLAND)


def test_an_agreed_time_lies_ahead_and_by_day() -> None:
    check_time(TIMES[0], minutes=45, now=NOW, calendar=ENGLAND)
    with pytest.raises(UnsuitableOffer, match="past, not_in_the_day"):
        check_time(at("2026-03-01T04:00"), minutes=45, now=NOW, calendar=ENGLAND)


def test_a_talk_on_the_promised_day_is_in_time() -> None:
    assert not later_than_promised(at("2026-03-16T19:00"), date(2026, 3, 16))
    assert later_than_promised(at("2026-03-17T08:00"), date(2026, 3, 16))


def test_an_hour_is_said_without_morning_or_afternoon_only_if_it_is_there_once() -> None:
    """The pages say "4 o'clock"."""
    first, last = DAY
    assert last.hour - first.hour <= 12

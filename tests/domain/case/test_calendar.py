"""Which days count: docs/procedure.md, paragraphs 25 and 26."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.errors import CalendarGap
from kids_feedback.gateways.bank_holidays import calendar_of
from tests.domain.case import slow_calendar

ENGLAND = calendar_of({})
ANY_DAY = st.dates(date(2010, 1, 1), date(2034, 12, 31))
JUNE = WorkingCalendar(
    first=date(2026, 6, 1),
    last=date(2026, 6, 30),
    bank_holidays={date(2026, 6, 1): "A bank holiday", date(2026, 6, 6): "On a Saturday"},
    added={date(2026, 6, 10): "A proclaimed day", date(2026, 6, 1): "The same day again"},
)


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    "closed",
    [
        pytest.param("2026-04-03", id="good friday"),
        pytest.param("2026-04-06", id="easter monday"),
        pytest.param("2026-12-28", id="boxing day on a saturday is kept on monday"),
        pytest.param("2020-05-08", id="early may moved to a friday in 2020"),
        pytest.param("2022-06-02", id="spring moved to a thursday in 2022"),
        pytest.param("2022-09-19", id="the queen's funeral"),
        pytest.param("2023-05-08", id="the coronation"),
        pytest.param("2027-12-27", id="christmas day on a saturday is kept on monday"),
        pytest.param("2027-12-28", id="boxing day on a sunday is kept on tuesday"),
        pytest.param("2028-01-03", id="new year's day on a saturday is kept on monday"),
        pytest.param("2022-01-03", id="and so it was in 2022"),
        pytest.param("2026-03-21", id="a saturday"),
        pytest.param("2026-03-22", id="a sunday"),
    ],
)
def test_nobody_counts_a_day_on_which_the_country_is_closed(closed: str) -> None:
    assert not ENGLAND.is_working(on(closed))


@pytest.mark.parametrize(
    "working",
    [
        pytest.param("2020-05-04", id="the monday that early may was moved from"),
        pytest.param("2022-05-30", id="the monday that spring was moved from"),
        pytest.param("2024-02-29", id="a leap day"),
        pytest.param("2026-12-24", id="christmas eve"),
        pytest.param("2026-11-30", id="st andrew's day is scotland's"),
        pytest.param("2026-03-17", id="st patrick's day is northern ireland's"),
    ],
)
def test_everybody_counts_an_ordinary_weekday(working: str) -> None:
    assert ENGLAND.is_working(on(working))


def test_a_day_that_an_administrator_added_is_not_counted() -> None:
    added = calendar_of({date(2026, 5, 15): "A day of mourning"})
    assert ENGLAND.add(date(2026, 5, 14), 1) == date(2026, 5, 15)
    assert added.add(date(2026, 5, 14), 1) == date(2026, 5, 18)
    assert added.reason(date(2026, 5, 15)) == "A day of mourning"
    assert not added.is_bank_holiday(date(2026, 5, 15))


def test_a_day_closed_twice_is_left_out_once_and_keeps_the_bank_holidays_name() -> None:
    assert JUNE.not_counted(date(2026, 6, 1), date(2026, 6, 30)) == (date(2026, 6, 10),)
    assert JUNE.working_days(date(2026, 6, 1), date(2026, 6, 12)) == 8
    assert JUNE.reason(date(2026, 6, 1)) == "A bank holiday"
    assert JUNE.is_bank_holiday(date(2026, 6, 1))


def test_the_days_not_counted_are_listed_without_weekends() -> None:
    listed = ENGLAND.not_counted(date(2027, 12, 24), date(2028, 1, 3))
    assert listed == (date(2027, 12, 27), date(2027, 12, 28), date(2028, 1, 3))


def test_an_ordinary_day_has_no_reason_to_be_closed() -> None:
    assert ENGLAND.reason(date(2026, 3, 20)) is None


@pytest.mark.parametrize(
    ("day", "following"),
    [
        pytest.param("2026-03-19", "2026-03-20", id="thursday to friday"),
        pytest.param("2026-03-20", "2026-03-23", id="friday to monday"),
        pytest.param("2026-04-02", "2026-04-07", id="over easter"),
        pytest.param("2027-12-24", "2027-12-29", id="over a long christmas"),
    ],
)
def test_the_next_working_day_and_the_last_one_before_it(day: str, following: str) -> None:
    assert ENGLAND.next_working_day(on(day)) == on(following)
    assert ENGLAND.subtract(on(following), 1) == on(day)


@pytest.mark.parametrize(
    ("day", "unknown"),
    [
        pytest.param("2026-05-31", "2026-05-31", id="the day before it begins"),
        pytest.param("2026-07-01", "2026-07-01", id="the day after it ends"),
        pytest.param("2026-06-30", "2026-07-01", id="a sum that runs out of it"),
    ],
)
def test_no_date_is_promised_from_days_nobody_has_entered(day: str, unknown: str) -> None:
    with pytest.raises(CalendarGap) as gap:
        JUNE.add(on(day), 1)
    assert gap.value.day == on(unknown)


def test_every_other_question_about_an_unknown_day_is_refused_too() -> None:
    inside, outside = date(2026, 6, 2), date(2026, 7, 1)
    for question in (
        lambda: JUNE.is_working(outside),
        lambda: JUNE.next_working_day(outside),
        lambda: JUNE.subtract(outside, 1),
        lambda: JUNE.working_days(inside, outside),
        lambda: JUNE.working_days(outside, inside),
        lambda: JUNE.not_counted(inside, outside),
        lambda: JUNE.not_counted(outside, inside),
    ):
        with pytest.raises(CalendarGap) as gap:
            question()
        assert gap.value.day == outside


def test_there_is_no_working_day_before_the_first_one() -> None:
    with pytest.raises(CalendarGap) as gap:
        JUNE.subtract(date(2026, 6, 2), 1)
    assert gap.value.day == date(2026, 5, 31)


def test_counting_no_days_at_all_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        JUNE.add(date(2026, 6, 2), 0)
    with pytest.raises(ValueError, match="at least 1"):
        JUNE.subtract(date(2026, 6, 12), 0)


def test_a_closed_day_outside_the_range_changes_nothing() -> None:
    calendar = WorkingCalendar(
        first=date(2026, 6, 1), last=date(2026, 6, 30), added={date(2040, 1, 2): "Far off"}
    )
    assert calendar.working_days(date(2026, 6, 1), date(2026, 6, 30)) == 21


@given(day=ANY_DAY)
def test_each_day_is_what_the_slow_reckoning_says(day: date) -> None:
    assert ENGLAND.is_working(day) == slow_calendar.works(day)


@given(day=ANY_DAY, working_days=st.integers(1, 60))
def test_adding_days_agrees_with_walking_them(day: date, working_days: int) -> None:
    reached = slow_calendar.walk(day, working_days)
    assert ENGLAND.add(day, working_days) == reached
    if ENGLAND.is_working(day):
        assert ENGLAND.subtract(reached, working_days) == day


@given(after=ANY_DAY, length=st.integers(0, 200))
def test_counting_days_agrees_with_walking_them(after: date, length: int) -> None:
    upto = after + timedelta(days=length)
    counted = ENGLAND.working_days(after, upto)
    assert counted == slow_calendar.count(after, upto)
    assert ENGLAND.working_days(upto, after) == -counted


@given(after=ANY_DAY, length=st.integers(0, 200))
def test_weekdays_are_either_counted_or_listed(after: date, length: int) -> None:
    upto = after + timedelta(days=length)
    listed = ENGLAND.not_counted(after, upto)
    days = (after + slow_calendar.DAY * step for step in range(1, length + 1))
    weekdays = sum(day.weekday() < slow_calendar.SATURDAY for day in days)
    assert ENGLAND.working_days(after, upto) + len(listed) == weekdays
    assert list(listed) == sorted(d for d in slow_calendar.CLOSED if after < d <= upto)

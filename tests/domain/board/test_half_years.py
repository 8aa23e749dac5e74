"""Half-years and the periods of the board's figures: docs/procedure.md, paragraph 74."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kids_feedback.domain.board.half_years import (
    AlreadyShown,
    HalfYear,
    NotAHalfYear,
    Period,
    half_year_of,
    next_period,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
SUMMER = HalfYear(date(2025, 4, 1))
WINTER = SUMMER.after()


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2025-03-31", "2024-10"),
        ("2025-04-01", "2025-04"),
        ("2025-09-30", "2025-04"),
        ("2025-10-01", "2025-10"),
        ("2026-01-01", "2025-10"),
        ("2026-03-31", "2025-10"),
    ],
)
def test_a_day_lies_in_the_half_year_that_the_board_knows(day: str, code: str) -> None:
    assert half_year_of(date.fromisoformat(day)).code == code


def test_a_half_year_runs_to_the_end_of_september_or_of_march() -> None:
    assert (SUMMER.first, SUMMER.last) == (date(2025, 4, 1), date(2025, 9, 30))
    assert (WINTER.first, WINTER.last) == (date(2025, 10, 1), date(2026, 3, 31))


@settings(deadline=None)
@given(DAYS)
def test_half_years_leave_no_day_out_and_share_none(day: date) -> None:
    half = half_year_of(day)
    assert half.first <= day <= half.last
    assert half.before().last + timedelta(days=1) == half.first
    assert half.after().before() == half
    assert half.before() < half < half.after()
    assert HalfYear.from_code(half.code) == half


@pytest.mark.parametrize(
    "code",
    ["", "2025", "2025-05", "2025-4", "2025-10 ", "2025-10\n", "٢٠٢٥-١٠", "0000-04", "../2025-10"],
)
def test_nonsense_in_an_address_is_no_half_year(code: str) -> None:
    with pytest.raises(NotAHalfYear) as refused:
        HalfYear.from_code(code)
    assert refused.value.code == code


def test_no_half_year_begins_in_may() -> None:
    with pytest.raises(ValueError, match="2025-05-01"):
        HalfYear(date(2025, 5, 1))


def test_a_period_is_a_run_of_half_years() -> None:
    period = Period(begins=SUMMER, ends=WINTER.after())
    assert (period.first, period.last) == (date(2025, 4, 1), date(2026, 9, 30))
    assert [half.code for half in period.half_years] == ["2025-04", "2025-10", "2026-04"]
    with pytest.raises(ValueError, match="comes before"):
        Period(begins=WINTER, ends=SUMMER)


def test_half_years_that_were_too_small_are_carried_into_the_next_period() -> None:
    first = Period(begins=SUMMER, ends=SUMMER)
    later = WINTER.after().after()
    assert next_period([first], began=SUMMER, upto=later) == Period(begins=WINTER, ends=later)
    assert next_period([], began=SUMMER, upto=WINTER) == Period(begins=SUMMER, ends=WINTER)


@pytest.mark.parametrize("upto", [SUMMER, SUMMER.before()])
def test_what_was_shown_is_never_shown_again(upto: HalfYear) -> None:
    with pytest.raises(AlreadyShown) as refused:
        next_period([Period(begins=SUMMER, ends=SUMMER)], began=SUMMER, upto=upto)
    assert refused.value.half_year == upto

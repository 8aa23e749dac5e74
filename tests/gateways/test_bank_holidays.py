"""The bank holidays that the service counts with: docs/procedure.md, paragraph 25."""

from datetime import date

import holidays
import pytest

from kids_feedback.domain.errors import CalendarGap
from kids_feedback.gateways.bank_holidays import FIRST_YEAR, LAST_YEAR, calendar_of, england
from tests.domain.case import slow_calendar


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_every_known_year_agrees_with_the_law(year: int) -> None:
    weekdays = {day for day in england(year, year) if day.weekday() < slow_calendar.SATURDAY}
    assert weekdays == slow_calendar.closed_weekdays(year)


def test_wales_closes_on_the_same_days_as_england() -> None:
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    wales = holidays.country_holidays("GB", subdiv="WLS", years=years)
    assert set(wales) == set(england(FIRST_YEAR, LAST_YEAR))


def test_a_holiday_has_its_english_name() -> None:
    assert england(2026, 2026)[date(2026, 4, 3)] == "Good Friday"


@pytest.mark.parametrize(
    ("first", "last", "unknown"), [(2009, 2026, 2009), (2026, 2036, 2036), (2036, 2036, 2036)]
)
def test_years_that_were_never_checked_are_refused(first: int, last: int, unknown: int) -> None:
    with pytest.raises(CalendarGap) as gap:
        england(first, last)
    assert gap.value.day.year == unknown


def test_the_calendar_knows_exactly_those_years() -> None:
    calendar = calendar_of({})
    assert (calendar.first, calendar.last) == (date(2010, 1, 1), date(2035, 12, 31))


def test_the_same_added_days_give_the_same_calendar_in_whatever_order() -> None:
    one, two = date(2026, 5, 15), date(2026, 5, 18)
    there = calendar_of({one: "First", two: "Second"})
    assert there is calendar_of({two: "Second", one: "First"})
    assert there is not calendar_of({one: "First"})

"""The bank holidays of England and Wales, from the ``holidays`` package."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version

import holidays

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.errors import CalendarGap

# The tests hold these years, and no others, against the law and the proclamations day by day.
FIRST_YEAR = 2010
LAST_YEAR = 2035


@dataclass(frozen=True, kw_only=True)
class HolidayList:
    """Every bank holiday of the years that are known, and which release of the list says so."""

    days: Mapping[date, str]
    release: str

    def is_older_than(self, release: str) -> bool:
        """Say whether another release of the list came after this one."""
        return _numbers(self.release) < _numbers(release)


def newest_list() -> HolidayList:
    """Return the bank holidays as the installed package has them."""
    return HolidayList(days=england(FIRST_YEAR, LAST_YEAR), release=version("holidays"))


def england(first_year: int, last_year: int) -> dict[date, str]:
    """Return the bank holidays from ``first_year`` to ``last_year``, each with its English name.

    They are those of England, which are those of Wales too. A holiday that falls on a weekend is
    there with its substitute.

    Raises:
        CalendarGap: a year lies outside 2010 to 2035.

    Source: docs/procedure.md, paragraph 25.
    """
    for year in (first_year, last_year):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CalendarGap(date(year, 1, 1))
    years = range(first_year, last_year + 1)
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=years, language="en_GB"))


def calendar_of(added: Mapping[date, str]) -> WorkingCalendar:
    """Return the working calendar of the service.

    Args:
        added: the closed days that an administrator has entered, each with its reason.

    Source: docs/procedure.md, paragraph 25.
    """
    return _calendar_of(tuple(sorted(added.items())))


@lru_cache(maxsize=8)
def _calendar_of(added: tuple[tuple[date, str], ...]) -> WorkingCalendar:
    """Keep the last few calendars: building one takes longer than storing a complaint."""
    return WorkingCalendar(
        first=date(FIRST_YEAR, 1, 1),
        last=date(LAST_YEAR, 12, 31),
        bank_holidays=england(FIRST_YEAR, LAST_YEAR),
        added=dict(added),
    )


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split(".") if part.isdecimal())

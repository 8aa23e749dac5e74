"""The half-years that the board's figures are for, and runs of them that never overlap."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from kids_feedback.domain.errors import DomainError

APRIL, OCTOBER = 4, 10
_ONE_DAY = timedelta(days=1)
_CODE = re.compile(r"[12][0-9]{3}-(?:04|10)")


class NotAHalfYear(DomainError):
    """A code that names no half-year, from an address or a command."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no half-year has the code {code!r}")
        self.code = code


class AlreadyShown(DomainError):
    """Figures that hold this half-year have been shown, and are never worked out again."""

    def __init__(self, half_year: "HalfYear") -> None:
        super().__init__(f"the half-year {half_year.code} has been shown")
        self.half_year = half_year


@dataclass(frozen=True, order=True)
class HalfYear:
    """1 April to 30 September, or 1 October to 31 March. Local days.

    Source: docs/procedure.md, paragraph 74.
    """

    first: date

    def __post_init__(self) -> None:
        if self.first.day != 1 or self.first.month not in (APRIL, OCTOBER):
            raise ValueError(f"no half-year begins on {self.first.isoformat()}")

    @classmethod
    def from_code(cls, code: str) -> Self:
        """Return the half-year with this code.

        Raises:
            NotAHalfYear: there is none.
        """
        if not _CODE.fullmatch(code):
            raise NotAHalfYear(code)
        return cls(date.fromisoformat(f"{code}-01"))

    @property
    def code(self) -> str:
        """Return its first month, such as "2025-10"."""
        return self.first.isoformat()[:7]

    @property
    def last(self) -> date:
        return self.after().first - _ONE_DAY

    def before(self) -> "HalfYear":
        return half_year_of(self.first - _ONE_DAY)

    def after(self) -> "HalfYear":
        if self.first.month == APRIL:
            return HalfYear(date(self.first.year, OCTOBER, 1))
        return HalfYear(date(self.first.year + 1, APRIL, 1))


@dataclass(frozen=True, kw_only=True)
class Period:
    """What one set of figures is for: a half-year, or several on end."""

    begins: HalfYear
    ends: HalfYear

    def __post_init__(self) -> None:
        if self.ends < self.begins:
            raise ValueError(f"{self.ends.code} comes before {self.begins.code}")

    @property
    def first(self) -> date:
        return self.begins.first

    @property
    def last(self) -> date:
        return self.ends.last

    @property
    def half_years(self) -> tuple[HalfYear, ...]:
        """Return them in order."""
        run = [self.begins]
        while run[-1] < self.ends:
            run.append(run[-1].after())
        return tuple(run)


def half_year_of(day: date) -> HalfYear:
    """Return the half-year that a local day lies in."""
    if day.month < APRIL:
        return HalfYear(date(day.year - 1, OCTOBER, 1))
    return HalfYear(date(day.year, APRIL if day.month < OCTOBER else OCTOBER, 1))


def next_period(shown: Iterable[Period], *, began: HalfYear, upto: HalfYear) -> Period:
    """Return what figures up to and including ``upto`` must be for: all that was not yet shown.

    Half-years whose figures were too small to show lie in no period in ``shown``, so they are
    carried into this one. No two periods can overlap, and none leaves a half-year out.

    Args:
        shown: the periods whose figures were shown, in any order.
        began: the service's first half-year.

    Raises:
        AlreadyShown: figures for ``upto``, or for a later half-year, have been shown.

    Source: docs/procedure.md, paragraph 74; docs/adr/0011-small-numbers.md.
    """
    ends = [period.ends for period in shown]
    begins = max(ends).after() if ends else began
    if upto < begins:
        raise AlreadyShown(upto)
    return Period(begins=begins, ends=upto)

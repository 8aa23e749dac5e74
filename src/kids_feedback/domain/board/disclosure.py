"""Small numbers: what the young people's board may be shown, and what may be said of it.

Few children complain, so a plain table of counts would point at some of them. Two rules:

1. A number is shown as the nearest multiple of 5, or hidden. A hidden number below 5 could still be
   any from 1 to 4, whatever else is shown, and for somebody who knows this method by heart.
2. Everything said of a table (words, "in 10", per cent, the most common) is worked out from the
   numbers shown, and holds for every table that they fit.

Counts are of children. docs/adr/0011-small-numbers.md has the reasons and the proof.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor

STEP = 5  # a number is shown as the nearest multiple of this
SMALLEST = 5  # children; a smaller count is hidden, and so is none at all
LEAST_TOTAL = 10  # children; figures for fewer wait for the next half-year
LEAST_FOR_IN_TEN = 10  # children in the base, whatever the true count is
LEAST_FOR_PERCENT = 20
IN_TEN_WITHIN = Fraction(1, 4)  # of the whole; the true share lies no further off
PERCENT_WITHIN = Fraction(1, 20)


class Amount(StrEnum):
    """A share in words. Each holds whatever the hidden numbers are."""

    ALL_OR_NEARLY_ALL = "all_or_nearly_all"  # nine tenths or more
    MOST = "most"
    ABOUT_HALF = "about_half"  # between one and two thirds
    SOME = "some"
    FEWER_THAN_HALF = "fewer_than_half"
    A_FEW = "a_few"  # a hidden number, and fewer than half


class Trend(StrEnum):
    """How a shown number differs from an earlier one."""

    MORE = "more"
    FEWER = "fewer"
    ABOUT_THE_SAME = "about_the_same"


@dataclass(frozen=True, kw_only=True)
class Portion:
    """How much of a base: always in words, in numbers only where they are good enough."""

    amount: Amount
    in_ten: int | None = None  # 1 to 9
    percent: int | None = None  # 1 to 99


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One row. ``shown`` None: fewer than ``smallest``, or held back to protect such a row."""

    code: str
    shown: int | None = None  # the nearest multiple of 5
    portion: Portion | None = None  # None where hidden

    @property
    def hidden(self) -> bool:
        return self.shown is None


@dataclass(frozen=True, kw_only=True)
class Table:
    """A whole one-way table as it may be shown, its rows in the order given."""

    total: int | None  # the nearest multiple of 5; None: too few, so nothing is shown yet
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many of how many, such as promises kept, as it may be shown.

    All fields empty: too few children to say anything.
    """

    base: int | None = None  # the nearest multiple of 5
    yes: int | None = None  # likewise; None where either side is below ``smallest``
    few_yes: bool = False  # fewer than ``smallest`` did, or none
    few_no: bool = False  # fewer than ``smallest`` did not, or none
    portion: Portion | None = None


def publish(counts: Mapping[str, int], *, smallest: int = SMALLEST) -> Table:
    """Return what may be shown of a table in which every child is in exactly one row.

    Give every row that there could be, also those with nobody in them: a missing row tells.
    Give the children of one whole period (``domain.board.half_years.next_period``), once.

    Args:
        counts: children in each row, by code.
        smallest: counts below this are hidden; 5 or more.

    Raises:
        ValueError: ``smallest`` is below 5, or a count below 0.

    Source: docs/procedure.md, paragraphs 69, 70, 74 and 75; docs/adr/0011-small-numbers.md.
    """
    _refuse_nonsense(counts.values(), smallest)
    total = sum(counts.values())
    if total < LEAST_TOTAL:
        return Table(total=None, cells=tuple(Cell(code=code) for code in counts))
    shown = _rows_to_show(counts, _reach(rounded(total), LEAST_TOTAL), smallest)
    return Table(
        total=rounded(total),
        cells=tuple(_cell(code, shown.get(code), rounded(total), smallest) for code in counts),
    )


def publish_share(yes: int, of: int, *, smallest: int = SMALLEST) -> Share:
    """Return what may be shown of ``yes`` children out of ``of``, such as promises kept.

    For yes or no only: with a third answer it is a table, not several shares.

    Raises:
        ValueError: ``smallest`` is below 5, or ``yes`` is not between 0 and ``of``.

    Source: docs/adr/0011-small-numbers.md.
    """
    _refuse_nonsense((yes, of - yes), smallest)
    few_yes, few_no = yes < smallest, of - yes < smallest
    shown = rounded(of)
    # The smallest base is told only where one side is hidden: a base that must be 10 to 12 would
    # tell, beside a total of 10 to 12, how few children were outside it.
    if shown < 2 * smallest or (shown == 2 * smallest and few_yes == few_no):
        return Share()
    base, small = _reach(shown, 1), range(smallest)
    if few_yes:
        return Share(base=shown, few_yes=True, portion=Portion(amount=Amount.A_FEW))
    if few_no:
        fits = [Fraction(n - few, n) for n in base for few in small if n - few >= smallest]
        return Share(
            base=shown, few_no=True, portion=Portion(amount=_amount(min(fits), Fraction(1)))
        )
    fits = [
        Fraction(k, n) for n in base for k in _reach(rounded(yes), smallest) if n - k >= smallest
    ]
    about = Fraction(rounded(yes), shown)
    portion = _portion(min(fits), max(fits), about, base)
    return Share(base=shown, yes=rounded(yes), portion=portion)


def publish_total(count: int) -> int | None:
    """Return a total that stands alone, rounded, or None where it is too small to show."""
    return rounded(count) if count >= LEAST_TOTAL else None


def trend(now: int | None, before: int | None) -> Trend | None:
    """Compare two shown totals of periods of equal length. None where either is hidden."""
    if now is None or before is None:
        return None
    if now == before:
        return Trend.ABOUT_THE_SAME
    return Trend.MORE if now > before else Trend.FEWER


def rounded(count: int) -> int:
    """Return the nearest multiple of 5."""
    return (count + STEP // 2) // STEP * STEP


def _reach(shown: int, least: int) -> range:
    """Return the counts that are shown as ``shown``, of those that are shown at all."""
    return range(max(least, shown - STEP // 2), shown + STEP // 2 + 1)


def _rows_to_show(counts: Mapping[str, int], base: range, smallest: int) -> dict[str, int]:
    """Return the rows to show: as many of the largest as leave the hidden ones in the dark.

    Rows that look alike are shown or held back together, so that no tie is broken unseen.
    """
    large = {code: rounded(count) for code, count in counts.items() if count >= smallest}
    for least in sorted(set(large.values())):
        shown = {code: number for code, number in large.items() if number >= least}
        hidden = [count for code, count in counts.items() if code not in shown]
        if _leaves_in_the_dark(hidden, list(shown.values()), base, smallest):
            return shown
    return {}


def _leaves_in_the_dark(hidden: list[int], shown: list[int], base: range, smallest: int) -> bool:
    """Say whether each hidden row could still be anything from 1 to ``smallest`` - 1.

    That must hold for somebody who knows which hidden rows are empty, and who has seen other
    tables of the same children: so the total, too, must be left almost as open as it was.
    """
    reaches = [_reach(number, smallest) for number in shown]
    not_empty = sum(count > 0 for count in hidden)
    spread = smallest - 2  # from 1 to ``smallest`` - 1
    lowest = sum(reach[0] for reach in reaches) + (max(not_empty, 1) if hidden else 0)
    highest = sum(reach[-1] for reach in reaches) + not_empty * (smallest - 1)
    return lowest <= base[-1] - spread and highest >= max(base[-1], base[0] + spread)


def _cell(code: str, shown: int | None, total: int, smallest: int) -> Cell:
    if shown is None:
        return Cell(code=code)
    reach, base = _reach(shown, smallest), _reach(total, LEAST_TOTAL)
    low, high = Fraction(reach[0], base[-1]), min(Fraction(reach[-1], base[0]), Fraction(1))
    return Cell(code=code, shown=shown, portion=_portion(low, high, Fraction(shown, total), base))


def _portion(low: Fraction, high: Fraction, about: Fraction, base: range) -> Portion:
    """Say how much of ``base`` it is: ``about`` as shown, and truly from ``low`` to ``high``."""

    def parts(whole: int, within: Fraction) -> int | None:
        said = floor(about * whole + Fraction(1, 2))
        off = max(high - Fraction(said, whole), Fraction(said, whole) - low)
        return said if 0 < said < whole and off <= within else None

    return Portion(
        amount=_amount(low, high),
        in_ten=parts(10, IN_TEN_WITHIN) if base[0] >= LEAST_FOR_IN_TEN else None,
        percent=parts(100, PERCENT_WITHIN) if base[0] >= LEAST_FOR_PERCENT else None,
    )


def _amount(low: Fraction, high: Fraction) -> Amount:
    """Return the narrowest word that holds of every share from ``low`` to ``high``."""
    if low >= Fraction(9, 10):
        return Amount.ALL_OR_NEARLY_ALL
    if low >= Fraction(1, 3) and high <= Fraction(2, 3):
        return Amount.ABOUT_HALF
    if low > Fraction(1, 2):
        return Amount.MOST
    return Amount.FEWER_THAN_HALF if high < Fraction(1, 2) else Amount.SOME


def _refuse_nonsense(counts: Iterable[int], smallest: int) -> None:
    if smallest < SMALLEST:
        raise ValueError(f"counts below {SMALLEST} are always hidden, not only below {smallest}")
    if any(count < 0 for count in counts):
        raise ValueError("nobody can be counted less than no times")

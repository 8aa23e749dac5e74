"""An attacker against everything ever shown: docs/adr/0011-small-numbers.md.

The same attacker breaks the rules that are commonly used (see ``test_common_rules``), so that
finding nothing means something.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pytest

from kids_feedback.domain.board.disclosure import Share, Table, publish, publish_share
from kids_feedback.domain.board.half_years import HalfYear, Period, next_period
from tests.domain.board.attacker import (
    FEW,
    LEICESTER,
    Attacker,
    Belief,
    Counts,
    Unknown,
    add_up,
    take_for,
)

TOPICS = {  # and how common each is
    "unkind": 24,
    "not_listened": 22,
    "not_told": 16,
    "unfair": 12,
    "not_true": 8,
    "not_best": 8,
    "hard_to_join": 4,
    "language": 2,
    "other": 4,
}
AGES = ("4-7", "8-11", "12-14", "15-17", "18+", "not_said")
PROMISES = (0.95, 0.8, 0.5)  # how often each is kept
FIRST = HalfYear(date(2020, 4, 1))


@dataclass(frozen=True, kw_only=True)
class Happened:
    """What is true of one period: tables of the same children, and promises to some of them."""

    tables: tuple[Counts, ...]
    promises: tuple[tuple[int, int], ...] = ()  # kept, made


@dataclass(frozen=True, kw_only=True)
class Release:
    """What the board saw, of what happened in which half-years."""

    halves: tuple[Happened, ...]
    whole: Happened
    tables: tuple[Table, ...]
    shares: tuple[Share, ...]


@dataclass(frozen=True, kw_only=True)
class Number:
    """Something an attacker wants to know, and what they find: it is between ``span``."""

    truth: int
    span: tuple[int, int]
    small: bool  # hidden, or never to be shown

    @property
    def safe(self) -> bool:
        least, most = self.span
        return least <= self.truth <= most and most - least >= (3 if self.small else 2)


def released(history: Sequence[Happened]) -> list[Release]:
    """Show each half-year to the board as soon as that can be done."""
    by_half_year: dict[HalfYear, Happened] = {}
    periods: list[Period] = []
    releases = []
    upto = FIRST
    for happened in history:
        by_half_year[upto] = happened
        period = next_period(periods, began=FIRST, upto=upto)
        release = shown_together([by_half_year[half] for half in period.half_years])
        if release.tables[0].total is not None:
            periods.append(period)
            releases.append(release)
        upto = upto.after()
    assert all(one.last < other.first for one, other in pairwise(periods))
    return releases


def shown_together(halves: Sequence[Happened]) -> Release:
    whole = Happened(
        tables=tuple(map(add_up, zip(*(half.tables for half in halves), strict=True))),
        promises=tuple(
            (sum(kept for kept, _ in same), sum(made for _, made in same))
            for same in zip(*(half.promises for half in halves), strict=True)
        ),
    )
    return Release(
        halves=tuple(halves),
        whole=whole,
        tables=tuple(publish(counts) for counts in whole.tables),
        shares=tuple(publish_share(kept, made) for kept, made in whole.promises),
    )


def attack(release: Release, belief: Belief) -> list[Number]:
    """Return everything that the attacker would like to know, from all that was shown at once.

    Releases are for children of different periods, so no equation links one to another.
    """
    attacker = Attacker()
    wanted: list[tuple[Unknown, int, bool]] = []
    total, children = attacker.unknown(), sum(release.whole.tables[0].values())
    for which, (table, counts) in enumerate(zip(release.tables, release.whole.tables, strict=True)):
        rows = attacker.read_table(table, take_for(table, counts, belief), counts)
        attacker.knows_sum(rows.values(), total)
        if belief is Belief.SMALL_AND_WHERE_EMPTY:
            cells = [cell for cell in table.cells if counts[cell.code]]
        else:
            cells = list(table.cells)
            wanted += within(attacker, release, rows, which)
        wanted += [(rows[cell.code], counts[cell.code], cell.hidden) for cell in cells]
    for share, (kept, made) in zip(release.shares, release.whole.promises, strict=True):
        if share.base is not None:
            yes, no = attacker.read_share(share)
            attacker.knows(yes + no <= total)
            wanted.append((yes, kept, share.few_yes))
            wanted.append((no, made - kept, share.few_no))
            wanted.append((total - yes - no, children - made, True))
    wanted.append((total, children, False))
    return [
        Number(truth=truth, span=attacker.span(unknown), small=small)
        for unknown, truth, small in wanted
    ]


def within(
    attacker: Attacker, release: Release, rows: Mapping[str, Unknown], which: int
) -> list[tuple[Unknown, int, bool]]:
    """Return the rows of half-years that waited. They know that each time fewer than 10 did."""
    if len(release.halves) < 2:
        return []
    halves = [{code: attacker.unknown() for code in rows} for _ in release.halves]
    for code, row in rows.items():
        attacker.knows_sum([half[code] for half in halves], row)
    attacker.knows(sum(row for half in halves[:-1] for row in half.values()) <= 9)
    return [
        (half[code], happened.tables[which][code], True)
        for half, happened in zip(halves, release.halves, strict=True)
        for code in rows
    ]


def a_half_year(dice: random.Random, children: int) -> Happened:
    topics = dice.choices(list(TOPICS), list(TOPICS.values()), k=children)
    ages = dice.choices(AGES, k=children)
    made = [sum(dice.random() < 0.8 for _ in range(children)) for _ in PROMISES]
    return Happened(
        tables=(
            {code: topics.count(code) for code in TOPICS},
            {code: ages.count(code) for code in AGES},
        ),
        promises=tuple(
            (sum(dice.random() < often for _ in range(count)), count)
            for often, count in zip(PROMISES, made, strict=True)
        ),
    )


@pytest.mark.parametrize("belief", Belief)
@pytest.mark.parametrize("most", [9, 20, 60])
def test_nobody_is_found_in_years_of_half_years(most: int, belief: Belief) -> None:
    dice = random.Random(most)  # noqa: S311 - the same each time
    history = [a_half_year(dice, dice.randint(most // 4, most)) for _ in range(12)]
    releases = released(history)
    assert len(releases) >= 4
    assert [
        number for release in releases for number in attack(release, belief) if not number.safe
    ] == []


@pytest.mark.parametrize("belief", Belief)
def test_nobody_is_found_in_cafcass_own_table(belief: Belief) -> None:
    years = [
        Happened(tables=({row: counts[year] for row, counts in LEICESTER.items()},))
        for year in range(5)
    ]
    releases = released(years)
    assert [release.tables[0].total for release in releases] == [20, 30, 35, 25, 30]
    assert [
        number for release in releases for number in attack(release, belief) if not number.safe
    ] == []


def test_nobody_is_found_where_rolling_years_gave_them_away() -> None:
    (release,) = released([Happened(tables=(half,)) for half in FEW])
    assert len(release.halves) == 4
    assert all(number.safe for number in attack(release, Belief.SMALL))

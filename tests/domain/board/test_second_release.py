"""A second release beside the first: docs/adr/0011-small-numbers.md, "A second release".

Every table of three rows is tried, with every other one that it could have been put right to. An
attacker keeps both versions, knows the whole method, and knows more: how many children were put
right, or which row alone was. The same attacker breaks two rules that look good enough.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations, product

import pytest

from kids_feedback.domain.board.disclosure import (
    Cell,
    Share,
    Table,
    publish,
    publish_share,
    publish_total,
)
from kids_feedback.domain.board.figures import Figures
from kids_feedback.domain.board.half_years import HalfYear, Period
from kids_feedback.domain.board.second_release import FAR, beside, shows_anything
from tests.domain.board.attacker import Attacker, Belief, Unknown
from tests.domain.board.test_disclosure_attack import TOPICS
from tests.sample import dice, many

Counts = tuple[int, ...]
View = tuple[int | None, ...]  # the total and each row, as shown
Rule = Callable[[View, Counts], View]
HALF_YEAR = HalfYear.from_code("2025-10")
PERIOD = Period(begins=HALF_YEAR, ends=HALF_YEAR)
ROWS, MOST, EDGE = 3, many(small=26, full=34), 6  # children; above MOST - EDGE too few are tried
A_FEW = 5  # children put right, at most, whose number an attacker may know


def figures(
    counts: dict[str, int], *, praise: int = 0, others: int = 0, kept: int | None = None
) -> Figures:
    children = sum(counts.values())
    return Figures(
        period=PERIOD,
        kinds={
            "complaint": publish_total(children),
            "compliment": publish_total(praise),
            "other": publish_total(others),
        },
        about=publish(counts),
        promises={} if kept is None else {"read": publish_share(kept, children)},
    )


def rows(*counts: int) -> dict[str, int]:
    return dict(zip("abcdefghijk", counts, strict=False))


def view(table: Table) -> View:
    return table.total, *(cell.shown for cell in table.cells)


@cache
def first(counts: Counts) -> View:
    return view(publish(rows(*counts)))


@cache
def _of(shown: View) -> Figures:
    total, *cells = shown
    table = Table(
        total=total,
        cells=tuple(Cell(code="abc"[n], shown=number) for n, number in enumerate(cells)),
    )
    return Figures(period=PERIOD, kinds={"complaint": total}, about=table, promises={})


@cache
def _beside(now: View, before: View) -> View:
    return view(beside(_of(now), [_of(before)]).about)


def ours(before: View, counts: Counts) -> View:
    return _beside(first(counts), before)


def as_if_first(before: View, counts: Counts) -> View:
    return first(counts)


def figure_by_figure(before: View, counts: Counts) -> View:
    """Hide each figure that is near to what it was, and leave the others."""
    now = first(counts)
    return tuple(
        number
        if old is not None and number is not None and (old == number or abs(old - number) >= FAR)
        else None
        for old, number in zip(before, now, strict=True)
    )


def put_right_by(children: int, counts: Counts) -> set[Counts]:
    """Return what the table may become where so many children, or fewer, are put right."""
    found = {counts}
    for _ in range(children):
        found |= {other for table in found for other in _one_child_away(table)}
    return found


def _one_child_away(counts: Counts) -> Iterator[Counts]:
    places = (None, *range(len(counts)))
    for gone, come in product(places, places):
        moved = list(counts)
        if gone is not None:
            moved[gone] -= 1
        if come is not None:
            moved[come] += 1
        if min(moved) >= 0:
            yield tuple(moved)


def first_row_alone(counts: Counts) -> set[Counts]:
    """Return what the table may become where the first row alone is put right."""
    tables = {(number, *counts[1:]) for number in range(MOST + 1)} - {counts}
    return {table for table in tables if 10 <= sum(table) <= MOST}


def found_by(rule: Rule, knows: Callable[[Counts], set[Counts]]) -> list[object]:
    """Return each number that is known too well once both versions are kept."""
    alone, both = defaultdict(set), defaultdict(set)
    for counts in product(range(MOST + 1), repeat=ROWS):
        if 10 <= sum(counts) <= MOST:
            before = first(counts)
            for truth in knows(counts):
                pair = (counts, truth)
                alone[before].add(pair)
                both[before, rule(before, truth)].add(pair)
    return [
        (before, now, row, version)
        for (before, now), pairs in both.items()
        if all((total or 0) <= MOST - EDGE for total in (before[0], now[0]))
        for row in range(ROWS)
        for version in (0, 1)
        if too_well({pair[version][row] for pair in pairs}, before[row + 1])
        and not too_well({pair[version][row] for pair in alone[before]}, before[row + 1])
    ]


def too_well(numbers: set[int], shown: int | None) -> bool:
    """Say whether so few are left that it could be a child. That it is nobody finds nobody."""
    return max(numbers) - min(numbers) < (3 if shown is None else 2) and numbers != {0}


@pytest.mark.parametrize("children", many(small=[1], full=[1, 2]))
def test_nobody_is_found_by_who_knows_how_many_were_put_right(children: int) -> None:
    assert found_by(ours, lambda counts: put_right_by(children, counts)) == []


def test_nobody_is_found_by_who_knows_which_row_was_put_right() -> None:
    assert found_by(ours, first_row_alone) == []


@pytest.mark.parametrize("rule", [as_if_first, figure_by_figure])
def test_the_attacker_finds_somebody_where_the_rule_is_weaker(rule: Rule) -> None:
    assert found_by(rule, lambda counts: put_right_by(1, counts))
    assert found_by(rule, first_row_alone)


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        pytest.param((12, 2, 2), (12, 2, 2), (15, 10, None, None), id="the same"),
        pytest.param((12, 2, 2), (11, 3, 2), (15, 10, None, None), id="it looks the same"),
        pytest.param((12, 2, 2), (13, 2, 1), (None,) * 4, id="one child crosses a step"),
        pytest.param((12, 1, 4), (12, 1, 5), (None,) * 4, id="a small row is small no more"),
        pytest.param((12, 12, 2), (12, 12, 4), (None,) * 4, id="a total next door"),
        pytest.param((32, 2, 2), (12, 2, 2), (15, 10, None, None), id="twenty too many"),
        pytest.param((30, 12, 3), (2, 12, 3), (None,) * 4, id="a shown row becomes small"),
        pytest.param((5, 2, 1), (12, 2, 2), (None,) * 4, id="nothing was shown"),
    ],
)
def test_a_table_is_as_it_was_or_far_or_not_there(before: Counts, now: Counts, shown: View) -> None:
    second = beside(figures(rows(*now)), [figures(rows(*before))])
    assert view(second.about) == shown
    assert second.kinds["complaint"] == shown[0]


def test_figures_of_the_same_children_stand_or_fall_together() -> None:
    """The base of a promise is the total again: alone it would say which of them crossed."""
    before = figures(rows(20, 2, 2), praise=12, others=30, kept=12)
    second = beside(figures(rows(20, 2, 2), praise=12, others=34, kept=13), [before])
    assert second.kinds == {"complaint": None, "compliment": 10, "other": None}
    assert view(second.about) == (None,) * 4
    assert second.promises == {"read": Share()}
    assert shows_anything(second)


def test_what_was_held_back_once_stays_so() -> None:
    versions: list[Figures] = []
    for counts in ((12, 2, 2), (13, 2, 2), (12, 2, 2)):
        versions.append(beside(figures(rows(*counts)), versions))
    assert [version.about.total for version in versions] == [15, None, None]
    assert not shows_anything(versions[-1])


def test_another_set_of_topics_or_promises_is_another_table() -> None:
    before = figures({"a": 20, "b": 3})
    assert beside(figures({"a": 20, "c": 3}), [before]).about.total is None
    assert beside(figures({"a": 20, "b": 3}, kept=10), [before]).about.total is None


def a_truth(throw: random.Random) -> dict[str, int]:
    children = throw.randint(10, 60)
    topics = throw.choices(list(TOPICS), list(TOPICS.values()), k=children)
    return {code: topics.count(code) for code in TOPICS}


def put_right(throw: random.Random, counts: dict[str, int], children: int) -> dict[str, int]:
    """Return the counts with so many children moved, taken away or added."""
    counts = dict(counts)
    for _ in range(children):
        gone = throw.choice([None, *(code for code, count in counts.items() if count)])
        come = throw.choice([None, *counts])
        if gone is not None:
            counts[gone] -= 1
        if come is not None:
            counts[come] += 1
    return counts


@pytest.mark.parametrize("run", range(many(small=60, full=600)))
def test_every_number_of_every_version_is_as_it_was_or_far(run: int) -> None:
    throw = dice(f"second release {run}")
    counts, versions = a_truth(throw), list[Figures]()
    praise = throw.randint(5, 30)
    for _ in range(4):
        kept = throw.randint(0, sum(counts.values()))
        versions.append(beside(figures(counts, praise=praise, kept=kept), versions))
        counts = put_right(throw, counts, throw.choice([0, 1, 2, 5, 30]))
        praise = max(0, praise + throw.randint(-3, 3))
    for earlier, later in combinations(versions, 2):
        for old, new in zip(numbers_of(earlier), numbers_of(later), strict=True):
            assert new is None or (old is not None and (new == old or abs(new - old) >= FAR))
    for version in versions:
        assert version.kinds["complaint"] == version.about.total
        if version.about.total is None:
            assert set(version.promises.values()) == {Share()}
            assert all(cell.hidden for cell in version.about.cells)


def numbers_of(version: Figures) -> list[int | None]:
    shares = [(share.base, share.yes) for share in version.promises.values()]
    return [
        *version.kinds.values(),
        *view(version.about),
        *(number for share in shares for number in share),
    ]


@pytest.mark.parametrize("run", range(many(small=6, full=60)))
def test_nobody_is_found_in_two_versions_of_many_topics(run: int) -> None:
    """All equations of both versions at once, and that so few children were put right."""
    throw = dice(f"two versions {run}")
    counts, changed = a_truth(throw), throw.randint(1, A_FEW)
    truths = (counts, put_right(throw, counts, changed))
    before = figures(truths[0])
    versions = (before, beside(figures(truths[1]), [before]))
    attacker = Attacker()
    known: list[dict[str, Unknown]] = []
    for version, truth in zip(versions, truths, strict=True):
        if version.about.total is None:
            known.append({code: attacker.unknown() for code in counts})
        else:
            known.append(attacker.read_table(version.about, Belief.ANYTHING, truth))
    moves = {code: (attacker.unknown(), attacker.unknown()) for code in counts}
    for code, (come, gone) in moves.items():
        attacker.knows(known[1][code] == known[0][code] + come - gone)
    for way in (0, 1):
        attacker.knows(sum(move[way] for move in moves.values()) <= changed)
    for version, truth, unknown in zip((before, before), truths, known, strict=True):
        for cell in version.about.cells:
            least, most = attacker.span(unknown[cell.code])
            assert least <= truth[cell.code] <= most
            assert most - least >= (3 if cell.hidden else 2)

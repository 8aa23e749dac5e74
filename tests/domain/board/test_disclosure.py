"""Small numbers: docs/adr/0011-small-numbers.md.

Two proofs. Every table of a few rows is tried, and every other table that would have been shown in
the same way is counted up. For long histories, an attacker who knows the method solves for every
number in everything ever shown (``attacker.py``).
"""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kids_feedback.domain.board.disclosure import (
    SMALLEST,
    Amount,
    Portion,
    Share,
    Table,
    Trend,
    publish,
    publish_share,
    publish_total,
    rounded,
    trend,
)

SMALL = set(range(1, SMALLEST))
COUNTS = st.dictionaries(
    st.sampled_from("abcdefghijk"), st.integers(0, 4) | st.integers(0, 40), min_size=1
)


def a_table(*counts: int, smallest: int = SMALLEST) -> Table:
    """Publish rows "a", "b", "c" and so on."""
    codes = "abcdefghijk"
    return publish(dict(zip(codes, counts, strict=False)), smallest=smallest)


def shown(table: Table) -> list[int | None]:
    return [cell.shown for cell in table.cells]


def holds(portion: Portion, share: Fraction) -> bool:
    """Say whether everything that a portion claims is true of a share."""
    in_words = {
        Amount.ALL_OR_NEARLY_ALL: share >= Fraction(9, 10),
        Amount.MOST: share > Fraction(1, 2),
        Amount.ABOUT_HALF: Fraction(1, 3) <= share <= Fraction(2, 3),
        Amount.SOME: True,
        Amount.FEWER_THAN_HALF: share < Fraction(1, 2),
        Amount.A_FEW: share < Fraction(1, 2),
    }
    in_ten, percent = portion.in_ten, portion.percent
    return (
        in_words[portion.amount]
        and (in_ten is None or abs(share - Fraction(in_ten, 10)) <= Fraction(1, 4))
        and (percent is None or abs(share - Fraction(percent, 100)) <= Fraction(1, 20))
    )


@pytest.mark.parametrize(
    ("counts", "total", "rows"),
    [
        pytest.param((6, 4, 2, 2, 1, 0), 15, [5, None, None, None, None, None], id="usual"),
        pytest.param((23, 12, 8, 3, 2, 1), 50, [25, 10, 10, None, None, None], id="a big year"),
        pytest.param((5, 2, 1, 1, 0), None, [None] * 5, id="nine children wait"),
        pytest.param((12, 12, 4), 30, [None] * 3, id="the total would give the last row away"),
        pytest.param((8, 8, 1), 15, [None] * 3, id="two alike are held back together"),
        pytest.param((13, 5, 5, 0), 25, [15, 5, 5, None], id="nobody is hidden like a few"),
        pytest.param((8, 6, 1), 15, [10, 5, None], id="room enough"),
        pytest.param((8, 8, 5, 1), 20, [10, 10, None, None], id="the smallest shown go first"),
    ],
)
def test_a_reader_sees_large_groups_and_no_small_one(
    counts: tuple[int, ...], total: int | None, rows: list[int | None]
) -> None:
    table = a_table(*counts)
    assert (table.total, shown(table)) == (total, rows)


def test_a_hidden_row_looks_the_same_with_four_children_and_with_none() -> None:
    four, none = a_table(9, 5, 4, 2).cells[2], a_table(9, 5, 0, 2).cells[2]
    assert four == none
    assert four.hidden


def test_a_higher_threshold_can_be_set_but_no_lower_one() -> None:
    assert shown(a_table(30, 9, 7, 3, 2, smallest=8)) == [30, 10, None, None, None]
    with pytest.raises(ValueError, match="always hidden"):
        publish({"a": 12}, smallest=4)
    with pytest.raises(ValueError, match="less than no times"):
        publish({"a": 12, "b": -1})


@settings(deadline=None)
@given(COUNTS)
def test_nothing_below_five_is_ever_shown(counts: dict[str, int]) -> None:
    table = publish(counts)
    for cell in table.cells:
        assert cell.hidden or counts[cell.code] >= SMALLEST
        assert cell.shown is None or cell.shown == rounded(counts[cell.code]) >= 5
    assert table.total is None or table.total == rounded(sum(counts.values())) >= 10


@settings(deadline=None)
@given(COUNTS)
def test_a_larger_group_is_never_shown_as_smaller_or_hidden_behind_it(
    counts: dict[str, int],
) -> None:
    cells = sorted(publish(counts).cells, key=lambda cell: counts[cell.code])
    numbers = [cell.shown or 0 for cell in cells]
    assert numbers == sorted(numbers)


@settings(deadline=None)
@given(COUNTS, st.sampled_from("abcdefghijk"))
def test_one_child_more_never_makes_a_number_smaller(counts: dict[str, int], code: str) -> None:
    counts.setdefault(code, 0)
    before, after = publish(counts), publish({**counts, code: counts[code] + 1})
    assert (after.total or 0) >= (before.total or 0)
    for old, new in zip(before.cells, after.cells, strict=True):
        assert old.shown is None or new.shown is None or new.shown >= old.shown


@settings(deadline=None)
@given(COUNTS)
def test_the_total_never_contradicts_the_rows(counts: dict[str, int]) -> None:
    table = publish(counts)
    if table.total is not None:
        numbers = [cell.shown for cell in table.cells if cell.shown is not None]
        assert sum(max(5, number - 2) for number in numbers) <= table.total + 2
        assert all(number <= table.total for number in numbers)


@settings(deadline=None)
@given(COUNTS)
def test_what_is_said_of_a_row_is_true_of_it(counts: dict[str, int]) -> None:
    total = sum(counts.values())
    for cell in publish(counts).cells:
        if cell.portion is not None:
            assert holds(cell.portion, Fraction(counts[cell.code], total))
            assert cell.portion.in_ten is None or total >= 10
            assert cell.portion.percent is None or total >= 20


def partitions(whole: int, rows: int, most: int) -> Iterator[tuple[int, ...]]:
    """Give every way to put ``whole`` children into up to ``rows`` rows, none of them empty."""
    if whole == 0:
        yield ()
    elif rows:
        for first in range(min(whole, most), 0, -1):
            for others in partitions(whole - first, rows - 1, first):
                yield (first, *others)


@pytest.mark.parametrize(
    ("rows", "most", "smallest"), [(2, 62, 5), (3, 47, 5), (4, 37, 5), (6, 32, 5), (4, 37, 8)]
)
def test_who_knows_the_method_and_the_empty_rows_cannot_tell_a_small_row(
    rows: int, most: int, smallest: int
) -> None:
    """Rows differ only by name, so a table is its counts, and a hidden row any hidden count."""
    alike: dict[tuple[int, tuple[int, ...], int], list[tuple[int, ...]]] = defaultdict(list)
    for total in range(10, most + 1):
        for counts in partitions(total, rows, total):
            table = a_table(*counts, *(0,) * (rows - len(counts)), smallest=smallest)
            visible = tuple(cell.shown for cell in table.cells if cell.shown is not None)
            assert table.total is not None
            alike[table.total, visible, len(counts)].append(counts)
    for (total, visible, _), tables in alike.items():
        hidden = {count for counts in tables for count in counts[len(visible) :]}
        totals = {sum(counts) for counts in tables}
        assert len(totals) >= 2
        if hidden & SMALL:
            assert max(hidden) - min(hidden) >= 3
        if visible:
            assert not hidden or hidden >= set(range(1, smallest))
            assert max(totals) == total + 2, "other tables of these children rely on it"
            assert min(totals) <= max(10, total - 2, total + 4 - smallest)
            some_are_not_empty = range(len(visible) + 1, rows + 1)
            assert len(visible) == rows or any(
                (total, visible, number) in alike for number in some_are_not_empty
            ), "hiding rows does not say that they are empty"


def test_who_knows_the_method_cannot_tell_how_many_broken_promises() -> None:
    alike: dict[Share, list[tuple[int, int]]] = defaultdict(list)
    for of in range(70):
        for yes in range(of + 1):
            alike[publish_share(yes, of)].append((yes, of))
    for share, cases in alike.items():
        did, did_not = {yes for yes, _ in cases}, {of - yes for yes, of in cases}
        if share.base is None or share.base >= 65:  # the range that was tried ends within it
            continue
        assert not (did | did_not) & SMALL or share.few_yes or share.few_no
        assert not share.few_no or did_not == {0, *SMALL}
        assert not share.few_yes or did == {0, *SMALL}
        assert len(did) >= 3
        assert len(did_not) >= 3
        assert {of for _, of in cases} == set(range(share.base - 2, share.base + 3))


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(0, 300))
def test_what_is_said_of_a_promise_is_true_of_it(yes: int, no: int) -> None:
    share = publish_share(yes, yes + no)
    assert (share.base is None) == (share.portion is None)
    if share.portion is not None:
        assert holds(share.portion, Fraction(yes, yes + no))
        assert share.portion.in_ten is None or yes + no >= 10
        assert share.portion.percent is None or yes + no >= 20


@pytest.mark.parametrize(
    ("yes", "of", "share"),
    [
        pytest.param(3, 7, Share(), id="too few to say"),
        pytest.param(4, 8, Share(), id="few on either side"),
        pytest.param(
            9, 12, Share(base=10, few_no=True, portion=Portion(amount=Amount.MOST)), id="most"
        ),
        pytest.param(
            48,
            50,
            Share(base=50, few_no=True, portion=Portion(amount=Amount.ALL_OR_NEARLY_ALL)),
            id="nearly all of many",
        ),
        pytest.param(
            0, 15, Share(base=15, few_yes=True, portion=Portion(amount=Amount.A_FEW)), id="none"
        ),
        pytest.param(6, 12, Share(), id="the base alone would tell who was outside it"),
        pytest.param(
            5,
            15,
            Share(base=15, yes=5, portion=Portion(amount=Amount.SOME, in_ten=3)),
            id="in ten, roughly",
        ),
        pytest.param(
            12,
            20,
            Share(base=20, yes=10, portion=Portion(amount=Amount.ABOUT_HALF, in_ten=5)),
            id="in ten",
        ),
        pytest.param(
            80,
            121,
            Share(base=120, yes=80, portion=Portion(amount=Amount.MOST, in_ten=7, percent=67)),
            id="per cent",
        ),
    ],
)
def test_a_promise_is_told_in_numbers_only_where_they_are_good(
    yes: int, of: int, share: Share
) -> None:
    assert publish_share(yes, of) == share


def test_no_more_promises_are_kept_than_made() -> None:
    with pytest.raises(ValueError, match="less than no times"):
        publish_share(6, 5)


def test_a_total_that_is_too_small_waits() -> None:
    assert [publish_total(count) for count in (0, 9, 10, 12, 13)] == [None, None, 10, 10, 15]


def test_totals_are_compared_as_they_are_shown() -> None:
    assert trend(15, 10) is Trend.MORE
    assert trend(10, 15) is Trend.FEWER
    assert trend(15, 15) is Trend.ABOUT_THE_SAME
    assert trend(15, None) is None
    assert trend(None, 15) is None

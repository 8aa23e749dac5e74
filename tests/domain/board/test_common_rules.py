"""Rules that are commonly used, and how an attacker breaks them.

docs/adr/0011-small-numbers.md. That this attacker finds nothing in what we show (see
``test_disclosure_attack``) means something, as they find so much here.
"""

from kids_feedback.domain.board.disclosure import publish
from tests.domain.board.attacker import FEW, LEICESTER, Attacker, Belief, add_up, take_for


def width(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def attack_with_exact_totals(*, across: bool) -> tuple[int, int]:
    """Hide 1 to 4, and show all else as it is. Return how many are hidden, and how many found."""
    attacker = Attacker()
    cells = {
        (row, year): attacker.unknown(1, 4) if 1 <= count <= 4 else attacker.unknown(count, count)
        for row, counts in LEICESTER.items()
        for year, count in enumerate(counts)
    }
    for year in range(5):
        column = [cells[row, year] for row in LEICESTER]
        attacker.knows_sum(column, sum(counts[year] for counts in LEICESTER.values()))
    if across:
        for row, counts in LEICESTER.items():
            attacker.knows_sum([cells[row, year] for year in range(5)], sum(counts))
    hidden = [place for place in cells if 1 <= LEICESTER[place[0]][place[1]] <= 4]
    spans = [attacker.span(cells[place]) for place in hidden]
    return len(hidden), sum(width(span) == 0 for span in spans)


def test_hiding_one_to_four_beside_exact_totals_hides_little() -> None:
    assert attack_with_exact_totals(across=True) == (16, 10)
    assert attack_with_exact_totals(across=False) == (16, 1)


def test_rounding_alone_gives_the_last_child_away() -> None:
    attacker = Attacker()
    last = attacker.unknown(0, 4)
    attacker.knows_sum((attacker.rounded(10), attacker.rounded(10), last), attacker.rounded(30))
    assert attacker.span(last) == (4, 4)
    assert all(cell.hidden for cell in publish({"a": 12, "b": 12, "c": 4}).cells)


def test_rolling_two_years_give_four_children_away() -> None:
    """Each window is safe alone; together they are not. So periods never overlap."""
    attacker = Attacker()
    halves = [{code: attacker.unknown() for code in half} for half in FEW]
    windows = []
    for end in range(4, len(FEW) + 1):
        counts = add_up(FEW[end - 4 : end])
        table = publish(counts)
        rows = attacker.read_table(table, take_for(table, counts, Belief.SMALL), counts)
        for code, row in rows.items():
            attacker.knows_sum([half[code] for half in halves[end - 4 : end]], row)
        windows.append((counts["c"], rows["c"]))
    assert [truth for truth, _ in windows] == [4, 8, 8, 4]
    assert [attacker.span(row) for _, row in windows] == [(4, 4), (4, 8), (8, 8), (4, 4)]


def test_a_table_of_kinds_beside_one_of_complaints_gives_compliments_away() -> None:
    """Complaints are then a row in one table and the total of another. So kinds stand alone."""
    kinds = {"complaint": 10, "compliment": 2, "note": 0}
    attacker = Attacker()
    rows = attacker.read_table(publish(kinds), Belief.SMALL, kinds)
    assert attacker.span(rows["compliment"]) == (0, 4)
    topics = {"unkind": 6, "unfair": 3, "other": 1}
    attacker.knows_sum(
        attacker.read_table(publish(topics), Belief.ANYTHING, topics).values(), rows["complaint"]
    )
    assert attacker.span(rows["compliment"]) == (0, 2)

"""Somebody who works out hidden numbers from shown ones, by integer programming.

They know the whole method: how numbers are rounded, from which count on they are shown, which
totals wait, and what the words mean. They put everything ever published into one set of equations
and ask, for each number, how small and how large it could have been.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from math import inf
from typing import Any

import highspy

from kids_feedback.domain.board.disclosure import (
    LEAST_TOTAL,
    SMALLEST,
    Amount,
    Portion,
    Share,
    Table,
)

Unknown = Any  # a variable or a sum of some; highspy has no types

# A part of ten and of a hundred is rounded, and "about": the true share lies no further off.
IN_TEN_OFF, PERCENT_OFF = 2.5, 5
WORDS = {  # lowest and highest share that the word may stand for
    Amount.ALL_OR_NEARLY_ALL: (0.9, 1),
    Amount.MOST: (0.5, 1),
    Amount.ABOUT_HALF: (1 / 3, 2 / 3),
    Amount.SOME: (0, 1),
    Amount.FEWER_THAN_HALF: (0, 0.5),
    Amount.A_FEW: (0, 0.5),
}

# S0: complaints about one office by category, 2010 to 2014, as Cafcass published them.
LEICESTER = {
    "1": (16, 22, 30, 9, 11),
    "2": (0, 0, 3, 10, 14),
    "3": (0, 1, 0, 0, 1),
    "4": (1, 0, 0, 3, 6),
    "5": (0, 0, 0, 1, 0),
    "7": (0, 0, 0, 1, 0),
    "8": (0, 0, 2, 2, 0),
    "active intervention": (1, 5, 0, 0, 0),
    "safeguarding": (2, 3, 1, 0, 0),
    "safeguarding, assessed": (1, 1, 0, 0, 0),
    "technology": (0, 0, 1, 0, 0),
}

Counts = dict[str, int]

FEW: list[Counts] = [
    {"a": 0, "b": 0, "c": 0},
    {"a": 2, "b": 0, "c": 0},
    {"a": 0, "b": 0, "c": 4},
    {"a": 6, "b": 0, "c": 0},
    {"a": 0, "b": 0, "c": 4},
    {"a": 0, "b": 0, "c": 0},
    {"a": 2, "b": 0, "c": 0},
]  # half-years of so few that a window of two years was thought of


class Belief(Enum):
    """What they take a hidden row for."""

    ANYTHING = auto()  # as the method says: small, or held back
    SMALL = auto()  # 0 to 4: wrong for a row that was held back, right for all others
    SMALL_AND_WHERE_EMPTY = auto()  # 1 to 4, and they have learned which rows are empty


class Attacker:
    def __init__(self) -> None:
        self._model = highspy.Highs()  # type: ignore[no-untyped-call]  # theirs
        self._model.silent()

    def unknown(self, low: int = 0, high: float = inf) -> Unknown:
        return self._model.addIntegral(low, high)

    def knows(self, fact: Any) -> None:
        self._model.addConstr(fact)

    def knows_sum(self, parts: Iterable[Unknown], whole: Unknown) -> None:
        self._model.addConstr(sum(parts) == whole)

    def span(self, unknown: Unknown) -> tuple[int, int]:
        """Return the least and the most it could be."""
        ends = []
        for ask in (self._model.minimize, self._model.maximize):
            ask(unknown)
            assert self._model.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(round(self._model.getObjectiveValue()))
        return ends[0], ends[1]

    def rounded(self, shown: int, least: int = 0) -> Unknown:
        return self.unknown(max(least, shown - 2), shown + 2)

    def read_table(
        self, table: Table, belief: Belief, truth: Mapping[str, int]
    ) -> dict[str, Unknown]:
        """Take in a table, and return its rows. ``truth`` only says which rows are empty."""
        assert table.total is not None
        rows = {}
        for cell in table.cells:
            if cell.shown is not None:
                rows[cell.code] = self.rounded(cell.shown, SMALLEST)
            elif belief is Belief.ANYTHING:
                rows[cell.code] = self.unknown(0, table.total + 2)
            elif belief is Belief.SMALL:
                rows[cell.code] = self.unknown(0, SMALLEST - 1)
            else:
                rows[cell.code] = self.unknown(*((1, SMALLEST - 1) if truth[cell.code] else (0, 0)))
        total = self.rounded(table.total, LEAST_TOTAL)
        self.knows_sum(rows.values(), total)
        for cell in table.cells:
            if cell.portion:
                self._read_portion(cell.portion, rows[cell.code], total)
        return rows

    def read_share(self, share: Share) -> tuple[Unknown, Unknown]:
        """Take in a share; return how many did, and how many did not."""
        assert share.base is not None
        assert share.portion is not None
        base = self.rounded(share.base)
        yes = self.unknown(0, SMALLEST - 1) if share.few_yes else self.unknown(SMALLEST)
        no = self.unknown(0, SMALLEST - 1) if share.few_no else self.unknown(SMALLEST)
        if share.yes is not None:
            self.knows(yes >= share.yes - 2)
            self.knows(yes <= share.yes + 2)
        self.knows_sum((yes, no), base)
        self._read_portion(share.portion, yes, base)
        return yes, no

    def _read_portion(self, portion: Portion, part: Unknown, base: Unknown) -> None:
        low, high = WORDS[portion.amount]
        self.knows(part >= low * base)
        self.knows(part <= high * base)
        for whole, said, off in (
            (10, portion.in_ten, IN_TEN_OFF),
            (100, portion.percent, PERCENT_OFF),
        ):
            if said is not None:
                self.knows(whole * part >= (said - off) * base)
                self.knows(whole * part <= (said + off) * base)


def add_up(tables: Sequence[Counts]) -> Counts:
    return {code: sum(table[code] for table in tables) for code in tables[0]}


def take_for(table: Table, counts: Counts, belief: Belief) -> Belief:
    """Let them believe it only where it is true, and where something shown bears it out."""
    held_back = any(cell.hidden and counts[cell.code] > 4 for cell in table.cells)
    nothing_shown = all(cell.hidden for cell in table.cells)
    return Belief.ANYTHING if held_back or nothing_shown else belief

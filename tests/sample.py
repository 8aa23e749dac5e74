"""How much of it is tried: a small, fixed sample in ``make test``, all of it in ``make test-all``.

One switch for everything that can be tried more or less often: combinations of settings, property
runs, races, broken input. CONTRIBUTING.md says how to use it.
"""

import os
import random
from collections import Counter
from itertools import combinations, product
from typing import Any, TypeVar

T = TypeVar("T")
Row = tuple[Any, ...]

ALL = os.environ.get("KIDS_FEEDBACK_TEST_ALL") == "1"
SEED = int(os.environ.get("KIDS_FEEDBACK_TEST_SEED", "1"))


def many(*, small: T, full: T) -> T:
    """Return ``small`` in ``make test``, ``full`` in ``make test-all``: a number, or cases."""
    return full if ALL else small


def dice(name: str) -> random.Random:
    """Return what throws the same numbers in each run; another seed, other numbers."""
    return random.Random(f"{SEED} {name}")  # noqa: S311 - not for secrets


def rows(**dimensions: tuple[Any, ...]) -> list[Row]:
    """Return rows of one value for each dimension, in the order given.

    Every two values of two dimensions meet in some row of ``make test``; in ``make test-all`` every
    value meets all others.
    """
    cross = list(product(*dimensions.values()))
    return many(small=pairwise(cross), full=cross)


def pairwise(cross: list[Row]) -> list[Row]:
    """Return few rows of ``cross`` that have all its pairs; the same ones each time."""
    missing = {pair for row in cross for pair in pairs(row)}
    met: Counter[Row] = Counter()
    chosen: list[Row] = []

    def worth(row: Row) -> tuple[int, int]:
        """How many new pairs it has; and of equals, the one whose pairs met least."""
        return len(missing & pairs(row)), -sum(met[pair] for pair in pairs(row))

    while missing:
        best = max(cross, key=worth)
        chosen.append(best)
        met.update(pairs(best))
        missing -= pairs(best)
    return chosen


def pairs(row: Row) -> set[Row]:
    """Return each value of a row, and each two of them, with the places where they stand."""
    values = list(enumerate(row))
    return {*combinations(values, 1), *combinations(values, 2)}

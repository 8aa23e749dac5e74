"""The sample that ``make test`` takes has every pair, and ``make test-all`` has everything."""

import os
import subprocess
import sys
from itertools import combinations, product
from pathlib import Path

import pytest

from tests import sample

SHAPES: list[dict[str, tuple[object, ...]]] = [
    {"one": (1, 2, 3)},
    {"look": ("words", "pictures"), "language": ("en", "ar")},
    {"walk": tuple(range(11)), "look": (1, 2), "language": (1, 2), "theme": (1, 2)},
    {"a": (1, 2, 3), "b": (1, 2, 3, 4), "c": (1, 2), "d": (1, 2, 3, 4, 5)},
]


@pytest.mark.parametrize("dimensions", SHAPES)
def test_every_two_values_meet_in_few_rows(dimensions: dict[str, tuple[object, ...]]) -> None:
    cross = list(product(*dimensions.values()))
    chosen = sample.pairwise(cross)
    for at, values in enumerate(dimensions.values()):
        assert {row[at] for row in chosen} == set(values)
    for (one, here), (other, there) in combinations(enumerate(dimensions.values()), 2):
        assert {(row[one], row[other]) for row in chosen} == set(product(here, there))
    assert set(chosen) <= set(cross)
    assert len(chosen) == len(set(chosen)) <= len(cross)


def test_the_sample_is_small_and_always_the_same() -> None:
    cross = list(product(*SHAPES[2].values()))
    assert (len(cross), len(sample.pairwise(cross))) == (88, 22)
    assert sample.pairwise(cross) == sample.pairwise(cross)


@pytest.mark.parametrize(("everything", "expected"), [(False, 22), (True, 88)])
def test_all_of_it_is_the_whole_cross(
    monkeypatch: pytest.MonkeyPatch, *, everything: bool, expected: int
) -> None:
    monkeypatch.setattr(sample, "ALL", everything)
    assert len(sample.rows(**SHAPES[2])) == expected
    assert sample.many(small=50, full=10_000) == (10_000 if everything else 50)


def test_the_same_seed_throws_the_same_dice(monkeypatch: pytest.MonkeyPatch) -> None:
    def thrown() -> list[int]:
        dice = sample.dice("races")
        return [dice.randrange(1_000) for _ in range(5)]

    first = thrown()
    assert thrown() == first
    monkeypatch.setattr(sample, "SEED", 2)
    assert thrown() != first


@pytest.mark.long
def test_whatever_is_tried_in_the_browser_is_tried_in_test_all_too() -> None:
    small, full = collected(everything="0"), collected(everything="1")
    assert small < full


def collected(*, everything: str) -> set[str]:
    """Return the names of the tests in a browser, by asking in a process of its own."""
    here = Path(__file__).parent
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n", "0", str(here / "e2e")]
    environ = {**os.environ, "KIDS_FEEDBACK_TEST_ALL": everything}
    told = subprocess.run(
        command, env=environ, cwd=here.parent, check=True, capture_output=True, text=True
    )
    return {line for line in told.stdout.splitlines() if "::" in line}

"""Each benchmark at its smallest. What it counts is held to its bar; a time is not, here."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from benchmarks.__main__ import ALL
from benchmarks.figures import SMALLEST, Figure

from tests import sample

# Each takes some ten seconds even so. One reads pages, one writes and counts what is kept.
TRIED = sample.many(small=["weight", "submits"], full=list(ALL))


@pytest.mark.long
@pytest.mark.parametrize("name", TRIED)
def test_a_benchmark_reads_its_pages_and_loses_nothing(name: str) -> None:
    # In a process of its own: a browser of these tests may be open in this one.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        figures = alone.submit(measured, name).result()
    assert figures
    assert not [figure.what for figure in figures if figure.counted and not figure.holds]


def measured(name: str) -> list[Figure]:
    return list(ALL[name](SMALLEST))

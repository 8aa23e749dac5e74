"""Each benchmark at its smallest. What it counts is held to its bar; a time is not, here."""

import pytest
from benchmarks.__main__ import ALL
from benchmarks.figures import SMALLEST


@pytest.mark.long
@pytest.mark.parametrize("name", ALL)
def test_a_benchmark_reads_its_pages_and_loses_nothing(name: str) -> None:
    figures = list(ALL[name](SMALLEST))
    assert figures
    assert not [figure.what for figure in figures if figure.counted and not figure.holds]

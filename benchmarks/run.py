"""Runs benchmarks one after the other, and remembers whatever is not as it should be."""

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.figures import Benchmark, Figure, Size


@dataclass
class Report:
    """What came of a run."""

    figures: list[Figure] = field(default_factory=list)
    unmeasured: list[str] = field(default_factory=list)  # which, and why

    @property
    def faults(self) -> list[str]:
        """Whatever is not as it should be."""
        past = [f"past its bar: {line(figure)}" for figure in self.figures if not figure.holds]
        return [*past, *self.unmeasured]


def run(benchmarks: Mapping[str, Benchmark], size: Size, say: Callable[[str], None]) -> Report:
    """Run each of them, and the rest where one breaks."""
    report = Report()
    for name, benchmark in benchmarks.items():
        try:
            for figure in benchmark(size):
                report.figures.append(figure)
                say(line(figure))
        except Exception as error:
            say(traceback.format_exc())
            what = str(error) or type(error).__name__
            report.unmeasured.append(f"{name} could not be measured: {what}")
    return report


def line(figure: Figure) -> str:
    """Return the figure and its bar as one line."""
    bar = f" ({figure.bar})" if figure.bar else ""
    return f"{figure.what}: {figure.measured}{bar}"

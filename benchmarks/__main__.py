"""Print every figure beside its bar: ``make bench``. Ends badly where one does not hold."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from benchmarks import cpu, failures, kept, load, many, odd, paint, weight
from benchmarks.figures import SMALLEST, WHOLE, Benchmark
from benchmarks.run import run

ALL: Mapping[str, Benchmark] = {
    "weight": weight.pages,
    "paint": paint.largest,
    "cpu": cpu.submit,
    "odd": odd.marks,
    "double taps": load.double_taps,
    "failures": failures.failures,
    "submits": load.submits,
    "crowds": load.crowds,
    "crowds on PostgreSQL": load.crowds_on_postgresql,
    "many complaints": many.complaints,
}


def main(arguments: Sequence[str], benchmarks: Mapping[str, Benchmark] = ALL) -> int:
    """Return how the command ends: 0 where every figure was measured and holds."""
    asked = _asked(arguments, benchmarks)
    picked = {name: benchmarks[name] for name in asked.only or benchmarks}
    report = run(
        picked, SMALLEST if asked.smallest else WHOLE, lambda text: print(text, flush=True)
    )
    if asked.keep:
        kept.keep(report, datetime.now(UTC).date())
    for fault in report.faults:
        print(fault, file=sys.stderr)
    return 1 if report.faults else 0


def _asked(arguments: Sequence[str], benchmarks: Mapping[str, Benchmark]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("only", nargs="*", help=f"some of: {', '.join(benchmarks)}")
    parser.add_argument("--smallest", action="store_true", help="see whether each one works")
    parser.add_argument("--keep", action="store_true", help="write docs/benchmarks.md")
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.only if name not in benchmarks]:
        parser.error(f"there is no {', '.join(unknown)}")
    if asked.keep and (asked.smallest or asked.only):
        parser.error("only a whole run is kept")
    return asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

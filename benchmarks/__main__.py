"""Print every figure: ``make bench``. ``SECONDS`` of load are 60 unless the first argument says."""

import sys
from collections.abc import Iterator

from tests import postgres

from benchmarks import cpu, load, paint


def main(seconds: float) -> None:
    for line in _figures(seconds):
        print(line, flush=True)


def _figures(seconds: float) -> Iterator[str]:
    yield from cpu.submit()
    yield from paint.largest()
    yield from load.double_taps(taps=20, forms=20)
    for clients in (8, 32, 64):
        yield from load.crowd(clients, seconds)
    with postgres.running() as url:
        yield from load.crowd(8, seconds, database_url=url)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60)

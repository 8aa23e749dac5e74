"""Many children at once: is every receipt a row, and every row a receipt?"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Barrier

from sqlalchemy import func, select
from tests import postgres

from benchmarks.figures import Figure, Size
from benchmarks.site import Child, Server, running
from kids_feedback.storage.db import engine_for
from kids_feedback.storage.tables.case import Case

_SENDERS = 8
_WORDS = "It was not fair. \U0001f622"


@dataclass
class Outcome:
    """What the clients were told."""

    receipts: list[tuple[str, ...]] = field(default_factory=list)
    refused: int = 0

    def send(self, client: Child, key: str) -> None:
        """Send a form, and keep what comes of it."""
        if client.send(key):
            self.receipts.append(client.receipt())
        else:
            self.refused += 1


def crowds(size: Size) -> Iterator[Figure]:
    """Let ever more clients write and send whole complaints."""
    for clients in size.crowds:
        yield from _crowd(clients, size.seconds)


def crowds_on_postgresql(size: Size) -> Iterator[Figure]:
    """Let the smallest crowd do so on PostgreSQL."""
    with postgres.running(durable=True) as url:
        yield from _crowd(size.crowds[0], size.seconds, database_url=url)


def submits(size: Size) -> Iterator[Figure]:
    """Send complaints that are all written already, as fast as they are taken."""
    with running() as server:
        written = [[_written(server) for _ in range(size.submits)] for _ in range(_SENDERS)]
        taken: list[Child] = []
        started = time.monotonic()
        all_at_once([partial(_send, mine, taken) for mine in written])
        took = time.monotonic() - started
        receipts = [child.receipt() for child in taken]
        outcome = Outcome(receipts, refused=_SENDERS * size.submits - len(taken))
        rows = _rows(server)
    rate = len(taken) / took
    yield Figure(what="durable submits a second, 2 workers", value=rate, least=220)
    yield from balance("written before, sent at once", outcome, rows)


def double_taps(size: Size) -> Iterator[Figure]:
    """Send the same form many times at once."""
    outcomes = []
    with running() as server:
        for _ in range(size.forms):
            (child, key), outcome = _written(server), Outcome()
            all_at_once(
                [partial(_tap, server, child, key, outcome, Barrier(size.taps))] * size.taps
            )
            outcomes.append(outcome)
        rows = _rows(server)
    alike = sum(
        len(item.receipts) == size.taps and len(set(item.receipts)) == 1 for item in outcomes
    )
    what = f"{size.forms} forms, each sent {size.taps} times at once"
    yield _none(f"{what}: rows too many or too few", abs(rows - size.forms))
    yield _none(f"{what}: forms without one receipt for all", size.forms - alike)


def balance(what: str, outcome: Outcome, rows: int) -> Iterator[Figure]:
    """Hold the receipts against the rows."""
    told = len(outcome.receipts)
    yield Figure(what=f"{what}: receipts", value=told, least=1, counted=True)
    yield _none(f"{what}: lost or doubled", abs(told - rows))
    yield _none(f"{what}: receipts alike", told - len(set(outcome.receipts)))
    yield _none(f"{what}: refused", outcome.refused)


def _none(what: str, value: int) -> Figure:
    return Figure(what=what, value=value, most=0, counted=True)


def _crowd(clients: int, seconds: float, database_url: str = "") -> Iterator[Figure]:
    with running(database_url=database_url) as server:
        outcome, started = Outcome(), time.monotonic()
        all_at_once([partial(_write_and_send, server, outcome, started + seconds)] * clients)
        took = time.monotonic() - started
        rows = _rows(server)
    what = f"{clients} clients on {server.database_url.partition(':')[0]}"
    yield from balance(what, outcome, rows)
    rate = len(outcome.receipts) / took
    yield Figure(what=f"{what}: whole complaints a second, 6 durable writes each", value=rate)


def _write_and_send(server: Server, outcome: Outcome, until: float) -> None:
    """Send one complaint at least, and more while there is time."""
    client = server.child()
    outcome.send(client, client.write(_WORDS))
    while time.monotonic() < until:
        outcome.send(client, client.write(_WORDS))


def _written(server: Server) -> tuple[Child, str]:
    client = server.child()
    return client, client.write(_WORDS)


def _send(written: Sequence[tuple[Child, str]], taken: list[Child]) -> None:
    taken.extend(child for child, key in written if child.send(key))


def _tap(server: Server, child: Child, key: str, outcome: Outcome, together: Barrier) -> None:
    client = server.child()
    client.cookie, client.token = child.cookie, child.token
    together.wait()
    outcome.send(client, key)


def all_at_once(acts: Sequence[Callable[[], None]]) -> None:
    """Do them all at once. Whatever breaks in one of them breaks here."""
    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(act) for act in acts]:
            done.result()


def _rows(server: Server) -> int:
    engine = engine_for(server.database_url)
    with engine.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(Case.__table__))
    engine.dispose()
    return count or 0

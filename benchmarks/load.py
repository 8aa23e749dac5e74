"""Many children at once: is every receipt a row, and every row a receipt?"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import func, select

from benchmarks.site import Child, running
from kids_feedback.storage.db import engine_for
from kids_feedback.storage.feedback import Feedback


@dataclass
class Outcome:
    """What the clients were told."""

    receipts: list[tuple[str, ...]] = field(default_factory=list)
    refused: int = 0


def crowd(clients: int, seconds: float, database_url: str = "") -> Iterator[str]:
    """Let ``clients`` write and send whole complaints for ``seconds``."""
    with running(database_url=database_url) as (port, url):
        outcome = Outcome()
        until = time.monotonic() + seconds

        def child() -> None:
            client = Child(port)
            while time.monotonic() < until:
                words = client.send(client.write("It was not fair. \U0001f622"))
                if words:
                    outcome.receipts.append(words)
                else:
                    outcome.refused += 1

        _all(child, clients)
        rows = _rows(url)
    kind = url.partition(":")[0]
    told = len(outcome.receipts)
    doubled = told - len(set(outcome.receipts))
    yield (
        f"{kind}: {clients} clients, {seconds:.0f} s: {told} receipts, {rows} rows, "
        f"{told - rows:+d} lost or doubled, {doubled} receipts alike, {outcome.refused} refused, "
        f"{told / seconds:.0f} whole complaints a second (6 durable writes each)"
    )


def double_taps(taps: int, forms: int, database_url: str = "") -> Iterator[str]:
    """Send the same form ``taps`` times at once, ``forms`` times over."""
    with running(database_url=database_url) as (port, url):
        alike = 0
        for number in range(forms):
            first = Child(port)
            key = first.write(f"Form {number}")
            outcome = Outcome()

            def tap(
                cookie: str = first.cookie,
                token: str = first.token,
                key: str = key,
                outcome: Outcome = outcome,
            ) -> None:
                client = Child(port)
                client.cookie, client.token = cookie, token
                outcome.receipts.append(client.send(key))

            _all(tap, taps)
            alike += set(outcome.receipts) == {outcome.receipts[0]} and bool(outcome.receipts[0])
        rows = _rows(url)
    kind = url.partition(":")[0]
    yield (
        f"{kind}: {taps} identical posts at once, {forms} forms: {rows} rows, "
        f"all {taps} told the same words for {alike} of {forms}"
    )


def _all(act: Callable[[], None], number: int) -> None:
    threads = [threading.Thread(target=act) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _rows(url: str) -> int:
    engine = engine_for(url)
    with engine.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(Feedback.__table__))
    engine.dispose()
    return count or 0

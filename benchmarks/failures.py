"""A real server while its store fails: are the words on the page, does one press send them after?

Some children have written on a page, others stand before Send. All press while the store fails.
"""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Thread

from bs4 import BeautifulSoup
from sqlalchemy import func, select
from tests.gateways.talker import Talker

from benchmarks import reading
from benchmarks.figures import Figure, Size
from benchmarks.load import all_at_once
from benchmarks.site import Child, Server, running
from benchmarks.troubles import TROUBLES, Trouble
from kids_feedback.storage.db import engine_for
from kids_feedback.storage.tables.case import Case

WORDS = "It was not fair, said wagtail {}."
_BUSY = 5  # seconds that anybody waits for the store
_LONGEST = 3 * _BUSY  # seconds: once for the store, and what a slow machine needs
_ALERT = b"A service of yours needs you"
_LOOKS = 45  # seconds: the worker looks each minute, so what is over sooner may go unseen
_CHILDREN = 4  # on each of the two pages


@dataclass
class Pressed:
    """What came of the presses of one child."""

    words: str
    statuses: list[int] = field(default_factory=list)
    longest: float = 0
    kept: bool = True  # the words were in a field that can be changed, each time
    presses: int = 0  # once it was well again
    receipt: tuple[str, ...] = ()


def failures(size: Size) -> Iterator[Figure]:
    """Let the store of a real server fail in each way, and count what is lost."""
    for trouble in TROUBLES:
        yield from _measured(trouble, size.seconds)


def _measured(trouble: Trouble, whole: float) -> Iterator[Figure]:
    seconds = min(whole, trouble.lasts)
    with trouble.database() as url, _mail_server() as (port, mail):
        more = {
            "KIDS_FEEDBACK_SMTP_HOST": "127.0.0.1",
            "KIDS_FEEDBACK_SMTP_PORT": str(port),
            "KIDS_FEEDBACK_SMTP_SECURITY": "none",
            "KIDS_FEEDBACK_ALERT_TO": "ops@example.org",
        }
        with running(database_url=url, more=more) as server:
            children = [_written(server, number) for number in range(2 * _CHILDREN)]
            began, ready = time.monotonic(), list[dict[str, bool]]()
            with trouble.strikes(url):
                while not ready or time.monotonic() - began < seconds:
                    all_at_once([partial(_press, *child) for child in children])
                    ready.append(_ready(server))
                    time.sleep(min(_BUSY, seconds))
                waits = _LOOKS if seconds > _LOOKS else 0
                while waits and not _told(mail) and time.monotonic() - began < 2 * waits:
                    time.sleep(1)
            all_at_once([partial(_finish, *child) for child in children])
            rows = _rows(url)
    least = 1 if waits else None
    yield from _figures(trouble.name, [pressed for _, pressed, _ in children], rows, ready)
    yield _counted(trouble.name, "alerts mailed", _told(mail), least=least)


@contextmanager
def _mail_server() -> Iterator[tuple[int, Talker]]:
    talker = Talker(lambda _: 0, dribbles=False)
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=talker.listen, args=(server,), daemon=True).start()
        yield server.getsockname()[1], talker
        talker.over.set()


def _written(server: Server, number: int) -> tuple[Child, Pressed, dict[str, str]]:
    """Return a child who stands before Send or, each second one, has words on a page."""
    child, words = server.child(), WORDS.format(number)
    key = child.write(words)
    if number % 2:
        return child, Pressed(words), {"path": "/check", "key": key}
    child.token = reading.token(child.open("/p/2")[1], "/p/2")
    return child, Pressed(words), {"path": "/p/2", "happened": words}


def _press(child: Child, pressed: Pressed, form: dict[str, str]) -> None:
    """Press the button of the page, or of the page that came in its place."""
    fields = {name: value for name, value in form.items() if name != "path"}
    started = time.monotonic()
    status, page = child.open(form["path"], fields)
    pressed.longest = max(pressed.longest, time.monotonic() - started)
    pressed.statuses.append(status)
    if status >= 400:
        soup = BeautifulSoup(page, "html.parser")
        boxes = [box.get_text().strip() for box in soup.select("main textarea:not([readonly])")]
        pressed.kept &= "happened" not in form or pressed.words in boxes
        again = soup.select_one("main form[method=post]")
        pressed.kept &= again is not None
        if again is not None:
            child.token = reading.token(str(again), form["path"])


def _finish(child: Child, pressed: Pressed, form: dict[str, str]) -> None:
    """Press until it is taken, and send what is not sent yet."""
    while pressed.statuses[-1] >= 400 and pressed.presses < 5:
        _press(child, pressed, form)
        pressed.presses += 1
    if form["path"] != "/check":
        page = child.open("/check")[1]
        child.token = reading.token(page, "/check")
        child.send(reading.key(page, "/check"))
    pressed.receipt = child.receipt()


def _ready(server: Server) -> dict[str, bool]:
    found: dict[str, bool] = json.loads(Child(server.port).open("/readyz")[1])
    return found


def _figures(
    name: str, children: list[Pressed], rows: int, ready: list[dict[str, bool]]
) -> Iterator[Figure]:
    statuses = [status for child in children for status in child.statuses]
    receipts = {child.receipt for child in children}
    for status in sorted({*statuses, 503}):
        most = None if status in {303, 503} else 0
        yield _counted(name, f"answers {status}", statuses.count(status), most=most)
    lost = sum(not child.kept for child in children)
    yield _counted(name, "words not on the page", lost, most=0)
    yield _counted(name, "presses once it was well", max(each.presses for each in children), most=1)
    yield _counted(name, "acknowledged", len(receipts), least=len(children))
    yield _counted(name, "lost or doubled", abs(rows - len(children)), most=0)
    yield _counted(name, "/readyz said yes", sum(all(said.values()) for said in ready), most=0)
    longest = max(child.longest for child in children)
    yield Figure(what=f"{name}: longest answer", value=longest, unit="s", most=_LONGEST)


def _counted(
    name: str, what: str, value: float, *, most: float | None = None, least: float | None = None
) -> Figure:
    return Figure(what=f"{name}: {what}", value=value, most=most, least=least, counted=True)


def _told(mail: Talker) -> int:
    return sum(_ALERT in text for text in mail.taken)


def _rows(url: str) -> int:
    engine = engine_for(url)
    with engine.connect() as connection:
        found = connection.scalar(select(func.count()).select_from(Case)) or 0
    engine.dispose()
    return found

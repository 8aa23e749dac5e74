"""What one submit costs the server, beside a bare Flask form that stores one durable row."""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from statistics import median

from flask import Flask, request
from flask.testing import FlaskClient

from benchmarks import reading, site
from benchmarks.figures import Figure, Size, Unreadable

_WORDS = "It was not fair. " * 20
_PAGES = (  # eight of a complaint, in their order
    ("/p/1", {"topics": "unfair"}),
    ("/p/2", {"happened": _WORDS}),
    ("/p/3", {"remedies": "sorry"}),
    ("/p/4", {"wish": "look_into"}),
    ("/p/5", {"name": "Pip"}),
    ("/p/6", {"age": "9"}),
    ("/p/7", {"worker": "Sam Ostrich", "town": "Leeds"}),
    ("/p/8", {"method": "here"}),
)


def submit(size: Size) -> Iterator[Figure]:
    """Measure check page, send and done page, in turn with the bare form."""
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = site.made(f"sqlite:///{folder}/site.sqlite3"), _bare(folder)
        _whole(ours.test_client())  # compiles the templates
        _send_bare(bare.test_client())
        costs = [_costs(ours, bare) for _ in range(size.rounds)]
    one, floor, whole = ([1000 * cost for cost in column] for column in zip(*costs, strict=True))
    ratio = median(mine / its for mine, its in zip(one, floor, strict=True))
    yield Figure(
        what="CPU of one submit (check page, send, done page)",
        value=median(one),
        unit="ms",
        most=7,
    )
    yield Figure(
        what="the same of a bare Flask form, one durable row", value=median(floor), unit="ms"
    )
    yield Figure(
        what="one submit to the bare form, pair by pair", value=ratio, unit="times", most=1.6
    )
    yield Figure(
        what="CPU of a whole complaint of eight pages", value=median(whole), unit="ms", most=25
    )


def _costs(ours: Flask, bare: Flask) -> tuple[float, float, float]:
    """Return the CPU seconds of one submit, of the bare form, and of a whole complaint."""
    client = ours.test_client()
    key = _write(client)
    one = _cost(lambda: _send(client, *key))
    floor = _cost(lambda: _send_bare(bare.test_client()))
    return one, floor, _cost(lambda: _whole(ours.test_client()))


def _whole(client: FlaskClient) -> None:
    _send(client, *_write(client))


def _write(client: FlaskClient) -> tuple[str, str]:
    token = reading.token(client.get("/p/1").text, "/p/1")
    for path, fields in _PAGES:
        client.get(path)
        answer = client.post(path, data={"csrf_token": token, **fields})
        if answer.status_code != HTTPStatus.SEE_OTHER:
            raise Unreadable(f"way on, but {answer.status_code},", path)
    page = client.get("/check").text
    return reading.token(page, "/check"), reading.key(page, "/check")


def _send(client: FlaskClient, token: str, key: str) -> None:
    client.get("/check")
    sent = client.post("/check", data={"csrf_token": token, "key": key})
    if sent.status_code != HTTPStatus.SEE_OTHER:
        raise Unreadable(f"way on, but {sent.status_code},", "/check")
    reading.secret_words(client.get("/done").text, "/done")


def _bare(folder: str) -> Flask:
    """A form without sessions, tokens, sealing, languages or headers: the floor to stand on."""
    app = Flask("bare")
    path = Path(folder, "bare.sqlite3")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (words TEXT);"
    )

    @app.get("/")
    def form() -> str:
        return "<form method=post><textarea name=words></textarea><button>Send</button></form>"

    @app.post("/")
    def keep() -> tuple[str, int, dict[str, str]]:
        connection.execute("INSERT INTO row VALUES (?)", [request.form["words"]])
        return "", HTTPStatus.SEE_OTHER, {"Location": "/done"}

    @app.get("/done")
    def done() -> str:
        return "<h1>Thank you</h1>"

    return app


def _send_bare(client: FlaskClient) -> None:
    client.get("/")
    client.post("/", data={"words": _WORDS})
    client.get("/done")


def _cost(act: Callable[[], None]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started

"""What one submit costs the server, beside a bare Flask form that stores one durable row."""

import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from flask import Flask, request
from flask.testing import FlaskClient

from kids_feedback.app import create_app
from kids_feedback.config import FACTS, Settings, reference_from
from kids_feedback.storage import schema
from kids_feedback.storage.db import engine_for

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_KEY = re.compile(r'name="key" value="([^"]*)"')
_ROUNDS = 60


def submit() -> Iterator[str]:
    """Measure check page, send and done page, in turn with the bare form."""
    with tempfile.TemporaryDirectory() as folder:
        site, bare = _site(folder), _bare(folder)
        ours, theirs, whole = [], [], []
        for _ in range(_ROUNDS):
            client = site.test_client()
            started = time.process_time()
            token, key = _write(client)
            ours.append(_cost(lambda c=client, t=token, k=key: _send(c, t, k)))  # type: ignore[misc]
            whole.append(time.process_time() - started)
            theirs.append(_cost(lambda: _send_bare(bare.test_client())))
    pairs = sorted(a / b for a, b in zip(ours, theirs, strict=True))
    yield (
        f"one submit (check page, send, done page): {1000 * median(ours):.1f} ms CPU; "
        f"bare Flask form, one durable row: {1000 * median(theirs):.1f} ms; "
        f"ratio {median(pairs):.2f} (pair by pair); "
        f"a whole complaint by the short way: {1000 * median(whole):.1f} ms"
    )


def _site(folder: str) -> Flask:
    url = f"sqlite:///{folder}/site.sqlite3"
    schema.upgrade(engine_for(url))
    return create_app(
        Settings(
            database_url=url,
            keys={1: b"k" * 32},
            words_key=b"w" * 32,
            reference=reference_from(FACTS),
            https=False,
        )
    )


def _write(client: FlaskClient) -> tuple[str, str]:
    token = _token(client.get("/p/1").text)
    for path, fields in (
        ("/p/1", {"topics": "unfair"}),
        ("/p/2", {"happened": "It was not fair. " * 20}),
        ("/p/4", {"wish": "look_into", "send_now": "1"}),
    ):
        client.post(path, data={"csrf_token": token, **fields})
    found = _KEY.search(client.get("/check").text)
    return token, found[1] if found else ""


def _send(client: FlaskClient, token: str, key: str) -> None:
    client.get("/check")
    assert client.post("/check", data={"csrf_token": token, "key": key}).status_code == 303
    assert client.get("/done").status_code == 200


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
        return "", 303, {"Location": "/done"}

    @app.get("/done")
    def done() -> str:
        return "<h1>Thank you</h1>"

    return app


def _send_bare(client: FlaskClient) -> None:
    client.get("/")
    assert client.post("/", data={"words": "It was not fair. " * 20}).status_code == 303
    client.get("/done")


def _cost(act: Callable[[], None]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started


def _token(page: str) -> str:
    found = _TOKEN.search(page)
    assert found
    return found[1]

"""A site on a database of its own, in this process or as a real server, and a client for it."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from benchmarks import reading
from benchmarks.figures import Unreadable
from kids_feedback.app import create_app, now_utc
from kids_feedback.config import FACTS, Settings, new_key_file, reference_from
from kids_feedback.storage import schema
from kids_feedback.storage.db import engine_for

PATIENCE = 30.0  # seconds for one answer, or for the server to start
KEY = b"k" * 32


def made(url: str, now: Callable[[], datetime] = now_utc) -> Flask:
    """Return the site, its tables made; it speaks HTTP as a test client does."""
    engine = engine_for(url)
    schema.upgrade(engine)
    engine.dispose()
    return create_app(
        Settings(
            database_url=url,
            keys={1: KEY},
            words_key=b"w" * 32,
            reference=reference_from(FACTS),
            https=False,
        ),
        now=now,
    )


@dataclass
class Server:
    """A site that is served."""

    port: int
    database_url: str
    children: list["Child"] = field(default_factory=list)

    def child(self) -> "Child":
        """Return somebody who opens it for the first time."""
        self.children.append(Child(self.port))
        return self.children[-1]


@contextmanager
def running(
    workers: int = 2, database_url: str = "", more: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Serve the site as it is served in earnest.

    Args:
        more: settings; with a mail server the worker runs, too.
    """
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder, "keys.toml")
        keys.touch(0o600)
        keys.write_text(new_key_file())
        url = database_url or f"sqlite:///{folder}/site.sqlite3"
        env = {
            **os.environ,
            "KIDS_FEEDBACK_DATABASE_URL": url,
            "KIDS_FEEDBACK_KEY_FILE": str(keys),
            "KIDS_FEEDBACK_HTTPS": "0",
            **(more or {}),
        }
        command = [sys.executable, "-m", "kids_feedback"]
        subprocess.run(
            [*command, "upgrade-database"], env=env, check=True, stdout=subprocess.DEVNULL
        )
        server = Server(_free_port(), url)
        log = subprocess.DEVNULL if more else None  # what fails on purpose would fill the screen
        serves = ["serve", "--port", str(server.port), "--workers", str(workers)]
        processes = [
            subprocess.Popen([*command, *each], env=env, stdout=subprocess.DEVNULL, stderr=log)
            for each in ([serves, ["worker"]] if more else [serves])
        ]
        try:
            _wait_for(server.port)
            yield server
        finally:
            for child in server.children:
                child.connection.close()
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(PATIENCE)


class Child:
    """One browser, as far as HTTP goes."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.cookie = ""
        self.token = ""

    def open(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Open a page, or send a form; return the status and the page."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if fields is None:
            self.connection.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"csrf_token": self.token, **fields})
            self.connection.request("POST", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        cookie = answer.getheader("Set-Cookie")
        if cookie:
            self.cookie = cookie.split(";")[0]
        return answer.status, text

    def write(self, words: str) -> str:
        """Write a complaint as far as the page to check; return the key of its form.

        Raises:
            Unreadable: a page is not as it was.
        """
        self.cookie = ""
        self.token = reading.token(self.open("/p/1")[1], "/p/1")
        for path, fields in (
            ("/p/1", {"topics": "unfair"}),
            ("/p/2", {"happened": words}),
            ("/p/4", {"wish": "look_into", "send_now": "1"}),
        ):
            status, _ = self.open(path, fields)
            if status != http.client.SEE_OTHER:
                raise Unreadable(f"way on, but {status},", path)
        page = self.open("/check")[1]
        self.token = reading.token(page, "/check")
        return reading.key(page, "/check")

    def send(self, key: str) -> bool:
        """Send it; say whether it was taken."""
        return self.open("/check", {"key": key})[0] == http.client.SEE_OTHER

    def receipt(self) -> tuple[str, ...]:
        """Return the secret words, once it was taken.

        Raises:
            Unreadable: the page has none.
        """
        return reading.secret_words(self.open("/done")[1], "/done")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")

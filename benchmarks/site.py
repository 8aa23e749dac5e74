"""A real server on a database of its own, and a client that tells it something."""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from kids_feedback.config import new_key_file

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_KEY = re.compile(r'name="key" value="([^"]*)"')
_WORD = re.compile(r"<li><bdi>([a-z]+)</bdi></li>")


@contextmanager
def running(workers: int = 2, database_url: str = "") -> Iterator[tuple[int, str]]:
    """Serve the site; give its port and the URL of its database."""
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder, "keys.toml")
        keys.write_text(new_key_file())
        url = database_url or f"sqlite:///{folder}/site.sqlite3"
        env = {
            **os.environ,
            "KIDS_FEEDBACK_DATABASE_URL": url,
            "KIDS_FEEDBACK_KEY_FILE": str(keys),
            "KIDS_FEEDBACK_HTTPS": "0",
        }
        command = [sys.executable, "-m", "kids_feedback"]
        subprocess.run(
            [*command, "upgrade-database"], env=env, check=True, stdout=subprocess.DEVNULL
        )
        port = _free_port()
        server = subprocess.Popen(
            [*command, "serve", "--port", str(port), "--workers", str(workers)], env=env
        )
        try:
            _wait_for(port)
            yield port, url
        finally:
            server.terminate()
            server.wait(20)


class Child:
    """One browser, as far as HTTP goes."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookie = ""
        self.token = ""

    def open(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Open a page, or send a form; return the status and the page or where it leads."""
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
        token = _TOKEN.search(text)
        if token:
            self.token = token[1]
        return answer.status, text or answer.getheader("Location") or ""

    def write(self, words: str) -> str:
        """Write a complaint as far as the page to check; return the key of its form."""
        self.cookie = ""
        self.open("/p/1")
        self.open("/p/1", {"topics": "unfair"})
        self.open("/p/2", {"happened": words})
        self.open("/p/4", {"wish": "look_into", "send_now": "1"})
        found = _KEY.search(self.open("/check")[1])
        return found[1] if found else ""

    def send(self, key: str) -> tuple[str, ...]:
        """Send it; return the secret words of the receipt, nothing if there is none."""
        status, _ = self.open("/check", {"key": key})
        if status != 303:
            return ()
        return tuple(_WORD.findall(self.open("/done")[1]))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")

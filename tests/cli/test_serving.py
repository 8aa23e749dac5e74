"""The real server: a process of it that dies is started again, and strangers get a plain answer."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.web.house_rules import HEADERS

pytestmark = pytest.mark.long
PATIENCE = 120  # seconds, on a busy machine
OVER_HTTPS = "Strict-Transport-Security"


@contextmanager
def serving(environ: dict[str, str], workers: int) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "kids_feedback", "serve", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--workers", str(workers)],
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process, port
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def asked(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Ask until it is answered."""
    until = time.monotonic() + PATIENCE
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            found = {name.title(): value for name, value in answer.getheaders()}
            return answer.status, found, answer.read().decode()
        except (OSError, http.client.HTTPException):
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        finally:
            connection.close()


def refused_sign_in(port: int) -> int:
    """Try to sign in as nobody we know; return the status of the answer."""
    _, headers, page = asked(port, "/account/sign-in")
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    fields = {"csrf_token": token, "email": "nobody@example.org", "password": "x", "code": "1"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    kind = "application/x-www-form-urlencoded"
    cookie = headers["Set-Cookie"].split(";")[0]
    sent = {"Content-Type": kind, "Cookie": cookie}
    connection.request("POST", "/account/sign-in", urlencode(fields), sent)
    status = connection.getresponse().status
    connection.close()
    return status


def test_the_real_server_writes_its_security_log(environ: dict[str, str]) -> None:
    with serving(environ, 1) as (process, port):
        assert refused_sign_in(port) == 422
        process.terminate()
        said, _ = process.communicate(timeout=PATIENCE)
    line = next(line for line in said.splitlines() if "sign-in refused" in line)
    assert "INFO sign-in refused: nobody known" in line
    assert "example.org" not in said


def children(process: "subprocess.Popen[str]") -> set[int]:
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return set(map(int, found.split()))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_process_that_dies_is_started_again(environ: dict[str, str], workers: int) -> None:
    with serving(environ, workers) as (process, port):
        assert asked(port, "/healthz")[0] == 200
        before = children(process)
        killed = min(before)
        os.kill(killed, signal.SIGKILL)  # as a machine that runs out of memory does
        until = time.monotonic() + PATIENCE
        while killed in children(process) or len(children(process)) < len(before):
            assert process.poll() is None, "the others were stopped too"
            assert time.monotonic() < until
            time.sleep(0.05)
        assert asked(port, "/healthz")[0] == 200
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
    assert "Traceback" not in said


def test_strangers_get_a_plain_answer(environ: dict[str, str]) -> None:
    with serving(environ, 1) as (process, port):
        answers = {
            "another host": (400, asked(port, "/", Host="evil.test")),
            "no host that can be read": (400, asked(port, "/back//now", Host="a b<c>")),
            "slashes": (308, asked(port, "/back//now")),
            "a long address": (414, asked(port, f"/{'a' * 20_000}")),
            "nothing": (404, asked(port, "/nothing")),
            "no file": (404, asked(port, "/static/nothing.css")),
        }
        process.terminate()
        said, _ = process.communicate(timeout=PATIENCE)
    for what, (status, (got, headers, text)) in answers.items():
        assert got == status, what
        for name, value in HEADERS.items():
            assert headers.get(name) == value or name == OVER_HTTPS, f"{what}: {name}"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "evil" not in text
    assert answers["slashes"][1][1]["Location"] == "/back/now"
    code = answers["another host"][1][2].split("[")[1].split("]")[0]
    assert f"[{code}]" in said
    assert "Traceback" not in said
    assert "evil" not in said

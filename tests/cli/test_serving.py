"""The real server: a process of it that dies is started again, and strangers get a plain answer."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pyotp
import pytest
from bs4 import BeautifulSoup

from tests.cli.conftest import Run
from tests.web.house_rules import HEADERS

pytestmark = pytest.mark.long
PATIENCE = 120  # seconds, on a busy machine
PASSWORD = "wet chairs sing loud"
ADA = "ada@example.org"
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
            process.terminate()  # killed, its own processes would live on, and hold the pipe
        process.communicate(timeout=PATIENCE)


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


class Browser:
    """Opens pages of a real server, fills in forms, and keeps its cookies."""

    def __init__(self, port: int) -> None:
        self.site = f"http://127.0.0.1:{port}"
        self._open = build_opener(HTTPCookieProcessor(CookieJar())).open

    def get(self, path: str) -> BeautifulSoup:
        return self._page(path, None)

    def post(self, page: BeautifulSoup, path: str, **fields: str) -> BeautifulSoup:
        token = page.select_one("input[name=csrf_token]")
        assert token is not None
        return self._page(path, urlencode({"csrf_token": str(token["value"]), **fields}).encode())

    def _page(self, path: str, data: bytes | None) -> BeautifulSoup:
        try:
            with self._open(self.site + path, data, timeout=PATIENCE) as answer:
                return BeautifulSoup(answer.read(), "html.parser")
        except HTTPError as error:
            return BeautifulSoup(error.read(), "html.parser")


def set_up(browser: Browser, link: str) -> None:
    """Come in by an invitation."""
    page = browser.get("/account/invitation/" + link.rpartition("/")[2])
    secret = re.sub(r"\s", "", page.select("main code")[0].get_text())
    code = pyotp.TOTP(secret).now()
    page = browser.post(page, "/account/invitation", password=PASSWORD, code=code)
    assert "recovery codes" in page.get_text()


def test_what_happens_to_accounts_is_in_its_log(environ: dict[str, str], run: Run) -> None:
    run("add-area", "east", "East")
    run("add-office", "eastham", "Eastham", "--area", "east")
    added = run("add-person", "--name", "Ada Moss", "--email", ADA, "--role", "administrator")
    link = added.output.split()[-1]
    with serving(environ, 1) as (process, port):
        assert asked(port, "/healthz")[0] == 200
        ada, thief = Browser(port), Browser(port)
        set_up(ada, link)
        tries = {"email": ADA, "password": "guessed and wrong", "code": "123456"}
        thief.post(thief.get("/account/sign-in"), "/account/sign-in", **tries)
        bo = {"name": "Bo Reed", "email": "bo@example.org", "line_manager": ""}
        ada.post(
            ada.get("/people/new"), "/people/new", **bo, role="local_manager", offices="eastham"
        )
        path = next(
            str(found["href"])
            for found in ada.get("/people/").select("main a")
            if found.get_text() == "Bo Reed"
        )
        bo["email"] = "b2@example.org"
        ada.post(ada.get(path), path, **bo, role="customer_service")
        ada.get("/staff/queue")
        ada.get("/people/nobody")
        ada.get("/record/")
        ada.post(ada.get(path), f"{path}/close")
        ada.post(ada.get("/staff/devices"), "/staff/devices", office="eastham", name="The desk")
        process.terminate()
        said, _ = process.communicate(timeout=PATIENCE)
    ids = dict.fromkeys(re.findall(r"account (\S{22}): ", said))
    assert len(ids) == 2, said
    me, other = ids
    for line in (
        f"account {me}: accepted by {me}",
        f"sign-in refused: {me}",
        f"account {other}: added by {me}",
        f"account {other}: invited by {me}",
        f"account {other}: link_shown by {me}",
        f"account {other}: role_changed by {me}",
        f"account {other}: places_changed by {me}",
        f"account {other}: address_changed by {me}",
        f"not for the role of {me}: staff.queue",
        f"not there for {me}: people.person",
        f"account -: looked by {me}",
        f"account {other}: closed by {me}",
        f"account -: kiosk_made by {me}",
    ):
        assert f"INFO {line}" in said, said
    assert not re.search(r"Ada|Moss|Bo Reed|example\.org|The desk|East", said)


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

"""``make run`` as a newcomer meets it: one command, and no process left when it ends."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("make run")]  # one folder for all

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds, on a busy machine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where it lives, in place of ``instance``."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="module")
def environ(folder: Path) -> dict[str, str]:
    """Let it live there, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "PATH": os.environ["PATH"],
        "PORT": str(port),
        "KIDS_FEEDBACK_DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "KIDS_FEEDBACK_KEY_FILE": str(folder / "keys.toml"),
        "KIDS_FEEDBACK_DEMO": str(folder / "mail"),
    }


@contextmanager
def running(environ: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("wb") as out:
        process = subprocess.Popen(
            [ROOT / "script" / "run"],
            env=environ,
            stdout=out,
            stderr=out,
            start_new_session=True,
            preexec_fn=_hear_ctrl_c,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _hear_ctrl_c() -> None:
    """Undo what a shell does to what it runs in the background; the child would inherit it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def fetch(url: str, process: "subprocess.Popen[bytes]") -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url, timeout=10) as answer:  # noqa: S310 - our own address
                found: bytes = answer.read()
                return found.decode()
        except URLError:
            time.sleep(0.2)
    raise TimeoutError(url)


def left_in(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_newcomer_sees_everything_and_ctrl_c_ends_it(
    environ: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    home = f"http://127.0.0.1:{environ['PORT']}"
    with running(environ, log) as process:
        assert "<h1" in fetch(f"{home}/", process)
        (link, *others) = re.findall(rf"{home}/account/demo/\S+", log.read_text())
        assert len(others) == 10
        assert "Cosmo Wren" in fetch(link, process)
        assert (folder / "keys.toml").stat().st_mode & 0o777 == 0o600
        made = {path.name: path.stat().st_mode & 0o077 for path in folder.rglob("*")}
        assert {"demo.sqlite3", "demo.sqlite3-wal"} <= made.keys()
        assert not any(made.values()), made
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(PATIENCE) == 130
        assert not left_in(process.pid)
    said = log.read_text()
    assert "Traceback" not in said
    assert "Error" not in said


def test_a_port_in_use_is_said_in_one_line_and_nothing_is_left(
    environ: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with running(environ | {"PORT": port}, log) as process:
            assert process.wait(PATIENCE) == 1
            assert not left_in(process.pid)
    assert f"Error: cannot listen on 127.0.0.1, port {port}: " in log.read_text()

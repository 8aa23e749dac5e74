"""Engines and transactions: the only place that knows SQLite from PostgreSQL."""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from kids_feedback.domain.errors import (
    BrokenConstraint,
    DatabaseUnavailable,
    EditConflict,
    UnknownCode,
)
from kids_feedback.storage import patience, same_file
from kids_feedback.storage.base import Base
from kids_feedback.storage.constraints import RACES, broken_by
from kids_feedback.storage.encryption import Keys, give_keys

BUSY = 5_000  # milliseconds that anybody waits for another, or for the database
_LONGEST = 30_000  # milliseconds for one statement of PostgreSQL; a migration has no limit
_KEEPS = ("synchronous_commit", "fsync", "full_page_writes")
_PRIVATE = 0o600  # what SQLite keeps beside the file (-wal, -shm) has its mode
_ONE_MIGRATES = 5_277_001  # a number of our own, of the lock that migrations take on PostgreSQL


class BrokenReferences(Exception):
    """Rows refer to rows that are not there, so the tables are left as they were. Names tables."""

    def __init__(self, tables: set[str]) -> None:
        super().__init__(", ".join(sorted(tables)))


def engine_for(url: str) -> Engine:
    """Open ``url``. On SQLite: durable, strict, and write locks taken up front.

    A file of SQLite is never made by looking: only ``migrating`` does. What is written never stands
    in an error: it may be a child's words.
    """
    if not url.startswith("sqlite"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        engine = create_engine(
            url,
            pool_pre_ping=True,
            pool_timeout=BUSY / 1_000,
            hide_parameters=True,
            connect_args=_postgresql(),
        )
        event.listen(engine, "begin", _begin_postgresql)
        patience.install(engine, _LONGEST / 1_000 + 1)  # it says so itself, if it can
        return engine
    engine = create_engine(url, pool_timeout=BUSY / 1_000, hide_parameters=True)
    if sqlite_file(url):
        same_file.keep_to(engine)
    event.listen(engine, "connect", _strict_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def free_space(engine: Engine) -> int | None:
    """Return the bytes that are free where a SQLite file grows; None: of a server nobody knows."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    return shutil.disk_usage(Path(engine.url.database).absolute().parent).free


def sqlite_file(url: str) -> Path | None:
    """Return the file that ``url`` names; None: it names no file of SQLite.

    Raises:
        ArgumentError: it names nothing at all.
    """
    named = make_url(url)
    database = named.database or ""
    if named.get_backend_name() != "sqlite" or not database or database.startswith((":", "file:")):
        return None
    return Path(database).absolute()


def lost_when_power_fails(engine: Engine) -> list[str]:
    """Return which settings of PostgreSQL let a power cut take back what was committed.

    They are read as a connection of ours has them: a role or a database may have its own. SQLite is
    told with each connection what it must do.
    """
    if engine.dialect.name == "sqlite":
        return []
    with engine.connect() as connection:
        return [
            name
            for name in _KEEPS
            if connection.scalar(select(func.current_setting(name))) == "off"
        ]


def add_missing(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add those rows whose key is not there, whoever else adds them at the same moment."""
    engine = session.get_bind()
    insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
    session.execute(insert(table).on_conflict_do_nothing(), rows)


class Transactions:
    """``with transaction() as session`` commits at its end, or rolls back on an error.

    Raises:
        DatabaseUnavailable: the database did not answer, or could not keep it (a full disk, say).
        EditConflict: another transaction changed, or added, the same row first.
        BrokenConstraint: a row breaks a rule of the database, and nobody else plays a part.
        UnknownCode: a value is none of the codes of its list.
    """

    def __init__(self, engine: Engine, keys: Keys) -> None:
        self.engine = engine
        self._keys = keys
        self._write = sessionmaker(engine, expire_on_commit=False)
        self._read = sessionmaker(engine.execution_options(**_reading(engine)))
        self._note = sessionmaker(engine.execution_options(at_once=True))

    @contextmanager
    def __call__(self) -> Iterator[Session]:
        with _known_errors(), self._write.begin() as session:
            give_keys(session, self._keys)
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a transaction that only reads, and so waits for no writer on SQLite.

        All that it reads is of one moment, so that a sum is the sum of its parts.
        """
        with _known_errors(), self._read() as session:
            give_keys(session, self._keys, goes_on=True)
            yield session

    @contextmanager
    def at_once(self) -> Iterator[Session]:
        """Open a transaction that waits for no other: for what may as well go unwritten."""
        with _known_errors(), self._note.begin() as session:
            give_keys(session, self._keys)
            yield session


@contextmanager
def _known_errors() -> Iterator[None]:
    try:
        yield
    except StaleDataError as error:
        raise EditConflict from error
    except IntegrityError as error:
        rule = broken_by(error)
        raise (EditConflict if rule in RACES else BrokenConstraint(rule)) from error
    except (DBAPIError, PoolTimeout) as error:
        raise DatabaseUnavailable from error
    except StatementError as error:
        if isinstance(error.orig, UnknownCode):
            raise UnknownCode(error.orig.kind) from error
        raise


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """Give a transaction in which tables may change under living rows, one migration at a time.

    A file of SQLite that is not there yet is made, and nobody else may read it.

    SQLite changes a table by copying it, dropping it and renaming the copy, which it refuses while
    other rows refer to it. So their references are not enforced, and all of them are checked before
    anything is kept. It cannot be told so once a transaction has begun.

    Raises:
        BrokenReferences: a reference leads nowhere, so nothing was changed.
        DatabaseUnavailable: the file cannot be made.
    """
    _make_file(engine)
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            raw: Any = connection.connection.dbapi_connection
            raw.patience = None
            with connection.begin():
                for limit in ("lock_timeout", "statement_timeout"):
                    connection.execute(text(f"SET LOCAL {limit} = 0"))
                connection.execute(select(func.pg_advisory_xact_lock(_ONE_MIGRATES)))
                yield connection
            return
        with _unenforced(connection), connection.begin():
            yield connection
            _check_references(connection)


def _make_file(engine: Engine) -> None:
    file = sqlite_file(str(engine.url))
    if file is None or file.exists():
        return
    try:
        file.touch(_PRIVATE)
    except OSError as error:
        raise DatabaseUnavailable from error


@contextmanager
def _unenforced(connection: Connection) -> Iterator[None]:
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF").close()
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON").close()


def _check_references(connection: Connection) -> None:
    astray = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if astray:
        raise BrokenReferences({row.table for row in astray})


def _strict_sqlite(connection: Any, record: Any) -> None:
    """WAL with synchronous=FULL: an acknowledged message survives a power cut."""
    connection.isolation_level = None  # SQLAlchemy begins, see _begin
    connection.execute(f"PRAGMA busy_timeout={BUSY}").close()
    _enter_wal(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _enter_wal(connection: Any) -> None:
    """Wait for another that opens the same new database: here SQLite fails at once, unasked."""
    until = monotonic() + BUSY / 1_000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(0.01)


def _begin(connection: Connection) -> None:
    """Take the write lock first: two writers queue up instead of failing half way."""
    options = connection.get_execution_options()
    if options.get("at_once"):
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        connection.exec_driver_sql("BEGIN" if options.get("reading") else "BEGIN IMMEDIATE")
    finally:
        if options.get("at_once"):
            connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY}")


def _reading(engine: Engine) -> dict[str, Any]:
    """See all of the database as it is at one moment; SQLite does so by itself."""
    if engine.dialect.name == "sqlite":
        return {"reading": True}
    return {"reading": True, "isolation_level": "REPEATABLE READ"}


def _postgresql() -> dict[str, Any]:
    """Nobody waits long for it. Our statements read few rows with many conditions: compiling one
    takes seconds, running it a millisecond.
    """
    limits = f"-c lock_timeout={BUSY} -c statement_timeout={_LONGEST}"
    return {"options": f"-c jit=off {limits}", "connect_timeout": BUSY // 1_000 or 1}


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("at_once"):
        connection.exec_driver_sql("SET LOCAL lock_timeout = 1")

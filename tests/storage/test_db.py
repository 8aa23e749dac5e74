"""Transactions: durable, strict, and nobody waits for somebody else's failure."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Timer
from time import monotonic
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, literal_column, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlalchemy.orm import InstrumentedAttribute, Session

from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.errors import CannotOpen, DatabaseUnavailable, EditConflict, UnknownCode
from kids_feedback.domain.people import Role
from kids_feedback.storage.base import Base, Code
from kids_feedback.storage.db import Transactions, engine_for
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.closed_days import ClosedDay
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import Area, Office
from tests.conftest import KEYS
from tests.make import NOW, a_complaint, a_message, an_area

only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has to wait for a lock on SQLite fails at once, and not after five seconds."""
    monkeypatch.setattr("kids_feedback.storage.db.BUSY", 0)


class TooLargeError(Exception):
    """Stands for whatever a page may raise in the middle."""


@only_sqlite
def test_every_connection_survives_a_power_cut_and_checks_references(
    transactions: Transactions,
) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    connections = [transactions.engine.connect() for _ in range(3)]
    try:
        for connection in connections:
            raw = connection.connection
            got = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
            assert got == wanted
    finally:
        for connection in connections:
            connection.close()


def test_who_opens_a_new_database_waits_for_another_who_does(tmp_path: Path) -> None:
    first = sqlite3.connect(tmp_path / "new.db", isolation_level=None, check_same_thread=False)
    first.execute("BEGIN IMMEDIATE")
    done = Timer(0.2, first.rollback)
    done.start()
    engine = engine_for(f"sqlite:///{tmp_path / 'new.db'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
    done.join()
    first.close()


@pytest.mark.usefixtures("impatient")
def test_who_opens_a_new_database_does_not_wait_for_ever(tmp_path: Path) -> None:
    first = sqlite3.connect(tmp_path / "new.db", isolation_level=None)
    first.execute("BEGIN IMMEDIATE")
    engine = engine_for(f"sqlite:///{tmp_path / 'new.db'}")
    with pytest.raises(OperationalError):
        engine.connect()
    engine.dispose()
    first.close()


def test_a_file_that_is_not_there_is_never_made_by_looking(tmp_path: Path) -> None:
    folder = tmp_path / "a lost disk"
    folder.mkdir()
    engine = engine_for(f"sqlite:///{folder / 'db'}")
    with pytest.raises(OperationalError, match="unable to open"):
        engine.connect()
    assert not list(folder.iterdir())


@only_sqlite
def test_nothing_is_written_to_a_file_that_was_moved_away(transactions: Transactions) -> None:
    with transactions() as session:
        an_area(session, "east")
    file = Path(str(transactions.engine.url.database))
    away = file.rename(file.with_name("away"))
    with pytest.raises(DatabaseUnavailable), transactions() as session:
        an_area(session, "west")
    with pytest.raises(DatabaseUnavailable), transactions.reading() as session:
        session.get(Area, "east")
    away.rename(file)
    with transactions() as session:
        an_area(session, "west")
        assert session.scalar(select(func.count()).select_from(Area)) == 2


def test_what_was_acknowledged_is_there_for_everybody(transactions: Transactions) -> None:
    with transactions() as session:
        an_area(session, "east")
    with transactions.reading() as session:
        assert session.get(Area, "east") is not None


@pytest.mark.usefixtures("impatient")
def test_a_failure_leaves_nothing_behind_and_nobody_waiting(transactions: Transactions) -> None:
    def fail_half_way() -> None:
        with transactions() as session:
            an_area(session, "east")
            raise TooLargeError

    with pytest.raises(TooLargeError):
        fail_half_way()
    with transactions() as session:
        assert session.get(Area, "east") is None
        an_area(session, "west")


@pytest.mark.usefixtures("impatient")
def test_a_row_that_is_there_already_is_refused_and_leaves_nobody_waiting(
    transactions: Transactions,
) -> None:
    def add_the_same_area_twice() -> None:
        with transactions() as session:
            an_area(session, "east")
            session.add(Area(code="east", name="East again"))

    with pytest.raises(EditConflict):
        add_the_same_area_twice()
    with transactions() as session:
        an_area(session, "east")


@pytest.mark.usefixtures("impatient")
def test_a_reader_does_not_wait_for_a_writer(transactions: Transactions) -> None:
    with transactions() as writer:
        an_area(writer, "east")
        with transactions.reading() as reader:
            assert reader.scalars(select(Area)).all() == []


def test_a_reference_to_nothing_is_refused(db: Session) -> None:
    db.add(Office(code="eastham", name="Eastham", area_code="nowhere"))
    with pytest.raises(IntegrityError):
        db.flush()


def test_an_answer_date_without_a_talk_is_refused(db: Session) -> None:
    with pytest.raises(IntegrityError, match="clock_needs_a_talk"):
        a_complaint(db, answer_by=date(2026, 3, 30))


@pytest.mark.parametrize("column", ["stage", "kind", "door"])
def test_a_code_that_nobody_knows_is_never_read_as_nothing(
    transactions: Transactions, column: str
) -> None:
    """A later version may have written it, or somebody with another tool."""
    with transactions() as session:
        a_complaint(session)
        session.execute(text(f"UPDATE feedback SET {column} = 'upheld'"))  # noqa: S608
    with pytest.raises(UnknownCode), transactions.reading() as session:
        session.scalars(select(Case)).all()


@only_sqlite
@pytest.mark.parametrize("column", [Message.created_at, Case.read_by])
@pytest.mark.parametrize("kept", ["'2026-1\x19-01'", "'2026-02-30'", "'soon'", "x'ff'", "7"])
def test_a_time_that_is_none_is_known_as_such(
    transactions: Transactions, column: InstrumentedAttribute[date], kept: str
) -> None:
    """One bit is enough: SQLite keeps text, and takes any."""
    with transactions() as session:
        a_complaint(session)
        a_message(session, "ada@example.org")
        session.execute(update(column.class_).values({column: literal_column(kept)}))
    with pytest.raises(CannotOpen), transactions.reading() as session:
        session.scalars(select(column)).all()


@pytest.mark.parametrize("column", ["stage", "kind", "age_band"])
def test_a_code_outside_the_list_is_not_written(transactions: Transactions, column: str) -> None:
    with pytest.raises(UnknownCode), transactions() as session:
        a_complaint(session, **{column: "upheld", "next_step": None})
    with transactions.reading() as session:
        assert session.scalars(select(Case)).all() == []


def test_every_code_fits_its_column() -> None:
    columns = [column for table in Base.metadata.tables.values() for column in table.columns]
    kinds = {column.type.kind for column in columns if isinstance(column.type, Code)}
    assert {Stage, Step, Role} < kinds
    assert max(len(member) for kind in kinds for member in kind) <= 40


def test_an_instant_without_a_zone_is_refused(db: Session) -> None:
    db.add(a_closed_day(added_at=datetime(2026, 3, 2, 9, 0)))  # noqa: DTZ001
    with pytest.raises(StatementError, match="needs a time zone"):
        db.flush()


def test_an_instant_from_elsewhere_comes_back_in_utc(db: Session) -> None:
    after_midnight = datetime(2026, 6, 8, 0, 30, tzinfo=ZoneInfo("Europe/London"))
    db.add(a_closed_day(added_at=after_midnight))
    db.commit()
    db.expire_all()
    kept = db.scalars(select(ClosedDay)).one().added_at
    assert (kept, kept.tzinfo) == (datetime(2026, 6, 7, 23, 30, tzinfo=UTC), UTC)


def test_an_instant_keeps_its_microseconds(db: Session) -> None:
    db.add(a_closed_day(added_at=NOW.replace(microsecond=123_456)))
    db.commit()
    db.expire_all()
    assert db.scalars(select(ClosedDay)).one().added_at.microsecond == 123_456


def test_one_form_makes_one_complaint(db: Session) -> None:
    first = a_complaint(db)
    with pytest.raises(IntegrityError):
        a_complaint(db, key=first.key)


@only_postgresql
def test_the_second_of_two_who_save_at_once_is_told(transactions: Transactions) -> None:
    """On SQLite they queue up before they read, so neither ever holds an old row."""
    with transactions() as session:
        a_complaint(session)

    def save_over_somebody() -> None:
        with transactions() as slow:
            mine = slow.scalars(select(Case)).one()
            with transactions() as quick:
                quick.execute(update(Case).values(version=Case.version + 1, language="cy"))
            mine.language = "ar"

    with pytest.raises(EditConflict):
        save_over_somebody()
    with transactions.reading() as session:
        assert session.scalars(select(Case.language)).one() == "cy"


@pytest.mark.parametrize("url", ["sqlite:///{}/no/such/folder/x", "postgresql:///x?host={}"])
def test_a_database_that_does_not_answer_is_known_as_such(tmp_path: Path, url: str) -> None:
    nobody_there = Transactions(engine_for(url.format(tmp_path)), KEYS)
    with pytest.raises(DatabaseUnavailable), nobody_there() as session:
        session.get(Area, "east")


def a_closed_day(*, added_at: datetime) -> ClosedDay:
    return ClosedDay(day=date(2026, 5, 15), reason="Proclaimed", added_at=added_at)


def test_what_is_read_together_is_of_one_moment(transactions: Transactions) -> None:
    with transactions() as db:
        an_area(db, "east")
    with transactions.reading() as db:
        before = db.scalar(select(func.count()).select_from(Area))
        with transactions() as other:
            an_area(other, "west")
        assert db.scalar(select(func.count()).select_from(Area)) == before == 1
    with transactions.reading() as db:
        assert db.scalar(select(func.count()).select_from(Area)) == 2


def test_what_may_go_unwritten_waits_for_nobody(transactions: Transactions) -> None:
    with transactions() as db:
        an_area(db, "east")
    with transactions() as first:
        first.execute(update(Area).values(name="Away"))
        begun = monotonic()
        with pytest.raises(DatabaseUnavailable), transactions.at_once() as second:
            second.execute(update(Area).values(name="Never"))
        assert monotonic() - begun < 2  # seconds: less than anybody waits
    with transactions.at_once() as third:
        third.execute(update(Area).values(name="Later"))
    with transactions.reading() as db:
        assert db.scalars(select(Area.name)).all() == ["Later"]


def test_nobody_waits_long_for_another_who_writes(
    transactions: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kids_feedback.storage.db.BUSY", 100)
    hurried = Transactions(engine_for(str(transactions.engine.url)), KEYS)
    with transactions() as db:
        an_area(db, "east")
    with transactions() as first:
        first.execute(update(Area).values(name="Away"))
        with pytest.raises(DatabaseUnavailable), hurried() as second:
            second.execute(update(Area).values(name="Never"))
    hurried.engine.dispose()

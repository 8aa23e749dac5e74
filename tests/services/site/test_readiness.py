"""What the site needs in order to do its work: the keys, the schema, the calendar, a worker."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from kids_feedback.services import readiness
from kids_feedback.services.readiness import REACH, WrongKey, check_key
from kids_feedback.storage.db import Transactions, engine_for
from kids_feedback.storage.encryption import Keys
from kids_feedback.storage.tables.sentinel import Sentinel
from tests.conftest import KEYS
from tests.make import CALENDAR, a_complaint, a_message, a_person

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
AN_HOUR = timedelta(hours=1)
LAST_DAY = CALENDAR.last
ALL_WELL = {"database": True, "schema": True, "key": True, "calendar": True, "outbox": True}
OTHER_KEYS = Keys({1: b"a key of some other database !!!"}, newest=1)


def checked(db: Session, *, now: datetime = NOW, today: date = TODAY) -> dict[str, bool]:
    return readiness.checked(db, now=now, today=today, longest_wait=AN_HOUR)


def lacking(db: Session, *, now: datetime = NOW, today: date = TODAY) -> list[str]:
    return [need for need, met in checked(db, now=now, today=today).items() if not met]


def test_a_site_that_has_what_it_needs_is_ready(db: Session) -> None:
    check_key(db)
    assert checked(db) == ALL_WELL


def test_the_first_start_seals_a_row_and_later_ones_open_it(db: Session) -> None:
    assert lacking(db) == ["key"]
    check_key(db)
    kept = db.scalars(select(Sentinel.id)).one()
    check_key(db)
    assert db.scalars(select(Sentinel.id)).one() == kept


def test_a_key_by_which_people_are_kept_from_a_case_may_not_be_missing(
    transactions: Transactions,
) -> None:
    newer = {2: b"a newer key that only tests know"}
    both = Transactions(transactions.engine, Keys({**KEYS.by_number, **newer}, newest=2))
    alone = Transactions(transactions.engine, Keys(newer, newest=2))
    with transactions() as db:
        a_complaint(db, about=[a_person(db)])
    with both() as db:
        check_key(db)  # the sentinel is sealed by the newer one
    with alone() as db, pytest.raises(WrongKey):
        check_key(db)


def test_keys_of_another_database_are_refused(transactions: Transactions) -> None:
    with transactions() as db:
        check_key(db)
    others = Transactions(transactions.engine, OTHER_KEYS)
    with others() as db, pytest.raises(WrongKey):
        check_key(db)
    with others() as db:
        assert lacking(db) == ["key"]
        assert db.scalars(select(Sentinel.id)).one()


def test_an_older_schema_is_not_ready(db: Session) -> None:
    check_key(db)
    db.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert lacking(db) == ["schema"]


def test_answers_must_be_promisable_ninety_days_ahead(db: Session) -> None:
    check_key(db)
    assert lacking(db, today=LAST_DAY - REACH) == []
    assert lacking(db, today=LAST_DAY - REACH + timedelta(days=1)) == ["calendar"]


def test_mail_may_wait_as_long_as_was_said_and_no_longer(db: Session) -> None:
    check_key(db)
    a_message(db, "ada@example.org")
    assert lacking(db, now=NOW + AN_HOUR) == []
    assert lacking(db, now=NOW + AN_HOUR + timedelta(seconds=1)) == ["outbox"]


def test_what_cannot_be_written_is_known_and_over_when_it_is(
    transactions: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kids_feedback.storage.db.BUSY", 100)
    hurried = Transactions(engine_for(str(transactions.engine.url)), KEYS)
    with transactions() as db:
        check_key(db)
    with transactions() as first:
        first.execute(update(Sentinel).values(text_sealed=Sentinel.text_sealed))
        assert not readiness.can_write(hurried)
    assert readiness.can_write(hurried)
    with transactions.reading() as db:
        assert checked(db) == ALL_WELL
    hurried.engine.dispose()


def test_a_nearly_full_disk_is_known_where_it_can_be(
    transactions: Transactions, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert readiness.has_space(transactions.engine)
    full = SimpleNamespace(free=readiness.LEAST_SPACE - 1)
    monkeypatch.setattr("shutil.disk_usage", lambda path: full)
    assert readiness.has_space(transactions.engine) == (database == "postgresql")

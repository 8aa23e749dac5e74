"""Rows from before facts were sealed: in order, found again, and never sealed with other keys."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import CannotOpen
from kids_feedback.services.case import access
from kids_feedback.storage import schema
from kids_feedback.storage.db import engine_for
from kids_feedback.storage.encryption import Keys, give_keys
from kids_feedback.storage.tables.case import PersonComplainedAbout
from kids_feedback.storage.tables.casework import Letter
from kids_feedback.storage.tables.leaves import OfficeDay
from tests.conftest import KEYS
from tests.storage import filled

BEFORE = "0024"
LATE = datetime(2026, 6, 7, 23, 30, tzinfo=UTC)  # in England it is the next day
OTHER = Keys({1: b"a key of quite another database!"}, newest=1)


@pytest.fixture
def site(bare_database_url: str) -> Iterator[Engine]:
    """A database of before, with rows that use every column; one case has all the letters."""
    engine = engine_for(bare_database_url)
    schema.upgrade(engine, to=BEFORE)
    filled.fill(engine)
    letter, answer = (filled.tables_of(engine).tables[name] for name in ("letter", "answer"))
    with engine.begin() as connection:
        case_id = connection.scalar(select(letter.c.feedback_id).order_by(letter.c.id))
        ids = list(connection.scalars(select(letter.c.id).order_by(letter.c.id.desc())))
        for turn, id_ in enumerate(ids):
            at = LATE + timedelta(microseconds=turn)
            values = {"feedback_id": case_id, "written_at": at}
            connection.execute(letter.update().where(letter.c.id == id_).values(**values))
        connection.execute(answer.update().values(read_at=LATE))
    yield engine
    engine.dispose()


def test_what_was_in_order_by_its_instant_is_so_by_its_number(site: Engine) -> None:
    schema.upgrade(site, keys=KEYS)
    with Session(site) as session:
        ids = list(session.scalars(select(Letter.id).order_by(Letter.number)))
        assert ids == sorted(ids, reverse=True)
        numbers = session.scalars(select(Letter.number).order_by(Letter.number)).all()
        assert list(numbers) == list(range(1, len(ids) + 1))


def test_an_instant_becomes_its_local_day(site: Engine) -> None:
    schema.upgrade(site, keys=KEYS)
    with Session(site) as session:
        days = session.scalars(text("SELECT DISTINCT read_on FROM answer")).all()
        assert [str(day) for day in days] == ["2026-06-08"]
        assert set(session.scalars(select(OfficeDay.given_on))) == {date(2025, 10, 1)}


def test_whom_a_complaint_is_about_is_found_again(site: Engine) -> None:
    about = filled.tables_of(site).tables["about"]
    with site.connect() as connection:
        before = {(row.feedback_id, row.person_id) for row in connection.execute(select(about))}
    schema.upgrade(site, keys=KEYS)
    with Session(site) as session:
        give_keys(session, KEYS)
        for case_id, person_id in before:
            assert person_id in access.barred(session, case_id)
            marks = PersonComplainedAbout.keys_of(KEYS, [person_id])
            found = select(func.count()).where(PersonComplainedAbout.person_key.in_(marks))
            assert session.scalar(found)


@pytest.mark.parametrize("keys", [None, OTHER], ids=["no keys", "keys of another database"])
def test_facts_are_never_sealed_with_keys_that_are_not_their_own(
    site: Engine, keys: Keys | None
) -> None:
    before = filled.everything(site)
    with pytest.raises(CannotOpen):
        schema.upgrade(site, keys=keys)
    assert filled.everything(site) == before

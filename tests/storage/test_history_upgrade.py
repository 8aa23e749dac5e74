"""Histories from before their lines were numbered, sealed and committed to."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import CannotOpen
from kids_feedback.storage import schema
from kids_feedback.storage.db import engine_for
from kids_feedback.storage.encryption import Keys, give_keys
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from tests.conftest import KEYS
from tests.storage import filled

LATE = datetime(2026, 6, 7, 23, 30, tzinfo=UTC)  # in England it is the next day
NEXT_DAY = date(2026, 6, 8)
OTHER = Keys({1: b"a key of quite another database!"}, newest=1)
# Of one case, by their ids: what, the case's version, when, facts, note.
LINES = {
    "a": ("opened_words", 3, LATE, {}, None),
    "b": ("give", 3, LATE, {"manager": "m"}, None),
    "c": ("acknowledge", 2, LATE, {"emailed": True}, "Żółw"),
    "d": ("rated", 7, LATE + timedelta(minutes=1), {}, None),
    "e": ("added", 7, LATE + timedelta(days=1), {}, "More."),
}


@pytest.fixture
def site(bare_database_url: str) -> Iterator[Engine]:
    """A database in which one child has a history, and said how we did."""
    engine = engine_for(bare_database_url)
    schema.upgrade(engine, to="0008")
    filled.fill(engine)
    event = filled.tables_of(engine).tables["event"]
    with engine.begin() as connection:
        case_id = connection.scalar(select(event.c.feedback_id).order_by(event.c.id))
        person_id = connection.scalar(select(event.c.person_id).order_by(event.c.id))
        connection.execute(event.delete())
        for id_, (what, number, at, facts, note) in LINES.items():
            sealed = note and KEYS.seal(json.dumps(note).encode(), f"event.note_sealed.{id_}")
            row = {"id": id_, "what": what, "number": number, "at": at, "facts": facts}
            ids = {"feedback_id": case_id, "person_id": person_id}
            connection.execute(event.insert().values(**row, **ids, note_sealed=sealed))
    yield engine
    engine.dispose()


def test_old_lines_are_numbered_dated_sealed_and_committed_to(site: Engine) -> None:
    schema.upgrade(site, keys=KEYS)
    with Session(site) as session:
        give_keys(session, KEYS)
        lines = session.scalars(select(Event).order_by(Event.number)).all()
        assert [
            (line.number, line.id, line.what, line.written_on, line.at, line.facts, line.note)
            for line in lines
        ] == [
            (1, "c", "acknowledge", NEXT_DAY, None, {"emailed": True}, "Żółw"),
            (2, "a", "opened_words", NEXT_DAY, LATE, {}, None),
            (3, "b", "give", NEXT_DAY, None, {"manager": "m"}, None),
            (4, "e", "added", NEXT_DAY + timedelta(days=1), None, {}, "More."),
        ]
        assert all(line.holds(KEYS) for line in lines)


def test_that_how_we_did_was_said_is_kept_without_a_line(site: Engine) -> None:
    schema.upgrade(site, keys=KEYS)
    with Session(site) as session:
        of_the_line = session.scalar(select(Event.case_id).limit(1))
        assert session.scalars(select(Case.id).where(Case.rated)).all() == [of_the_line]


@pytest.mark.parametrize("keys", [None, OTHER], ids=["no keys", "keys of another database"])
def test_lines_are_never_sealed_with_keys_that_are_not_their_own(
    site: Engine, keys: Keys | None
) -> None:
    before = filled.everything(site)
    with pytest.raises(CannotOpen):
        schema.upgrade(site, keys=keys)
    assert filled.everything(site) == before

"""A line that somebody changed in the database is known; an erased text is not missed."""

import json
import secrets
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import inspect, update
from sqlalchemy.orm import Session

from kids_feedback.storage.encryption import Keys, give_keys
from kids_feedback.storage.tables.casework import Event
from tests.conftest import KEYS
from tests.make import NOW, a_complaint, a_person

FACTS = {"talk_on": "2026-03-20", "way": "meet"}
NOTE = "Żółw 🐢 said so"


def a_line(db: Session, *, at: datetime | None = NOW) -> Event:
    row = Event(
        case_id=a_complaint(db).id,
        number=1,
        written_on=date(2026, 3, 2),
        at=at,
        person_id=a_person(db).id,
        what="log_talk",
    )
    row.say(KEYS, FACTS, NOTE)
    db.add(row)
    return reread(db, row)


def reread(db: Session, row: Event) -> Event:
    """Return the line as the database keeps it."""
    db.flush()
    db.expunge_all()
    return db.get_one(Event, row.id)


@pytest.mark.parametrize("at", [NOW.replace(microsecond=123_456), None], ids=["instant", "day"])
def test_a_line_holds_as_it_was_written(db: Session, at: datetime | None) -> None:
    line = a_line(db, at=at)
    assert (line.facts, line.note) == (FACTS, NOTE)
    assert line.holds(KEYS)


@pytest.mark.parametrize(
    "changed",
    [
        {"number": 2},
        {"written_on": date(2026, 3, 3)},
        {"at": datetime(2026, 3, 2, 9, 1, tzinfo=UTC)},
        {"at": None},
        {"person_id": None},
        {"what": "log_try"},
        {"text_digest": bytes(32)},
        {"commitment": bytes(33)},
    ],
    ids=lambda changed: f"{next(iter(changed))}",
)
def test_a_line_that_was_changed_holds_no_more(db: Session, changed: dict[str, object]) -> None:
    line = a_line(db)
    db.execute(update(Event).values(**changed))
    assert not reread(db, line).holds(KEYS)


def test_a_line_that_was_moved_to_another_case_holds_no_more(db: Session) -> None:
    line = a_line(db)
    db.execute(update(Event).values(case_id=a_complaint(db).id))
    assert not reread(db, line).holds(KEYS)


def test_another_text_in_the_place_of_the_first_holds_no_more(db: Session) -> None:
    """Whoever holds the keys could seal one; the commitment is to the text that was written."""
    line = a_line(db)
    line.text = {"nonce": secrets.token_hex(16), "facts": FACTS, "note": "Something else"}
    assert not reread(db, line).holds(KEYS)


def test_a_line_whose_text_was_erased_still_holds_and_says_nothing(db: Session) -> None:
    line = a_line(db)
    line.text = None
    line = reread(db, line)
    assert line.text_sealed is None
    assert (line.facts, line.note) == ({}, None)
    assert line.holds(KEYS)
    db.execute(update(Event).values(what="log_try"))
    assert not reread(db, line).holds(KEYS)


def test_equal_lines_do_not_look_alike(db: Session) -> None:
    first, second = a_line(db), a_line(db)
    assert first.text_digest != second.text_digest
    assert first.commitment != second.commitment


def test_what_was_committed_to_with_an_older_key_still_holds(db: Session) -> None:
    line = a_line(db)
    newer = Keys({**KEYS.by_number, 2: secrets.token_bytes(32)}, newest=2)
    give_keys(db, newer)
    assert line.holds(newer)


def test_nobody_without_the_keys_can_make_a_commitment(db: Session) -> None:
    line = a_line(db)
    forged = Event(**{name: getattr(line, name) for name in ("id", "case_id", "number", "at")})
    forged.written_on, forged.person_id, forged.what = line.written_on, None, line.what
    forged.say(Keys({1: secrets.token_bytes(32)}, newest=1), FACTS, NOTE)
    line.person_id, line.commitment = None, forged.commitment
    assert not reread(db, line).holds(KEYS)


def test_a_line_keeps_nothing_of_its_text_in_the_clear(db: Session) -> None:
    line = a_line(db)
    kept = [getattr(line, name) for name, _ in inspect(Event).columns.items()]
    told = json.dumps([str(value) for value in kept], ensure_ascii=False)
    assert "Żółw" not in told
    assert "2026-03-20" not in told

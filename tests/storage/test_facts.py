"""Facts that are sealed together: one opening, one length, and found by a keyed digest."""

import secrets
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.submission import AgeBand, Wish
from kids_feedback.domain.errors import UnknownCode
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.case import access
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.encryption import Keys
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.people import PersonRow
from tests.counting import counted
from tests.make import a_complaint, a_person, person_of
from tests.storage.test_encryption import reread

OLD, NEW = secrets.token_bytes(32), secrets.token_bytes(32)
AT = datetime(2026, 3, 9, 15, 30, tzinfo=UTC)


def test_each_fact_comes_back_as_what_it_is(db: Session) -> None:
    row = a_complaint(db, wish=Wish.ASK, method=Method.PHONE, share=True, meeting_at=AT)
    kept = reread(db, row)
    assert (kept.wish, kept.method, kept.share, kept.meeting_at) == (
        Wish.ASK,
        Method.PHONE,
        True,
        AT,
    )
    assert (kept.supporter, kept.pass_on) == (None, None)


def test_they_are_opened_once_until_they_change(db: Session) -> None:
    kept = reread(db, a_complaint(db))
    with counted() as work:
        assert (kept.name, kept.age_band, kept.look) == (
            "Robin",
            AgeBand.TWELVE_TO_FOURTEEN,
            "words",
        )
    assert len(work.opened) == 1
    kept.name = "Sky"
    assert (kept.name, kept.look) == ("Sky", "words")
    again = reread(db, kept)
    assert (again.name, again.age_band) == ("Sky", AgeBand.TWELVE_TO_FOURTEEN)


def test_what_was_answered_cannot_be_told_from_how_long_it_is(db: Session) -> None:
    short = a_complaint(db, wish=Wish.ASK, name="Al", supporter=None)
    long = a_complaint(db, wish=Wish.LOOK_INTO, name="Alexandria", supporter="known")
    assert len(short.glance_sealed or b"") == len(long.glance_sealed or b"")


def test_a_code_that_nobody_knows_is_neither_kept_nor_read(db: Session) -> None:
    row = a_complaint(db)
    with pytest.raises(UnknownCode):
        setattr(row, "wish", "revenge")  # noqa: B010 - no such code, as the types say
    row.glance = {"wish": "revenge"}
    with pytest.raises(UnknownCode):
        _ = reread(db, row).wish


def test_an_instant_needs_a_time_zone(db: Session) -> None:
    with pytest.raises(ValueError, match="time zone"):
        a_complaint(db, meeting_at=AT.replace(tzinfo=None))


def test_the_database_does_not_say_whom_a_complaint_is_about(transactions: Transactions) -> None:
    with transactions() as db:
        worker = a_person(db, "Wanda Worker")
        a_complaint(db, about=[worker])
    with transactions.reading() as db:
        kept = db.execute(text("SELECT * FROM about")).mappings().one()
        assert all(worker.id.encode() not in _bytes(value) for value in kept.values())
        others = Keys({1: OLD}, newest=1)
        assert kept["person_key"] not in PersonComplainedAbout.keys_of(others, [worker.id])


@pytest.mark.parametrize("newest", [1, 2])
def test_they_are_kept_from_it_whichever_key_was_the_newest(
    transactions: Transactions, newest: int
) -> None:
    """Also their line manager; and the rows of both keys are found by whoever has both."""
    before = Transactions(transactions.engine, Keys({1: OLD}, newest=1))
    after = Transactions(transactions.engine, Keys({1: OLD, 2: NEW}, newest=newest))
    with before() as db:
        head = a_person(db, "Hana", role=Role.HEAD_OF_PRACTICE, areas=["east"])
        boss = a_person(db, "Bo", role=Role.HEAD_OF_PRACTICE, areas=["east"])
        worker = a_person(db, "Wanda", line_manager=boss)
        a_complaint(db, about=[worker])
    with after() as db:
        a_complaint(db, about=[db.get_one(PersonRow, worker.id)])
        free = a_complaint(db).id
        people = [db.get_one(PersonRow, item.id) for item in (head, boss)]
        seen = [_seen_by(db, person_of(item)) for item in people]
    assert (len(seen[0]), seen[1]) == (3, {free})
    with after() as db:
        for row in db.scalars(select(Case).where(Case.id != free)):
            assert access.barred(db, row.id) == {worker.id, boss.id}


def test_who_it_is_about_is_known_where_it_cannot_be_read(transactions: Transactions) -> None:
    """So that a page shows nothing to whom it should not, while it says what is missing."""
    with transactions() as db:
        worker = a_person(db, "Wanda Worker")
        row = a_complaint(db, about=[worker])
        db.execute(text("UPDATE about SET who_sealed = :spoilt"), {"spoilt": b"\x01" + bytes(40)})
    with transactions.reading() as db:
        assert access.barred(db, row.id) == {worker.id}


def _seen_by(db: Session, person: Person) -> set[str]:
    return set(db.scalars(select(Case.id).where(access.visible_to(db, person))))


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()

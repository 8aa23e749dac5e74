"""Sealed columns open only where they were sealed, only with the key, and show nothing."""

import base64
import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Engine,
    Integer,
    LargeBinary,
    String,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import Session

from kids_feedback.domain import unreadable
from kids_feedback.domain.errors import CannotOpen
from kids_feedback.storage.base import Base, Code, Day, RandomId, UtcDateTime
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.encryption import Keys, Sealed, SealedBytes, give_keys
from kids_feedback.storage.facts import Facts
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.drawings import Drawing
from kids_feedback.storage.tables.outbox import Message
from tests.conftest import KEYS
from tests.make import NOW, a_complaint, an_office

OLD, NEW = secrets.token_bytes(32), secrets.token_bytes(32)
Row = TypeVar("Row", bound=RandomId)
CANARY = "Żółw 🐢 told nobody"
AS_TYPED = '‘Quotes’ "and" <b>tags</b>\n\tسلام \u202eback\u202c 你好 👩‍👧 NUL\x00 e\u0301'


def test_words_come_back_exactly_as_they_were_typed(db: Session) -> None:
    row = a_complaint(db, statement={"what": AS_TYPED, "needs": ["a", "b"]}, name=AS_TYPED)
    kept = reread(db, row)
    assert kept.statement == {"what": AS_TYPED, "needs": ["a", "b"]}
    assert kept.name == AS_TYPED


def test_bytes_come_back_as_they_were_and_are_kept_no_longer(db: Session) -> None:
    for png in (b"\x89PNG\x00\xff" * 1_000, b"\x00", b'"', b""):
        row = Drawing(case_id=a_complaint(db).id, png=png)
        db.add(row)
        assert row.png == png
        kept = reread(db, row)
        assert kept.png == png
        assert len(kept.png_sealed or b"") == len(png) + 1 + 1 + 12 + 16  # mark, key, nonce, seal


def test_a_drawing_that_was_kept_as_text_still_opens(db: Session) -> None:
    row = Drawing(case_id=a_complaint(db).id)
    as_text = json.dumps(base64.b64encode(b"\x89PNG").decode()).encode()
    row.png_sealed = KEYS.seal(as_text, f"drawing.png_sealed.{row.id}")
    db.add(row)
    assert reread(db, row).png == b"\x89PNG"


def test_a_digest_fits_what_it_was_made_of_and_nothing_else() -> None:
    digest = KEYS.digest(b"a house", "drawing.a")
    assert KEYS.fits(digest, b"a house", "drawing.a")
    assert not KEYS.fits(digest, b"a mouse", "drawing.a")
    assert not KEYS.fits(digest, b"a house", "drawing.b")
    assert not KEYS.fits(digest, b" house", "drawing.a a")
    assert not Keys({1: OLD}, newest=1).fits(digest, b"a house", "drawing.a")


def test_a_digest_fits_after_a_newer_key_has_come() -> None:
    digest = Keys({1: OLD}, newest=1).digest(b"a house", "drawing.a")
    both = Keys({1: OLD, 2: NEW}, newest=2)
    assert both.fits(digest, b"a house", "drawing.a")
    assert digest in both.digests(b"a house", "drawing.a")
    assert both.digest(b"a house", "drawing.a") != digest


def test_a_value_can_be_read_before_and_after_it_is_kept(db: Session) -> None:
    row = a_complaint(db)
    row.name = "Sky"
    assert row.name == "Sky"
    db.flush()
    assert row.name == "Sky"


def test_nothing_said_stays_nothing(db: Session) -> None:
    row = a_complaint(db, contact=None)
    assert (row.contact_sealed, row.contact) == (None, None)
    row.name = row.statement = None
    kept = reread(db, row)
    assert (kept.name, kept.words_sealed) == (None, None)


def test_equal_words_do_not_look_equal(db: Session) -> None:
    assert a_complaint(db, name="Sky").glance_sealed != a_complaint(db, name="Sky").glance_sealed


def test_words_moved_to_another_child_do_not_open(db: Session) -> None:
    mine, other = a_complaint(db), a_complaint(db)
    other.words_sealed = mine.words_sealed
    with pytest.raises(CannotOpen):
        _ = reread(db, other).statement


def test_words_moved_to_another_column_do_not_open(db: Session) -> None:
    row = a_complaint(db)
    row.glance_sealed = row.words_sealed
    with pytest.raises(CannotOpen):
        _ = reread(db, row).name


def test_words_moved_to_another_table_do_not_open(db: Session) -> None:
    row = a_complaint(db)
    message = Message(id=row.id, subject="", body="", created_at=NOW, not_before=NOW, attempts=0)
    message.to_sealed = row.glance_sealed
    db.add(message)
    with pytest.raises(CannotOpen):
        _ = reread(db, message).to


@pytest.mark.parametrize("place", [0, 1, 13, -1], ids=["key number", "nonce", "words", "seal"])
def test_a_changed_byte_does_not_open(db: Session, place: int) -> None:
    row = a_complaint(db)
    changed = bytearray(row.glance_sealed or b"")
    changed[place] ^= 1
    row.glance_sealed = bytes(changed)
    with pytest.raises(CannotOpen):
        _ = reread(db, row).name


@pytest.mark.parametrize("kept", [b"", b"\x01", b"\x01" + bytes(12)], ids=["0", "1", "13"])
def test_bytes_that_are_cut_short_do_not_open(kept: bytes) -> None:
    with pytest.raises(CannotOpen):
        KEYS.open(kept, "feedback.glance_sealed.x")


def test_another_key_opens_nothing(db: Session) -> None:
    row = a_complaint(db)
    give_keys(db, Keys({1: OLD}, newest=1))
    with pytest.raises(CannotOpen):
        _ = reread(db, row).statement


def test_a_session_without_keys_opens_nothing(transactions: Transactions) -> None:
    with transactions() as session:
        row = a_complaint(session)
    with Session(transactions.engine) as session:
        kept = session.get_one(Case, row.id)
        with pytest.raises(CannotOpen, match="no keys"):
            _ = kept.statement


def test_the_newest_key_seals_and_the_old_one_still_opens(transactions: Transactions) -> None:
    before, both, after = (
        Transactions(transactions.engine, keys)
        for keys in (
            Keys({1: OLD}, newest=1),
            Keys({1: OLD, 2: NEW}, newest=2),
            Keys({2: NEW}, newest=2),
        )
    )
    with before() as session:
        row = a_complaint(session, name="Sky")
    with both() as session:
        kept = session.get_one(Case, row.id)
        assert kept.name == "Sky"
        kept.name = "Sky"  # sealed again
    with after() as session:
        kept = session.get_one(Case, row.id)
        assert kept.glance_sealed is not None
        assert kept.glance_sealed[0] == 2
        assert kept.name == "Sky"
        with pytest.raises(CannotOpen):
            _ = kept.statement  # nobody sealed these again
    with after.reading() as session:  # for a page, which goes on
        assert session.get_one(Case, row.id).statement is unreadable.PARTS


def test_whoever_holds_only_the_database_reads_nothing(
    transactions: Transactions, database_url: str
) -> None:
    with transactions() as session:
        rows = [full_of_canaries(session, table) for table in tables_with_sealed_columns()]
    for row in rows:
        for attribute in sealed_attributes(type(row)).values():
            assert getattr(row, attribute.column), f"{attribute.column} is filled"
    kept = b"".join(everything_kept(transactions.engine, database_url))
    assert all(row.id.encode() in kept for row in rows), "we look in the right place"
    for form in forms_of(CANARY):
        assert form not in kept


def full_of_canaries(session: Session, table: type[RandomId]) -> RandomId:
    """Add a row of ``table`` with a canary in each sealed column, and what else it must have."""
    an_office(session)
    columns = inspect(table).columns.items()
    needed = {name: value_for(session, column) for name, column in columns if is_needed(column)}
    canaries = {name: a_canary(attribute) for name, attribute in sealed_attributes(table).items()}
    row = table(**needed, **canaries)
    session.add(row)
    session.flush()
    return row


def a_canary(attribute: Sealed[Any]) -> Any:
    if isinstance(attribute, Facts):
        return dict.fromkeys(("said", *attribute.found_by), CANARY)
    return CANARY.encode() if isinstance(attribute, SealedBytes) else CANARY


def is_needed(column: Column[Any]) -> bool:
    return not column.nullable and column.default is None and column.key not in ("id", "version")


def value_for(session: Session, column: Column[Any]) -> Any:
    """Return something that such a column keeps: a row that is there, a code, any bytes."""
    for key in column.foreign_keys:
        return session.scalars(select(key.column)).first()
    if isinstance(column.type, Code):
        return next(iter(column.type.kind))
    values: dict[type, Any] = {
        UtcDateTime: NOW,
        Day: NOW.date(),
        JSON: [],
        LargeBinary: secrets.token_bytes(32),
        String: secrets.token_hex(3),
        Integer: 0,
        Boolean: False,
    }
    return next(value for kind, value in values.items() if isinstance(column.type, kind))


def everything_kept(engine: Engine, url: str) -> Iterator[bytes]:
    """Yield what a thief of the database would hold: the files, or every value of every row."""
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        yield from (file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
        return
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608
                yield from (_bytes_of(value) for value in row)


def _bytes_of(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def forms_of(canary: str) -> Iterator[bytes]:
    """Yield the canary in every dress in which it might be kept by mistake."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "unicode_escape"):
        encoded = canary.encode(encoding)
        yield from (encoded, encoded.hex().encode())
    yield base64.b64encode(canary.encode()).rstrip(b"=")[:-1]
    yield b"told nobody"


def tables_with_sealed_columns() -> list[type[RandomId]]:
    """Return every such table, each after those it points to."""
    order = Base.metadata.sorted_tables
    tables = [mapper.class_ for mapper in Base.registry.mappers if sealed_attributes(mapper.class_)]
    return sorted(tables, key=lambda table: order.index(table.__table__))


def sealed_attributes(table: type) -> dict[str, Sealed[Any]]:
    return {name: value for name, value in vars(table).items() if isinstance(value, Sealed)}


def reread(db: Session, row: Row) -> Row:
    """Return the row as the database keeps it."""
    db.flush()
    db.expunge_all()
    return db.get_one(type(row), row.id)

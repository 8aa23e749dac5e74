"""Sealed columns: text that the database, its backups and its thief see only as bytes.

AES-256-GCM; the first byte names the key; table, column and row id are authenticated, so a value
moved to another row or column does not open. The keys lie in a file outside the database. This
protects against whoever holds only the database, not against whoever holds the running server.
"""

import hmac
import json
import logging
import secrets
from base64 import b64decode
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import LargeBinary, event, select
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column, object_session

from kids_feedback.domain.errors import CannotOpen as CannotOpen  # migrations have it from here
from kids_feedback.domain.unreadable import NOTED
from kids_feedback.domain.unreadable import PARTS as UNREADABLE_PARTS
from kids_feedback.domain.unreadable import TEXT as UNREADABLE_TEXT
from kids_feedback.storage.base import RandomId

_NONCE = 12  # bytes
BEGINNING = ("", "")  # of all that is kept sealed: no table, no row
_KEYS, _GOES_ON = "keys", "goes_on"  # in Session.info
_log = logging.getLogger(__name__)
_AS_BYTES = b"\0"  # before what was sealed as it is; JSON, as drawings once were, never begins so
Plain = TypeVar("Plain")


@dataclass(frozen=True)
class Keys:
    """The keys by their number (0-255); the newest seals, all of them open."""

    by_number: Mapping[int, bytes]
    newest: int

    def seal(self, plain: bytes, place: str) -> bytes:
        """Return ``plain`` sealed for ``place`` ("table.column.row")."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self.by_number[self.newest]).encrypt(nonce, plain, place.encode())
        return bytes([self.newest]) + nonce + sealed

    def digest(self, plain: bytes, place: str) -> bytes:
        """Return a keyed digest: who holds only the database can neither test a guess nor forge.

        Its first byte names the key; the digest uses one that is derived from it for this alone.
        """
        return self._digest(self.newest, plain, place)

    def digests(self, plain: bytes, place: str) -> tuple[bytes, ...]:
        """Return the digest by each key, to look for one that an older key may have made."""
        return tuple(self._digest(number, plain, place) for number in self.by_number)

    def fits(self, digest: bytes, plain: bytes, place: str) -> bool:
        """Say whether it is the digest of that, by whichever key."""
        return any(hmac.compare_digest(digest, item) for item in self.digests(plain, place))

    def _digest(self, number: int, plain: bytes, place: str) -> bytes:
        derived = HKDF(SHA256(), 32, salt=None, info=b"kids-feedback digest")
        key = derived.derive(self.by_number[number])
        said = f"{len(place)} {place} ".encode() + plain
        return bytes([number]) + hmac.digest(key, said, "sha256")

    def open(self, sealed: bytes, place: str) -> bytes:
        """Return what was sealed for ``place``.

        Raises:
            CannotOpen: no such key, another place, or bytes that were changed.
        """
        whole = isinstance(sealed, bytes) and sealed  # SQLite gives back whatever stands there
        key = self.by_number.get(sealed[0]) if whole else None
        if key is None:
            raise CannotOpen(place)
        nonce, rest = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            return AESGCM(key).decrypt(nonce, rest, place.encode())
        except (InvalidTag, ValueError) as error:  # ValueError: cut shorter than a nonce
            raise CannotOpen(place) from error

    def opens(self, sealed: bytes, place: str) -> bool:
        """Say whether that opens."""
        try:
            self.open(sealed, place)
        except CannotOpen:
            return False
        return True


class Sealed(Generic[Plain]):
    """An attribute that reads and writes plain values and keeps them in a sealed column.

    ``words = Sealed[str]("words_sealed")`` stands beside
    ``words_sealed: Mapped[bytes | None] = sealed()``.
    Values are JSON, so text, lists and mappings keep their shape. Sealing waits for the flush,
    where the keys of the session are at hand.
    """

    unreadable: Any = None  # what pages get where it does not open; None: ``CannotOpen``

    def __init__(self, column: str) -> None:
        self.column = column

    def __set_name__(self, owner: type, name: str) -> None:
        self.cache = f"_plain_{name}"

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: RandomId, owner: type) -> Plain | None: ...
    def __get__(self, row: RandomId | None, owner: type) -> Self | Plain | None:
        if row is None:
            return self
        if self.cache in row.__dict__:
            plain: Plain | None = row.__dict__[self.cache]
            return plain
        kept = getattr(row, self.column)
        if kept is None:
            return None
        session = object_session(row)
        try:
            return self._decoded(keys_in(session).open(kept, self._place(row)))
        except CannotOpen:
            if self.unreadable is None or session is None or not session.info.get(_GOES_ON):
                raise
            session.info[NOTED] = True
            _log.warning("%s.%s of %s cannot be read", row.__tablename__, self.column, row.id)
            instead: Plain = self.unreadable
            return instead

    def __set__(self, row: RandomId, plain: Plain | None) -> None:
        row.__dict__[self.cache] = plain
        setattr(row, self.column, None if plain is None else b"")

    def seal(self, row: RandomId, keys: Keys) -> None:
        """Turn the plain value, if one was set, into the bytes that are kept."""
        if self.cache in row.__dict__:
            plain = row.__dict__.pop(self.cache)
            if plain is not None:
                for column, mark in self._marks(row, plain, keys).items():
                    setattr(row, column, mark)
                setattr(row, self.column, keys.seal(self._encoded(plain), self._place(row)))

    def _marks(self, row: RandomId, plain: Plain, keys: Keys) -> dict[str, bytes]:
        """Return the digests by which the row is found, by their columns."""
        return {}

    def _encoded(self, plain: Plain) -> bytes:
        return json.dumps(plain, ensure_ascii=False).encode()

    def _decoded(self, kept: bytes) -> Plain:
        plain: Plain = json.loads(kept)
        return plain

    def _place(self, row: RandomId) -> str:
        return f"{row.__tablename__}.{self.column}.{row.id}"


class SealedText(Sealed[str]):
    """A text that a page shows: where it does not open, the page says so in its place."""

    unreadable = UNREADABLE_TEXT


class SealedParts(Sealed[Plain]):
    """A mapping that a page shows: where it does not open, the page says that it is missing."""

    unreadable = UNREADABLE_PARTS


class SealedBytes(Sealed[bytes]):
    """The same for bytes, sealed as they are: JSON would have to write them a third longer."""

    def _encoded(self, plain: bytes) -> bytes:
        return _AS_BYTES + plain

    def _decoded(self, kept: bytes) -> bytes:
        return kept[1:] if kept.startswith(_AS_BYTES) else b64decode(json.loads(kept))


def sealed() -> Mapped[bytes | None]:
    """Declare the column behind a ``Sealed`` attribute."""
    return mapped_column(LargeBinary, default=None)


def give_keys(session: Session, keys: Keys, *, goes_on: bool = False) -> None:
    """Let ``session`` seal and open.

    Args:
        goes_on: it is for a page, which says in its place what cannot be read, and goes on.
    """
    session.info[_KEYS] = keys
    session.info[_GOES_ON] = goes_on


def keys_in(session: Session | None) -> Keys:
    """Return the keys that this session was given.

    Raises:
        CannotOpen: it was given none.
    """
    if session is None or _KEYS not in session.info:
        raise CannotOpen("this session was given no keys")
    keys: Keys = session.info[_KEYS]
    return keys


def unreadable(
    session: Session, *, after: tuple[str, str] = BEGINNING, most: int
) -> tuple[Counter[str], tuple[str, str]]:
    """Try to open the next rows of all that is kept sealed, in the order of tables and ids.

    Args:
        after: the table and the id of the row that was tried last.
        most: so many rows.

    Returns:
        How many values do not open, by table and column; and after what to go on, which is the
        beginning again when all of them were tried.
    """
    keys, found, left = keys_in(session), Counter[str](), most
    for table, columns in _sealed_tables():
        name = table.__tablename__
        if name < after[0]:
            continue
        tried = after[1] if name == after[0] else ""
        wanted = select(table.id, *(getattr(table, column) for column in columns))
        rows = session.execute(wanted.where(table.id > tried).order_by(table.id).limit(left)).all()
        for row_id, *kept in rows:
            for column, value in zip(columns, kept, strict=True):
                place = f"{name}.{column}"
                found[place] += value is not None and not keys.opens(value, f"{place}.{row_id}")
        left -= len(rows)
        if not left:
            return +found, (name, rows[-1].id)
    return +found, BEGINNING


def _sealed_tables() -> list[tuple[type[RandomId], list[str]]]:
    """Return the tables with something sealed, and those columns, by name."""
    tables = sorted(RandomId.registry.mappers, key=lambda mapper: str(mapper.local_table))
    found = ((mapper.class_, _sealed_attributes(mapper.class_)) for mapper in tables)
    return [
        (table, sorted({item.column for item in sealed_in}))
        for table, sealed_in in found
        if sealed_in
    ]


@event.listens_for(Session, "before_flush")
def _seal_what_was_set(session: Session, context: UOWTransaction, instances: Any) -> None:
    for row in [*session.new, *session.dirty]:
        if isinstance(row, RandomId):
            for attribute in _sealed_attributes(type(row)):
                attribute.seal(row, keys_in(session))


_found: dict[type, tuple[Sealed[Any], ...]] = {}


def _sealed_attributes(table: type) -> tuple[Sealed[Any], ...]:
    if table not in _found:
        _found[table] = tuple(
            attribute for attribute in vars(table).values() if isinstance(attribute, Sealed)
        )
    return _found[table]

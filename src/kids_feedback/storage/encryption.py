"""Sealed columns: text that the database, its backups and its thief see only as bytes.

AES-256-GCM; the first byte names the key; table, column and row id are authenticated, so a value
moved to another row or column does not open. The keys lie in a file outside the database. This
protects against whoever holds only the database, not against whoever holds the running server.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary, event
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column, object_session

from kids_feedback.storage.base import RandomId

_NONCE = 12  # bytes
_KEYS = "keys"  # in Session.info
Plain = TypeVar("Plain")


class CannotOpen(Exception):  # noqa: N818
    """The key is missing or wrong, or the bytes are not the ones that were sealed here."""


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

    def open(self, sealed: bytes, place: str) -> bytes:
        """Return what was sealed for ``place``.

        Raises:
            CannotOpen: no such key, another place, or bytes that were changed.
        """
        key = self.by_number.get(sealed[0]) if sealed else None
        if key is None:
            raise CannotOpen(place)
        nonce, rest = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            return AESGCM(key).decrypt(nonce, rest, place.encode())
        except (InvalidTag, ValueError) as error:  # ValueError: cut shorter than a nonce
            raise CannotOpen(place) from error


class Sealed(Generic[Plain]):
    """An attribute that reads and writes plain values and keeps them in a sealed column.

    ``words = Sealed[str]("words_sealed")`` stands beside
    ``words_sealed: Mapped[bytes | None] = sealed()``.
    Values are JSON, so text, lists and mappings keep their shape. Sealing waits for the flush,
    where the keys of the session are at hand.
    """

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
        opened: Plain = json.loads(_keys(object_session(row)).open(kept, self._place(row)))
        return opened

    def __set__(self, row: RandomId, plain: Plain | None) -> None:
        row.__dict__[self.cache] = plain
        setattr(row, self.column, None if plain is None else b"")

    def seal(self, row: RandomId, keys: Keys) -> None:
        """Turn the plain value, if one was set, into the bytes that are kept."""
        if self.cache in row.__dict__:
            plain = row.__dict__.pop(self.cache)
            if plain is not None:
                text = json.dumps(plain, ensure_ascii=False).encode()
                setattr(row, self.column, keys.seal(text, self._place(row)))

    def _place(self, row: RandomId) -> str:
        return f"{row.__tablename__}.{self.column}.{row.id}"


def sealed() -> Mapped[bytes | None]:
    """Declare the column behind a ``Sealed`` attribute."""
    return mapped_column(LargeBinary, default=None)


def give_keys(session: Session, keys: Keys) -> None:
    """Let ``session`` seal and open."""
    session.info[_KEYS] = keys


def _keys(session: Session | None) -> Keys:
    if session is None or _KEYS not in session.info:
        raise CannotOpen("this session was given no keys")
    keys: Keys = session.info[_KEYS]
    return keys


@event.listens_for(Session, "before_flush")
def _seal_what_was_set(session: Session, context: UOWTransaction, instances: Any) -> None:
    for row in [*session.new, *session.dirty]:
        if isinstance(row, RandomId):
            for attribute in _sealed_attributes(type(row)):
                attribute.seal(row, _keys(session))


_found: dict[type, tuple[Sealed[Any], ...]] = {}


def _sealed_attributes(table: type) -> tuple[Sealed[Any], ...]:
    if table not in _found:
        _found[table] = tuple(each for each in vars(table).values() if isinstance(each, Sealed))
    return _found[table]

"""Facts that are sealed together: several attributes of a row in one sealed column.

What no query needs is sealed. Where a page shows several of such facts, one column has them all, so
that they are opened once, and so that how long it is tells nothing of what is in it.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Generic, Self, TypeVar, overload

from kids_feedback.domain.errors import UnknownCode
from kids_feedback.domain.unreadable import PARTS as UNREADABLE
from kids_feedback.storage.base import RandomId
from kids_feedback.storage.encryption import Keys, SealedParts

_STEP = 512  # bytes: each sealed value is as long as a multiple of that
Value = TypeVar("Value")


class Facts(SealedParts[dict[str, Any]]):
    """A sealed mapping whose entries are attributes (``Fact``), opened once for all of them.

    Args:
        column: the sealed column.
        found_by: by the name of an entry, a text, the column with its keyed digest. Rows are found
            by that (see ``marks``), and who has the database without the keys learns no more than
            that some of them say the same.
    """

    def __init__(self, column: str, found_by: Mapping[str, str] | None = None) -> None:
        super().__init__(column)
        self.found_by = found_by or {}

    def opened(self, row: RandomId) -> dict[str, Any]:
        """Return the entries. They are kept beside the row for as long as it is not read anew."""
        kept = getattr(row, self.column)
        before: tuple[bytes | None, dict[str, Any]] | None = row.__dict__.get(self._opened)
        if before is None or before[0] is not kept or self.cache in row.__dict__:
            before = row.__dict__[self._opened] = (kept, self.__get__(row, type(row)) or {})
        return before[1]

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)
        self._opened = f"_opened_{name}"

    def _marks(self, row: RandomId, plain: dict[str, Any], keys: Keys) -> dict[str, bytes]:
        return {
            column: keys.digest(plain[name].encode(), f"{row.__tablename__}.{column}")
            for name, column in self.found_by.items()
        }

    def _encoded(self, plain: dict[str, Any]) -> bytes:
        """Fill up with blanks, of which JSON takes no notice."""
        said = super()._encoded(plain)
        return said.ljust(-(-len(said) // _STEP) * _STEP)


class Fact(Generic[Value]):
    """One of those facts, as an attribute.

    ``wish = Fact[Wish | None](glance, Wish)`` stands beside ``glance = Facts("glance_sealed")``.

    Args:
        facts: those it is among.
        kind: what it is; a code, an instant and an hour are kept as text.
        default: what it is where nobody has said.
        unreadable: what pages get where it does not open.

    Raises:
        UnknownCode: what is set is none of the codes of its list.
    """

    def __init__(
        self,
        facts: Facts,
        kind: type[Any],
        *,
        default: Any = None,
        unreadable: Any = None,
    ) -> None:
        self.facts, self.kind = facts, kind
        self.default, self.unreadable = default, unreadable

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: RandomId, owner: type) -> Value: ...
    def __get__(self, row: RandomId | None, owner: type) -> Self | Value:
        if row is None:
            return self
        facts = self.facts.opened(row)
        said = facts.get(self.name)
        nothing = self.unreadable if facts is UNREADABLE else self.default
        value: Value = nothing if said is None else _read(self.kind, said)
        return value

    def __set__(self, row: RandomId, value: Value) -> None:
        others = self.facts.opened(row).items()
        kept = {name: said for name, said in others if name != self.name}
        if value is not None:
            kept[self.name] = _written(self.kind, value)
        self.facts.__set__(row, kept)


def marks(keys: Keys, table: str, column: str, said: str) -> tuple[bytes, ...]:
    """Return the digests, one by each key, of what a row is to be found by."""
    return keys.digests(said.encode(), f"{table}.{column}")


def _read(kind: type[Any], said: Any) -> Any:
    if issubclass(kind, StrEnum):
        return _code(kind, said)
    return kind.fromisoformat(said) if issubclass(kind, date | time) else said


def _written(kind: type[Any], value: Any) -> Any:
    if issubclass(kind, StrEnum):
        return _code(kind, value).value
    if kind is datetime and value.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {value!r}")
    return value.isoformat() if issubclass(kind, date | time) else value


def _code(kind: type[StrEnum], said: str) -> StrEnum:
    try:
        return kind(said)
    except ValueError as error:
        raise UnknownCode(kind.__name__) from error

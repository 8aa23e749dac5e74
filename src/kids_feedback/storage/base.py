"""What every table shares: names of constraints, instants, codes, random ids, sealed columns."""

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Date, DateTime, Dialect, MetaData, String, event, func, select
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import DeclarativeBase, Mapped, TypeResolve, mapped_column
from sqlalchemy.types import TypeDecorator

from kids_feedback.domain.errors import CannotOpen, UnknownCode

_Read = TypeVar("_Read")
ID_LENGTH = 22  # characters: 16 random bytes, URL-safe

# Of a table of answers without a name: SQLite keeps its rows in the order of their random ids, so
# that none of them says after which other it came. PostgreSQL is told so each day (``mixing``).
NO_ORDER = {"sqlite_with_rowid": False}

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Refuses a naive datetime; gives back UTC on every database.

    Raises:
        CannotOpen: what is kept is none. SQLite keeps text, and takes any.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value!r}")
        return value.astimezone(UTC)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None] | None:
        return _checked(super().result_processor(dialect, coltype), "an instant")

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Day(TypeDecorator[date]):
    """A day.

    Raises:
        CannotOpen: what is kept is none. SQLite keeps text, and takes any.
    """

    impl = Date
    cache_ok = True

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], date | None] | None:
        return _checked(super().result_processor(dialect, coltype), "a day")


def _checked(
    read: Callable[[Any], _Read | None] | None, what: str
) -> Callable[[Any], _Read | None] | None:
    """Return ``read``, which knows what it cannot read; a driver that reads by itself stays."""
    if read is None:
        return None

    def checked(kept: Any) -> _Read | None:
        try:
            return read(kept)
        except (TypeError, ValueError) as error:
            raise CannotOpen(what) from error

    return checked


class Code(TypeDecorator[StrEnum]):
    """A member of a ``StrEnum``, kept as its text, of at most 40 characters.

    The database lists no members, so a new one needs no migration (docs/adr/0017). It is checked
    here instead, each way: what is no member is not written, and not read as if it were not there.

    Raises:
        UnknownCode: the value is no member.
    """

    impl = String(40)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self._member(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self._member(value)

    def _member(self, value: str) -> StrEnum:
        try:
            return self.kind(value)
        except ValueError as error:
            raise UnknownCode(self.kind.__name__) from error


class Base(DeclarativeBase):
    """Every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {date: Day, datetime: UtcDateTime}


@event.listens_for(Base, "resolve_type_annotation")
def _code_for(wanted: TypeResolve) -> Code | None:
    """Let a model say ``stage: Mapped[Stage]``, and have it kept as a ``Code``."""
    kind = wanted.resolved_type
    return Code(kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else None


class RandomId(Base):
    """A table whose rows have an id that nobody can guess and that is known before the insert.

    Sealed columns are bound to it (see ``encryption``), so it may never change.
    """

    __abstract__ = True

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", secrets.token_urlsafe(16))
        super().__init__(**values)


def _next_number(context: DefaultExecutionContext) -> int:
    rows = context.current_column.table.c
    mine = rows.feedback_id == (context.current_parameters or {})["feedback_id"]
    number: int = context.connection.execute(
        select(func.coalesce(func.max(rows.number), 0) + 1).where(mine)
    ).scalar_one()
    return number


class Numbered(RandomId):
    """A table of what belongs to a case, in the order in which it was written.

    The order is all that anybody needs: the day stands beside it, and no instant.
    """

    __abstract__ = True

    number: Mapped[int] = mapped_column(default=_next_number)  # 1, 2, 3, … within the case

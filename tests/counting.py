"""How much work is done: statements sent to a database, and sealed values that are opened."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import Engine, event

from kids_feedback.storage.encryption import Keys


@dataclass
class Work:
    """What was done while it was counted."""

    statements: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)  # the place of each sealed value

    def reads(self, table: str) -> int:
        """Return how many statements read ``table`` first of all."""
        from_it = re.compile(rf"\bFROM {table}\b")
        return sum(bool(from_it.search(statement)) for statement in self.statements)

    def opened_of(self, table: str) -> int:
        """Return how many sealed values of ``table`` were opened."""
        return sum(place.startswith(f"{table}.") for place in self.opened)


_PAUSED: list[object] = []


@contextmanager
def uncounted() -> Iterator[None]:
    """Leave out what a test looks up for itself, in the midst of what is counted."""
    _PAUSED.append(None)
    try:
        yield
    finally:
        _PAUSED.pop()


@contextmanager
def counted() -> Iterator[Work]:
    """Count what every engine and every key of this process does."""
    work = Work()

    def listen(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if not _PAUSED:
            work.statements.append(statement)

    real = Keys.open

    def opening(keys: Keys, sealed: bytes, place: str) -> bytes:
        if not _PAUSED:
            work.opened.append(place)
        return real(keys, sealed, place)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Keys, "open", opening)
            yield work
    finally:
        event.remove(Engine, "before_cursor_execute", listen)

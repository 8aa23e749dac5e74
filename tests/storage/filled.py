"""A database with rows that use every column, at whichever revision it is; and what is in it.

It knows tables only as the database shows them, so a new table or column is filled by itself.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Time,
    select,
)

from kids_feedback.storage.base import Base, Code
from tests.conftest import KEYS

ROWS = 16  # a table: as many as the longest list of codes
NEVER_SAID = ROWS  # one row more, with nothing where nothing may stand
BASE64 = "VG9sZCBub2JvZHkgxbzDs8WCdw=="  # of bytes, as drawings were kept; elsewhere just text
SENT = datetime(2026, 3, 2, 9, 0, 0, 123_456, tzinfo=UTC)

Row = dict[str, Any]
Tables = dict[str, dict[tuple[Any, ...], Row]]  # every row by its table and primary key


def fill(engine: Engine) -> None:
    """Add rows to every table: each code of a list, each column, and one row of bare needs."""
    kept: dict[str, list[Row]] = {}
    tables = tables_of(engine).sorted_tables
    with engine.begin() as connection:
        for table in tables:
            kept[table.name] = []
            for turn in range(ROWS + 1):
                kept[table.name].append(a_row(table, turn, kept))
            connection.execute(table.insert(), kept[table.name])


def a_row(table: Table, turn: int, kept: Mapping[str, list[Row]]) -> Row:
    """Return a row that differs from that of every other ``turn`` in each of its unique keys.

    Args:
        kept: by table, the rows that it may refer to, and those of its own table so far.
    """
    row: dict[str, Any] = {}
    for column in sorted(table.columns, key=lambda column: column.name != "id"):
        bare = turn == NEVER_SAID and column.nullable
        row[column.name] = None if bare else _value(column, turn, kept, row)
    return row


def everything(engine: Engine) -> Tables:
    """Return all that is kept, sealed columns opened."""
    with engine.connect() as connection:
        return {table.name: _rows(connection, table) for table in tables_of(engine).sorted_tables}


def tables_of(engine: Engine) -> MetaData:
    """Return the tables as the database shows them."""
    metadata = MetaData()
    metadata.reflect(engine, only=lambda name, _: name != "alembic_version")
    return metadata


def _rows(connection: Connection, table: Table) -> dict[tuple[Any, ...], Row]:
    found = (dict(row) for row in connection.execute(select(table)).mappings())
    return {
        tuple(row[column.name] for column in table.primary_key): _opened(table, row)
        for row in found
    }


def _opened(table: Table, row: Row) -> Row:
    return {
        name: KEYS.open(value, f"{table.name}.{name}.{row['id']}")
        if value is not None and name.endswith("_sealed")
        else value
        for name, value in row.items()
    }


def _value(column: Column[Any], turn: int, kept: Mapping[str, list[Row]], row: Row) -> Any:
    for key in column.foreign_keys:
        others = kept[key.column.table.name]
        return others[min(turn, len(others) - 1)][key.column.name] if others else None
    if column.name.endswith("_sealed"):
        place = f"{column.table.name}.{column.name}.{row['id']}"
        return KEYS.seal(json.dumps(BASE64).encode(), place)
    codes = _listed(column) or _known(column)
    if codes:
        return codes[turn % len(codes)]
    return next(make(column, turn) for kind, make in _MADE if isinstance(column.type, kind))


def _listed(column: Column[Any]) -> list[str]:
    """Return the codes that a CHECK of this column lists, however the database words it."""
    lists = re.compile(rf"\(*{column.name}\b.*?\b(IN|ANY)\b", re.IGNORECASE | re.DOTALL)
    for check in column.table.constraints:
        if isinstance(check, CheckConstraint) and lists.match(str(check.sqltext)):
            return re.findall(r"'([^']+)'", str(check.sqltext))
    return []


def _known(column: Column[Any]) -> list[str]:
    """Return the codes that today's models know for this column."""
    table = Base.metadata.tables.get(column.table.name)
    model = table.columns.get(column.name) if table is not None else None
    if model is None or not isinstance(model.type, Code):
        return []
    return [member.value for member in model.type.kind]


def _text(column: Column[Any], turn: int) -> str:
    assert isinstance(column.type, String)
    length = column.type.length or 40
    return f"{turn} ż {column.name}"[:length]


_MADE: tuple[tuple[type, Callable[[Column[Any], int], Any]], ...] = (
    (String, _text),
    (Boolean, lambda _, turn: turn % 2 == 0),
    (Integer, lambda _, turn: turn + 1),
    (DateTime, lambda _, turn: SENT + timedelta(hours=turn)),
    (Time, lambda _, turn: time(turn)),
    (Date, lambda _, turn: date(2026, 3, 2) + timedelta(days=turn)),
    (JSON, lambda _, turn: {"list": ["ż", turn]}),
    (LargeBinary, lambda _, turn: bytes([turn]) * 32),
)

"""A database with children's rows in it is brought to the newest schema, and nothing of it is lost.

Every earlier revision, on both databases, also when the upgrade is killed on its way.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kids_feedback.storage import schema
from kids_feedback.storage.base import Base
from kids_feedback.storage.db import BrokenReferences, engine_for
from kids_feedback.storage.encryption import give_keys
from kids_feedback.storage.tables.people import Office
from tests import sample
from tests.conftest import KEYS
from tests.storage import filled, sealed_since
from tests.storage.filled import Row, Tables
from tests.storage.test_encryption import sealed_attributes
from tests.storage.test_schema import checks

REVISIONS = schema.revisions()  # whoever asks has the files read anew
EARLIER = REVISIONS[:-1]
FULL = "0004"  # the last before tables with rows in them were altered

# Where sites are today, and where they began; the road from there leads through all between.
UPGRADED_FROM = sample.many(small=sorted({*EARLIER[::4], FULL, *EARLIER[-3:]}), full=EARLIER)
# Each write of an upgrade from each revision takes minutes: that is for ``make test-all``.
BROKEN_OFF_FROM = sample.many(small=[FULL], full=EARLIER)
STRIDE = sample.many(small=21, full=1)

# What a migration makes of a row, where that is not simply the same row: by revision and table.
# The function gets the old row, sealed columns opened; it returns the new one, or None if it goes.
MADE_OF: dict[tuple[str, str], Callable[[Row], Row | None]] = {
    **sealed_since.made_of(),
    ("0022", "follow_up"): lambda row: {  # the history says it, and did so before
        name: value for name, value in row.items() if name != "note_sealed"
    },
    ("0014", "feedback"): lambda row: {
        **row,
        "read_today": row["read_today"] and row["closed_on"] is None,  # as an alarm
    },
    ("0013", "feedback"): lambda row: {  # hearings have rows of their own, and the queue a day more
        name: value
        for name, value in row.items()
        if name not in {"hearing_on", "next_due_on"} and not name.startswith("told_")
    },
    ("0010", "feedback"): lambda row: {
        **row,
        "stage": "allocated" if row["stage"] == "given" else row["stage"],
    },
    ("0011", "feedback"): lambda row: {
        **row,
        "kind": {"wrong": "complaint", "feel": "feelings"}.get(row["door"], row["kind"])
        if row["kind"] == "note" and row["stopped_on"]
        else row["kind"],
    },
    ("0010", "device"): lambda row: {
        **row,
        "kind": "lent" if row["kind"] == "handover" else row["kind"],
    },
    ("0009", "event"): lambda row: {
        **{name: row[name] for name in ("id", "feedback_id", "person_id", "what")},
        "at": None,
        "number": 1,
        "written_on": in_utc(row["at"]).date(),
        "text_sealed": Says(row["facts"], row["note_sealed"]),
    },
    ("0007", "meeting"): lambda row: {**row, "state": "ended"},  # all of them have talked
    ("0007", "feedback"): lambda row: {
        **row,
        "next_step": "court_told" if row["next_step"] == "court" else row["next_step"],
    },
}

_WRITES = re.compile(r"\s*(CREATE|INSERT|UPDATE|DELETE|DROP|ALTER)\b")


def in_utc(at: datetime) -> datetime:
    """Return an instant in UTC, in which SQLite keeps it and does not say so."""
    return at.astimezone(UTC) if at.tzinfo else at


class Says:
    """Equals the text of a line, whatever its nonce."""

    def __init__(self, facts: Any, note: bytes | None) -> None:
        self.said = {"facts": facts, "note": None if note is None else json.loads(note)}

    def __eq__(self, other: object) -> bool:
        text = json.loads(other) if isinstance(other, bytes) else {}
        return bool(text.pop("nonce", "")) and text == self.said

    __hash__ = None  # type: ignore[assignment]


class PowerCutError(Exception):
    """Stands for whatever may end an upgrade on its way."""


def power_cut() -> None:
    raise PowerCutError


@pytest.fixture(params=UPGRADED_FROM)
def earlier(request: pytest.FixtureRequest) -> str:
    """A revision that some site may still be at."""
    revision: str = request.param
    return revision


@pytest.fixture
def site(bare_database_url: str, earlier: str) -> Iterator[Engine]:
    """A database at that revision, with rows that use every column of every table."""
    engine = engine_for(bare_database_url)
    schema.upgrade(engine, to=earlier)
    filled.fill(engine)
    yield engine
    engine.dispose()


def test_an_upgrade_keeps_every_value_and_the_program_of_today_reads_it(
    site: Engine, earlier: str
) -> None:
    before = filled.everything(site)
    assert_every_column_is_used(site, before)
    schema.upgrade(site, keys=KEYS)
    assert_kept(before, filled.everything(site), earlier)
    assert schema.differences(site) == []
    read_all(site)


@pytest.mark.parametrize("earlier", [FULL], indirect=True)
def test_references_are_enforced_again_after_an_upgrade(site: Engine) -> None:
    schema.upgrade(site, keys=KEYS)
    with Session(site) as session:
        session.add(Office(code="eastham", name="Eastham", area_code="nowhere"))
        with pytest.raises(IntegrityError):
            session.flush()


@pytest.mark.long
@pytest.mark.parametrize("earlier", BROKEN_OFF_FROM, indirect=True)
def test_an_upgrade_that_breaks_off_anywhere_changes_nothing_and_can_run_again(
    site: Engine, earlier: str
) -> None:
    before, made = filled.everything(site), tables_of(site)
    breaks = 0
    while breaks_off(site, breaks):
        assert tables_of(site) == made
        breaks += STRIDE
    assert breaks > STRIDE
    assert_kept(before, filled.everything(site), earlier)


@pytest.mark.parametrize("earlier", [FULL], indirect=True)
def test_an_upgrade_whose_process_is_killed_changes_nothing_and_can_run_again(
    site: Engine, bare_database_url: str
) -> None:
    before, made = filled.everything(site), tables_of(site)
    site.dispose()
    program = f"from {__name__} import killed_half_way; killed_half_way({bare_database_url!r})"
    killed = subprocess.run([sys.executable, "-c", program], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert tables_of(site) == made
    assert filled.everything(site) == before
    schema.upgrade(site, keys=KEYS)
    assert_kept(before, filled.everything(site), FULL)


@pytest.mark.parametrize("earlier", [FULL], indirect=True)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_rows_that_refer_to_nothing_stop_an_upgrade(site: Engine) -> None:
    """PostgreSQL never lets them in; SQLite does where somebody wrote with another tool."""
    with site.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("UPDATE talk SET recorded_by = 'nobody'")
        raw.execute("PRAGMA foreign_keys=ON")
    before = filled.everything(site)
    with pytest.raises(BrokenReferences, match=r"^talk$"):
        schema.upgrade(site, keys=KEYS)
    assert filled.everything(site) == before
    with site.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_two_upgrades_at_once_make_one_database(bare_database_url: str) -> None:
    ready = Barrier(2)

    def upgrade(_: int) -> None:
        engine = engine_for(bare_database_url)
        ready.wait()
        schema.upgrade(engine)
        engine.dispose()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(upgrade, range(2)))
    engine = engine_for(bare_database_url)
    assert schema.differences(engine) == []
    engine.dispose()


@pytest.mark.parametrize("earlier", [FULL], indirect=True)
def test_a_database_of_a_later_version_is_left_as_it_is(site: Engine) -> None:
    with site.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = tables_of(site)
    with pytest.raises(schema.NewerDatabase):
        schema.upgrade(site, keys=KEYS)
    assert tables_of(site) == before


def assert_kept(before: Tables, after: Tables, earlier: str) -> None:
    """Compare value by value; a column that came later is no matter here."""
    for table, rows in before.items():
        made = {key: made_of(table, row, earlier) for key, row in rows.items()}
        wanted = {key: row for key, row in made.items() if row is not None}
        assert after[table].keys() == wanted.keys(), table
        for key, row in wanted.items():
            assert {name: after[table][key][name] for name in row} == row, table


def read_all(engine: Engine) -> None:
    """Read every row and open every sealed column as the program does; what it cannot, fails."""
    with Session(engine) as session:
        give_keys(session, KEYS)
        for mapper in Base.registry.mappers:
            for row in session.scalars(select(mapper.class_)):
                for name in sealed_attributes(mapper.class_):
                    getattr(row, name)


def made_of(table: str, row: Row, earlier: str) -> Row | None:
    made: Row | None = row
    for revision in REVISIONS:
        if revision > earlier and made is not None and (revision, table) in MADE_OF:
            made = MADE_OF[revision, table](made)
    return made


def assert_every_column_is_used(engine: Engine, tables: Tables) -> None:
    inspector = inspect(engine)
    assert {*tables, "alembic_version"} == set(inspector.get_table_names())
    for table, rows in tables.items():
        for column in inspector.get_columns(table):
            values = [row[column["name"]] for row in rows.values()]
            assert any(value is not None for value in values), (table, column["name"])
            assert any(value is None for value in values) == column["nullable"]


def tables_of(engine: Engine) -> dict[str, object]:
    """Return how the tables are made, and the revision at which the database says it is."""
    inspector = inspect(engine)
    with engine.connect() as connection:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    columns = {
        table: {column["name"]: (str(column["type"]), column["nullable"]) for column in found}
        for (_, table), found in inspector.get_multi_columns().items()
    }
    return {"revision": revision, "columns": columns, "checks": checks(engine)}


def breaks_off(engine: Engine, turn: int, end: Callable[[], None] = power_cut) -> bool:
    """Upgrade, and ``end`` it before one of its writes; False: it was complete before that."""
    writes = 0

    def count(_: Connection, __: object, statement: str, *others: object) -> None:
        nonlocal writes
        if _WRITES.match(statement):
            writes += 1
            if writes == turn + 1:
                end()

    event.listen(engine, "before_cursor_execute", count)
    try:
        schema.upgrade(engine, keys=KEYS)
    except PowerCutError:
        return True
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return False


def killed_half_way(url: str) -> None:
    """Upgrade, and be killed between two writes. Runs in a process of its own."""
    breaks_off(engine_for(url), 20, lambda: os.kill(os.getpid(), signal.SIGKILL))

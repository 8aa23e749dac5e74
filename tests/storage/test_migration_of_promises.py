"""What the revision makes of the rows before it: causes, sums, and since when contact is owed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, Table

from kids_feedback.storage.db import engine_for

BEFORE, THEN = "0005", "0006"
AT = datetime(2026, 3, 5, 10, tzinfo=UTC)
LATE_AT_NIGHT = datetime(2026, 4, 8, 23, 30, tzinfo=UTC)  # the next day in London
REASON = b"sealed, and opened by nobody"


@pytest.fixture
def before(bare_database_url: str) -> Iterator[Engine]:
    """A database at the revision before."""
    engine = engine_for(bare_database_url)
    migrate(engine, BEFORE)
    yield engine
    engine.dispose()


def migrate(engine: Engine, revision: str, move: Any = command.upgrade) -> None:
    config = Config()
    config.set_main_option("script_location", "kids_feedback:storage/migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        move(config, revision)


class Old:
    """Rows as they were, with whatever else their tables ask for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tables = MetaData()
        self._tables.reflect(connection)
        self.add("person", id="max", name="Max", folded="max")

    def add(self, table: str, **columns: Any) -> None:
        there: Table = self._tables.tables[table]
        asked = {
            column.name: _something(column)
            for column in there.columns
            if not column.nullable and column.name not in columns
        }
        self._connection.execute(there.insert().values(**{**asked, **columns}))

    def case(self, id_: str, **columns: Any) -> None:
        plain = {"door": "wrong", "kind": "complaint", "age_band": "8-11", "stage": "talked"}
        marks = {"key": id_, "fingerprint": id_.encode().ljust(32)}
        self.add("feedback", id=id_, **{**plain, **marks, **columns})

    def line(self, case: str, what: str, at: datetime = AT, **facts: Any) -> None:
        number = len(facts) + len(what)
        ids = {"id": f"{case} {what}"[:22], "feedback_id": case, "number": number}
        self.add("event", at=at, what=what, facts=facts, **ids)

    def delay(self, id_: str, case: str, promise: str = "talk", at: datetime = AT) -> None:
        reason = None if id_ == "no reason" else REASON
        who = {"feedback_id": case, "said_by": "max"}
        self.add("delay", id=id_, promise=promise, said_at=at, reason_sealed=reason, **who)


def _something(column: Any) -> Any:
    plain = {
        "DATE": date(2026, 3, 2),
        "DATETIME": AT,
        "TIMESTAMP": AT,
        "JSON": [],
        "BOOLEAN": False,
        "INTEGER": 0,
    }
    name = str(column.type).split("(")[0].split(" ")[0]
    return plain.get(name, "x")


def rows(engine: Engine, table: str, *columns: str) -> dict[str, Any]:
    with engine.connect() as connection:
        there = Table(table, MetaData(), autoload_with=connection)
        found = connection.execute(there.select()).mappings()
        return {row["id"]: tuple(row[name] for name in columns) for row in found}


def test_the_history_tells_why_a_promise_was_put_off(before: Engine) -> None:
    with before.begin() as connection:
        old = Old(connection)
        for case in ("a", "b", "c", "d"):
            old.case(case)
        old.line("a", "meeting_picked", starts_at="2026-03-18T16:00:00+00:00")
        old.delay("picked", "a")
        old.line("b", "meeting_agreed")
        old.delay("no reason", "b")
        old.line("c", "delayed", promise="talk")
        old.delay("said of a talk", "c")
        old.line("d", "meeting_picked")
        old.delay("said of an answer", "d", promise="answer")
    migrate(before, THEN)
    assert rows(before, "delay", "because", "reason_sealed") == {
        "picked": ("child_picked", REASON),
        "no reason": ("meeting_later", None),
        "said of a talk": ("said", REASON),
        "said of an answer": ("said", REASON),
    }


def test_the_history_tells_what_a_sum_left_out(before: Engine) -> None:
    with before.begin() as connection:
        old = Old(connection)
        old.case("sum", talk_on=date(2026, 3, 5), answer_by=date(2026, 4, 7))
        old.case("none", stage="given")
        old.line("sum", "log_talk", answer_by="2026-04-02", not_counted=[])
        old.line(
            "sum",
            "redated",
            LATE_AT_NIGHT,
            closed_day="2026-03-25",
            answer_by="2026-04-07",
            answer_by_before="2026-04-02",
        )
        old.line("none", "redated", closed_day="2026-03-25", talk_by="2026-04-07")
    migrate(before, THEN)
    assert rows(before, "feedback", "answer_not_counted") == {
        "sum": (["2026-03-25", "2026-04-03", "2026-04-06"],),
        "none": (None,),
    }


def test_the_history_tells_since_when_contact_is_promised(before: Engine) -> None:
    with before.begin() as connection:
        old = Old(connection)
        old.case("asked")
        old.case("always")
        old.line("asked", "contact_changed", LATE_AT_NIGHT, contact_by="2026-04-14")
        old.line("always", "contact_changed", LATE_AT_NIGHT, method="phone")
    migrate(before, THEN)
    assert rows(before, "feedback", "asked_on") == {
        "asked": (date(2026, 4, 9),),
        "always": (None,),
    }


def test_nothing_is_lost_on_the_way_back(before: Engine) -> None:
    with before.begin() as connection:
        old = Old(connection)
        old.case("a")
        old.line("a", "meeting_picked")
        old.delay("picked", "a")
    kept = rows(before, "delay", "promise", "old_on", "new_on", "reason_sealed")
    migrate(before, THEN)
    migrate(before, BEFORE, command.downgrade)
    assert rows(before, "delay", "promise", "old_on", "new_on", "reason_sealed") == kept

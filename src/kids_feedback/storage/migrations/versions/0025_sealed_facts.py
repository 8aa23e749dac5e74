"""What no query needs is sealed, whom a complaint is about too; and answers without a name lose
their order.

Of the columns that are sealed each goes, with what was in it, into one sealed column of its row. An
order within a case is a number. Where a day is enough, the instant becomes one.

Revises: 0024
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import context, op

from kids_feedback.storage.encryption import CannotOpen, Keys

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_LOCAL = ZoneInfo("Europe/London")
_STEP = 512  # bytes: what is sealed is filled up with blanks to a multiple of that
_APRIL, _OCTOBER = 4, 10
_CHILDS = ("wish", "pass_on", "age_band", "method", "supporter", "share", "look", "meeting_at")
_NO_ORDER = ("leaf", "office_day", "rating")


@dataclass(frozen=True)
class _Sealing:
    """Which columns of a table go into which sealed one."""

    table: str
    into: str
    plain: tuple[str, ...]
    sealed: Mapping[str, str]  # a column that was sealed alone, by its new name


_SEALINGS = (
    _Sealing("feedback", "glance_sealed", _CHILDS, {"name": "name_sealed"}),
    _Sealing("hearing", "hour_sealed", ("hearing_at",), {}),
    _Sealing("about", "who_sealed", ("person_id", "certain"), {}),
    _Sealing(
        "talk",
        "said_sealed",
        ("way", "still_wants"),
        {"present": "present_sealed", "wants": "wants_sealed"},
    ),
    _Sealing("answer", "how_sealed", ("delivered_how",), {}),
    _Sealing("answer_change", "how_sealed", ("given_how",), {}),
    _Sealing("follow_up", "outcome_sealed", ("outcome",), {}),
    _Sealing(
        "meeting", "answer_sealed", ("starts_at",), {"place": "place_sealed", "wish": "wish_sealed"}
    ),
    _Sealing("alarm", "decided_sealed", ("decision",), {"note": "note_sealed"}),
)
_DAYS = (  # table, the column with the instant, the one with its day
    ("feedback", "meeting_at", "meeting_on"),
    ("talk", "struck_at", "struck_on"),
    ("answer", "approved_at", "approved_on"),
    ("answer", "read_at", "read_on"),
    ("answer_change", "approved_at", "approved_on"),
    ("answer_change", "read_at", "read_on"),
)
_WRITTEN = {  # by which instant what belongs to a case is in order
    "drawing": "made_at",
    "letter": "written_at",
    "meeting": "offered_at",
    "talk": "recorded_at",
}

_INSTANT, _BYTES = sa.DateTime(timezone=True), sa.LargeBinary()
_CODE, _WAY = sa.String(40), sa.String(16)
_BEFORE: dict[str, dict[sa.types.TypeEngine[Any], str]] = {  # what goes; "!": never empty
    "feedback": {
        _BYTES: "name_sealed",
        _CODE: "wish pass_on age_band! method supporter",
        sa.Boolean(): "share!",
        _WAY: "look!",
        _INSTANT: "received_at! meeting_at",
    },
    "hearing": {sa.Time(): "hearing_at"},
    "about": {sa.String(22): "person_id!", sa.Boolean(): "certain!"},
    "talk": {
        _WAY: "way!",
        sa.Boolean(): "still_wants",
        _BYTES: "present_sealed wants_sealed",
        _INSTANT: "recorded_at! struck_at",
    },
    "answer": {_WAY: "delivered_how", _INSTANT: "approved_at read_at"},
    "answer_change": {_WAY: "given_how", _INSTANT: "approved_at read_at"},
    "follow_up": {_CODE: "outcome"},
    "letter": {_INSTANT: "written_at!"},
    "meeting": {_BYTES: "place_sealed wish_sealed", _INSTANT: "starts_at offered_at! answered_at"},
    "drawing": {_INSTANT: "made_at!"},
    "alarm": {_CODE: "decision", _BYTES: "note_sealed"},
}


def upgrade() -> None:
    keys = _keys()
    for table, at, on in _DAYS:
        op.add_column(table, sa.Column(on, sa.Date(), nullable=True))
        _change(table, (at,), _into_day(at, on))
    for table, at in _WRITTEN.items():
        op.add_column(table, sa.Column("number", sa.Integer(), nullable=True))
        _number(table, at)
    op.add_column("about", sa.Column("person_key", sa.LargeBinary(33), nullable=True))
    _change("about", ("person_id",), lambda row: {"person_key": _key(keys, row.person_id)})
    for sealing in _SEALINGS:
        op.add_column(sealing.table, sa.Column(sealing.into, sa.LargeBinary(), nullable=True))
        _change(
            sealing.table,
            (*sealing.plain, *sealing.sealed.values()),
            _into_one(keys, sealing),
        )
    _cut_messages()
    _change("leaf", ("left_on",), lambda row: {"left_on": row.left_on.replace(day=1)})
    _change("office_day", ("given_on",), lambda row: {"given_on": _half_year(row.given_on)})
    _drop()
    for table in _NO_ORDER:
        with op.batch_alter_table(
            table,
            recreate="always" if op.get_bind().dialect.name == "sqlite" else "never",
            table_kwargs={"sqlite_with_rowid": False},
        ):
            pass


def downgrade() -> None:
    """Take empty tables back. From what was sealed only a backup leads back."""
    if op.get_bind().scalar(sa.select(sa.func.count()).select_from(sa.table("feedback"))):
        raise NotImplementedError("facts were sealed, and instants cut: restore the backup")
    op.drop_index(op.f("ix_about_person_key"), table_name="about")
    for table, before in _BEFORE.items():
        with op.batch_alter_table(table) as batch:
            for column in _new(table):
                batch.drop_column(column)
            for kind, names in before.items():
                for name in names.split():
                    needed = name.endswith("!")
                    batch.add_column(sa.Column(name.rstrip("!"), kind, nullable=not needed))
    with op.batch_alter_table("about") as batch:
        batch.create_foreign_key(op.f("fk_about_person_id_person"), "person", ["person_id"], ["id"])
        batch.create_index(op.f("ix_about_person_id"), ["person_id"])


def _new(table: str) -> list[str]:
    """Return the columns that a table did not have before."""
    sealed = [sealing.into for sealing in _SEALINGS if sealing.table == table]
    days = [day for of, _, day in _DAYS if of == table]
    more = ["number"] * (table in _WRITTEN) + ["person_key"] * (table == "about")
    return [*sealed, *days, *more]


def _drop() -> None:
    op.drop_index(op.f("ix_about_person_id"), table_name="about")
    for table, before in _BEFORE.items():
        with op.batch_alter_table(table) as batch:
            if table == "about":
                batch.drop_constraint(op.f("fk_about_person_id_person"), type_="foreignkey")
                batch.alter_column("person_key", existing_type=sa.LargeBinary(33), nullable=False)
                batch.create_index(op.f("ix_about_person_key"), ["person_key"])
            if table in _WRITTEN:
                batch.alter_column("number", existing_type=sa.Integer(), nullable=False)
            for name in " ".join(before.values()).replace("!", "").split():
                batch.drop_column(name)


def _keys() -> Keys | None:
    """Return the keys, which must be those of this database: facts are sealed with them.

    Raises:
        CannotOpen: there are none, or they are those of another, and something is to be sealed.
    """
    keys: Keys | None = context.config.attributes.get("keys")
    sentinel = sa.table(
        "sentinel", sa.column("id", sa.String), sa.column("text_sealed", sa.LargeBinary)
    )
    if keys is not None:
        kept = sa.select(sentinel).where(sentinel.c.text_sealed.is_not(None))
        for row in op.get_bind().execute(kept):
            keys.open(row.text_sealed, f"sentinel.text_sealed.{row.id}")
    return keys


def _change(
    table: str, columns: tuple[str, ...], change: Callable[[sa.Row[Any]], dict[str, Any]]
) -> None:
    """Write something new into each row, made of some of its columns."""
    rows = _table(table)
    read = sa.select(rows.c.id, *(rows.c[column] for column in columns))
    for row in op.get_bind().execute(read).all():
        op.execute(sa.update(rows).where(rows.c.id == row.id).values(**change(row)))


def _into_day(at: str, on: str) -> Callable[[sa.Row[Any]], dict[str, Any]]:
    return lambda row: {on: _day(getattr(row, at))}


def _into_one(keys: Keys | None, sealing: _Sealing) -> Callable[[sa.Row[Any]], dict[str, Any]]:
    return lambda row: {sealing.into: _sealed(keys, sealing, row)}


def _number(table: str, at: str) -> None:
    rows, before = _table(table), defaultdict[str, int](int)
    read = sa.select(rows.c.id, rows.c.feedback_id).order_by(rows.c[at], rows.c.id)
    for row in op.get_bind().execute(read).all():
        before[row.feedback_id] += 1
        number = before[row.feedback_id]
        op.execute(sa.update(rows).where(rows.c.id == row.id).values(number=number))


def _table(name: str) -> sa.Table:
    """Return a table as the database shows it now."""
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)


def _sealed(keys: Keys | None, sealing: _Sealing, row: sa.Row[Any]) -> bytes | None:
    facts = {name: _text(getattr(row, name)) for name in sealing.plain}
    for name, column in sealing.sealed.items():
        kept = getattr(row, column)
        place = f"{sealing.table}.{column}.{row.id}"
        facts[name] = None if kept is None else json.loads(_known(keys).open(kept, place))
    said = {name: fact for name, fact in facts.items() if fact is not None}
    if not said:
        return None
    plain = json.dumps(said, ensure_ascii=False).encode()
    filled = plain.ljust(-(-len(plain) // _STEP) * _STEP)
    return _known(keys).seal(filled, f"{sealing.table}.{sealing.into}.{row.id}")


def _key(keys: Keys | None, person_id: str) -> bytes:
    return _known(keys).digest(person_id.encode(), "about.person_key")


def _known(keys: Keys | None) -> Keys:
    if keys is None:
        raise CannotOpen("facts cannot be sealed without the keys")
    return keys


def _text(value: Any) -> Any:
    """Return what JSON has no word for as text: instants in UTC."""
    if isinstance(value, datetime):
        return _instant(value).isoformat()
    return value.isoformat() if isinstance(value, date | time) else value


def _instant(at: datetime) -> datetime:
    """Return an instant with its zone, which SQLite does not keep."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _day(at: datetime | None) -> date | None:
    return None if at is None else _instant(at).astimezone(_LOCAL).date()


def _half_year(day: date) -> date:
    """Return the first day of the half-year."""
    if day.month < _APRIL:
        return date(day.year - 1, _OCTOBER, 1)
    return date(day.year, _APRIL if day.month < _OCTOBER else _OCTOBER, 1)


def _cut_messages() -> None:
    """Leave of each message the minute in which it was put down."""
    rows = _table("message")
    for at in (rows.c.created_at, rows.c.not_before):
        if op.get_bind().dialect.name == "sqlite":
            minute = sa.func.substr(at, 1, 16).concat(":00.000000")
        else:
            minute = sa.func.date_trunc("minute", at)
        op.execute(sa.update(rows).values({at: minute}))

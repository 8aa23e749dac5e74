"""Lines of a history in the form that they keep: numbered, dated by the day, sealed, committed to.

"How we did" leaves no line any more, only that it was said: a line would lead to the rating.

Revises: 0008
"""

import json
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import context, op

from kids_feedback.storage import commitments
from kids_feedback.storage.commitments import Line
from kids_feedback.storage.encryption import CannotOpen, Keys

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_LOCAL = ZoneInfo("Europe/London")
_TIMED = {"opened_words", "opened_contact", "handover", "log_try", "new_words"}

_feedback = sa.table("feedback", sa.column("id", sa.String), sa.column("rated", sa.Boolean))
_sentinel = sa.table(
    "sentinel", sa.column("id", sa.String), sa.column("text_sealed", sa.LargeBinary)
)
_event = sa.table(
    "event",
    sa.column("id", sa.String),
    sa.column("feedback_id", sa.String),
    sa.column("number", sa.Integer),
    sa.column("written_on", sa.Date),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("person_id", sa.String),
    sa.column("what", sa.String),
    sa.column("facts", sa.JSON),
    sa.column("note_sealed", sa.LargeBinary),
    sa.column("text_sealed", sa.LargeBinary),
    sa.column("text_digest", sa.LargeBinary),
    sa.column("commitment", sa.LargeBinary),
)


def upgrade() -> None:
    op.add_column(
        "feedback", sa.Column("rated", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("event", sa.Column("written_on", sa.Date(), nullable=True))
    op.add_column("event", sa.Column("text_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("event", sa.Column("text_digest", sa.LargeBinary(length=32), nullable=True))
    op.add_column("event", sa.Column("commitment", sa.LargeBinary(length=33), nullable=True))
    op.drop_index("ix_event_history", table_name="event")
    with op.batch_alter_table("event") as batch:
        batch.alter_column("at", existing_type=sa.DateTime(timezone=True), nullable=True)
    _take_out_ratings()
    _write_anew()
    with op.batch_alter_table("event") as batch:
        batch.alter_column("written_on", existing_type=sa.Date(), nullable=False)
        batch.alter_column("text_digest", existing_type=sa.LargeBinary(32), nullable=False)
        batch.alter_column("commitment", existing_type=sa.LargeBinary(33), nullable=False)
        batch.drop_column("facts")
        batch.drop_column("note_sealed")
        batch.create_unique_constraint(
            op.f("uq_event_feedback_id_number"), ["feedback_id", "number"]
        )


def downgrade() -> None:
    """Take an empty history back. From one with lines only a backup leads back."""
    if op.get_bind().scalar(sa.select(sa.func.count()).select_from(_event)):
        raise NotImplementedError("lines were sealed, and ratings taken out: restore the backup")
    with op.batch_alter_table("event") as batch:
        batch.drop_constraint(op.f("uq_event_feedback_id_number"), type_="unique")
        batch.add_column(sa.Column("facts", sa.JSON(), nullable=False))
        batch.add_column(sa.Column("note_sealed", sa.LargeBinary(), nullable=True))
        batch.alter_column("at", existing_type=sa.DateTime(timezone=True), nullable=False)
        for column in ("written_on", "text_sealed", "text_digest", "commitment"):
            batch.drop_column(column)
    op.create_index("ix_event_history", "event", ["feedback_id", "at"], unique=False)
    with op.batch_alter_table("feedback") as batch:
        batch.drop_column("rated")


def _take_out_ratings() -> None:
    rated = sa.select(_event.c.feedback_id).where(_event.c.what == "rated")
    op.execute(sa.update(_feedback).where(_feedback.c.id.in_(rated)).values(rated=True))
    op.execute(sa.delete(_event).where(_event.c.what == "rated"))


def _write_anew() -> None:
    """Number the lines of each case, and seal and commit to each."""
    by_case = _event.c.feedback_id, _event.c.at, _event.c.number, _event.c.id
    lines = op.get_bind().execute(sa.select(_event).order_by(*by_case)).all()
    keys = _keys() if lines else None
    for _, of_case in groupby(lines, lambda line: line.feedback_id):
        for number, line in enumerate(of_case, start=1):
            assert keys is not None  # noqa: S101 - there are lines
            op.execute(
                sa.update(_event).where(_event.c.id == line.id).values(**_new(keys, line, number))
            )


def _keys() -> Keys:
    """Return the keys, which must be those of this database: lines are sealed with them.

    Raises:
        CannotOpen: there are none, or they are those of another.
    """
    keys: Keys | None = context.config.attributes.get("keys")
    if keys is None:
        raise CannotOpen("lines of a history cannot be sealed without the keys")
    sentinels = sa.select(_sentinel).where(_sentinel.c.text_sealed.is_not(None))
    for row in op.get_bind().execute(sentinels):
        keys.open(row.text_sealed, f"sentinel.text_sealed.{row.id}")
    return keys


def _new(keys: Keys, line: sa.Row[Any], number: int) -> dict[str, Any]:
    text = commitments.new_text(line.facts, _note(keys, line))
    at = _instant(line.at)
    fixed = Line(
        id=line.id,
        feedback_id=line.feedback_id,
        number=number,
        written_on=at.astimezone(_LOCAL).date(),
        at=at if line.what in _TIMED else None,
        person_id=line.person_id,
        what=line.what,
        text_digest=commitments.digest_of(text),
    )
    plain = json.dumps(text, ensure_ascii=False).encode()
    return {
        "number": number,
        "written_on": fixed.written_on,
        "at": fixed.at,
        "text_sealed": keys.seal(plain, f"event.text_sealed.{line.id}"),
        "text_digest": fixed.text_digest,
        "commitment": commitments.commit(keys, fixed),
    }


def _note(keys: Keys, line: sa.Row[Any]) -> str | None:
    if line.note_sealed is None:
        return None
    note: str = json.loads(keys.open(line.note_sealed, f"event.note_sealed.{line.id}"))
    return note


def _instant(at: datetime) -> datetime:
    """Return an instant with its zone, which SQLite does not keep."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at

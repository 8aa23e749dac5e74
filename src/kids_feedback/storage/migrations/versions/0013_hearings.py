"""Hearings are rows of their own, each with its notice; the court is found out about by a day.

What the one row of a case says becomes a hearing, and one more where it tells of another that the
court was told for. Since when a day was known, the newest line about it says. By when it is found
out is counted without bank holidays: an existing case is asked about a day sooner at the most.

Revises: 0012
"""

import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_WORKING_DAYS = 2  # to find out
_SATURDAY = 5

_feedback = sa.table(
    "feedback",
    sa.column("id", sa.String),
    sa.column("kind", sa.String),
    sa.column("received_on", sa.Date),
    sa.column("closed_on", sa.Date),
    sa.column("next_due_on", sa.Date),
    sa.column("ongoing", sa.Boolean),
    sa.column("court_by", sa.Date),
    sa.column("court_asked_on", sa.Date),
    sa.column("hearing_on", sa.Date),
    sa.column("told_complaint_on", sa.Date),
    sa.column("told_doing_on", sa.Date),
    sa.column("told_for_on", sa.Date),
)
_event = sa.table(
    "event",
    sa.column("feedback_id", sa.String),
    sa.column("what", sa.String),
    sa.column("written_on", sa.Date),
)
_hearing = sa.table(
    "hearing",
    sa.column("id", sa.String),
    sa.column("feedback_id", sa.String),
    sa.column("number", sa.Integer),
    sa.column("state", sa.String),
    sa.column("hearing_on", sa.Date),
    sa.column("known_on", sa.Date),
    sa.column("moved_to_on", sa.Date),
    sa.column("told_complaint_on", sa.Date),
    sa.column("told_doing_on", sa.Date),
    sa.column("child_told_on", sa.Date),
)
_OLD = ("hearing_on", "told_complaint_on", "told_doing_on", "told_for_on")


def upgrade() -> None:
    op.create_table(
        "hearing",
        sa.Column("feedback_id", sa.String(length=22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("hearing_on", sa.Date(), nullable=True),
        sa.Column("hearing_at", sa.Time(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("moved_to_on", sa.Date(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("told_complaint_on", sa.Date(), nullable=True),
        sa.Column("told_doing_on", sa.Date(), nullable=True),
        sa.Column("child_told_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_hearing_feedback_id_feedback")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
        sa.UniqueConstraint("feedback_id", "number", name=op.f("uq_hearing_feedback_id_number")),
    )
    op.add_column("feedback", sa.Column("court_by", sa.Date(), nullable=True))
    op.add_column("feedback", sa.Column("court_asked_on", sa.Date(), nullable=True))
    for row in op.get_bind().execute(sa.select(_feedback)).all():
        hearings = list(_hearings(row))
        if hearings:
            op.execute(sa.insert(_hearing).values(hearings))
        op.execute(sa.update(_feedback).where(_feedback.c.id == row.id).values(**_asked(row)))
    with op.batch_alter_table("feedback") as batch:
        for column in _OLD:
            batch.drop_column(column)


def downgrade() -> None:
    """Keep the newest hearing of each case that stands, as the one row had it."""
    for column in _OLD:
        op.add_column("feedback", sa.Column(column, sa.Date(), nullable=True))
    stand = sa.select(_hearing).where(_hearing.c.state.in_(("listed", "held", "awaited")))
    for row in op.get_bind().execute(stand.order_by(_hearing.c.number)).all():
        op.execute(
            sa.update(_feedback)
            .where(_feedback.c.id == row.feedback_id)
            .values(
                hearing_on=row.hearing_on,
                told_complaint_on=row.told_complaint_on,
                told_doing_on=row.told_doing_on,
                told_for_on=row.hearing_on if row.told_doing_on else None,
            )
        )
    with op.batch_alter_table("feedback") as batch:
        batch.drop_column("court_asked_on")
        batch.drop_column("court_by")
    op.drop_table("hearing")


def _hearings(row: sa.Row[Any]) -> Iterator[dict[str, Any]]:
    """Yield the hearings that a case tells of, the oldest first."""
    known_on = _newest(row.id, "court_hearing") or row.received_on
    told = {"told_complaint_on": row.told_complaint_on, "told_doing_on": row.told_doing_on}
    told["child_told_on"] = _newest(row.id, "court_child_told")
    another = row.told_for_on and row.told_for_on != row.hearing_on
    common = {"feedback_id": row.id, "known_on": known_on, "moved_to_on": None}
    if another:
        yield {
            **common,
            **told,
            "id": secrets.token_urlsafe(16),
            "number": 1,
            "state": "moved" if row.hearing_on else "vacated",
            "hearing_on": row.told_for_on,
            "known_on": row.received_on,
            "moved_to_on": row.hearing_on,
        }
        told["told_doing_on"] = None  # it is told again
    if row.hearing_on or (not another and any(told.values())):
        yield {
            **common,
            **told,
            "id": secrets.token_urlsafe(16),
            "number": 2 if another else 1,
            "state": "listed" if row.hearing_on else "awaited",
            "hearing_on": row.hearing_on,
        }


def _newest(case_id: str, what: str) -> date | None:
    """Return the day of the newest line of a case that says ``what``."""
    lines = sa.select(sa.func.max(_event.c.written_on))
    found = op.get_bind().scalar(
        lines.where(_event.c.feedback_id == case_id, _event.c.what == what)
    )
    return found if isinstance(found, date) or found is None else date.fromisoformat(found)


def _asked(row: sa.Row[Any]) -> dict[str, Any]:
    """Return by when it is found out; where that is due next, the row is sorted by it."""
    told_already = row.hearing_on is None and row.told_complaint_on and row.told_doing_on
    if row.ongoing is False or (told_already and row.told_for_on is None):
        return {"court_by": None, "court_asked_on": None}
    asked_on = max(row.hearing_on or row.received_on, row.received_on)
    by = _after(asked_on)
    first = min(by, row.next_due_on) if row.next_due_on else by
    sorted_by = first if row.kind == "complaint" and row.closed_on is None else row.next_due_on
    return {"court_by": by, "court_asked_on": asked_on, "next_due_on": sorted_by}


def _after(day: date) -> date:
    """Return the last of two weekdays after ``day``."""
    left = _WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day

"""When somebody tries again to reach a child, and when they meet: days that drive the queue.

Until now a try kept "contacted_on". What was kept so stays.

Revises: 0015
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_feedback = sa.table(
    "feedback",
    sa.column("id", sa.String),
    sa.column("stage", sa.String),
    sa.column("manager_id", sa.String),
    sa.column("next_step", sa.String),
    sa.column("next_due_on", sa.Date),
    sa.column("meeting_at", sa.DateTime(timezone=True)),
)
_meeting = sa.table(
    "meeting",
    sa.column("feedback_id", sa.String),
    sa.column("state", sa.String),
    sa.column("offered_at", sa.DateTime(timezone=True)),
    sa.column("offered_by", sa.String),
    sa.column("starts_at", sa.DateTime(timezone=True)),
)


_TO_TALK = ("log_try", "log_talk")  # what comes next where a meeting still counts


def upgrade() -> None:
    op.add_column("feedback", sa.Column("next_attempt_on", sa.Date(), nullable=True))
    op.add_column("feedback", sa.Column("meeting_at", sa.DateTime(timezone=True), nullable=True))
    _tell_meetings()


def downgrade() -> None:
    op.execute("UPDATE feedback SET next_step = 'log_talk' WHERE next_step = 'meeting_outcome'")
    op.drop_column("feedback", "meeting_at")
    op.drop_column("feedback", "next_attempt_on")


def _tell_meetings() -> None:
    """Keep the meeting of each case in which one is agreed; its day counts in the queue."""
    connection = op.get_bind()
    wanted = (
        sa.select(
            _feedback.c.id,
            _feedback.c.manager_id,
            _feedback.c.next_due_on,
            _meeting.c.state,
            _meeting.c.offered_by,
            _meeting.c.starts_at,
        )
        .join(_meeting, _meeting.c.feedback_id == _feedback.c.id)
        .where(_feedback.c.stage == "allocated", _feedback.c.next_step.in_(_TO_TALK))
        .order_by(_meeting.c.offered_at)
    )
    newest = {found.id: found for found in connection.execute(wanted)}
    for found in newest.values():
        if found.state != "agreed" or found.offered_by != found.manager_id or not found.starts_at:
            continue
        due_on: date = found.starts_at.date()
        connection.execute(
            sa.update(_feedback)
            .where(_feedback.c.id == found.id)
            .values(
                meeting_at=found.starts_at,
                next_step="meeting_outcome",
                next_due_on=min(due_on, found.next_due_on or due_on),
            )
        )

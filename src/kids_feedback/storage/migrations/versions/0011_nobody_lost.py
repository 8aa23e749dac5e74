"""Who stands in for whom, whose step it is, what is to be followed up; a stop is no note.

What a child stopped is a complaint that was withdrawn, and is counted as one (ruling R22).

Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_CODES, _DAYS = ("fallback", "next_owner"), ("follow_up_by", "news_on", "stop_asked_on")
_OWNERS = {
    "customer_service": ("route",),
    "head_of_practice": ("acknowledge", "give", "approve", "pass_on", "close"),
    "local_manager": ("write", "log_talk", "log_try", "deliver"),
}
_feedback = sa.table(
    "feedback",
    sa.column("kind", sa.String),
    sa.column("door", sa.String),
    sa.column("stage", sa.String),
    sa.column("stopped_on", sa.Date),
    sa.column("next_step", sa.String),
    sa.column("next_owner", sa.String),
)


def upgrade() -> None:
    for name in _CODES:
        op.add_column("feedback", sa.Column(name, sa.String(40), nullable=True))
    for name in _DAYS:
        op.add_column("feedback", sa.Column(name, sa.Date(), nullable=True))
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("deputy_id", sa.String(22), nullable=True))
        table.add_column(sa.Column("away_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("away_until", sa.Date(), nullable=True))
        table.add_column(sa.Column("last_resort", sa.String(40), nullable=True))
        table.create_foreign_key("fk_person_deputy_id_person", "person", ["deputy_id"], ["id"])
        table.create_index("ix_person_deputy_id", ["deputy_id"])
    op.create_table(
        "follow_up",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("feedback_id", sa.String(22), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("owner", sa.String(40), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(22), nullable=True),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["feedback_id"], ["feedback.id"]),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_follow_up_feedback_id", "follow_up", ["feedback_id"])
    _say_whose_step_it_is()
    _keep_what_was_stopped()


def downgrade() -> None:
    stopped = _feedback.c.stopped_on.is_not(None)
    op.execute(_feedback.update().where(stopped).values(kind="note"))
    op.drop_table("follow_up")
    with op.batch_alter_table("person") as table:
        table.drop_index("ix_person_deputy_id")
        table.drop_constraint("fk_person_deputy_id_person", type_="foreignkey")
        for name in ("last_resort", "away_until", "away_on", "deputy_id"):
            table.drop_column(name)
    for name in (*_DAYS, *_CODES):
        op.drop_column("feedback", name)


def _say_whose_step_it_is() -> None:
    for owner, steps in _OWNERS.items():
        theirs = _feedback.c.next_step.in_(steps)
        op.execute(_feedback.update().where(theirs).values(next_owner=owner))
    delivered = sa.and_(_feedback.c.stage == "delivered", _feedback.c.next_step == "close")
    op.execute(_feedback.update().where(delivered).values(next_owner="local_manager"))


def _keep_what_was_stopped() -> None:
    stopped = sa.and_(_feedback.c.kind == "note", _feedback.c.stopped_on.is_not(None))
    for door, kind in (("wrong", "complaint"), ("feel", "feelings")):
        theirs = sa.and_(stopped, _feedback.c.door == door)
        op.execute(_feedback.update().where(theirs).values(kind=kind))

"""Alarms of children who may not be safe, who was told of them, and who is on duty.

What a child ticked before now, in a case that is open, has no decision: it becomes an alarm, which
the worker tells people of. ``read_today`` says from here on that an alarm is undecided.

Revises: 0013
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_feedback = sa.table(
    "feedback",
    sa.column("id", sa.String),
    sa.column("read_today", sa.Boolean),
    sa.column("received_at", _INSTANT),
    sa.column("closed_on", sa.Date),
)
_alarm = sa.table(
    "alarm",
    sa.column("id", sa.String),
    sa.column("feedback_id", sa.String),
    sa.column("raised_at", _INSTANT),
    sa.column("round", sa.Integer),
    sa.column("next_round_at", _INSTANT),
)


def upgrade() -> None:
    op.add_column(
        "area",
        sa.Column("outside_hours", sa.String(length=200), nullable=False, server_default=""),
    )
    op.create_table(
        "alarm",
        sa.Column("feedback_id", sa.String(length=22), nullable=False),
        sa.Column("raised_at", _INSTANT, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("next_round_at", _INSTANT, nullable=True),
        sa.Column("decided_at", _INSTANT, nullable=True),
        sa.Column("decision", sa.String(length=40), nullable=True),
        sa.Column("decided_by", sa.String(length=22), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_alarm_feedback_id_feedback")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_alarm_decided_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
    )
    op.create_index(op.f("ix_alarm_feedback_id"), "alarm", ["feedback_id"])
    op.create_index(op.f("ix_alarm_next_round_at"), "alarm", ["next_round_at"])
    op.create_table(
        "alarm_told",
        sa.Column("alarm_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["alarm_id"], ["alarm.id"], name=op.f("fk_alarm_told_alarm_id_alarm")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_alarm_told_person_id_person")
        ),
        sa.PrimaryKeyConstraint("alarm_id", "person_id", name=op.f("pk_alarm_told")),
    )
    op.create_index(op.f("ix_alarm_told_person_id"), "alarm_told", ["person_id"])
    op.create_table(
        "duty",
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("area_code", sa.String(length=40), nullable=True),
        sa.Column("weekdays", sa.String(length=7), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_duty_person_id_person")
        ),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_duty_area_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    op.create_index(op.f("ix_duty_person_id"), "duty", ["person_id"])
    op.create_index(op.f("ix_duty_area_code"), "duty", ["area_code"])
    _raise_what_is_open()


def downgrade() -> None:
    op.drop_table("duty")
    op.drop_table("alarm_told")
    op.drop_table("alarm")
    op.drop_column("area", "outside_hours")


def _raise_what_is_open() -> None:
    ticked = sa.select(_feedback.c.id, _feedback.c.received_at).where(
        _feedback.c.read_today, _feedback.c.closed_on.is_(None)
    )
    for row in op.get_bind().execute(ticked).all():
        op.execute(
            sa.insert(_alarm).values(
                id=secrets.token_urlsafe(16),
                feedback_id=row.id,
                raised_at=row.received_at,
                round=0,
                next_round_at=row.received_at,
            )
        )
    ended = sa.update(_feedback).where(_feedback.c.read_today, _feedback.c.closed_on.is_not(None))
    op.execute(ended.values(read_today=False))

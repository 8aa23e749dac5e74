"""A way back: struck talks, a second version of an answer, endings of their own.

Of talks that are kept already nobody knows whether the child still wanted it looked into.

Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_OF_CASES = (("ended_as", 40), ("same_as_id", 22), ("change", 40))


def upgrade() -> None:
    for name, length in _OF_CASES:
        op.add_column("feedback", sa.Column(name, sa.String(length=length), nullable=True))
    op.add_column("talk", sa.Column("still_wants", sa.Boolean(), nullable=True))
    op.add_column("talk", sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "answer_change",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("feedback_id", sa.String(length=22), nullable=False),
        sa.Column("parts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("before_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("written_by", sa.String(length=22), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.String(length=22), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("given_how", sa.String(length=16), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_answer_change_approved_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_answer_change_feedback_id_feedback")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_answer_change_written_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_change")),
    )
    op.create_index(op.f("ix_answer_change_feedback_id"), "answer_change", ["feedback_id"])


def downgrade() -> None:
    op.drop_table("answer_change")
    op.drop_column("talk", "struck_at")
    op.drop_column("talk", "still_wants")
    for name, _ in reversed(_OF_CASES):
        op.drop_column("feedback", name)

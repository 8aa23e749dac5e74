"""What is asked for behind the secret words waits until a person has made sure of it.

What was asked for before was done at once, and stays done.

Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feedback", sa.Column("requested_on", sa.Date(), nullable=True))
    op.add_column("feedback", sa.Column("way_not_used", sa.String(length=40), nullable=True))
    op.create_table(
        "request",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("feedback_id", sa.String(length=22), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_again_on", sa.Date(), nullable=True),
        sa.Column("given_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("found", sa.String(length=40), nullable=True),
        sa.Column("proposed_by", sa.String(length=22), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=22), nullable=True),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_request_feedback_id_feedback")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["person.id"], name=op.f("fk_request_proposed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_request_decided_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
    )
    op.create_index(op.f("ix_request_feedback_id"), "request", ["feedback_id"])


def downgrade() -> None:
    op.drop_table("request")
    op.drop_column("feedback", "way_not_used")
    op.drop_column("feedback", "requested_on")

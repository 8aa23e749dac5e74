"""A half-year that was released to the board can be taken back; what they saw is kept.

Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "summary_taken_back",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("ends", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.String(length=22), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_by", sa.String(length=22), nullable=False),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["released_by"],
            ["person.id"],
            name=op.f("fk_summary_taken_back_released_by_person"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_by"],
            ["person.id"],
            name=op.f("fk_summary_taken_back_taken_back_by_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_taken_back")),
        sa.UniqueConstraint("ends", "number", name=op.f("uq_summary_taken_back_ends_number")),
    )


def downgrade() -> None:
    op.drop_table("summary_taken_back")

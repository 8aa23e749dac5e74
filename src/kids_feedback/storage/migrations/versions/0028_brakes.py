"""Slow down whoever guesses, know where people signed in before, and fold mail to staff.

Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "brake",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("back_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_brake")),
    )
    op.create_index(op.f("ix_brake_back_at"), "brake", ["back_at"])
    op.create_table(
        "known_place",
        sa.Column("person_id", sa.String(22), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_known_place_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "digest", name=op.f("pk_known_place")),
    )
    op.create_index(op.f("ix_known_place_last_on"), "known_place", ["last_on"])
    op.add_column("message", sa.Column("folded_into", sa.String(22), nullable=True))
    op.create_index(op.f("ix_message_folded_into"), "message", ["folded_into"])


def downgrade() -> None:
    op.drop_index(op.f("ix_message_folded_into"), table_name="message")
    op.drop_column("message", "folded_into")
    op.drop_table("known_place")
    op.drop_table("brake")

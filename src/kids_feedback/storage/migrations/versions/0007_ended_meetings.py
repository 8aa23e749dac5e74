"""Meetings end with what they were for: after the talk, a stop, or another way of the case.

The step of the court has become four, of which telling it is the one to wait for.

Revises: 0006
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE meeting SET state = 'ended' WHERE feedback_id IN (SELECT id FROM feedback"
        " WHERE talk_on IS NOT NULL OR stage NOT IN ('acknowledged', 'given')"
        " OR kind NOT IN ('complaint', 'feelings'))"
    )
    op.execute("UPDATE feedback SET next_step = 'court_told' WHERE next_step = 'court'")


def downgrade() -> None:
    """What state meetings were in is not known any more; nothing shows them."""
    op.execute("UPDATE feedback SET next_step = 'court' WHERE next_step = 'court_told'")

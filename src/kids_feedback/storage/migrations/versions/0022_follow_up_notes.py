"""What was done about something to follow up is in the history, and kept nowhere else.

Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("follow_up", "note_sealed")


def downgrade() -> None:
    op.add_column("follow_up", sa.Column("note_sealed", sa.LargeBinary(), nullable=True))

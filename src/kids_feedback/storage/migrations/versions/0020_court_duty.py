"""The court need not hear of a withdrawn complaint, once the Head of Practice says why.

Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feedback", sa.Column("court_duty_ended_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("feedback", "court_duty_ended_on")

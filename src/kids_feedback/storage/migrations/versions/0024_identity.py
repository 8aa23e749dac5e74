"""Who a child is in the case file is checked before anything about the case is told.

Of what was sent before nobody has checked. An answer that is out stays readable until somebody
doubts who reads it.

Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feedback", sa.Column("identity", sa.String(40), nullable=True))
    op.add_column("feedback", sa.Column("identity_on", sa.Date(), nullable=True))
    op.add_column(
        "letter",
        sa.Column("nothing_of_case", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    with op.batch_alter_table("letter") as table:
        table.alter_column("nothing_of_case", server_default=None)


def downgrade() -> None:
    op.drop_column("letter", "nothing_of_case")
    op.drop_column("feedback", "identity_on")
    op.drop_column("feedback", "identity")

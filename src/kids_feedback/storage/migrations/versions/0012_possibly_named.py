"""Who is only possibly named is told apart from who is (ruling R21).

Whoever was kept until now has exactly the name that was typed, or was named by staff.

Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "about", sa.Column("certain", sa.Boolean(), nullable=False, server_default=sa.true())
    )


def downgrade() -> None:
    with op.batch_alter_table("about") as table:
        table.drop_column("certain")

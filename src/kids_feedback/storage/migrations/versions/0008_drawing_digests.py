"""A keyed digest beside each drawing, to compare without opening it. Old ones get it when needed.

Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("drawing", sa.Column("digest", sa.LargeBinary(length=33), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("drawing") as batch:
        batch.drop_column("digest")

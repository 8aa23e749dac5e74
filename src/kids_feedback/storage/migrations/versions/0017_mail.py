"""A message says whether it goes to the child, and in which language it is written.

Of those that are there, what goes to staff has one subject that no letter to a child ever had.

Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TO_STAFF = "Something in your queue needs you"


def upgrade() -> None:
    op.add_column(
        "message", sa.Column("to_child", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        "message", sa.Column("language", sa.String(8), nullable=False, server_default="en")
    )
    rows = sa.table(
        "message",
        sa.column("feedback_id", sa.String),
        sa.column("subject", sa.String),
        sa.column("to_child", sa.Boolean),
    )
    to_child = sa.and_(rows.c.feedback_id.is_not(None), rows.c.subject != _TO_STAFF)
    op.execute(rows.update().where(to_child).values(to_child=True))
    with op.batch_alter_table("message") as table:
        table.alter_column("to_child", server_default=None)
        table.alter_column("language", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("message") as table:
        table.drop_column("language")
        table.drop_column("to_child")

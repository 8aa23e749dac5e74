"""A message says whom it is for, not where it goes; and it has an end.

Of those that still wait, what goes to staff is for whoever has the case: two subjects tell it from
an alarm, which is for one person, who is found by the address it was written to.

Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_QUEUE = "Something in your queue needs you"
_US = "%Cafcass%"  # in the subject of a letter that says who we are, in every language


def upgrade() -> None:
    op.add_column(
        "message", sa.Column("names_us", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("message", sa.Column("role", sa.String(40), nullable=True))
    op.add_column("message", sa.Column("person_id", sa.String(22), nullable=True))
    op.add_column("message", sa.Column("tried_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("message", sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True))
    rows = sa.table(
        "message",
        sa.column("feedback_id", sa.String),
        sa.column("subject", sa.String),
        sa.column("to_child", sa.Boolean),
        sa.column("names_us", sa.Boolean),
        sa.column("role", sa.String),
    )
    letters = sa.and_(rows.c.to_child, rows.c.subject.like(_US))
    op.execute(rows.update().where(letters).values(names_us=True))
    to_staff = sa.and_(~rows.c.to_child, rows.c.feedback_id.is_not(None), rows.c.subject == _QUEUE)
    op.execute(rows.update().where(to_staff).values(role="local_manager"))
    with op.batch_alter_table("message") as table:
        table.alter_column("names_us", server_default=None)
        table.create_foreign_key(
            op.f("fk_message_person_id_person"), "person", ["person_id"], ["id"]
        )
        table.create_index(op.f("ix_message_person_id"), ["person_id"])


def downgrade() -> None:
    with op.batch_alter_table("message") as table:
        table.drop_index(op.f("ix_message_person_id"))
        table.drop_constraint(op.f("fk_message_person_id_person"), type_="foreignkey")
        for name in ("given_up_at", "tried_since", "person_id", "role", "names_us"):
            table.drop_column(name)

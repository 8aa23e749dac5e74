"""Who closed a day or opened it, the bank holidays as they were known, letters that came back.

Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_BY = ("added_by", "opened_by")


def upgrade() -> None:
    with op.batch_alter_table("closed_day") as batch:
        batch.add_column(sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
        for name in _BY:
            batch.add_column(sa.Column(name, sa.String(length=22), nullable=True))
            batch.create_foreign_key(op.f(f"fk_closed_day_{name}_person"), "person", [name], ["id"])
    op.create_table(
        "known_holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("release", sa.String(length=40), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("went_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_known_holiday")),
    )
    op.add_column("feedback", sa.Column("posted_on", sa.Date(), nullable=True))
    op.add_column("feedback", sa.Column("not_arrived", sa.String(length=40), nullable=True))
    _tell_what_was_posted()


def downgrade() -> None:
    op.drop_column("feedback", "not_arrived")
    op.drop_column("feedback", "posted_on")
    op.drop_table("known_holiday")
    # Who runs the older version knows no day that was opened again: to it, each is closed.
    op.execute("DELETE FROM closed_day WHERE opened_at IS NOT NULL")
    with op.batch_alter_table("closed_day") as batch:
        for name in _BY:
            batch.drop_constraint(op.f(f"fk_closed_day_{name}_person"), type_="foreignkey")
            batch.drop_column(name)
        batch.drop_column("opened_at")


def _tell_what_was_posted() -> None:
    """An answer that went by letter was posted on the day on which it was recorded."""
    op.execute(
        "UPDATE feedback SET posted_on = delivered_on WHERE delivered_on IS NOT NULL AND id IN"
        " (SELECT feedback_id FROM answer WHERE delivered_how = 'letter')"
    )

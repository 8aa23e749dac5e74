"""What happens to an account is kept; a message may carry a one-time link, sealed.

Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_event",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=True),
        sa.Column("by_id", sa.String(length=22), nullable=True),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("untold", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_account_event_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_account_event_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_event")),
    )
    op.create_index(op.f("ix_account_event_at"), "account_event", ["at"])
    op.create_index(op.f("ix_account_event_untold"), "account_event", ["untold"])
    op.create_index("ix_account_event_person", "account_event", ["person_id", "what", "at"])
    op.create_table(
        "account_event_area",
        sa.Column("event_id", sa.String(length=22), nullable=False),
        sa.Column("area_code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["account_event.id"],
            name=op.f("fk_account_event_area_event_id_account_event"),
        ),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_account_event_area_area_code_area")
        ),
        sa.PrimaryKeyConstraint("event_id", "area_code", name=op.f("pk_account_event_area")),
    )
    op.create_index(op.f("ix_account_event_area_area_code"), "account_event_area", ["area_code"])
    for name in ("missed_passwords", "missed_codes"):
        column = sa.Column(name, sa.Integer(), nullable=False, server_default="0")
        op.add_column("person", column)
    op.add_column("person", sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("person") as table:
        table.alter_column("missed_passwords", server_default=None)
        table.alter_column("missed_codes", server_default=None)
        table.create_index(op.f("ix_person_missed_at"), ["missed_at"])
    op.add_column("message", sa.Column("link_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("message", sa.Column("link_digest", sa.String(64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("message") as table:
        table.drop_column("link_digest")
        table.drop_column("link_sealed")
    with op.batch_alter_table("person") as table:
        table.drop_index(op.f("ix_person_missed_at"))
        for name in ("missed_at", "missed_codes", "missed_passwords"):
            table.drop_column(name)
    op.drop_table("account_event_area")
    op.drop_table("account_event")

"""People and how they get in; visits; working days; what was released.

Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_area")),
    )
    op.create_table(
        "closed_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_closed_day")),
    )
    op.create_table(
        "person",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("folded", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "customer_service",
                "head_of_practice",
                "local_manager",
                "board_reviewer",
                "board_secretary",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("line_manager_id", sa.String(length=22), nullable=True),
        sa.Column("about_me", sa.String(length=500), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_manager_id"], ["person.id"], name=op.f("fk_person_line_manager_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_index(op.f("ix_person_folded"), "person", ["folded"], unique=False)
    op.create_index(op.f("ix_person_line_manager_id"), "person", ["line_manager_id"], unique=False)
    op.create_table(
        "sentinel",
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sentinel")),
    )
    op.create_table(
        "office",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("area_code", sa.String(length=40), nullable=False),
        sa.Column("towns", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_office_area_code_area")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_office")),
    )
    op.create_index(op.f("ix_office_area_code"), "office", ["area_code"], unique=False)
    op.create_table(
        "person_area",
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("area_code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_person_area_area_code_area")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_area_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "area_code", name=op.f("pk_person_area")),
    )
    op.create_index(op.f("ix_person_area_area_code"), "person_area", ["area_code"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "digest", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "summary",
        sa.Column("ends", sa.String(length=7), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["released_by"], ["person.id"], name=op.f("fk_summary_released_by_person")
        ),
        sa.PrimaryKeyConstraint("ends", name=op.f("pk_summary")),
    )
    op.create_table(
        "ticket",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_ticket_person_id_person")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_ticket")),
    )
    op.create_index(op.f("ix_ticket_person_id"), "ticket", ["person_id"], unique=False)
    op.create_table(
        "visit",
        sa.Column("person_id", sa.String(length=22), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("state_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_visit_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_person_id"), "visit", ["person_id"], unique=False)
    op.create_index(op.f("ix_visit_seen_at"), "visit", ["seen_at"], unique=False)
    op.create_table(
        "person_office",
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("office_code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_code"], ["office.code"], name=op.f("fk_person_office_office_code_office")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_office_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "office_code", name=op.f("pk_person_office")),
    )
    op.create_index(
        op.f("ix_person_office_office_code"), "person_office", ["office_code"], unique=False
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_index(op.f("ix_person_office_office_code"), table_name="person_office")
    op.drop_table("person_office")
    op.drop_index(op.f("ix_visit_seen_at"), table_name="visit")
    op.drop_index(op.f("ix_visit_person_id"), table_name="visit")
    op.drop_table("visit")
    op.drop_index(op.f("ix_ticket_person_id"), table_name="ticket")
    op.drop_table("ticket")
    op.drop_table("summary")
    op.drop_table("recovery_code")
    op.drop_index(op.f("ix_person_area_area_code"), table_name="person_area")
    op.drop_table("person_area")
    op.drop_index(op.f("ix_office_area_code"), table_name="office")
    op.drop_table("office")
    op.drop_table("sentinel")
    op.drop_index(op.f("ix_person_line_manager_id"), table_name="person")
    op.drop_index(op.f("ix_person_folded"), table_name="person")
    op.drop_table("person")
    op.drop_table("closed_day")
    op.drop_table("area")
    # ### end Alembic commands ###

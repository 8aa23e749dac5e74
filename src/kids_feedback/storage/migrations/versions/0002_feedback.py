"""What children send, and whom it may be about.

Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("key", sa.String(length=22), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "door",
            sa.Enum(
                "wrong",
                "good",
                "feel",
                name="door",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "complaint",
                "compliment",
                "note",
                "feelings",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "wish",
            sa.Enum(
                "look_into",
                "just_know",
                "ask",
                name="wish",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "pass_on",
            sa.Enum(
                "with_name",
                "without_name",
                "no",
                name="passon",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("primary_topic", sa.String(length=40), nullable=False),
        sa.Column(
            "age_band",
            sa.Enum(
                "4-7",
                "8-11",
                "12-14",
                "15-17",
                "18+",
                "not_said",
                name="ageband",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "method",
            sa.Enum(
                "phone",
                "letter",
                "email",
                "meet",
                "here",
                "none",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("supporter", sa.String(length=40), nullable=True),
        sa.Column("slip", sa.String(length=6), nullable=True),
        sa.Column("share", sa.Boolean(), nullable=False),
        sa.Column("read_today", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("look", sa.String(length=16), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("helper_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("area_code", sa.String(length=40), nullable=True),
        sa.Column("office_code", sa.String(length=40), nullable=True),
        sa.Column("manager_id", sa.String(length=22), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "received",
                "acknowledged",
                "given",
                "talked",
                "written",
                "approved",
                "delivered",
                "closed",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "next_step",
            sa.Enum(
                "route",
                "acknowledge",
                "give",
                "offer",
                "log_try",
                "log_talk",
                "write",
                "submit",
                "approve",
                "send_back",
                "deliver",
                "pass_on",
                "court",
                "name_worker",
                "say_ended",
                "close",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("warn_on", sa.Date(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("routed_by", sa.Date(), nullable=False),
        sa.Column("read_by", sa.Date(), nullable=False),
        sa.Column("contact_by", sa.Date(), nullable=False),
        sa.Column("talk_by", sa.Date(), nullable=False),
        sa.Column("pass_on_by", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("contacted_on", sa.Date(), nullable=True),
        sa.Column("talk_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("ongoing", sa.Boolean(), nullable=True),
        sa.Column("hearing_on", sa.Date(), nullable=True),
        sa.Column("told_complaint_on", sa.Date(), nullable=True),
        sa.Column("told_doing_on", sa.Date(), nullable=True),
        sa.Column("told_for_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.CheckConstraint(
            "answer_by IS NULL OR talk_on IS NOT NULL", name=op.f("ck_feedback_clock_needs_a_talk")
        ),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_feedback_area_code_area")
        ),
        sa.ForeignKeyConstraint(
            ["manager_id"], ["person.id"], name=op.f("fk_feedback_manager_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["office_code"], ["office.code"], name=op.f("fk_feedback_office_code_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_feedback_fingerprint")),
        sa.UniqueConstraint("key", name=op.f("uq_feedback_key")),
        sa.UniqueConstraint("slip", name=op.f("uq_feedback_slip")),
    )
    op.create_index(
        "ix_feedback_mine", "feedback", ["manager_id", "closed_on", "next_due_on"], unique=False
    )
    op.create_index(op.f("ix_feedback_office_code"), "feedback", ["office_code"], unique=False)
    op.create_index(
        "ix_feedback_queue", "feedback", ["area_code", "closed_on", "next_due_on"], unique=False
    )
    op.create_index(op.f("ix_feedback_received_on"), "feedback", ["received_on"], unique=False)
    op.create_table(
        "about",
        sa.Column("feedback_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("line_manager_may", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_about_feedback_id_feedback")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_about_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_about")),
    )
    op.create_index(op.f("ix_about_feedback_id"), "about", ["feedback_id"], unique=False)
    op.create_index(op.f("ix_about_person_id"), "about", ["person_id"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_index(op.f("ix_about_person_id"), table_name="about")
    op.drop_index(op.f("ix_about_feedback_id"), table_name="about")
    op.drop_table("about")
    op.drop_index(op.f("ix_feedback_received_on"), table_name="feedback")
    op.drop_index("ix_feedback_queue", table_name="feedback")
    op.drop_index(op.f("ix_feedback_office_code"), table_name="feedback")
    op.drop_index("ix_feedback_mine", table_name="feedback")
    op.drop_table("feedback")
    # ### end Alembic commands ###

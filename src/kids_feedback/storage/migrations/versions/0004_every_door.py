"""Kiosks, drawings, leaves, meetings, delays, and how children found it.

Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rating",
        sa.Column("half_year", sa.String(length=7), nullable=False),
        sa.Column("listened", sa.String(length=8), nullable=True),
        sa.Column("kept_word", sa.String(length=8), nullable=True),
        sa.Column("easy", sa.String(length=8), nullable=True),
        sa.Column("better", sa.String(length=8), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
    )
    op.create_index(op.f("ix_rating_half_year"), "rating", ["half_year"], unique=False)
    op.create_table(
        "improvement",
        sa.Column("said", sa.String(length=500), nullable=False),
        sa.Column("did", sa.String(length=500), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=True),
        sa.Column("written_by", sa.String(length=22), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_improvement_written_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement")),
    )
    op.create_table(
        "device",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "own",
                "kiosk",
                "handover",
                name="screenkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("office_code", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=22), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_device_made_by_person")),
        sa.ForeignKeyConstraint(
            ["office_code"], ["office.code"], name=op.f("fk_device_office_code_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("digest", name=op.f("uq_device_digest")),
    )
    op.create_table(
        "leaf",
        sa.Column("office_code", sa.String(length=40), nullable=True),
        sa.Column("shape", sa.String(length=16), nullable=False),
        sa.Column("picture", sa.String(length=16), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "shown",
                "private",
                name="leafstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("shown_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.String(length=22), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_code"], ["office.code"], name=op.f("fk_leaf_office_code_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaf")),
        sa.UniqueConstraint("key", name=op.f("uq_leaf_key")),
    )
    op.create_index(op.f("ix_leaf_office_code"), "leaf", ["office_code"], unique=False)
    op.create_table(
        "leaf_check",
        sa.Column("leaf_id", sa.String(length=22), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "shown",
                "private",
                name="leafstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["leaf_id"], ["leaf.id"], name=op.f("fk_leaf_check_leaf_id_leaf")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_leaf_check_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaf_check")),
    )
    op.create_index(op.f("ix_leaf_check_leaf_id"), "leaf_check", ["leaf_id"], unique=False)
    op.create_table(
        "office_day",
        sa.Column("office_code", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=22), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("friendly", sa.String(length=8), nullable=True),
        sa.Column("greeted", sa.String(length=8), nullable=True),
        sa.Column("on_time", sa.String(length=8), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_code"], ["office.code"], name=op.f("fk_office_day_office_code_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_day")),
        sa.UniqueConstraint("key", name=op.f("uq_office_day_key")),
    )
    op.create_index(op.f("ix_office_day_office_code"), "office_day", ["office_code"], unique=False)
    op.create_table(
        "delay",
        sa.Column("feedback_id", sa.String(length=22), nullable=False),
        sa.Column("promise", sa.String(length=16), nullable=False),
        sa.Column("old_on", sa.Date(), nullable=False),
        sa.Column("new_on", sa.Date(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(length=22), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_delay_feedback_id_feedback")
        ),
        sa.ForeignKeyConstraint(["said_by"], ["person.id"], name=op.f("fk_delay_said_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delay")),
    )
    op.create_index(op.f("ix_delay_feedback_id"), "delay", ["feedback_id"], unique=False)
    op.create_table(
        "drawing",
        sa.Column("feedback_id", sa.String(length=22), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("png_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_drawing_feedback_id_feedback")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawing")),
    )
    op.create_index(op.f("ix_drawing_feedback_id"), "drawing", ["feedback_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("feedback_id", sa.String(length=22), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "offered",
                "suggested",
                "agreed",
                "cancelled",
                "declined",
                name="meetingstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_by", sa.String(length=22), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("wish_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_meeting_feedback_id_feedback")
        ),
        sa.ForeignKeyConstraint(
            ["offered_by"], ["person.id"], name=op.f("fk_meeting_offered_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index(op.f("ix_meeting_feedback_id"), "meeting", ["feedback_id"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_index(op.f("ix_meeting_feedback_id"), table_name="meeting")
    op.drop_table("meeting")
    op.drop_index(op.f("ix_drawing_feedback_id"), table_name="drawing")
    op.drop_table("drawing")
    op.drop_index(op.f("ix_delay_feedback_id"), table_name="delay")
    op.drop_table("delay")
    op.drop_index(op.f("ix_office_day_office_code"), table_name="office_day")
    op.drop_table("office_day")
    op.drop_index(op.f("ix_leaf_check_leaf_id"), table_name="leaf_check")
    op.drop_table("leaf_check")
    op.drop_index(op.f("ix_leaf_office_code"), table_name="leaf")
    op.drop_table("leaf")
    op.drop_table("device")
    op.drop_table("improvement")
    op.drop_index(op.f("ix_rating_half_year"), table_name="rating")
    op.drop_table("rating")
    # ### end Alembic commands ###

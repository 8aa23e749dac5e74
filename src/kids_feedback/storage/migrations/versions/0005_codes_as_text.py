"""Codes as plain text: the database lists none of them any more (docs/adr/0017).

Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# By table and column: what the column's CHECK is called, and the codes that it listed.
CODES = {
    "person": {
        "role": (
            "ck_person_role",
            "customer_service head_of_practice local_manager"
            " board_reviewer board_secretary administrator",
        ),
    },
    "feedback": {
        "door": ("ck_feedback_door", "wrong good feel"),
        "kind": ("ck_feedback_kind", "complaint compliment note feelings"),
        "wish": ("ck_feedback_wish", "look_into just_know ask"),
        "pass_on": ("ck_feedback_passon", "with_name without_name no"),
        "age_band": ("ck_feedback_ageband", "4-7 8-11 12-14 15-17 18+ not_said"),
        "method": ("ck_feedback_method", "phone letter email meet here none"),
        "stage": (
            "ck_feedback_stage",
            "received acknowledged given talked written approved delivered closed",
        ),
        "next_step": (
            "ck_feedback_step",
            "route acknowledge give offer log_try log_talk write submit approve send_back deliver"
            " pass_on court name_worker say_ended close",
        ),
    },
    "device": {"kind": ("ck_device_screenkind", "own kiosk handover")},
    "leaf": {"state": ("ck_leaf_leafstate", "waiting shown private")},
    "leaf_check": {"state": ("ck_leaf_check_leafstate", "waiting shown private")},
    "meeting": {
        "state": ("ck_meeting_meetingstate", "offered suggested agreed cancelled declined"),
    },
}


def upgrade() -> None:
    for table, columns in CODES.items():
        with op.batch_alter_table(table) as batch:
            for column, (check, _) in columns.items():
                # op.f: that is the whole name; without it its beginning would be doubled.
                batch.drop_constraint(op.f(check), type_="check")
                batch.alter_column(column, existing_type=sa.String(32), type_=sa.String(40))


def downgrade() -> None:
    for table, columns in CODES.items():
        with op.batch_alter_table(table) as batch:
            for column, (check, codes) in columns.items():
                batch.alter_column(column, existing_type=sa.String(40), type_=sa.String(32))
                listed = sa.column(column).in_(codes.split())
                batch.create_check_constraint(op.f(check), listed)

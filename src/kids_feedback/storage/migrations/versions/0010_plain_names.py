"""Codes get the field's names: a case is allocated, a device is lent.

The codes of steps stay: the lines of histories commit to them.

Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# table, column: old code -> new code
RENAMED = {
    ("feedback", "stage"): {"given": "allocated"},
    ("device", "kind"): {"handover": "lent"},
}


def upgrade() -> None:
    for (table, column), codes in RENAMED.items():
        _rename(table, column, codes)


def downgrade() -> None:
    for (table, column), codes in RENAMED.items():
        _rename(table, column, {new: old for old, new in codes.items()})


def _rename(table: str, column: str, codes: dict[str, str]) -> None:
    rows = sa.table(table, sa.column(column))
    for old, new in codes.items():
        op.execute(rows.update().where(rows.c[column] == old).values({column: new}))

"""Which rule of the database was broken, and whether that can be because somebody was faster."""

import re
from functools import cache
from typing import Any

from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from kids_feedback.storage.base import Base

RACES = frozenset(
    {
        "uq_feedback_key",  # one form sent twice at once: a double tap
        "uq_feedback_fingerprint",  # two children draw the same secret words at the same moment
        "uq_feedback_slip",  # … or the same code for a drawing on paper
        "uq_leaf_key",  # one form sent twice at once
        "uq_office_day_key",  # one form sent twice at once
        "uq_device_digest",  # one form sent twice at once
        "pk_improvement",  # one form sent twice at once
        "pk_person",  # one form sent twice at once
        "uq_answer_feedback_id",  # two people begin the answer of one case
        "uq_person_email",  # two administrators add the same person
        "pk_person_area",  # two administrators give somebody the same area
        "pk_person_office",  # two administrators give somebody the same office
        "pk_area",  # two operators add the same area
        "pk_office",  # two operators add the same office
        "pk_closed_day",  # two administrators close the same day
        "pk_known_holiday",  # two processes start with the same new bank holiday
        "pk_summary",  # two secretaries release the same half-years
        "uq_summary_taken_back_ends_number",  # … or take the same one back
        "pk_visit",  # two requests of one browser begin its visit
    }
)  # the unique keys that two people can meet at; any other rule is broken by ourselves alone

_COLUMNS = re.compile(r"UNIQUE constraint failed: (?P<columns>[\w., ]+)")
_NAMED = re.compile(r"CHECK constraint failed: (?P<name>\w+)")
_NULL = re.compile(r"NOT NULL constraint failed: (?P<column>[\w.]+)")


def broken_by(error: IntegrityError) -> str:
    """Return the name of the rule that was broken, the same one on both databases.

    A column that may not be empty is named "table.column"; a missing row that others refer to is
    "foreign key" on SQLite, which does not say more.
    """
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return _said_by_postgresql(diagnosis)
    return _said_by_sqlite(str(error.orig))


def _said_by_postgresql(diagnosis: Any) -> str:
    return diagnosis.constraint_name or f"{diagnosis.table_name}.{diagnosis.column_name}"


def _said_by_sqlite(text: str) -> str:
    """SQLite names the columns of a unique key, and only the rule of a CHECK."""
    if found := _COLUMNS.search(text):
        return _unique_keys().get(found["columns"], found["columns"])
    if found := _NAMED.search(text):
        return found["name"]
    if found := _NULL.search(text):
        return found["column"]
    return "foreign key"


@cache
def _unique_keys() -> dict[str, str]:
    """Return the names of the models' unique keys, by their columns as SQLite lists them."""
    return {
        ", ".join(f"{table.name}.{column.name}" for column in key.columns): str(key.name)
        for table in Base.metadata.tables.values()
        for key in table.constraints
        if isinstance(key, PrimaryKeyConstraint | UniqueConstraint)
    }

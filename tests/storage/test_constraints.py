"""A rule of the database that is broken is a fault of ours, unless two people can meet at it."""

from datetime import date

import pytest
from sqlalchemy import Connection, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from kids_feedback.domain.errors import BrokenConstraint, EditConflict
from kids_feedback.storage.base import Base
from kids_feedback.storage.constraints import RACES, broken_by
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.people import Area, Office
from tests.make import a_complaint
from tests.storage import filled

CANARY = "Wagtail"
UNIQUE_KEYS = {
    str(key.name): key
    for table in Base.metadata.sorted_tables
    for key in table.constraints
    if isinstance(key, PrimaryKeyConstraint | UniqueConstraint)
}


def test_every_race_is_a_unique_key_that_is_there() -> None:
    assert UNIQUE_KEYS.keys() > RACES


def test_a_unique_key_has_one_name_on_both_databases(transactions: Transactions) -> None:
    tables = filled.tables_of(transactions.engine).sorted_tables
    for name, key in UNIQUE_KEYS.items():
        with pytest.raises(IntegrityError) as refused, transactions.engine.begin() as connection:
            meet_at(key, tables, connection)
        assert broken_by(refused.value) == name


def test_two_who_save_the_same_form_at_once_are_no_fault(transactions: Transactions) -> None:
    with transactions() as session:
        key = a_complaint(session).key
    with pytest.raises(EditConflict), transactions() as session:
        a_complaint(session, key=key)


def test_a_key_that_nobody_can_meet_at_is_a_fault(transactions: Transactions) -> None:
    with transactions() as session:
        known = a_complaint(session).id
    with pytest.raises(BrokenConstraint, match=r"^pk_feedback$"), transactions() as session:
        a_complaint(session, id=known)


def test_a_broken_check_is_a_fault_and_says_which(transactions: Transactions) -> None:
    name = "ck_feedback_clock_needs_a_talk"
    with pytest.raises(BrokenConstraint, match=f"^{name}$"), transactions() as session:
        a_complaint(session, answer_by=date(2026, 3, 30))


def test_a_value_that_must_not_be_missing_is_a_fault_and_says_which(
    transactions: Transactions,
) -> None:
    with pytest.raises(BrokenConstraint, match=r"^area\.name$"), transactions() as session:
        session.add(Area(code="east"))


def test_a_reference_to_nothing_is_a_fault(transactions: Transactions, database: str) -> None:
    name = {"sqlite": "foreign key", "postgresql": "fk_office_area_code_area"}[database]
    with pytest.raises(BrokenConstraint, match=f"^{name}$"), transactions() as session:
        session.add(Office(code="eastham", name="Eastham", area_code="nowhere"))


def test_no_error_of_the_database_quotes_what_was_written(transactions: Transactions) -> None:
    with pytest.raises(BrokenConstraint) as refused, transactions() as session:
        session.add(Office(code="eastham", name=CANARY, area_code="nowhere"))
    cause = refused.value.__cause__
    assert isinstance(cause, IntegrityError)
    assert "INSERT INTO office" in str(cause)
    assert CANARY not in str(cause)


def meet_at(
    key: PrimaryKeyConstraint | UniqueConstraint, tables: list[Table], connection: Connection
) -> None:
    """Add two rows that are alike in that key and in no other, and the rows they refer to."""
    kept: dict[str, list[filled.Row]] = {table.name: [] for table in tables}
    for table in tables:
        rows = kept[table.name]
        rows.extend(filled.a_row(table, turn, kept) for turn in range(2))
        if table.name == key.table.name:
            rows[1] |= {column.name: rows[0][column.name] for column in key.columns}
        connection.execute(table.insert(), rows)

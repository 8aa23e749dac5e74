"""Answers without a name: no order that a database keeps leads from one to the case beside it."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from kids_feedback.domain.child.leaves import LeafPicture, LeafShape, LeafState, Tap
from kids_feedback.services.child import replies
from kids_feedback.services.feedback_tree import leaves, office_days
from kids_feedback.services.feedback_tree.leaves import NewLeaf
from kids_feedback.services.site import mixing
from kids_feedback.storage.base import Base
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.learning import Rating
from kids_feedback.storage.tables.leaves import Leaf, LeafCheck, OfficeDay
from tests.make import NOW, a_person, an_office
from tests.services.acts import a_childs_act
from tests.services.child.test_replies import answered

CHILDREN = 20
FIRST = date(2026, 3, 2)
TABLES = ("leaf", "office_day", "rating")
Order = Sequence[int]  # of children, as somebody who has the database finds them


@pytest.fixture
def told(transactions: Transactions) -> dict[str, int]:
    """Each child answers, rates, leaves a leaf and taps how the office was, on a day of their own.

    Returns the child by the id of each row.
    """
    found: dict[str, int] = {}
    with transactions() as db:
        an_office(db)
    for child in range(CHILDREN):
        day = FIRST + timedelta(days=child)
        with transactions() as db:
            row = answered(db)
            row.received_on = day
            replies.rate(a_childs_act(db, row, day), {"listened": "yes"}, "")
            new = NewLeaf(
                office="eastham",
                shape=LeafShape.OAK,
                picture=next(iter(LeafPicture)),
                words="",
                public=True,
            )
            leaves.leave(db, new, f"leaf {child}", today=day)
            taps = {"friendly": Tap.YES, "greeted": None, "on_time": None}
            office_days.give(db, "eastham", f"day {child}", **taps, today=day)
            found[row.id] = child
            for table in (Rating, Leaf, OfficeDay):
                rows = db.scalars(select(table.id))
                found.update({id_: child for id_ in rows if id_ not in found})
    return found


def orders_of(db: Session, table: str) -> dict[str, list[str]]:
    """Return the ids of a table's rows in every order that its database keeps."""
    if db.get_bind().dialect.name == "sqlite":
        order = "rowid" if table == "feedback" else "1 + 1"
        return {order: list(db.scalars(text(f"SELECT id FROM {table} ORDER BY {order}")))}  # noqa: S608
    return {
        order: list(db.scalars(text(f"SELECT id FROM {table} ORDER BY {order}")))  # noqa: S608
        for order in ("ctid", "xmin::text::bigint, ctid")
    }


def orders_of_cases(db: Session) -> list[list[str]]:
    """Return the ids of the cases by day, and by the last line of their history."""
    by_line = select(Event.case_id).order_by(Event.written_on, Event.number)
    return [
        list(db.scalars(select(Case.id).order_by(Case.received_on))),
        list(dict.fromkeys(db.scalars(by_line))),
        *orders_of(db, "feedback").values(),
    ]


def linked(db: Session, told: dict[str, int], table: str) -> int:
    """Return for how many children the best of these orders leads from their case to their row."""
    return max(
        sum(told[one] == told[other] for one, other in zip(cases, rows, strict=True))
        for cases in orders_of_cases(db)
        if len(cases) == CHILDREN
        for rows in orders_of(db, table).values()
    )


@pytest.mark.parametrize("table", TABLES)
def test_no_order_leads_from_a_case_to_what_was_said_without_a_name(
    transactions: Transactions, told: dict[str, int], table: str
) -> None:
    with transactions() as db:
        mixing.mix(db, today=FIRST)
    with transactions.reading() as db:
        assert linked(db, told, table) <= CHILDREN // 2


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", TABLES)
def test_postgresql_tells_it_until_the_worker_has_mixed_them(
    transactions: Transactions, told: dict[str, int], table: str
) -> None:
    """So the attack above is one that works."""
    with transactions.reading() as db:
        assert linked(db, told, table) == CHILDREN


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", TABLES)
def test_sqlite_gives_these_rows_no_number(transactions: Transactions, table: str) -> None:
    with transactions.reading() as db, pytest.raises(OperationalError, match="rowid"):
        db.execute(text(f"SELECT rowid FROM {table}"))  # noqa: S608


def test_no_day_leads_there_either(transactions: Transactions, told: dict[str, int]) -> None:
    assert told
    with transactions.reading() as db:
        assert set(db.scalars(select(Leaf.left_on))) == {date(2026, 3, 1)}
        assert set(db.scalars(select(OfficeDay.given_on))) == {date(2025, 10, 1)}
        assert set(db.scalars(select(Rating.half_year))) == {"2025-10"}
    for table in TABLES:
        assert not [name for name in Base.metadata.tables[table].columns if name.key[-3:] == "_at"]


def test_mixing_loses_nothing(transactions: Transactions, told: dict[str, int]) -> None:
    with transactions() as db:
        leaf = db.scalars(select(Leaf)).first()
        assert leaf is not None
        leaf.words = "Kept."
        who = a_person(db)
        db.add(LeafCheck(leaf_id=leaf.id, at=NOW, person_id=who.id, state=LeafState.SHOWN))
    before = everything(transactions)
    with transactions() as db:
        mixing.mix(db, today=FIRST)
    assert everything(transactions) == before
    assert len(before) == 3 * CHILDREN + 1


def everything(transactions: Transactions) -> set[tuple[object, ...]]:
    with transactions.reading() as db:
        return {
            (table.__tablename__, *row)
            for table in (Leaf, LeafCheck, OfficeDay, Rating)
            for row in db.execute(select(table.__table__))
        }

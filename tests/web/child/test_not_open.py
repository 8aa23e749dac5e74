"""No door opens before enough people can have what nobody else may. Ruling R18."""

from dataclasses import replace

import pytest
from sqlalchemy import literal_column, update

from kids_feedback.config import Settings
from kids_feedback.domain.people import FEWEST_NAMED, Fallback, Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.people import PersonRow
from tests.make import a_person
from tests.web.page import Visitor, get


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, named_first=FEWEST_NAMED)


def test_until_two_people_can_sign_in_a_child_reads_whom_to_ring(
    child: Visitor, transactions: Transactions
) -> None:
    with transactions() as db:
        for name in ("One", "Two"):
            a_person(db, name, role=Role.CUSTOMER_SERVICE, last_resort=Fallback.LAST_RESORT)
    page = get(child, "/")
    assert page.heading == "This page is not open yet"
    assert "0808 175 3333" in page.text
    assert get(child, "/first/1").location == "/"


def test_then_the_doors_are_there(child: Visitor, transactions: Transactions) -> None:
    with transactions() as db:
        for name in ("One", "Two"):
            a_person(
                db,
                name,
                role=Role.CUSTOMER_SERVICE,
                last_resort=Fallback.LAST_RESORT,
                password_hash="set",
            )
    assert get(child, "/").heading == "Have your say"
    assert get(child, "/first/1").status == 200


@pytest.mark.parametrize("column", ["role", "last_resort"])
def test_what_cannot_be_read_of_one_of_them_closes_no_door_of_the_others(
    child: Visitor, transactions: Transactions, column: str
) -> None:
    with transactions() as db:
        *_, spoilt_one = [
            a_person(
                db,
                name,
                role=Role.CUSTOMER_SERVICE,
                last_resort=Fallback.LAST_RESORT,
                password_hash="set",
            )
            for name in ("One", "Two", "Three")
        ]
        spoilt = update(PersonRow).where(PersonRow.id == spoilt_one.id)
        db.execute(spoilt.values({column: literal_column("'spoilt'")}))
    assert get(child, "/").heading == "Have your say"

"""A child comes by the code of a poster."""

import pytest

from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.make import an_office
from tests.web.page import Visitor, follow, get, submit


@pytest.mark.parametrize(
    "typed",
    [
        "o/eastham",
        "o/Eastham",
        "o/EASTHAM",
        "o/eastham/",
        "o/eastham.",
        "O/eastham",
        "o/east-ham",
        "o/east%20ham",
        "o/eastham./",
        "o/%C3%A9astham",
    ],
)
def test_the_office_is_known_however_it_is_typed_and_the_address_is_not_kept(
    child: Visitor, transactions: Transactions, typed: str
) -> None:
    with transactions() as db:
        an_office(db, "eastham")
    page = get(child, f"/{typed}")
    assert page.location == "/"
    assert follow(child, page).heading == "Have your say"
    page = follow(child, submit(child, get(child, "/p/31"), topics="kind"))
    page = follow(child, submit(child, page, happened="They were kind."))
    page = follow(child, submit(child, page, pass_on="no"))
    assert follow(child, submit(child, page, to="/check")).heading == "Thank you"
    with transactions.reading() as db:
        assert db.query(Case).one().office_code == "eastham"


@pytest.mark.parametrize("code", ["nowhere", "%00", "east", "...", "a/b/c"])
def test_an_old_poster_leads_in_just_as_well(child: Visitor, code: str) -> None:
    page = get(child, f"/o/{code}")
    assert page.location == "/"
    assert follow(child, page).heading == "Have your say"

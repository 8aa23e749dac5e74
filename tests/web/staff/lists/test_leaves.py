"""Leaves as staff check them, and the numbers that follow from them."""

from typing import Any

import pytest

from kids_feedback.domain.child.leaves import LeafState
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.leaves import Leaf, OfficeDay
from tests.make import NOW, a_leaf, an_office
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, get, submit
from tests.web.staff.pages import saved

WORDS = "Sam was kind to me"


def a_waiting_leaf(transactions: Transactions, **columns: Any) -> str:
    """Add one for Eastham's tree, unless said; return its address."""
    with transactions() as db:
        an_office(db)
        return f"/staff/leaves/{a_leaf(db, **{'words': WORDS, **columns}).id}"


def decide(client: Visitor, address: str, **given: str) -> Page:
    return submit(client, get(client, address), to=address, **given)


def state_of(transactions: Transactions, address: str) -> tuple[LeafState, str | None]:
    with transactions.reading() as db:
        row = db.get_one(Leaf, address.rsplit("/", 1)[1])
        return row.state, row.shown


def on_the_tree(client: Visitor) -> str:
    return get(client, "/tree/eastham").text


def test_a_manager_hides_a_name_and_lets_the_leaf_onto_the_tree(
    signed_in: SignIn, transactions: Transactions
) -> None:
    client, address = signed_in(Role.LOCAL_MANAGER), a_waiting_leaf(transactions)
    assert get(client, "/staff/queue").links("nav a")["Leaves"] == "/staff/leaves"
    assert get(client, "/staff/leaves").links()[WORDS] == address
    said = saved(client, decide(client, address, decision="hang", shown="... was kind to me"))
    assert "Your decision is kept" in said
    assert "… was kind to me" in on_the_tree(client)
    assert "Sam" not in on_the_tree(client)
    page = get(client, address)
    assert WORDS in page.text
    assert "Put on the tree" in page.text
    assert "Ada Moss" in page.text
    assert address in get(client, "/staff/leaves?show=tree").links().values()


def test_nobody_rewrites_a_childs_leaf(signed_in: SignIn, transactions: Transactions) -> None:
    client, address = signed_in(Role.CUSTOMER_SERVICE), a_waiting_leaf(transactions)
    page = decide(client, address, decision="hang", shown="Everybody was kind to me")
    assert page.status == 422
    assert "Only hide parts" in page.text
    assert "Everybody was kind to me" in page.response.text
    assert state_of(transactions, address) == (LeafState.WAITING, None)


def test_a_checker_says_what_happens(signed_in: SignIn, transactions: Transactions) -> None:
    client, address = signed_in(Role.CUSTOMER_SERVICE), a_waiting_leaf(transactions)
    page = decide(client, address)
    assert page.status == 422
    assert "Choose what should happen to this leaf" in page.text


def test_a_leaf_comes_off_the_tree_again(signed_in: SignIn, transactions: Transactions) -> None:
    client, address = signed_in(Role.HEAD_OF_PRACTICE), a_waiting_leaf(transactions)
    decide(client, address, decision="hang")
    assert WORDS in on_the_tree(client)
    decide(client, address, decision="keep")
    assert WORDS not in on_the_tree(client)
    assert address in get(client, "/staff/leaves?show=us").links().values()


def test_what_a_child_keeps_private_can_be_read_and_not_shown(
    signed_in: SignIn, transactions: Transactions
) -> None:
    address = a_waiting_leaf(transactions, public=False, state=LeafState.PRIVATE)
    page = get(signed_in(Role.LOCAL_MANAGER), address)
    assert WORDS in page.text
    assert page.soup.select("form[method=post] [name=decision]") == []


def test_customer_service_picks_the_tree_of_a_leaf_without_one(
    signed_in: SignIn, transactions: Transactions
) -> None:
    client, address = signed_in(Role.CUSTOMER_SERVICE), a_waiting_leaf(transactions, office=None)
    page = decide(client, address, decision="hang")
    assert page.status == 422
    assert "Choose the office whose tree it goes on" in page.text
    decide(client, address, decision="hang", office="eastham")
    assert WORDS in on_the_tree(client)


def test_of_two_checkers_the_second_sees_that_it_was_decided(
    signed_in: SignIn, transactions: Transactions
) -> None:
    client, address = signed_in(Role.CUSTOMER_SERVICE), a_waiting_leaf(transactions)
    page = get(client, address)
    submit(client, page, to=address, decision="keep")
    assert submit(client, page, to=address, decision="hang").status == 409
    assert state_of(transactions, address) == (LeafState.PRIVATE, None)


def test_leaves_of_other_offices_are_not_there(
    signed_in: SignIn, transactions: Transactions
) -> None:
    address = a_waiting_leaf(transactions, office="westham", area="west")
    for role in (Role.LOCAL_MANAGER, Role.HEAD_OF_PRACTICE):
        client = signed_in(role)
        assert "There are no leaves in this list." in get(client, "/staff/leaves").text
        assert get(client, address).status == 404
    assert WORDS in get(signed_in(Role.CUSTOMER_SERVICE), "/staff/leaves").text


def test_a_page_that_is_none_is_not_there(signed_in: SignIn) -> None:
    client = signed_in(Role.CUSTOMER_SERVICE)
    assert get(client, "/staff/leaves?page=0").status == 404
    assert get(client, "/staff/leaves?page=2&show=tree").status == 200


@pytest.mark.parametrize(
    ("role", "address"),
    [(Role.CUSTOMER_SERVICE, "/staff/leaf-numbers"), (Role.BOARD_SECRETARY, "/secretary/leaves")],
)
def test_the_countrys_leaves_are_numbers_alone(
    signed_in: SignIn, transactions: Transactions, role: Role, address: str
) -> None:
    a_waiting_leaf(transactions)
    a_waiting_leaf(transactions, state=LeafState.SHOWN, shown="… was kind to me")
    page = get(signed_in(role), address)
    assert page.texts("tbody td") == ["2", "2", "1"]
    for hidden in ("kind", "Eastham", "Sam"):
        assert hidden not in page.response.text


def test_a_manager_sees_how_their_own_office_was(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        for code, area in (("eastham", "east"), ("westham", "west")):
            an_office(db, code, area=area)
            db.add(OfficeDay(office_code=code, key=code, given_on=NOW.date(), greeted="a_bit"))
    for role in (Role.LOCAL_MANAGER, Role.HEAD_OF_PRACTICE):
        page = get(signed_in(role), "/staff/office-days")
        assert page.texts("caption") == ["Eastham, from Wednesday 1 October 2025"]
        assert page.texts("tbody td") == ["0", "0", "0", "0", "1", "0", "0", "0", "0"]
        assert "2 March" not in page.text


def test_an_office_that_nobody_spoke_of(signed_in: SignIn) -> None:
    assert "Nobody has tapped" in get(signed_in(Role.LOCAL_MANAGER), "/staff/office-days").text

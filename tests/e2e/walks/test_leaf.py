"""A child leaves a leaf, somebody checks it, and the tree shows it: in a browser."""

from playwright.sync_api import Page, expect

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from tests.e2e.conftest import OpenPage
from tests.e2e.pages.leaf import LeafPage, LeafToCheck, Tree
from tests.e2e.tools import axe
from tests.make import a_person, an_office

WORDS = "Sam was kind to me"


def test_a_leaf_comes_from_a_child_to_the_tree(
    any_page: Page, open_page: OpenPage, transactions: Transactions
) -> None:
    with transactions() as db:
        an_office(db)
        manager = a_person(db, "Max Manager", role=Role.LOCAL_MANAGER)
    leaf = LeafPage.open(any_page)
    thanks = leaf.make(shape="maple", picture="sun", words=WORDS).send("tree", office="eastham")
    assert WORDS not in any_page.content()
    assert thanks.see_the_tree().leaves == []

    staff = open_page(visit={"person": manager.id})
    to_check = LeafToCheck.open(staff, WORDS)
    axe.check(staff)
    to_check.hang("... was kind to me")

    assert Tree.open(any_page, "eastham").leaves == ["Sun … was kind to me"]


def test_a_child_says_in_three_taps_how_the_office_was(
    any_page: Page, open_page: OpenPage, transactions: Transactions
) -> None:
    with transactions() as db:
        an_office(db)
        manager = a_person(db, "Max Manager", role=Role.LOCAL_MANAGER)
    thanks = LeafPage.open(any_page).make(words=WORDS).send("us", office="eastham")
    thanks.how_was_the_office().tap(friendly="yes", greeted="a_bit", on_time="no")

    staff = open_page(visit={"person": manager.id})
    staff.goto("/staff/office-days")
    axe.check(staff)
    expect(
        staff.get_by_role("row", name="Was it friendly?").get_by_role("cell").nth(0)
    ).to_have_text("1")


def test_a_leaf_is_drawn_as_it_is_made(any_page: Page, *, javascript: bool) -> None:
    LeafPage.open(any_page)
    made = any_page.locator(".made")
    expect(made.locator(".made-oak")).to_be_visible()
    any_page.locator("[name=shape][value=heart]").check()
    any_page.locator("[name=picture][value=ear]").check()
    any_page.get_by_role("textbox").fill(WORDS)
    if not javascript:
        with any_page.expect_navigation():
            any_page.get_by_role("button", name="Show my leaf").click()
    for part in (".made-heart", ".made-ear"):
        expect(made.locator(part)).to_be_visible()
    expect(made.locator(".made-oak")).to_be_hidden()
    expect(made).to_contain_text(WORDS)


def test_nothing_of_a_leaf_is_behind_the_back_button(open_secure_page: OpenPage) -> None:
    page = open_secure_page()
    LeafPage.open(page).make(words=WORDS).send("us")
    for _ in range(2):
        page.go_back()
        page.wait_for_load_state()
        assert WORDS not in page.content()
        assert WORDS not in [box.input_value() for box in page.get_by_role("textbox").all()]

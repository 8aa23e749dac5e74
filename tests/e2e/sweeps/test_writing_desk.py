"""What staff type stays: the desk saves by itself, any other form asks before it is left."""

from playwright.sync_api import Dialog, Page, expect

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from tests.e2e.conftest import OpenPage
from tests.make import NOW, a_complaint, a_person


def a_desk(open_page: OpenPage, transactions: Transactions) -> tuple[Page, str]:
    """Return a manager's page, and the address of a case whose answer is to be written."""
    with transactions() as db:
        manager = a_person(db, "Mo Manager", role=Role.LOCAL_MANAGER)
        case = a_complaint(
            db,
            stage=Stage.ALLOCATED,
            manager=manager,
            method=Method.NONE,
            acknowledged_on=NOW.date(),
        )
        person, address = manager.id, f"/staff/case/{case.id}"
    return open_page(visit={"person": person}, viewport={"width": 1024, "height": 800}), address


def test_the_desk_saves_by_itself_and_meets_no_other_save(
    open_page: OpenPage, transactions: Transactions
) -> None:
    page, case = a_desk(open_page, transactions)
    page.goto(f"{case}/answer")
    box = page.get_by_label("What the child told us")
    box.press_sequentially("You told us.")
    expect(page.locator("[data-kept]")).to_have_text("Saved 09:00")
    box.press_sequentially(" More.")
    page.get_by_role("button", name="Contact").click()
    expect(page).to_have_url(page.url.split("/staff")[0] + f"{case}/contact")
    page.goto(f"{case}/answer")
    expect(page.get_by_label("What the child told us")).to_have_value("You told us. More.")


def test_a_small_form_asks_before_it_is_left(
    open_page: OpenPage, transactions: Transactions
) -> None:
    page, case = a_desk(open_page, transactions)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(f"{case}/step/attempt")
    page.get_by_label("Notes").press_sequentially("Rang at four.")
    page.get_by_role("link", name="Not now").click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(page.get_by_label("Notes")).to_have_value("Rang at four.")

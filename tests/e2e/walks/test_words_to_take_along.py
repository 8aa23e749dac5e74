"""The secret words on paper, and a code that does not stay on the screen."""

import pytest
from playwright.sync_api import Page, expect

from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.e2e.conftest import OpenPage
from tests.e2e.tools.samples import RECEIPT
from tests.make import a_visit


@pytest.fixture
def done(open_page: OpenPage, site_url: str, transactions: Transactions, clock: SetClock) -> Page:
    """A child who has sent a complaint just now."""
    page = open_page()
    with transactions() as db:
        token = a_visit(db, now=clock(), receipt=RECEIPT)
    page.context.add_cookies([{"name": "id", "value": token, "url": site_url}])
    page.goto("/done")
    return page


def test_on_paper_there_are_the_words_and_the_address_only(done: Page) -> None:
    done.emulate_media(media="print")
    printed = done.locator("body").inner_text().split()
    assert printed == ["kite", "lamp", "river", "button", "spoon", "haveyoursay.example"]
    expect(done.locator(".slip svg")).to_have_count(5)


def test_a_press_copies_the_words_and_nothing_else(done: Page) -> None:
    done.context.grant_permissions(["clipboard-read", "clipboard-write"])
    done.get_by_role("button", name="Copy them").click()
    expect(done.get_by_text("Copied. Paste them in a place that only you look at.")).to_be_visible()
    assert done.evaluate("navigator.clipboard.readText()") == "kite lamp river button spoon"


def test_the_code_goes_after_a_minute(done: Page) -> None:
    done.clock.install()
    with done.expect_navigation():
        done.get_by_role("button", name="Show a code for my phone").click()
    expect(done.locator("svg.qr")).to_be_visible()
    done.clock.fast_forward(61_000)
    expect(done.locator("svg.qr")).to_have_count(0)
    expect(done.get_by_role("button", name="Show it again")).to_be_visible()

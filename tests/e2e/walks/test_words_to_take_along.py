"""The secret words on paper, and a code that does not stay on the screen."""

import zlib
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Page, expect

from kids_feedback.domain.child.secret_words import KINDS
from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.e2e.conftest import OpenPage
from tests.e2e.tools.samples import RECEIPT
from tests.e2e.tools.weight import Scales
from tests.make import a_visit

TEMPLATES = Path(__file__).parents[3] / "templates"


def heaviest() -> list[str]:
    """Return the longest word of each of the five kinds whose pictures take the most bytes."""
    drawn: dict[str, str] = (
        Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
        .get_template("child/words/pictures.html")
        .module.drawn  # type: ignore[attr-defined]
    )
    kinds = sorted(KINDS, key=lambda kind: len(zlib.compress(drawn[kind].encode())))
    return [max(KINDS[kind], key=len) for kind in kinds[-5:]]


WORDS = heaviest()
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "sent": ("/done", {"receipt": {**RECEIPT, "words": WORDS, "slip": "BCDFHJ"}}),
    "kept": ("/done", {"receipt": {**RECEIPT, "words": WORDS}, "words_stay": True}),
    "praise": ("/done", {"receipt": {**RECEIPT, "words": WORDS, "kind": "compliment"}}),
    "felt": ("/done", {"receipt": {**RECEIPT, "words": WORDS, "kind": "feelings"}}),
    "pictures": ("/back/pictures", {"picked_words": {"words": WORDS[:4]}}),
    "others": ("/back/pictures", {"picked_words": {"words": WORDS[:4], "more": True}}),
    "all": ("/back/pictures", {"picked_words": {"words": WORDS}}),
}


@pytest.mark.parametrize("language", ["en", "cy", "ar"])
@pytest.mark.parametrize("look", ["words", "pictures"])
def test_no_words_make_a_page_too_heavy(
    open_page: OpenPage, site_url: str, transactions: Transactions, look: str, language: str
) -> None:
    page = open_page()
    scales = Scales(page)
    wrong = {}
    for name, (path, state) in PAGES.items():
        with transactions() as db:
            token = a_visit(db, look=look, language=language, **state)
        page.context.add_cookies([{"name": "id", "value": token, "url": site_url}])
        page.goto(path)
        wrong[name] = scales.faults(look)
    assert not {name: faults for name, faults in wrong.items() if faults}


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
    done.get_by_text("On paper, or on another phone").click()
    with done.expect_navigation():
        done.get_by_role("button", name="Show a code for my phone").click()
    expect(done.locator("svg.qr")).to_be_visible()
    done.clock.fast_forward(61_000)
    expect(done.locator("svg.qr")).to_have_count(0)
    expect(done.get_by_role("button", name="Show it again")).to_be_visible()

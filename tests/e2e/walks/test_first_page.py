"""The first page, as every kind of visitor meets it."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.tools import axe

LOOKS = ("words", "pictures")


def test_the_first_page_opens_with_and_without_scripts(any_page: Page) -> None:
    any_page.goto("/")
    expect(any_page.get_by_role("heading", level=1)).to_be_visible()
    assert not sideways(any_page)


@pytest.mark.parametrize("look", LOOKS)
def test_the_first_page_takes_the_colours_of_the_device(open_page: OpenPage, look: str) -> None:
    page = open_page(visit={"look": look})
    page.goto("/")
    for fold in page.locator("summary").all():
        fold.click()
    assert not [*axe.at_night(page), *axe.forced_colours(page)]
    assert not sideways(page)


def test_leaving_goes_somewhere_neutral(open_secure_page: OpenPage) -> None:
    page = open_secure_page()
    page.goto("/")
    page.get_by_role("link", name="Leave this page").last.click()
    expect(page).to_have_title("Weather")


def sideways(page: Page) -> bool:
    """Say whether the page is wider than the phone."""
    wide: bool = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wide

"""A browser that has never been here, on a page in one of the two looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from playwright.sync_api import Browser, Page, Response, sync_playwright
from tests.e2e.tools.chromium import launch

from benchmarks.figures import Unreadable
from benchmarks.site import running

LOOKS = ("words", "pictures")
PAGES = ("/p/2", "/", "/first/1", "/p/1", "/who-sees")
_PHONE = {"width": 360, "height": 640}


@contextmanager
def browsing() -> Iterator[tuple[Browser, str]]:
    """Serve the site and start a browser; give it and the site's address."""
    with running(1) as server, sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser, f"http://127.0.0.1:{server.port}"
        browser.close()


@contextmanager
def phone(browser: Browser, site: str, look: str) -> Iterator[Page]:
    """Give a page of a browser that has chosen its look and begun to tell, and nothing else."""
    context = browser.new_context(viewport=_PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}/healthz")  # starting the browser's own process is not the page's doing
    if look == "pictures":
        page.goto(f"{site}/look")
        page.locator("[name=look][value=pictures]").check()
        page.locator("main form button[type=submit]").click()
    page.goto(f"{site}/p/1")
    page.locator("[name=topics][value=unfair]").check()
    page.locator("main form button[type=submit]").first.click()
    yield page
    context.close()


def arrived(response: Response | None, page: Page, path: str) -> None:
    """Make sure that the page is the one that was asked for.

    Raises:
        Unreadable: it is another one, or none.
    """
    status = response.status if response else 0
    if status != HTTPStatus.OK or not page.url.endswith(path):
        raise Unreadable(f"page, but {status} from {page.url},", path)

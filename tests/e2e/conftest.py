"""The site in a real browser: each test has its own server, database and clock."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, expect, sync_playwright

from kids_feedback.config import Settings
from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.e2e.tools import server
from tests.e2e.tools.chromium import launch
from tests.e2e.tools.watch import Watch
from tests.make import a_visit

PHONE: ViewportSize = {"width": 320, "height": 640}  # CSS pixels
PATIENCE = 30_000  # milliseconds: what is slow is not wrong
OpenPage = Callable[..., Page]


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test asks: ``parametrize("database", ["postgresql"], indirect=True)``."""
    kind: str = getattr(request, "param", "sqlite")
    return kind


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The machine's Chromium where there is one, else the one that Playwright installed."""
    chromium = launch(playwright)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def browser_with_back(playwright: Playwright) -> Iterator[Browser]:
    """One that keeps whole pages for its Back button, as phones do; Playwright turns that off."""
    chromium = launch(playwright, ignore_default_args=["--disable-back-forward-cache"])
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[str]:
    """The address of a neutral site to leave to: nothing in the tests reaches the internet."""
    with server.serving(lambda _: server.weather) as url:
        yield url


@pytest.fixture
def settings(settings: Settings, elsewhere: str) -> Settings:
    links = {**settings.reference.links, "leave": f"{elsewhere}/"}
    return replace(settings, reference=replace(settings.reference, links=links))


@pytest.fixture
def site_url(settings: Settings, clock: SetClock) -> Iterator[str]:
    """Serve this test's site, on its own database and clock, from a free port."""
    with server.site(settings, clock) as url:
        yield url


@pytest.fixture
def secure_site_url(
    settings: Settings, clock: SetClock, certificate: tuple[str, str]
) -> Iterator[str]:
    """Serve the same site over HTTPS, for what browsers do only there."""
    with server.site(settings, clock, certificate) as url:
        yield url


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The files of a certificate for this machine alone, and of its key."""
    return server.a_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def open_page(
    browser: Browser, site_url: str, transactions: Transactions, clock: SetClock
) -> Iterator[OpenPage]:
    """Make a browser's page of a visitor of their own, on a phone as narrow as they come.

    ``visit`` is what the server already remembers (``language``, ``look``, ``theme``, or a
    ``person`` by id); the rest is Playwright's, such as ``java_script_enabled=False``.
    """
    yield from _pages(browser, site_url, "id", transactions, clock)


@pytest.fixture
def open_secure_page(
    browser_with_back: Browser, secure_site_url: str, transactions: Transactions, clock: SetClock
) -> Iterator[OpenPage]:
    """Make a page as ``open_page`` does, over HTTPS and with a Back button that keeps pages."""
    yield from _pages(browser_with_back, secure_site_url, "__Host-id", transactions, clock)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A fresh visitor with no cookies, whose ``goto("/")`` is this test's site."""
    return open_page()


@pytest.fixture
def page_without_javascript(open_page: OpenPage) -> Page:
    return open_page(java_script_enabled=False)


@pytest.fixture(params=[True, False], ids=["javascript", "no javascript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    """Whether scripts run: a test that asks for this is held twice."""
    runs: bool = request.param
    return runs


@pytest.fixture
def any_page(open_page: OpenPage, javascript: bool) -> Page:  # noqa: FBT001 - a fixture's name
    """A visitor with scripts, then one without."""
    return open_page(java_script_enabled=javascript)


def _pages(
    browser: Browser, url: str, cookie: str, transactions: Transactions, clock: SetClock
) -> Iterator[OpenPage]:
    with ExitStack() as stack:

        def open_(*, visit: dict[str, Any] | None = None, **options: Any) -> Page:
            wanted = {"locale": "en-GB", "viewport": PHONE, "ignore_https_errors": True}
            visitor = browser.new_context(base_url=url, **{**wanted, **options})
            stack.callback(visitor.close)
            visitor.set_default_timeout(PATIENCE)
            if visit is not None:
                with transactions() as db:
                    token = a_visit(db, now=clock(), **visit)
                visitor.add_cookies([{"name": cookie, "value": token, "url": url}])
            page = visitor.new_page()
            stack.callback(Watch(page, url).check)
            return page

        yield open_

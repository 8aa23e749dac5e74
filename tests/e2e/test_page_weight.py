"""What a child's page costs on the wire when nothing of it is at hand yet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.e2e.child_walk import WALKS, Walk, Walker
from tests.e2e.conftest import OpenPage

WORDS_BYTES = 14_000  # on the wire, headers too
WORDS_REQUESTS = 3
PICTURES_BYTES = 40_000  # with the letters for new readers


@dataclass(frozen=True)
class Cost:
    bytes: int
    requests: int


class Meter:
    """Adds up what the browser fetches for the page that it shows, without its cache.

    Each address counts once: our icon is the style sheet, which a browser with a cache has by then.
    What was sent before and only led here is not part of the page.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._open: set[str] = set()
        self._addresses: set[str] = set()
        self._bytes = self._requests = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._came)
        session.on("Network.loadingFailed", lambda event: self._open.discard(event["requestId"]))

    def read(self) -> Cost:
        """Return what the page cost, once all of it is there."""
        self._page.evaluate("async () => { await document.fonts.ready }")
        for _ in range(100):  # a second: what a browser gives up on is never reported as come
            if not self._open:
                break
            self._page.wait_for_timeout(10)
        return Cost(self._bytes, self._requests)

    def _asked(self, event: dict[str, Any]) -> None:
        if event["type"] == "Document":
            self._open.clear()
            self._addresses.clear()
            self._bytes = self._requests = 0
        elif event["type"] != "Document" and event["request"]["url"] in self._addresses:
            return
        self._addresses.add(event["request"]["url"])
        self._requests += 1
        self._open.add(event["requestId"])

    def _came(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._open:
            self._open.remove(event["requestId"])
            self._bytes += int(event["encodedDataLength"])


@pytest.fixture
def weigh(
    open_page: OpenPage,
    site_url: str,
    transactions: Transactions,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., dict[str, Cost]]:
    """Weigh every page of a walk."""

    def weigh(walk: Walk, **how: str) -> dict[str, Cost]:
        page = open_page()
        meter = Meter(page)
        walker = Walker(page, site_url, transactions, clock, monkeypatch, how)
        return {name: meter.read() for name in walk(walker)}

    return weigh


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_in_words_comes_in_one_breath(
    weigh: Callable[..., dict[str, Cost]], walk: Walk, language: str, record_property: Any
) -> None:
    costs = weigh(walk, language=language, look="words")
    record_property("heaviest page", str(heaviest(costs)))
    heavy = {
        name: cost
        for name, cost in costs.items()
        if cost.bytes > WORDS_BYTES or cost.requests > WORDS_REQUESTS
    }
    assert not heavy


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_in_pictures_is_light_too(
    weigh: Callable[..., dict[str, Cost]], walk: Walk, language: str, record_property: Any
) -> None:
    costs = weigh(walk, language=language, look="pictures")
    record_property("heaviest page", str(heaviest(costs)))
    assert not {name: cost for name, cost in costs.items() if cost.bytes > PICTURES_BYTES}


def heaviest(costs: dict[str, Cost]) -> tuple[str, Cost]:
    return max(costs.items(), key=lambda each: each[1].bytes)

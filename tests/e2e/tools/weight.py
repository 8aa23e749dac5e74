"""What a child's page costs on the wire when nothing of it is at hand yet."""

from typing import Any, NamedTuple

from playwright.sync_api import Page

from tests.e2e.conftest import PATIENCE

MOST_BYTES = {"words": 14_000, "pictures": 40_000}  # headers too; Pictures with letters for readers
MOST_REQUESTS = {"words": 3, "pictures": 6}
MOMENT = 10  # milliseconds


class Weight(NamedTuple):
    """What a page costs: bytes with their headers, requests, and bytes of scripts."""

    bytes: int
    requests: int
    script: int


class Scales:
    """Adds up what the browser fetches for the page that it shows, without its cache.

    Each address counts once: our icon is a file of the page, which a browser with a cache has by
    then. What was sent before and only led here is not part of the page.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._open: set[str] = set()
        self._addresses: set[str] = set()
        self._bytes = self._requests = self._script = 0
        self._scripts: set[str] = set()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._came)
        session.on("Network.loadingFailed", lambda event: self._open.discard(event["requestId"]))

    def faults(self, look: str) -> list[str]:
        """Return by how much the page is too heavy, once all of it is there."""
        weight, found = self.weigh(), []
        if weight.bytes > MOST_BYTES[look]:
            found.append(f"{weight.bytes} bytes on the wire")
        if weight.requests > MOST_REQUESTS[look]:
            found.append(f"{weight.requests} requests: {sorted(self._addresses)}")
        return found

    def weigh(self) -> Weight:
        """Return what the page weighs, once all of it is there."""
        self._page.evaluate("async () => { await document.fonts.ready }")
        for _ in range(PATIENCE // MOMENT):
            if not self._open:
                break
            self._page.wait_for_timeout(MOMENT)
        return Weight(self._bytes, self._requests, self._script)

    def _asked(self, event: dict[str, Any]) -> None:
        if event["type"] == "Document":
            self._open.clear()
            self._addresses.clear()
            self._bytes = self._requests = self._script = 0
        elif event["request"]["url"] in self._addresses:
            return
        self._addresses.add(event["request"]["url"])
        self._requests += 1
        self._open.add(event["requestId"])
        if event["type"] == "Script":
            self._scripts.add(event["requestId"])

    def _came(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._open:
            self._open.remove(event["requestId"])
            self._bytes += int(event["encodedDataLength"])
            if event["requestId"] in self._scripts:
                self._script += int(event["encodedDataLength"])

"""What must never happen in a browser, whatever a test is about."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response


class Watch:
    """Notes what a page complains of, and everything it loads from elsewhere."""

    def __init__(self, page: Page, url: str) -> None:
        self._site = urlsplit(url).netloc
        self._faults: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", self._broke)
        page.on("request", self._asked)
        page.on("response", self._answered)

    def check(self) -> None:
        """Fail on a script that broke, on anything the policy stopped, on any other site's file."""
        assert not self._faults, "\n".join(self._faults)

    def _said(self, message: ConsoleMessage) -> None:
        expected = message.text.startswith("Failed to load resource")  # a page's own 404 or 422
        if message.type == "error" and not expected:
            self._faults.append(f"console: {message.text}")

    def _broke(self, error: Error) -> None:
        self._faults.append(f"script: {error}")

    def _asked(self, request: Request) -> None:
        if not request.is_navigation_request() and urlsplit(request.url).netloc != self._site:
            self._faults.append(f"from elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self._faults.append(f"missing: {response.status} {response.url}")

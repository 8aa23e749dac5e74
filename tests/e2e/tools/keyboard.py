"""A child with a keyboard and nothing else: Tab, Space, Enter, arrows, and letters to type."""

from pathlib import Path

from playwright.sync_api import Locator, Page

_STOPS = Path(__file__).with_name("keyboard.js").read_text()


class Keyboard:
    """Goes where a keyboard goes, and holds each stop to what it must show."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(_STOPS)
        page.evaluate(_STOPS)

    def tour(self) -> list[str]:
        """Go through the whole page from its beginning; return what it stopped at, in order.

        Each stop is in sight, marked, and after the one before. None is left out, none holds.
        """
        stops: list[str] = self.page.evaluate("keyboard.begin()")
        for _ in stops:
            self.page.keyboard.press("Tab")
        kept = self.page.evaluate("keyboard.end()")
        assert (kept["met"], kept["found"]) == (stops, []), self.page.url
        self.page.keyboard.press("Tab")
        assert self.page.evaluate("keyboard.out()"), f"{self.page.url}: {stops[-1]} holds"
        return stops

    def go_to(self, what: Locator) -> None:
        """Press Tab, and arrows among things of which one can be picked, until it is there."""
        steps: int = what.evaluate("part => keyboard.steps(part)")
        for _ in range(abs(steps)):
            self.page.keyboard.press("Tab" if steps > 0 else "Shift+Tab")
        while not what.evaluate("part => part === document.activeElement"):
            assert what.get_attribute("type") == "radio", f"{self.page.url}: no way to {what}"
            self.page.keyboard.press("ArrowDown")

    def tick(self, what: Locator) -> None:
        self.go_to(what)
        if not what.is_checked():
            self.page.keyboard.press("Space")

    def type(self, what: Locator, words: str) -> None:
        self.go_to(what)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(words)

    def press(self, what: Locator) -> None:
        """Press a link or a button, and wait for what follows."""
        self.go_to(what)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

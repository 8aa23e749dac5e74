"""The pages of a screen that others use too: welcome, still there, all clear."""

from typing import Self

from playwright.sync_api import Locator, Page

from tests.e2e.pages.child import ChildPage, Start


class Welcome(ChildPage):
    """The welcome of a kiosk."""

    address = "/kiosk"

    @classmethod
    def open(cls, page: Page) -> Self:
        page.goto("/kiosk")
        return cls(page)

    def speak(self, code: str) -> "Welcome":
        self.press(self.main.locator(f"a[lang={code}]"))
        return Welcome(self.page)

    def start(self) -> Start:
        self.press(self.link("/"))
        return Start(self.page)


SETTLED = "() => new Promise(done => new IntersectionObserver(() => done()).observe(document.body))"


def let_pass(page: Page, time: str) -> None:
    """Let time pass on a page that has come to rest: its scripts run, and no scroll is on its way.

    A scroll is told with the next frame, and counts as a sign of somebody.
    """
    page.wait_for_load_state()
    page.evaluate(SETTLED)
    page.clock.fast_forward(time)


class Still:
    """The question whether somebody is still there."""

    def __init__(self, page: Page) -> None:
        self.box = page.get_by_role("dialog")

    @property
    def more_time(self) -> Locator:
        return self.box.get_by_role("button")

    @property
    def finished(self) -> Locator:
        return self.box.get_by_role("link")


class AllClear(ChildPage):
    """All clear."""

    address = "/kiosk/cleared"

    def start_again(self) -> Welcome:
        self.press(self.link("/kiosk"))
        return Welcome(self.page)

"""The pages on which a child and a manager arrange to meet."""

from typing import Self

from playwright.sync_api import Page

from tests.e2e.pages.child import ChildPage, Now
from tests.e2e.pages.staff import StaffPage


class Pick(ChildPage):
    """When, then where: the choices are told apart by their place in the list."""

    address = "/back/meet/(when|where)"

    @classmethod
    def from_now(cls, now: Now) -> Self:
        now.press(now.link("/back/meet/when"))
        return cls(now.page)

    def choose(self, number: int) -> None:
        """Pick the one at that place, the first being 0, and go on."""
        self.main.get_by_role("radio").nth(number).check()
        self.press(self.main.locator("form").get_by_role("button"))

    def when(self, number: int) -> "Pick":
        self.choose(number)
        return Pick(self.page)

    def where(self, number: int) -> "Meeting":
        self.choose(number)
        return Meeting(self.page)


class Meeting(ChildPage):
    """The page to confirm a meeting, and the agreed meeting."""

    address = "/back/meet/check"

    def confirm(self) -> "Meeting":
        self.press(self._button_of("/back/meet/check"))
        return Meeting(self.page)


class Arranging(StaffPage):
    """The manager's page of a meeting."""

    @classmethod
    def open(cls, page: Page, case_id: str) -> Self:
        page.goto(f"/staff/case/{case_id}/meeting")
        return cls(page)

    def offer(self, times: list[str], places: list[str]) -> Self:
        """Fill it in, look at it as the child will, and offer it."""
        for number, time in enumerate(times, start=1):
            self.main.locator(f"[name=time_{number}]").fill(time)
        for number, place in enumerate(places, start=1):
            self.main.locator(f"[name=place_{number}]").fill(place)
        self.press("Preview it as the child will see it")
        self.press("Offer these")
        return self

    def cancel(self, reason: str) -> Self:
        self.main.get_by_label("Why is it cancelled?").fill(reason)
        self.press("Cancel the meeting")
        return self

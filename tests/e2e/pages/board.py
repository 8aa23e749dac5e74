"""The secretary's and the reviewer's pages."""

from typing import Self

from playwright.sync_api import Page

from tests.e2e.pages.staff import StaffPage


class Secretary(StaffPage):
    """Prepare, look, release."""

    @classmethod
    def open(cls, page: Page) -> Self:
        page.goto("/secretary/")
        return cls(page)

    def release(self) -> Self:
        self.follow("Prepare and look at it")
        self.press("Release to the board")
        self.press("Yes, release them")
        return self


class Board(StaffPage):
    """What a reviewer sees."""

    @classmethod
    def open(cls, page: Page, part: str = "") -> Self:
        page.goto(f"/board/{part}")
        return cls(page)

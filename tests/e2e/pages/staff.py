"""The staff's pages, and what a manager can do on each. English, as staff pages are."""

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect


class StaffPage:
    """What every page of staff's has."""

    def __init__(self, page: Page) -> None:
        self.page = page
        expect(page.get_by_role("heading", level=1)).to_be_visible()

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def follow(self, words: str) -> None:
        with self.page.expect_navigation():
            self.main.get_by_role("link", name=words).first.click()

    def press(self, words: str) -> None:
        with self.page.expect_navigation():
            self.main.get_by_role("button", name=words).first.click()

    def day(self, label: str, iso: str) -> Self:
        self.main.get_by_label(label, exact=True).fill(iso)
        return self

    def write(self, label: str, words: str) -> Self:
        self.main.get_by_label(label, exact=True).fill(words)
        return self

    def pick(self, label: str) -> Self:
        self.main.get_by_role("radio", name=label).check()
        return self


class Queue(StaffPage):
    """The queue."""

    @classmethod
    def open(cls, page: Page) -> Self:
        page.goto("/staff/queue")
        return cls(page)

    def row(self, child: str) -> Locator:
        return self.main.get_by_role("row").filter(has_text=child)

    def case(self, child: str) -> "Case":
        with self.page.expect_navigation():
            self.row(child).get_by_role("link").first.click()
        return Case(self.page)


class Case(StaffPage):
    """One case, whichever of its pages."""

    @property
    def address(self) -> str:
        found = re.search(r"/staff/case/[^/]+", self.page.url)
        assert found is not None
        return found[0]

    def open(self, part: str = "") -> Self:
        self.page.goto(self.address + part)
        return self

    def acknowledge(self) -> Self:
        self.open("/words").press("Show what the child said")
        self.press("I have read it")
        return self.open()

    def give_to(self, manager: str) -> Self:
        self.open("/step/allocate").pick(manager)
        self.main.locator("form button").first.click()
        return self.open()

    def log_talk(self, day: str) -> Self:
        self.open("/step/talk").day("On which date did you talk with the child?", day)
        self.pick("phone" if self.main.get_by_role("radio", name="phone").count() else "Phone")
        self.write("Why not the way that the child chose?", "They asked us to ring.")
        self.write("Who was present?", "Pip and Gran")
        self.write("What does the child want, in their words?", "Say sorry")
        self.pick("Yes: look into it")
        self.main.locator("form button").first.click()
        return self.open()

    def hearing_on(self, day: str) -> Self:
        self.open("/court").day("Date of the next hearing", day)
        self.page.locator("form:has([value=hearing]) button").click()
        return self.open()

    def told_the_court_on(self, day: str) -> Self:
        self.open("/court")
        self.day("Part one, the complaint: the court was told on", day)
        self.day("Part two, what we are doing about it: the court was told on", day)
        self.page.locator("form:has([value=told]) button").click()
        return self.open()

    def write_answer(self, words: str) -> Self:
        self.open("/answer")
        for box in self.main.get_by_role("textbox").all():
            box.fill(words)
        self.press("Submit for approval")
        return self.open()

    def check_identity(self) -> Self:
        self.open("/step/identity")
        self.main.get_by_role("radio", name="Found in the case file", exact=True).check()
        self.write("Who is it in the case file?", "Case 12, Pip Moss of Leeds")
        self.main.locator("form button").first.click()
        return self.open()

    def approve(self) -> Self:
        self.open("/words").press("Show what the child said")
        self.open("/answer/preview").press("Approve the answer")
        return self.open()

    def deliver(self, how: str) -> Self:
        self.open("/step/deliver").pick(how)
        self.main.locator("form button").first.click()
        return self.open()

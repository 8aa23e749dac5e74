"""The pages of a leaf: the child's, the checker's, and the tree that everybody sees."""

from typing import Self

from playwright.sync_api import Page

from tests.e2e.pages.child import ChildPage
from tests.e2e.pages.staff import StaffPage


class LeafPage(ChildPage):
    """The page on which a leaf is made."""

    address = "/leaf"

    @classmethod
    def open(cls, page: Page) -> Self:
        """Come by the quiet way on the first page."""
        page.goto("/")
        with page.expect_navigation():
            page.get_by_role("main").locator("a[href='/leaf']").click()
        return cls(page)

    def make(self, *, shape: str = "oak", picture: str = "none", words: str) -> "Where":
        for name, code in (("shape", shape), ("picture", picture)):
            self.page.locator(f"[name={name}][value={code}]").check()
        self.main.get_by_role("textbox").fill(words)
        self.press(self.main.locator("form").get_by_role("button"))
        return Where(self.page)


class Where(ChildPage):
    """The page that asks where the leaf goes."""

    address = "/leaf/where"

    def send(self, where: str, *, office: str = "") -> "LeafThanks":
        self.page.locator(f"[name=where][value={where}]").check()
        self.main.get_by_role("combobox").select_option(office)
        self.press(self.main.locator("form").get_by_role("button"))
        return LeafThanks(self.page)


class LeafThanks(ChildPage):
    """The leaf is with us."""

    address = "/leaf/thanks"

    def see_the_tree(self) -> "Tree":
        self.press(self.main.locator("a[href^='/tree/']"))
        return Tree(self.page)

    def how_was_the_office(self) -> "Today":
        self.press(self.link("/today"))
        return Today(self.page)


class Today(ChildPage):
    """The page that asks how the office was."""

    address = "/today"

    def tap(self, **taps: str) -> None:
        for name, code in taps.items():
            self.page.locator(f"[name={name}][value={code}]").check()
        self.press(self.main.locator("form").get_by_role("button"))


class Tree(ChildPage):
    """The leaves of one office."""

    address = "/tree/[a-z]+"

    @classmethod
    def open(cls, page: Page, office: str) -> Self:
        page.goto(f"/tree/{office}")
        return cls(page)

    @property
    def leaves(self) -> list[str]:
        return [" ".join(t.split()) for t in self.main.get_by_role("listitem").all_inner_texts()]


class LeafToCheck(StaffPage):
    """One leaf before a checker."""

    @classmethod
    def open(cls, page: Page, words: str) -> Self:
        page.goto("/staff/leaves")
        with page.expect_navigation():
            page.get_by_role("link", name=words).click()
        return cls(page)

    def hang(self, shown: str) -> None:
        self.pick("Show it on the tree").write("What the tree shows", shown)
        self.press("Save")

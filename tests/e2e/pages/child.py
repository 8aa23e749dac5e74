"""The child's pages, and what a child can do on each.

What is pressed is found by its role and by where it leads or what it sends, so the same acts work
in every language and both looks. An act that leaves a page returns the next one.
"""

import re
from collections.abc import Sequence
from typing import Self

from playwright.sync_api import Locator, Page, expect

from kids_feedback.web.questions.catalogue import BY_ID, BY_NUMBER, asked_on, together
from kids_feedback.web.questions.model import Choice, Field, QuestionPage

Given = str | Sequence[str]  # what is typed, or the codes of what is picked


class ChildPage:
    """What every page of the child's has."""

    address = ""  # a pattern

    def __init__(self, page: Page) -> None:
        self.page = page
        expect(page).to_have_url(re.compile(rf"^https?://[^/]+{self.address}(\?[^#]*)?(#.*)?$"))
        expect(page.get_by_role("heading", level=1)).to_be_visible()

    @property
    def direction(self) -> str | None:
        return self.page.locator("html").get_attribute("dir")

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def alert(self) -> Locator:
        """What to look at again."""
        return self.page.get_by_role("alert")

    @property
    def ways_out(self) -> Locator:
        return self.link("/leave")

    def link(self, to: str) -> Locator:
        return self.page.get_by_role("link").and_(self.page.locator(f"[href='{to}']"))

    def button(self, name: str, value: str | None = None) -> Locator:
        """Return the button that sends ``name``."""
        sends = f"[name='{name}']" + (f"[value='{value}']" if value else "")
        return self.page.get_by_role("button").and_(self.page.locator(sends))

    def who_sees(self) -> "WhoSees":
        self.press(self.link("/who-sees").or_(self.button("go", "who")))
        return WhoSees(self.page)

    def look(self) -> "Look":
        self.press(self.link("/look").or_(self.button("go", "look")))
        return Look(self.page)

    def language(self) -> "Language":
        self.press(self.link("/language").or_(self.button("go", "language")))
        return Language(self.page)

    def press(self, what: Locator) -> None:
        with self.page.expect_navigation():
            what.click()

    def _button_of(self, action: str) -> Locator:
        """Return the button of the form that goes to ``action``."""
        return self.page.locator(f"form[action='{action}']").get_by_role("button")


class Start(ChildPage):
    address = "/"

    @classmethod
    def open(cls, page: Page) -> Self:
        page.goto("/")
        return cls(page)

    @classmethod
    def open_in(cls, page: Page, language: str = "en", look: str = "words") -> Self:
        """Open it as a child who first picks a language and a look."""
        start = cls.open(page)
        start.language().pick(language)
        start.look().pick(look=look)
        return cls(page)

    def something_was_wrong(self) -> "Before":
        self.press(self.link("/first/1"))
        return Before(self.page)

    def something_was_good(self) -> "Before":
        self.press(self.link("/first/2"))
        return Before(self.page)

    def been_here_before(self) -> "ComeBack":
        self.press(self.link("/back"))
        return ComeBack(self.page)


class Before(ChildPage):
    """What is said before the first word."""

    address = "/first/[1-3]"

    @property
    def way_on(self) -> Locator:
        return self.main.get_by_role("link").and_(self.page.locator("[href^='/p/']"))

    def go_on(self) -> "Question":
        self.press(self.way_on)
        return Question(self.page)


class Question(ChildPage):
    """Whichever screen of the catalogue stands there."""

    address = r"/p/(\d+)(?:/change)?"

    @property
    def screen(self) -> QuestionPage:
        found = re.search(self.address, self.page.url)
        assert found is not None
        return BY_NUMBER[int(found[1])]

    def asked(self, name: str) -> Field:
        return asked_on(together(self.screen))[name]

    @property
    def next_button(self) -> Locator:
        return self.main.get_by_role("button").and_(self.page.locator(":not([name])"))

    def control(self, name: str, code: str | None = None) -> Locator:
        """Return the box for ``name``, or the one for its option ``code``."""
        asked = self.asked(name)
        if not isinstance(asked, Choice):
            return self.page.get_by_role("textbox").and_(self.page.locator(f"[name='{name}']"))
        role = self.page.get_by_role("checkbox" if asked.many else "radio")
        return role.and_(self.page.locator(f"[name='{name}'][value='{code}']"))

    def fill_in(self, **given: Given) -> Self:
        for name, value in given.items():
            asked = self.asked(name)
            if not isinstance(asked, Choice):
                assert isinstance(value, str)
                self.control(name).fill(value)
                continue
            for code in [value] if isinstance(value, str) else value:
                self.control(name, code).check()
        return self

    def answer(self, **given: Given) -> None:
        """Answer and go on; see what stands there with one of the pages."""
        asked = self.screen.fields[0]
        if isinstance(asked, Choice) and asked.buttons:
            self.press(self.button(asked.name, str(given[asked.name])))
        else:
            self.fill_in(**given).press(self.next_button)

    def on(self, **given: Given) -> "Question":
        self.answer(**given)
        return Question(self.page)

    def skip(self) -> "Question":
        self.press(self.button("skip"))
        return Question(self.page)

    def that_is_all(self) -> None:
        self.press(self.button("send_now"))

    def back(self) -> "Question":
        self.press(self.button("go", "back"))
        return Question(self.page)


class Check(ChildPage):
    address = "/check"

    def change(self, screen_id: str) -> Question:
        if not self.button("change", str(BY_ID[screen_id].number)).is_visible():
            self.main.locator("details:has(.skipped) > summary").click()
        self.press(self.button("change", str(BY_ID[screen_id].number)))
        return Question(self.page)

    @property
    def send_button(self) -> Locator:
        form = self.page.locator("form[action='/check']")
        return form.get_by_role("button").and_(self.page.locator(":not([name])"))

    @property
    def first_send_button(self) -> Locator:
        return self.main.locator("button[form='send']:not([name])")

    def send(self) -> "Done":
        self.press(self.send_button)
        return Done(self.page)

    def stop(self) -> "Stopped":
        self.press(self._button_of("/stop"))
        return Stopped(self.page)


class Stopped(ChildPage):
    address = "/stop"


class Done(ChildPage):
    address = "/done"

    @property
    def words(self) -> list[str]:
        """The secret words, in their order."""
        return self.main.locator(".slip bdi").all_inner_texts()

    def finish(self) -> Start:
        self.press(self.link("/finish"))
        return Start(self.page)


class ComeBack(ChildPage):
    """The page that asks for the secret words."""

    address = "/back"

    @property
    def box(self) -> Locator:
        return self.main.get_by_role("textbox")

    def type(self, words: str) -> None:
        self.box.fill(words)
        self.press(self._button_of("/back"))

    def enter(self, words: str) -> "Now":
        self.type(words)
        return Now(self.page)


class Now(ChildPage):
    """The status of the case."""

    address = "/back/now"

    def answer(self) -> "AnswerWaits":
        self.press(self.link("/back/answer"))
        return AnswerWaits(self.page)


class AnswerWaits(ChildPage):
    """The page that says that the answer is there."""

    address = "/back/answer"

    def read(self) -> "Answer":
        self.press(self._button_of("/back/answer"))
        return Answer(self.page)


class Answer(ChildPage):
    address = "/back/answer"

    def finish(self) -> Start:
        self.press(self.link("/finish"))
        return Start(self.page)


class WhoSees(ChildPage):
    """Who sees what a child sends."""

    address = "/who-sees"

    def go_back(self) -> None:
        self.press(self.main.get_by_role("link").and_(self.page.locator(".button")))


class Look(ChildPage):
    address = "/look"

    def pick(self, **chosen: str) -> None:
        """Use a look, theme, size and space; then the page it was opened from comes back."""
        for name, value in chosen.items():
            box = self.page.locator(f"[name='{name}'][value='{value}']")
            self.page.get_by_role("radio").and_(box).check()
        self.press(self._button_of("/look"))


class Language(ChildPage):
    address = "/language"

    def pick(self, code: str) -> None:
        self.press(self.button("language", code))

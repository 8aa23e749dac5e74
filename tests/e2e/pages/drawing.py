"""The page to draw on, and the sheet of paper: what a child can do there."""

import re
from collections.abc import Mapping
from functools import cached_property

from playwright.sync_api import CDPSession, Locator, expect

from tests.e2e.pages.child import ChildPage, Question


class Draw(ChildPage):
    """The page to draw on, with a paper where scripts run and stickers everywhere."""

    address = "/draw(?:/change)?"

    @classmethod
    def beside(cls, question: Question) -> "Draw":
        question.press(question.button("go", "draw"))
        return cls(question.page)

    @property
    def paper(self) -> Locator:
        return self.page.get_by_role("img", name="Your drawing", exact=True)

    @property
    def strokes(self) -> str:
        return self.page.locator("[name=strokes]").input_value()

    def has_lines(self, number: int) -> None:
        """Check how many lines go along with the page."""
        line = "[0-5][0-2]:[0-9, ]+"
        field = self.page.locator("[name=strokes]")
        expect(field).to_have_value(re.compile(f"^{line}(;{line}){{{number - 1}}}$"))

    @property
    def status(self) -> Locator:
        return self.main.locator(".board [role=status]")

    @property
    def picture(self) -> Locator:
        return self.page.get_by_role("img", name="Your picture")

    def line(self, *points: tuple[float, float]) -> None:
        """Draw through points, as parts of the paper's width and height."""
        self.paper.scroll_into_view_if_needed()
        box = self.paper.bounding_box()
        assert box is not None
        mouse = self.page.mouse
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
        mouse.move(*places[0])
        mouse.down()
        for place in places[1:]:
            mouse.move(*place, steps=4)
        mouse.up()

    @cached_property
    def screen(self) -> CDPSession:
        """The screen of this page, which remembers the fingers on it."""
        return self.page.context.new_cdp_session(self.page)

    def touch(self, what: str, fingers: Mapping[int, tuple[float, float]], wide: int = 20) -> None:
        """Put fingers down, move or lift them, or have the device take them away.

        Args:
            what: Start, Move, End or Cancel.
            fingers: where each is, as parts of the paper. With none, End and Cancel are of all.
            wide: how much of the screen each covers, in pixels.
        """
        box = self.paper.bounding_box()
        assert box is not None
        points = [
            {
                "id": finger,
                "x": box["x"] + x * box["width"],
                "y": box["y"] + y * box["height"],
                "radiusX": wide / 2,
                "radiusY": wide / 2,
            }
            for finger, (x, y) in fingers.items()
        ]
        self.screen.send(
            "Input.dispatchTouchEvent", {"type": f"touch{what}", "touchPoints": points}
        )

    @property
    def seen(self) -> bytes:
        """What the paper shows."""
        return self.paper.screenshot()

    def undo(self) -> None:
        self.main.get_by_role("button", name="Undo").click()

    def start_again(self) -> None:
        self.main.get_by_role("button", name="Start again").click()

    def say(self, words: str) -> None:
        self.main.get_by_role("textbox").fill(words)

    def go_on(self) -> Question:
        self.press(self.main.get_by_role("button").and_(self.page.locator(":not([name])")).last)
        return Question(self.page)

    def on_paper(self) -> "Sheet":
        self.press(self.button("go", "paper"))
        return Sheet(self.page)


class Sheet(ChildPage):
    address = "/draw/paper(?:/change)?"

    @property
    def letters(self) -> str:
        return self.main.locator("strong").first.inner_text()

    def go_on(self) -> Question:
        self.press(self.main.locator("button[type=submit]:not([name])"))
        return Question(self.page)

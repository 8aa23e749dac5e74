"""The page to draw on, and the sheet of paper: what a child can do there."""

from playwright.sync_api import Locator

from tests.e2e.pages.child import ChildPage, Question


class Draw(ChildPage):
    """The page to draw on, with a canvas where scripts run and stickers everywhere."""

    address = "/draw(?:/change)?"

    @classmethod
    def beside(cls, question: Question) -> "Draw":
        question.press(question.button("go", "draw"))
        return cls(question.page)

    @property
    def canvas(self) -> Locator:
        return self.page.get_by_role("img", name="Your drawing", exact=True)

    @property
    def strokes(self) -> str:
        return self.page.locator("[name=strokes]").input_value()

    @property
    def picture(self) -> Locator:
        return self.page.get_by_role("img", name="Your picture")

    def line(self, *points: tuple[float, float]) -> None:
        """Draw through points, as parts of the paper's width and height."""
        self.canvas.scroll_into_view_if_needed()
        box = self.canvas.bounding_box()
        assert box is not None
        mouse = self.page.mouse
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
        mouse.move(*places[0])
        mouse.down()
        for place in places[1:]:
            mouse.move(*place, steps=4)
        mouse.up()

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
        return self.main.locator("strong").inner_text()

    def go_on(self) -> Question:
        self.press(self.main.locator("button[type=submit]:not([name])"))
        return Question(self.page)

"""The drawing in a draft: strokes and stickers as they were sent, what was said about it, paper."""

from typing import Any, TypedDict

from flask import session

from kids_feedback.domain.drawing import MOST_STICKERS, WIDTH, Picture, Sticker, strokes_of
from kids_feedback.domain.feedback import SHORT_LIMIT, Answers
from kids_feedback.services import pictures
from kids_feedback.web.questions.catalogue import shown
from kids_feedback.web.questions.picture import DRAW

KEPT = "drawing"


class Sketch(TypedDict):
    """What is kept between two pages."""

    strokes: str
    spots: dict[str, int]  # where each sticker is
    answers: dict[str, Any]  # place, stickers and words, by the names of their fields
    paper: bool  # it comes on paper


def current() -> Sketch:
    """Return the drawing of this draft; an empty one if there is none."""
    empty = Sketch(strokes="", spots={}, answers={}, paper=False)
    kept: Sketch = session.get(KEPT, empty)
    return kept


def put(strokes: str, spots: dict[str, int], answers: dict[str, Any]) -> None:
    """Keep what was drawn and said; strokes are right already."""
    answers = {name: value for name, value in answers.items() if value}
    answers["picture_stickers"] = list(answers.get("picture_stickers", ()))[:MOST_STICKERS]
    session[KEPT] = Sketch(strokes=strokes, spots=spots, answers=answers, paper=current()["paper"])


def on_paper(*, wanted: bool) -> None:
    """Keep whether the drawing comes on paper."""
    session[KEPT] = Sketch(**{**current(), "paper": wanted})


def picture() -> Picture:
    """Return what is to be drawn; nothing is false."""
    kept = current()
    return Picture(
        place=kept["answers"].get("picture_place", ""),
        stickers=tuple(
            Sticker(kind, kept["spots"][kind])
            for kind in kept["answers"].get("picture_stickers", ())
        ),
        strokes=strokes_of(kept["strokes"]),
    )


def answers() -> Answers:
    """Return what was picked and said, as it goes along with the child's words."""
    return {name: value for name, value in current()["answers"].items() if value}


def described() -> str:
    """Return which stickers are on it, for whoever cannot see it."""
    return ", ".join(shown(DRAW.fields[1], current()["answers"].get("picture_stickers", ())))


def too_long() -> bool:
    """Whether more was said about it than fits."""
    return len(current()["answers"].get("picture_words", "")) > SHORT_LIMIT


def png(width: int = WIDTH) -> bytes | None:
    """Return the picture as a PNG; None if nothing was drawn."""
    drawn = picture()
    return pictures.png_of(drawn, width=width) if drawn else None

"""The drawing in a draft: strokes and stickers as they were sent, what was said about it, paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypedDict

from flask import session

from kids_feedback.domain.drawing import (
    COLOURS,
    MOST_STICKERS,
    PENS,
    Picture,
    Sticker,
    strokes_of,
)
from kids_feedback.domain.feedback import SHORT_LIMIT, Answers
from kids_feedback.services.pictures import Part, parts_of, png_of
from kids_feedback.web.questions.catalogue import shown
from kids_feedback.web.questions.picture import DRAW

KEPT = "drawing"


class Sketch(TypedDict):
    """What is kept between two pages."""

    strokes: str
    spots: dict[str, int]  # where each sticker is
    answers: dict[str, Any]  # place, stickers and words, by the names of their fields
    paper: bool  # it comes on paper


@dataclass(frozen=True)
class Line:
    """One stroke as a page draws it."""

    colour: str
    width: int
    points: str  # as SVG writes them


@dataclass(frozen=True)
class Drawn:
    """The picture as a page shows it: shapes beneath, lines over them, and which stickers."""

    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    stickers: str


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


def png() -> bytes | None:
    """Return the picture as a PNG, for staff; None if nothing was drawn."""
    made = picture()
    return png_of(made) if made else None


def shown_again() -> Drawn | None:
    """Return the picture for a page to show; None if nothing was drawn.

    A page draws it itself, which is lighter than a file: nothing more to fetch.
    """
    made = picture()
    return Drawn(tuple(parts_of(made)), tuple(_lines()), described()) if made else None


def _lines() -> Iterator[Line]:
    for stroke in filter(None, current()["strokes"].split(";")):
        points = stroke[3:]
        if " " not in points:
            points = f"{points} {points}"  # a dot is a line to itself
        yield Line(COLOURS[int(stroke[0])], PENS[int(stroke[1])], points)

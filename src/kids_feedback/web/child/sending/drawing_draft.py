"""The drawing in a draft: strokes and stickers as they were sent, what was said about it, paper."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from kids_feedback.domain.case.submission import SHORT_LIMIT
from kids_feedback.domain.child.drawing import (
    COLOURS,
    MOST_STICKERS,
    PENS,
    SPOTS,
    NotADrawing,
    Picture,
    Sticker,
    Stroke,
    strokes_of,
)
from kids_feedback.services.child.drawing_images import DrawingPart, parts_of, png_of
from kids_feedback.web.child import drafts
from kids_feedback.web.questions.catalogue import shown, still_asked
from kids_feedback.web.questions.drawing import DRAW
from kids_feedback.web.visit.values import Draft, DrawingDraft


@dataclass(frozen=True)
class PenLine:
    """One stroke as a page draws it."""

    colour: str
    width: int
    points: str  # as SVG writes them


@dataclass(frozen=True)
class DrawnPicture:
    """The picture as a page shows it: shapes beneath, lines over them, and which stickers."""

    parts: tuple[DrawingPart, ...]
    lines: tuple[PenLine, ...]
    stickers: str


def current() -> DrawingDraft:
    """Return the drawing of this draft; an empty one if there is none."""
    kept = drafts.drawing()
    return replace(kept, answers=still_asked(kept.answers))


def put(draft: Draft, strokes: str, spots: dict[str, int], answers: dict[str, Any]) -> None:
    """Keep what was drawn and said; strokes are right already."""
    answers = {name: value for name, value in answers.items() if value}
    answers["picture_stickers"] = list(answers.get("picture_stickers", ()))[:MOST_STICKERS]
    drafts.put_drawing(draft, replace(draft.drawing, strokes=strokes, spots=spots, answers=answers))


def on_paper(draft: Draft, *, wanted: bool) -> None:
    """Keep whether the drawing comes on paper."""
    drafts.put_drawing(draft, replace(draft.drawing, paper=wanted))


def picture() -> Picture:
    """Return what is to be drawn; nothing is false."""
    kept = current()
    return Picture(
        place=answers().get("picture_place", ""),
        stickers=tuple(
            Sticker(kind, kept.spots[kind])
            for kind in answers().get("picture_stickers", ())
            if kept.spots.get(kind) in range(SPOTS)
        ),
        strokes=_strokes(kept),
    )


def answers() -> dict[str, Any]:
    """Return what was picked and said, as it goes along with the child's words."""
    return {name: value for name, value in current().answers.items() if value}


def described() -> str:
    """Return which stickers are on it, for whoever cannot see it."""
    return ", ".join(shown(DRAW.fields[1], answers().get("picture_stickers", ())))


def too_long() -> bool:
    """Whether more was said about it than fits."""
    return len(answers().get("picture_words", "")) > SHORT_LIMIT


def png() -> bytes | None:
    """Return the picture as a PNG, for staff; None if nothing was drawn."""
    made = picture()
    return png_of(made) if made else None


def shown_again() -> DrawnPicture | None:
    """Return the picture for a page to show; None if nothing was drawn.

    A page draws it itself, which is lighter than a file: nothing more to fetch.
    """
    made = picture()
    return DrawnPicture(tuple(parts_of(made)), tuple(_lines(made)), described()) if made else None


def _strokes(kept: DrawingDraft) -> tuple[Stroke, ...]:
    try:
        return strokes_of(kept.strokes)
    except NotADrawing:  # kept by another version: what cannot be drawn is nothing
        return ()


def _lines(made: Picture) -> Iterator[PenLine]:
    for stroke in made.strokes:
        points = [f"{x},{y}" for x, y in stroke.points]
        if len(points) == 1:
            points *= 2  # a dot is a line to itself
        yield PenLine(COLOURS[stroke.colour], PENS[stroke.pen], " ".join(points))

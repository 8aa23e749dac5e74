"""What a child draws: strokes as a browser sends them, and stickers in nine places."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kids_feedback.domain.errors import DomainError

WIDTH, HEIGHT = 1000, 750  # of the paper, in its own units
COLOURS = ("#1b2430", "#b3261e", "#d97706", "#2e7d32", "#1d5fa8", "#7b3fa0")
PENS = (6, 14, 32)  # how wide, in units of the paper
MOST_STROKES, MOST_POINTS = 200, 6_000
LONGEST = 60_000  # characters
MOST_INK = 600_000  # units of line that are drawn; nobody gets there by hand
MOST_STICKERS = 6
SPOTS = 9  # three rows of three; 0 is on top at the left

_NUMBER = r"(?:0|[1-9][0-9]{0,3})"
_POINT = rf"{_NUMBER},{_NUMBER}"
_STROKE = re.compile(rf"([0-5])([0-2]):({_POINT}(?: {_POINT})*)")

Point = tuple[int, int]


class NotADrawing(DomainError):
    """Not what our own page sends: the wrong shape, off the paper, or too much."""


@dataclass(frozen=True)
class Stroke:
    """One line, from where the pen came down to where it was lifted."""

    colour: int  # which of COLOURS
    pen: int  # which of PENS
    points: tuple[Point, ...]  # one or more; one is a dot

    @property
    def ink(self) -> int:
        """How long it is, in units across and down."""
        return sum(abs(x - a) + abs(y - b) for (a, b), (x, y) in pairwise(self.points))


@dataclass(frozen=True)
class Sticker:
    """One sticker; ``kind`` is a name in ``domain.child.stickers``."""

    kind: str
    spot: int  # 0 to 8


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What is on the paper: a place, stickers on it, and lines over both."""

    place: str = ""  # a name in ``domain.child.stickers``; nothing: white paper
    stickers: tuple[Sticker, ...] = ()
    strokes: tuple[Stroke, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.place or self.stickers or self.strokes)


def strokes_of(text: str) -> tuple[Stroke, ...]:
    """Return the strokes in what a browser sent, such as ``02:10,20 11,22;40:5,5``.

    A colour and a pen by number, a colon, points, and semicolons between strokes; nothing else.

    Raises:
        NotADrawing: anything else, a point off the paper, or more than fits.
    """
    if len(text) > LONGEST:
        raise NotADrawing("too long")
    if not text:
        return ()
    strokes = tuple(_stroke(stroke) for stroke in text.split(";"))
    if len(strokes) > MOST_STROKES or sum(len(stroke.points) for stroke in strokes) > MOST_POINTS:
        raise NotADrawing("too much")
    return strokes


def text_of(strokes: Sequence[Stroke]) -> str:
    """Return what ``strokes_of`` reads."""
    return ";".join(
        f"{stroke.colour}{stroke.pen}:" + " ".join(f"{x},{y}" for x, y in stroke.points)
        for stroke in strokes
    )


def _stroke(text: str) -> Stroke:
    found = _STROKE.fullmatch(text)
    if found is None:
        raise NotADrawing("not a stroke")
    colour, pen, points = found.groups()
    return Stroke(int(colour), int(pen), tuple(_point(point) for point in points.split(" ")))


def _point(text: str) -> Point:
    across, down = text.split(",")
    x, y = int(across), int(down)
    if x > WIDTH or y > HEIGHT:
        raise NotADrawing("off the paper")
    return x, y

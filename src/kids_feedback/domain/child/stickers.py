"""Stickers and places: one list of shapes, for the page to show and for the server to draw.

Stickers stand on a 48 by 48 grid, places on the paper's own (``domain.child.drawing``). The
figure is a stone: no skin, hair, age or clothes, so that any child can be it. No court, no badge of
office.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians, sin

from kids_feedback.domain.child.drawing import HEIGHT, WIDTH

GRID = 48
INK = "#1b2430"
SAND, LEAF, SKY, PLUM = "#f6d9a8", "#8fcaa0", "#a9d3f0", "#cfb2e6"
SUN, WHITE, WOOD, GREY, DUSK = "#ffd84d", "#ffffff", "#b08158", "#c5ccd3", "#2b3f63"


@dataclass(frozen=True)
class Shape:
    """A line through points; with ``fill`` what they enclose, with ``oval`` what two hold."""

    points: tuple[tuple[float, float], ...]
    fill: str = ""  # nothing: only the line
    line: float = 2.0  # how wide, in units of the grid; 0: none
    oval: bool = False


def _round(x: float, y: float, across: float, down: float, fill: str, line: float = 2) -> Shape:
    return Shape(((x - across, y - down), (x + across, y + down)), fill, line, oval=True)


def _arc(x: float, y: float, radius: float, start: int, end: int) -> Shape:
    """Return part of a circle, in degrees; 0 is to the right, 90 down."""
    steps = (radians(start + (end - start) * step / 6) for step in range(7))
    return Shape(tuple((x + radius * cos(at), y + radius * sin(at)) for at in steps))


def _box(x: float, y: float, across: float, down: float, fill: str, line: float = 2) -> Shape:
    corners = ((x, y), (x + across, y), (x + across, y + down), (x, y + down), (x, y))
    return Shape(corners, fill, line)


def _eyes(x: float, y: float, apart: float) -> tuple[Shape, ...]:
    return tuple(_round(item, y, 2, 2, INK, 0) for item in (x - apart, x + apart))


def _face(*rest: Shape) -> tuple[Shape, ...]:
    return (_round(24, 24, 20, 19, SAND), *_eyes(24, 21, 7), *rest)


_SMILE, _FROWN = _arc(24, 26, 9, 20, 160), _arc(24, 40, 9, 215, 325)
_SQUARE_ROOF = ((5.0, 23.0), (24.0, 5.0), (43.0, 23.0), (5.0, 23.0))
_CLOUD = (_round(16, 19, 10, 8, GREY), _round(32, 19, 11, 9, GREY), _round(24, 14, 10, 9, GREY, 0))

STICKERS: Mapping[str, tuple[Shape, ...]] = {
    "sun": (
        *(
            Shape(((24 + 16 * x, 24 + 16 * y), (24 + 22 * x, 24 + 22 * y)), line=3)
            for x, y in ((cos(radians(at)), sin(radians(at))) for at in range(0, 360, 45))
        ),
        _round(24, 24, 12, 12, SUN),
    ),
    "rain": (
        *_CLOUD,
        *(Shape(((x, 31.0), (x - 3, 41.0)), line=3) for x in (13.0, 22.0, 31.0, 40.0)),
    ),
    "tree": (_box(20, 28, 8, 17, WOOD), _round(24, 18, 17, 15, LEAF)),
    "house": (
        _box(10, 22, 28, 22, WHITE),
        Shape(_SQUARE_ROOF, PLUM),
        _box(19, 31, 9, 13, LEAF),
    ),
    "phone": (_box(14, 3, 20, 42, GREY), _box(17, 8, 14, 27, SKY), _round(24, 40, 2, 2, INK, 0)),
    "pet": (
        Shape(((9.0, 24.0), (10.0, 7.0), (21.0, 15.0), (9.0, 24.0)), WOOD),
        Shape(((39.0, 24.0), (38.0, 7.0), (27.0, 15.0), (39.0, 24.0)), WOOD),
        _round(24, 28, 16, 15, WOOD),
        *_eyes(24, 25, 6),
        _round(24, 32, 3, 2, INK, 0),
        _arc(24, 32, 6, 30, 150),
    ),
    "me": (_round(24, 31, 13, 13, SAND), *_eyes(24, 29, 5), _arc(24, 31, 6, 30, 150)),
    "grown_up": (
        _round(24, 25, 17, 20, SAND),
        *_eyes(24, 18, 6),
        _arc(24, 20, 6, 40, 140),
        _box(31, 27, 14, 17, WHITE),
        Shape(((35.0, 33.0), (41.0, 33.0)), line=1),
        Shape(((35.0, 38.0), (41.0, 38.0)), line=1),
    ),
    "happy": _face(_SMILE),
    "worried": _face(
        Shape(((13.0, 15.0), (19.0, 12.0))),
        Shape(((35.0, 15.0), (29.0, 12.0))),
        Shape(((17.0, 33.0), (20.0, 31.0), (24.0, 33.0), (28.0, 31.0), (31.0, 33.0))),
    ),
    "sad": _face(_FROWN, _round(13, 29, 2, 3, SKY, 1)),
    "cross": _face(
        Shape(((13.0, 13.0), (20.0, 17.0))),
        Shape(((35.0, 13.0), (28.0, 17.0))),
        Shape(((17.0, 34.0), (31.0, 34.0))),
    ),
}
PLACES: Mapping[str, tuple[Shape, ...]] = {
    "outside": (_box(0, 0, WIDTH, HEIGHT, SKY, 0), _box(0, 500, WIDTH, 250, LEAF, 0)),
    "inside": (
        _box(0, 0, WIDTH, HEIGHT, "#fff3d9", 0),
        _box(0, 540, WIDTH, 210, WOOD, 0),
        _box(380, 90, 240, 200, SKY, 8),
        Shape(((500.0, 90.0), (500.0, 290.0)), line=8),
        Shape(((380.0, 190.0), (620.0, 190.0)), line=8),
    ),
    "night": (
        _box(0, 0, WIDTH, HEIGHT, DUSK, 0),
        _box(0, 560, WIDTH, 190, "#3f5a52", 0),
        _round(840, 130, 70, 70, SUN, 0),
        *(_round(x, y, 7, 7, WHITE, 0) for x, y in ((150, 90), (330, 190), (520, 80), (660, 230))),
    ),
}
USUALLY: Mapping[str, int] = {  # where a sticker goes unless the child says where
    **dict.fromkeys(STICKERS, 4),
    "sun": 2,
    "rain": 1,
    "tree": 3,
    "house": 5,
    "pet": 6,
    "me": 7,
    "grown_up": 8,
    "happy": 0,
}

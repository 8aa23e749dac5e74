"""A child's picture as a PNG, drawn here: no photo, no file of theirs, nothing but the picture."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from kids_feedback.domain.child.drawing import (
    COLOURS,
    HEIGHT,
    MOST_INK,
    PENS,
    SPOTS,
    WIDTH,
    Picture,
    Stroke,
)
from kids_feedback.domain.child.stickers import GRID, INK, PLACES, STICKERS, Shape

_FINER = 2  # drawn this much larger, then made smaller: smooth edges
_SHADES = 128  # enough for flat colours and their edges, at a third of the bytes
_SIZE = 216  # of a sticker, in units of the paper
_BESIDE = 60  # units that a second sticker in one spot moves aside

Place = tuple[float, float]


@dataclass(frozen=True)
class DrawingPart:
    """Shapes on the paper: their name, where they begin, and how large a unit of theirs is."""

    name: str
    shapes: tuple[Shape, ...]
    at: Place = (0, 0)
    size: float = 1


def parts_of(picture: Picture) -> Iterator[DrawingPart]:
    """Yield what lies beneath the lines: the place, then each sticker."""
    if picture.place:
        yield DrawingPart(picture.place, PLACES.get(picture.place, ()))
    used = [0] * SPOTS
    for sticker in picture.stickers:
        corner = _corner(sticker.spot, used[sticker.spot])
        used[sticker.spot] += 1
        yield DrawingPart(sticker.kind, STICKERS[sticker.kind], corner, _SIZE / GRID)


def png_of(picture: Picture, *, width: int = WIDTH) -> bytes:
    """Return the picture as a PNG without any metadata, ``width`` pixels wide.

    The same picture is always the same bytes.
    """
    paper = _Paper(width * _FINER)
    for part in parts_of(picture):
        paper.shapes(part)
    ink = 0
    for stroke in picture.strokes:
        ink += stroke.ink
        if ink <= MOST_INK:
            paper.stroke(stroke)
    return paper.png()


def _corner(spot: int, before: int) -> Place:
    """Return where a sticker begins when so many stand in its spot already."""
    across, down = WIDTH / 3, HEIGHT / 3
    x = (spot % 3 + 0.5) * across - _SIZE / 2 + before * _BESIDE
    y = (spot // 3 + 0.5) * down - _SIZE / 2 + before * _BESIDE / 4
    return min(x, WIDTH - _SIZE), min(y, HEIGHT - _SIZE)


class _Paper:
    """White paper that is drawn on in its own units."""

    def __init__(self, pixels: int) -> None:
        self._scale = pixels / WIDTH
        self._image = Image.new("P", (pixels, round(HEIGHT * self._scale)), 0)
        self._image.putpalette(b"\xff\xff\xff")
        self._pen = ImageDraw.Draw(self._image)  # which adds each colour to the palette

    def shapes(self, part: DrawingPart) -> None:
        (left, top), size = part.at, part.size
        for shape in part.shapes:
            points = [(left + x * size, top + y * size) for x, y in shape.points]
            if shape.oval:
                self._oval(points, shape.fill, shape.line * size)
                continue
            if shape.fill:
                self._pen.polygon(self._scaled(points), fill=shape.fill)
            if shape.line:
                self._line(points, INK, shape.line * size)

    def stroke(self, stroke: Stroke) -> None:
        self._line(stroke.points, COLOURS[stroke.colour], PENS[stroke.pen])

    def png(self) -> bytes:
        small = self._image.convert("RGB").reduce(_FINER)
        file = BytesIO()
        small.quantize(_SHADES, Image.Quantize.FASTOCTREE).save(file, "PNG")
        return file.getvalue()

    def _line(self, points: Iterable[Place], colour: str, width: float) -> None:
        """Draw with a round pen: round corners, round ends."""
        through, pen = self._scaled(points), round(width * self._scale)
        self._pen.line(through, fill=colour, width=pen)
        half = (pen - 1) / 2
        for x, y in through:
            self._pen.ellipse((x - half, y - half, x + half, y + half), fill=colour)

    def _oval(self, corners: Iterable[Place], fill: str, width: float) -> None:
        (left, top), (right, bottom) = self._scaled(corners)
        half, line = width * self._scale / 2, round(width * self._scale)
        box = (left - half, top - half, right + half, bottom + half)
        self._pen.ellipse(box, fill=fill, outline=INK if line else fill, width=line or 1)

    def _scaled(self, points: Iterable[Place]) -> list[Place]:
        return [(x * self._scale, y * self._scale) for x, y in points]

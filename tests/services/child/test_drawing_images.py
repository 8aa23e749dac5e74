"""A picture is a picture and nothing else."""

import struct
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from kids_feedback.domain.child.drawing import MOST_INK, Picture, Sticker, Stroke
from kids_feedback.domain.child.stickers import PLACES, STICKERS
from kids_feedback.services.child.drawing_images import png_of

DOT = Picture(strokes=(Stroke(1, 2, ((500, 375),)),))


def chunks(png: bytes) -> Iterator[str]:
    at = 8
    while at < len(png):
        size, name = struct.unpack(">I4s", png[at : at + 8])
        yield name.decode()
        at += size + 12


def colours(png: bytes) -> set[object]:
    image = Image.open(BytesIO(png)).convert("RGB")
    return {colour for _, colour in image.getcolors(1 << 20) or ()}


def colour_at(png: bytes, x: int, y: int) -> tuple[int, ...]:
    pixel = Image.open(BytesIO(png)).convert("RGB").getpixel((x, y))
    assert isinstance(pixel, tuple)
    return pixel


def test_a_picture_holds_no_more_than_the_picture() -> None:
    assert set(chunks(png_of(DOT))) == {"IHDR", "PLTE", "IDAT", "IEND"}


def test_a_dot_is_where_the_child_put_it() -> None:
    png = png_of(DOT)
    red, green, blue = colour_at(png, 500, 375)
    assert red > 150 > max(green, blue)
    assert min(colour_at(png, 20, 20)) > 250


def test_the_same_picture_is_the_same_bytes_at_any_size_it_is_asked_for() -> None:
    assert png_of(DOT) == png_of(DOT)
    assert Image.open(BytesIO(png_of(DOT))).size == (1000, 750)
    assert Image.open(BytesIO(png_of(DOT, width=400))).size == (400, 300)


@pytest.mark.parametrize("kind", STICKERS)
def test_every_sticker_shows(kind: str) -> None:
    assert len(colours(png_of(Picture(stickers=(Sticker(kind, 8),)), width=400))) > 3


@pytest.mark.parametrize("place", PLACES)
def test_every_place_shows(place: str) -> None:
    assert len(colours(png_of(Picture(place=place), width=400))) > 1


def test_two_stickers_in_one_spot_both_show() -> None:
    one = Picture(stickers=(Sticker("happy", 4),))
    two = Picture(stickers=(Sticker("happy", 4), Sticker("happy", 4)))
    assert png_of(one) != png_of(two)


def test_a_picture_never_takes_long_to_draw() -> None:
    """Beyond what a hand can draw, lines are left out."""
    there_and_back = Stroke(0, 0, ((0, 0), (1000, 750)) * 10)
    most = MOST_INK // there_and_back.ink
    assert png_of(Picture(strokes=(there_and_back,) * most + DOT.strokes)) == png_of(
        Picture(strokes=(there_and_back, *DOT.strokes))
    )
    red = Stroke(1, 2, ((0, 700), (1000, 700)) * 200)
    assert png_of(Picture(strokes=(there_and_back,) * most + (red,))) == png_of(
        Picture(strokes=(there_and_back,))
    )

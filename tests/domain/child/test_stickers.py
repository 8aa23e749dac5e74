"""Stickers and places are drawn as somebody looked at them."""

import hashlib
from collections.abc import Iterable

from kids_feedback.domain.child.drawing import HEIGHT, WIDTH
from kids_feedback.domain.child.stickers import GRID, PLACES, STICKERS, USUALLY, Shape

# Whoever changes one looks at it on the page and in the drawing that staff get, and then writes
# its new digest here.
LOOKED_AT = {
    "sun": "bb04593fb7e44d78",
    "rain": "17203d774e7c50b0",
    "tree": "49c5ba26156b3526",
    "house": "391c563a1b96d3c7",
    "phone": "53a24cc351688797",
    "pet": "8ebaf059251845b3",
    "me": "acc76c5515d0cf74",
    "grown_up": "83496a7fffc2022e",
    "happy": "a062748596878e30",
    "worried": "f2b4a3898f7ae72c",
    "sad": "5e35e075b82ce29a",
    "cross": "4848ba94380e4f2f",
    "outside": "30631390ebdf73a6",
    "inside": "478cee5feecc2a50",
    "night": "ab3732b66a53f0e3",
}


def test_each_is_drawn_as_it_was_when_somebody_looked() -> None:
    drawn = {name: digest(shapes) for name, shapes in {**STICKERS, **PLACES}.items()}
    assert drawn == LOOKED_AT


def test_a_sticker_stays_on_its_grid_and_a_place_fills_the_paper() -> None:
    for shapes in STICKERS.values():
        assert all(0 <= x <= GRID and 0 <= y <= GRID for shape in shapes for x, y in shape.points)
    for ground, *_ in PLACES.values():
        assert {ground.points[0], ground.points[2]} == {(0, 0), (WIDTH, HEIGHT)}


def test_where_stickers_go_unless_the_child_says_where() -> None:
    middle = dict.fromkeys(("phone", "worried", "sad", "cross"), 4)
    top = {"happy": 0, "rain": 1, "sun": 2}
    below = {"tree": 3, "house": 5, "pet": 6, "me": 7, "grown_up": 8}
    assert {**top, **middle, **below} == USUALLY


def digest(shapes: Iterable[Shape]) -> str:
    said = "\n".join(
        f"{[(round(x, 3), round(y, 3)) for x, y in shape.points]}"
        f" {shape.fill} {float(shape.line)} {shape.oval}".replace("-0.0", "0.0")
        for shape in shapes
    )
    return hashlib.sha256(said.encode()).hexdigest()[:16]

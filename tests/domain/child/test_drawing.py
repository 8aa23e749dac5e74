"""What a browser may send as a drawing, and what it may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.domain.child import slips
from kids_feedback.domain.child.drawing import (
    COLOURS,
    HEIGHT,
    LONGEST,
    MOST_POINTS,
    MOST_STROKES,
    PENS,
    WIDTH,
    NotADrawing,
    Picture,
    Sticker,
    Stroke,
    strokes_of,
    text_of,
)
from kids_feedback.domain.child.stickers import STICKERS, USUALLY

points = st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT))
strokes = st.builds(
    Stroke,
    st.integers(0, len(COLOURS) - 1),
    st.integers(0, len(PENS) - 1),
    st.lists(points, min_size=1, max_size=8).map(tuple),
)


@given(st.lists(strokes, max_size=12).map(tuple))
def test_a_drawing_comes_back_line_by_line(drawn: tuple[Stroke, ...]) -> None:
    assert strokes_of(text_of(drawn)) == drawn


@given(st.text(alphabet="0123456789,:; -.x\n٣", max_size=60))
def test_whatever_is_sent_is_a_drawing_or_is_refused(text: str) -> None:
    try:
        drawn = strokes_of(text)
    except NotADrawing:
        return
    assert text_of(drawn) == text, "there is one way to write each drawing"


@pytest.mark.parametrize(
    "text",
    [
        "null",
        "60:1,1",  # no such colour
        "03:1,1",  # no such pen
        "00:",
        "00:1",
        "00:1,1,1",
        "00:1,1 ",
        "00:1,1;",
        ";00:1,1",
        "00:1,1;;00:2,2",
        "00:-1,1",
        "00:1.5,1",
        "00:01,1",
        "00:1001,1",
        "00:1,751",
        "00:١,1",  # a digit, but not one of ours
        "00:1,1\n",
        "00:99999999999999999999,1",
    ],
)
def test_what_our_page_never_sends_is_refused(text: str) -> None:
    with pytest.raises(NotADrawing):
        strokes_of(text)


def test_an_empty_paper_is_no_drawing() -> None:
    assert strokes_of("") == ()
    assert not Picture()
    assert Picture(place="night")
    assert Picture(stickers=(Sticker("sun", 2),))


def test_as_much_as_fits_is_taken_and_no_more() -> None:
    dot = Stroke(0, 0, ((1, 1),))
    assert len(strokes_of(text_of([dot] * MOST_STROKES))) == MOST_STROKES
    with pytest.raises(NotADrawing):
        strokes_of(text_of([dot] * (MOST_STROKES + 1)))
    line = Stroke(0, 0, ((999, 749),) * MOST_POINTS)
    assert len(text_of([line])) < LONGEST
    assert strokes_of(text_of([line])) == (line,)
    with pytest.raises(NotADrawing):
        strokes_of(text_of([line, dot]))
    with pytest.raises(NotADrawing):
        strokes_of("x" * (LONGEST + 1))


def test_every_sticker_has_a_usual_place() -> None:
    assert set(USUALLY) == set(STICKERS)


@given(st.binary(min_size=6))
def test_a_slip_code_is_read_however_it_is_typed(random: bytes) -> None:
    code = slips.make(random)
    assert len(code) == slips.LENGTH
    assert slips.read(f" {code[:3].lower()}-{code[3:]}\n") == code
    assert slips.read(code + "B") != code

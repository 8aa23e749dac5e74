"""A text in which nobody sees a sign says nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.domain.visible import is_visible

UNSEEN = [
    "",
    "   ",
    "\u3164",  # Hangul filler, a letter by name
    "\u200b\u200d\ufeff",  # zero width
    "\u0301\u0308",  # marks on no letter
    "\u2800",  # a Braille cell without dots
    "\u202e\u2066",  # directions
    "\u00a0\u3000",  # spaces that strip() may miss
    "\ufe0f",
]


@pytest.mark.parametrize("text", UNSEEN)
def test_nothing_is_seen(text: str) -> None:
    assert not is_visible(text)


@pytest.mark.parametrize("text", ["Jo", "\u3164J", "7", ".", "😀", "مو", "é", "e\u0301"])
def test_something_is_seen(text: str) -> None:
    assert is_visible(text)


@given(st.lists(st.sampled_from(UNSEEN)).map("".join), st.sampled_from("aZ9.مé"))
def test_one_sign_among_many_unseen_ones_is_enough(unseen: str, sign: str) -> None:
    assert not is_visible(unseen)
    assert is_visible(unseen + sign + unseen)

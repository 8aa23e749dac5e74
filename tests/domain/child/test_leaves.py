"""What a checker may do to a child's words on a leaf: hide parts, and nothing else."""

import pytest

from kids_feedback.domain.child.leaves import only_hides

WORDS = "Sam from Leeds was kind to me and to Tim"


@pytest.mark.parametrize(
    "shown",
    [
        WORDS,
        "… was kind to me and to Tim",
        "… from … was kind to me and to …",
        "Sam … was kind to me…",
        "... was kind to me ...",
        "…was kind…",
        "Sam  from Leeds was\r\nkind to me and to …",
        "S… from Leeds was kind to me and to Tim",
    ],
)
def test_parts_can_be_hidden(shown: str) -> None:
    assert only_hides(WORDS, shown)


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "…",
        "… …",
        "was kind to me",  # cut off, and nothing says so
        "Sam was kind to me and to Tim",
        "Ann … was kind to me and to Tim",
        "… was very kind to me and to Tim",
        "… to Tim … kind to me …",  # in another order
        "… was kind to me and to Jo",
        "Sam from Leeds was kind … kind to me and to Tim",  # the same word twice
        WORDS + "!",
    ],
)
def test_nothing_is_put_into_a_childs_mouth(shown: str) -> None:
    assert not only_hides(WORDS, shown)


def test_a_leaf_without_words_hangs_as_it_is() -> None:
    assert only_hides("", "")
    assert not only_hides("", "Lovely!")


def test_a_child_may_write_dots_of_their_own() -> None:
    assert only_hides("I was sad... and then not", "I was sad... and then not")
    assert only_hides("I was sad... and then not", "I was … not")

"""What makes a text hard to read, and how the site finds it."""

import pytest

from kids_feedback.domain.readability import (
    BUSTED,
    busted_words,
    measure,
    sentences,
    unusual_words,
    words,
)

KNOWN = {"we", "the", "stop", "say", "carry", "look", "like", "box", "can", "do", "it", "you", "to"}


def test_a_sentence_ends_with_its_stop_or_with_its_line() -> None:
    text = "We read it. Did you? “Yes!” you said\nNext\n\nRing 0800 1111."
    assert sentences(text) == (
        ["We read it.", "Did you?", "“Yes!”", "you said", "Next", "Ring 0800 1111."]
    )


def test_a_stop_within_a_number_or_an_address_ends_nothing() -> None:
    assert sentences("It costs 2.50 at 9.30, see example.org today") == [
        "It costs 2.50 at 9.30, see example.org today"
    ]


def test_numbers_and_joined_words_are_read_as_one_word_each() -> None:
    said = words("Don't ring 999 at 4:30 – it’s step-free.")
    assert said == ["Don't", "ring", "999", "at", "4:30", "it’s", "step-free"]
    assert words("") == words(" – … ") == []


def test_a_form_of_a_known_word_is_known() -> None:
    text = (
        "Stop stops stopped stopping stopper carries carried boxes liked liking likely "
        "don’t it's you'll you’ve"
    )
    assert unusual_words(text, known=KNOWN) == ()


@pytest.mark.parametrize("word", ["advocate", "unlike", "sing", "string", "bed"])
def test_another_word_is_not_known_because_it_begins_or_ends_alike(word: str) -> None:
    assert unusual_words(word, known=KNOWN) == (word,)


def test_an_unusual_word_is_named_each_time_it_stands() -> None:
    assert unusual_words("Advocates? We like the ADVOCATES.", known=KNOWN) == ("advocates",) * 2


def test_a_joined_word_is_known_whole_or_part_by_part() -> None:
    known = {*KNOWN, "grown-up"}
    assert unusual_words("Grown-ups, look-like, you-know", known=known) == ("know",)


def test_numbers_are_not_unusual() -> None:
    assert unusual_words("We say 0800 1111 4:30", known=KNOWN) == ()


def test_an_address_is_not_unusual() -> None:
    assert unusual_words("Look: haveyoursay.example/a, sam@cafcass.example.", known=KNOWN) == ()


@pytest.mark.parametrize(
    "text",
    [
        "the parties",
        "Two remedies",
        "It was UPHELD",
        "an outcome’s name",
        "other service users",
        "when you have contact with your dad",
        "We resolved it",
        "Sen, LAC",
    ],
)
def test_a_busted_word_is_found_in_any_form(text: str) -> None:
    assert busted_words(text)


@pytest.mark.parametrize(
    "text", ["We contact you.", "We sent it", "in a place", "I use it", "It is part of the case"]
)
def test_a_plain_word_is_not_busted(text: str) -> None:
    assert busted_words(text) == ()


def test_the_busted_words_are_themselves_found() -> None:
    assert busted_words("\n".join(BUSTED)) == BUSTED


def test_a_text_is_measured_whole() -> None:
    found = measure("We say it to Ada. Can you do the proceedings?", known=KNOWN, names={"ada"})
    assert (found.words, found.longest, found.longest_words) == (*(10, "We say it to Ada.", 5),)
    assert (found.unusual, found.busted) == (("proceedings",), ("proceedings",))
    assert found.unusual_share == 0.1


def test_no_text_asks_nothing() -> None:
    nothing = measure("", known=KNOWN)
    assert (nothing.words, nothing.longest_words, nothing.unusual_share) == (0, 0, 0.0)

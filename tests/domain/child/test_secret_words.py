"""How secret words are drawn, and how what a child types is read."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.domain.child.secret_words import (
    GIVEN,
    OLD,
    Typed,
    fingerprint,
    look_at,
    make,
    read_back,
)

SEPARATORS = (
    " ", "  ", "\n", "\t", "\r\n", "-", "–", "—", "‑", "_", ",", ", ", ".", " · ", "/", "+",
    "\u00a0", "\u3000", "\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad", "\u200e", "\u200f",
    "\u202b", "\u2069", "\x00", "، ", "。", " 1. ", " 🙂 ",
)  # fmt: skip
ACCENTS = ("", "", "", "\u0301", "\u0308", "\u0327", "\u0345")

drawn_words = st.sampled_from((GIVEN, OLD)).flatmap(
    lambda known: st.lists(
        st.sampled_from(known.words),
        min_size=known.how_many,
        max_size=known.how_many,
        unique=True,
    )
)
separators = st.lists(st.sampled_from(SEPARATORS), min_size=6, max_size=6)


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def test_the_words_are_different_whatever_chance_says() -> None:
    assert make(lambda words: words[0]) == GIVEN.words[:5]
    assert make(lambda words: words[-1]) == GIVEN.words[:-6:-1]
    assert make(lambda words: words[0], OLD) == OLD.words[:4]


def test_two_children_get_different_words() -> None:
    drawn = {make() for _ in range(50)}
    assert len(drawn) == 50
    assert all(set(words) <= GIVEN.listed and len(set(words)) == 5 for words in drawn)


@given(words=drawn_words, between=separators, data=st.data())
def test_words_are_read_however_they_are_typed(
    words: list[str], between: list[str], data: st.DataObject
) -> None:
    looks = st.sampled_from((str.lower, str.upper, str.title, wide))
    accents = st.lists(st.sampled_from(ACCENTS), min_size=8, max_size=8)
    typed = between[0]
    for word, gap in zip(words, between[1 : len(words) + 1], strict=True):
        marks = data.draw(accents)
        shown = data.draw(looks)(word)
        typed += "".join(c + mark for c, mark in zip(shown, marks, strict=False)) + gap
    for form in ("NFC", "NFD"):
        assert read_back(unicodedata.normalize(form, typed)) == " ".join(words)


@given(words=drawn_words, cut=st.integers(0, 30))
def test_words_in_one_go_or_in_bits_are_the_same_words_or_none(words: list[str], cut: int) -> None:
    joined, spaced = "".join(words), " ".join(words)
    assert read_back(joined) in {spaced, ""}
    before, _, after = spaced.partition(" ")
    joined_two = f"{before}{after}"  # of five words, it leaves four, which may be somebody's
    assert read_back(joined_two) in {spaced, "" if len(words) == 4 else joined_two}
    if cut < len(spaced) and " " not in spaced[cut : cut + 2] and cut + 1 < len(spaced):
        assert read_back(f"{spaced[: cut + 1]} {spaced[cut + 1 :]}") in {spaced, ""}


def test_what_can_be_parted_in_two_ways_is_nobodys_words() -> None:
    listed = OLD.listed
    in_two_ways = [
        longer + second.removeprefix(middle)
        for longer in OLD.words
        for middle in (longer[at:] for at in range(3, len(longer)) if longer[:at] in listed)
        for second in OLD.words
        if second.startswith(middle) and second.removeprefix(middle) in listed
    ]
    assert "birdboxkite" in in_two_ways
    assert {read_back(f"otterzebra{typed}") for typed in in_two_ways} == {""}


@given(st.text(st.characters(exclude_categories=())))
def test_anything_may_be_typed(typed: str) -> None:
    read = read_back(typed)
    assert not read or len(read.split(" ")) in (4, 5)
    assert not read or all(word.isalpha() for word in read.split(" "))
    assert read_back(read) == read
    assert len(fingerprint(read, b"key")) == 32


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param("lantern otter igloo zebra", "lantern otter igloo zebra", id="as given"),
        pytest.param("lantern\u200botter\u200bigloo\u200bzebra", "lantern otter igloo zebra",
                     id="parted by what nobody sees"),
        pytest.param("lan\u00adtern otter igloo zebra", "lantern otter igloo zebra",
                     id="broken by the page"),
        pytest.param("LanternOtterIglooZebra", "lantern otter igloo zebra", id="no spaces"),
        pytest.param("lantern otter igloo zeb ra", "lantern otter igloo zebra", id="one too many"),
        pytest.param("İGLOO IGLOO ZEBRA OTTER", "igloo igloo zebra otter", id="a Turkish capital"),
        pytest.param("OtterZebraBirdBoxKite", "", id="no spaces, and two ways to part it"),
        pytest.param("otter zebra birdboxkite", "", id="one too few, and two ways to part it"),
        pytest.param("otter zebra birdbox kite", "otter zebra birdbox kite", id="parted by hand"),
        pytest.param("1. lantern\n2. otter\n3. igloo\n4. zebra", "lantern otter igloo zebra",
                     id="numbered"),
        pytest.param("lantern otter igloo", "", id="three words"),
        pytest.param("lantern otter igloo zebra apple", "lantern otter igloo zebra apple",
                     id="five words"),
        pytest.param("LanternOtterIglooZebraApple", "lantern otter igloo zebra apple",
                     id="five, no spaces"),
        pytest.param("lantern otter igloo zeb ra apple", "lantern otter igloo zebra apple",
                     id="five, and one too many"),
        pytest.param("lantern otter igloozebra apple", "lantern otter igloo zebra apple",
                     id="five, and one too few"),
        pytest.param("lantern otter igloo zebra axolotl", "", id="five, one of them an old one"),
        pytest.param("lantern otter igloo zebra apple cloud", "", id="six words"),
        pytest.param("kot pies dom las", "kot pies dom las", id="four words of no list"),
        pytest.param("", "", id="nothing"),
        pytest.param("1234 5678 9012 3456", "", id="numbers"),
        pytest.param("a" * 100_000, "", id="very long"),
        pytest.param("\ud800", "", id="half a sign"),
    ],
)  # fmt: skip
def test_how_it_is_read(typed: str, read: str) -> None:
    assert read_back(typed) == read


def test_the_fingerprint_needs_the_key() -> None:
    words = "lantern otter igloo zebra"
    mark = fingerprint(words, b"key")
    assert len(mark) == 32
    assert mark == fingerprint(words, b"key")
    assert mark != fingerprint(words, b"another key")
    assert mark != fingerprint("otter lantern igloo zebra", b"key")


@given(words=drawn_words, data=st.data())
def test_a_slip_in_one_word_names_that_word(words: list[str], data: st.DataObject) -> None:
    many = len(words)
    assert look_at(" ".join(words)) == Typed(many, many, ())
    at = data.draw(st.integers(0, many - 1))
    typed = [*words[:at], words[at] + "q", *words[at + 1 :]]
    assert look_at("-".join(typed).upper()) == Typed(many, many, (words[at] + "q",))


@pytest.mark.parametrize(
    ("typed", "of"),
    [
        pytest.param("", 5, id="nothing"),
        pytest.param("apple river cloud", 5, id="easy ones"),
        pytest.param("apple axolotl yodel", 4, id="old ones"),
        pytest.param("apple axolotl yodel igloo zebra", 4, id="an old one in five"),
        pytest.param("apple axolotl yodle igloo", 4, id="an old one, misspelled"),
        pytest.param("teapot riber cloud igloo", 5, id="an easy one, misspelled"),
        pytest.param("teapot cloud apple skittles", 5, id="four easy ones"),
    ],
)
def test_the_words_say_themselves_how_many_there_are(typed: str, of: int) -> None:
    assert look_at(typed).of == of

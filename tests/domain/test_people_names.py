"""Whom a child may mean by what they typed. docs/procedure.md, paragraph 31 (ruling R21)."""

from time import perf_counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kids_feedback.domain.names import LONGEST, joined, one_slip, words
from kids_feedback.domain.people_names import Meant, meant, search

PEOPLE = (
    "Hazel Quill",
    "Basil Thistle",
    "Orla Kestrel",
    "Orla Jones",
    "Sinéad O'Neill",
    "Mary-Jane Smith",
    "Sam Fox",
    "Sam Ostrich",
    "Zoë Brontë-Łukasz",
)
KNOWN = {name: name for name in PEOPLE}
SIGNS = " -'’.&,/abkxzéÉ1"


def said(typed: str, near: tuple[str, ...] = ()) -> tuple[set[str], set[str]]:
    found = meant(typed, KNOWN, near)
    return set(found.certain), set(found.possible)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("basil  THISTLE", "Basil Thistle"),
        ("Mr Basil Thistle", "Basil Thistle"),
        ("Miss. Hazel Quill!", "Hazel Quill"),
        ("Thistle, Basil", "Basil Thistle"),
        ("Quill Hazel", "Hazel Quill"),
        ("Sinead O’Neill", "Sinéad O'Neill"),
        ("sinead oneill", "Sinéad O'Neill"),
        ("Sinead O Neill", "Sinéad O'Neill"),
        ("Sinead O´Neill", "Sinéad O'Neill"),
        ("mary jane smith", "Mary-Jane Smith"),
        ("Mary‑Jane Smith", "Mary-Jane Smith"),
        ("zoe bronte lukasz", "Zoë Brontë-Łukasz"),
    ],
)
def test_the_whole_name_is_certain_however_it_is_written(typed: str, name: str) -> None:
    assert said(typed) == ({name}, set())


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Hazel", {"Hazel Quill"}),
        ("Mr Thistle", {"Basil Thistle"}),
        ("Sir Basil", {"Basil Thistle"}),
        ("Orla", {"Orla Kestrel", "Orla Jones"}),
        ("Orla K", {"Orla Kestrel"}),
        ("K. Orla", {"Orla Kestrel"}),
        ("H Q", {"Hazel Quill"}),
        ("Hazle", {"Hazel Quill"}),
        ("Basil Thisle", {"Basil Thistle"}),
        ("Maryjane", {"Mary-Jane Smith"}),
        ("O'Neil", {"Sinéad O'Neill"}),
        ("I think it is Basil", {"Basil Thistle"}),
        ("Basil and Hazel", {"Basil Thistle", "Hazel Quill"}),
        ("Basil Hazel", {"Basil Thistle", "Hazel Quill"}),
        ("Basil Thistle Hazel", {"Basil Thistle", "Hazel Quill"}),
        ("Sam Heron", {"Sam Fox", "Sam Ostrich"}),
    ],
)
def test_a_part_of_a_name_is_possible(typed: str, names: set[str]) -> None:
    assert said(typed) == (set(), names)


@pytest.mark.parametrize("typed", ["", "   ", "Mr", "miss", "?!", "Nobody", "مريم", "\0"])
def test_what_is_no_name_of_anybody_means_nobody(typed: str) -> None:
    assert meant(typed, KNOWN) == Meant()


@pytest.mark.parametrize(
    "typed",
    ["Basil Thistle and Hazel Quill", "Basil Thistle, Hazel Quill", "Mr Basil Thistle/Hazel Quill"],
)
def test_several_workers_in_one_box_are_each_certain(typed: str) -> None:
    assert said(typed) == ({"Basil Thistle", "Hazel Quill"}, set())


def test_one_may_be_certain_and_another_possible() -> None:
    assert said("Basil Thistle & Orla") == ({"Basil Thistle"}, {"Orla Kestrel", "Orla Jones"})


def test_whoever_fits_better_goes_before_who_shares_a_first_name() -> None:
    assert said("Sam Ostrich") == ({"Sam Ostrich"}, set())
    assert said("Sam Ostrch") == (set(), {"Sam Ostrich"})


def test_namesakes_are_possible_unless_one_is_near() -> None:
    known = {"near": "Hazel Quill", "far": "hazel quill"}
    assert meant("Hazel Quill", known).possible == {"near", "far"}
    assert meant("Hazel Quill", known, ["near"]) == Meant(certain=frozenset({"near"}))


def test_others_are_looked_at_where_it_fits_nobody_near() -> None:
    assert said("Orla", ("Orla Jones", "Hazel Quill")) == (set(), {"Orla Jones"})
    assert said("Orla", ("Hazel Quill",)) == (set(), {"Orla Jones", "Orla Kestrel"})
    assert said("Basil Thistle", ("Hazel Quill",)) == ({"Basil Thistle"}, set())
    assert said("Hazel and Basil", ("Hazel Quill",)) == (set(), {"Hazel Quill", "Basil Thistle"})


def test_a_word_alone_is_never_a_whole_name() -> None:
    assert meant("Prince", {"one": "Prince"}) == Meant(possible=frozenset({"one"}))


def slips(name: str) -> st.SearchStrategy[str]:
    """Return every way to leave out, put in, change or swap one letter."""
    at, sign = st.integers(0, len(name) - 1), st.sampled_from(SIGNS)
    return st.one_of(
        st.builds(lambda i: name[:i] + name[i + 1 :], at),
        st.builds(lambda i, letter: name[:i] + letter + name[i:], at, sign),
        st.builds(lambda i, letter: name[:i] + letter + name[i + 1 :], at, sign),
        st.builds(lambda i: name[:i] + name[i : i + 2][::-1] + name[i + 2 :], at),
    )


@given(st.data())
def test_one_slip_of_the_keyboard_still_means_them(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(PEOPLE))
    typed = data.draw(slips(name))
    assert name in meant(typed, KNOWN).everybody, typed


@given(st.data())
def test_one_slip_of_a_first_name_or_surname_still_means_them(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(PEOPLE))
    part = data.draw(st.sampled_from(words(name)))
    assume(len(part) >= 4)
    typed = data.draw(slips(part))
    assert name in meant(typed, KNOWN).everybody, typed


@given(st.permutations(words("Mary-Jane Smith")), st.sampled_from(["", "Mr ", "MISS ", "Dr. "]))
def test_the_order_and_a_title_play_no_part(order: list[str], title: str) -> None:
    assert said(title + " ".join(order).upper()) == ({"Mary-Jane Smith"}, set())


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    once = words(text)
    assert words(" ".join(once)) == once
    assert all(letter.isalnum() or not letter.isascii() for letter in joined(once))


@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
def test_one_slip_is_the_distance_of_the_textbook(left: str, right: str) -> None:
    assert one_slip(left, right) == (_distance(left, right) <= 1)


def _distance(left: str, right: str) -> int:
    """The slow way: the whole table, swaps of neighbours among the steps."""
    table = {(i, 0): i for i in range(len(left) + 1)} | {(0, j): j for j in range(len(right) + 1)}
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            table[i, j] = min(
                table[i - 1, j] + 1,
                table[i, j - 1] + 1,
                table[i - 1, j - 1] + (left[i - 1] != right[j - 1]),
            )
            if i > 1 and j > 1 and left[i - 2 : i] == right[j - 2 : j][::-1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(left), len(right)]


@given(st.text())
def test_whatever_is_typed_has_an_answer(text: str) -> None:
    found = meant(text, KNOWN, PEOPLE[:3])
    assert found.everybody <= set(PEOPLE)
    assert not found.certain & found.possible
    assert set(search(text, KNOWN)) <= set(PEOPLE)


@pytest.mark.parametrize(
    "typed", ["a " * 50_000, "Hazel & " * 20_000, "ﷺ" * 50_000, "x" * 1_000_000]
)
def test_the_work_is_bounded_whatever_is_typed(typed: str) -> None:
    many = {str(number): f"Hazel{number} Quill{number}" for number in range(2_500)}
    began = perf_counter()
    meant(typed, many, [*many][:100])
    search(typed, many)
    assert perf_counter() - began < 10
    assert len(joined(words(typed))) <= LONGEST


def test_a_search_finds_a_part_first_and_then_what_it_may_mean() -> None:
    assert search("stle", KNOWN) == ["Basil Thistle"]
    assert search("Foxx", KNOWN) == []
    assert search("hazle", KNOWN) == ["Hazel Quill"]
    assert search("sam", KNOWN) == ["Sam Fox", "Sam Ostrich"]
    assert search("%", KNOWN) == []

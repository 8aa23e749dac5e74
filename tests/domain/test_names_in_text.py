"""Whose name stands in what a child tells. docs/procedure.md, paragraph 31 (ruling R21)."""

from time import perf_counter

import pytest

from kids_feedback.domain.names_in_text import named_in

PEOPLE = (
    "Molly Eastlake",
    "Hazel Heading",
    "Will May",
    "Sinéad O'Neill",
    "Mary-Jane Smith",
    "Bo Li",
    "Dr Grace King",
)
KNOWN = {name: name for name in PEOPLE}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Molly said that I am a liar", {"Molly Eastlake"}),
        ("i hate MOLLY!!!", {"Molly Eastlake"}),
        ("It was Molly’s fault", {"Molly Eastlake"}),
        ("mollys office", {"Molly Eastlake"}),
        ("“Mólly”, she said", {"Molly Eastlake"}),
        ("Ms Heading (the manager) shouted, and so did molly", {"Hazel Heading", "Molly Eastlake"}),
        ("hazel\nheading", {"Hazel Heading"}),
        ("sinead was nice", {"Sinéad O'Neill"}),
        ("Mrs O’Neill was not", {"Sinéad O'Neill"}),
        ("maryjane came late", {"Mary-Jane Smith"}),
        ("Mary Jane came late", {"Mary-Jane Smith"}),
        ("Will May told my mum", {"Will May"}),
        ("Mr Will told my mum", {"Will May"}),
        ("Mr May told my mum", {"Will May"}),
        ("Miss King", {"Dr Grace King"}),
        ("Eastlake lied", {"Molly Eastlake"}),
    ],
)
def test_a_name_in_the_words_is_found(text: str, names: set[str]) -> None:
    assert named_in(text, KNOWN) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I will not go, and I may not say why",
        "the king and the queen",
        "She was heading for the door with a hazelnut",
        "I hope that somebody listens. Bo is my dog.",
        "\0 ﷺ 🙂",
    ],
)
def test_everyday_words_are_nobodys_name(text: str) -> None:
    known = {name: name for name in PEOPLE if name != "Hazel Heading"}
    assert named_in(text, known) == frozenset()


@pytest.mark.parametrize(
    "text",
    ["Molly " * 50_000, "a" + "\u0316\u0301" * 120_000, ("b" + "\u0316\u0301" * 40) * 3_000],
)
def test_the_work_is_bounded_whatever_is_told(text: str) -> None:
    many = {str(number): f"Hazel{number} Quill{number}" for number in range(2_500)}
    began = perf_counter()
    named_in(text, many)
    assert perf_counter() - began < 10

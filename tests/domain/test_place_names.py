"""Which office a town leads to, as children write it. docs/procedure.md, paragraph 17."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.domain.place_names import offices_meant

OFFICES = {
    "leicester": ("Leicester", "Loughborough", "LE1", "Melton Mowbray"),
    "darlington": ("Darlington", "Richmond"),
    "richmond": ("Richmond",),
    "lynn": ("King's Lynn", "Welwyn Garden City", "Stoke-on-Trent", "St. Ives"),
}


@pytest.mark.parametrize(
    "typed",
    [
        "Leicester.",
        "in Leicester",
        "leicester city",
        "near LEICESTER",
        "I live near Leicester!",
        "the city of Leicester",
        "Leicester city centre",
        "Leicester, England",
        "(Leicester)",
        "melton-mowbray",
        "LE1",
        "le1 4ab",
        "LE14AB",
        "Leicester LE1 4AB",
        "Leicester, LE9 4AB",
    ],
)
def test_a_town_is_known_however_it_is_written(typed: str) -> None:
    assert offices_meant(typed, OFFICES) == {"leicester"}


@pytest.mark.parametrize(
    "typed", ["kings lynn", "King’s Lynn", "Stoke on Trent", "St Ives", "welwyn garden"]
)
def test_names_of_several_words(typed: str) -> None:
    assert offices_meant(typed, OFFICES) == {"lynn"}


@pytest.mark.parametrize(
    "typed",
    ["", "city", "Leicester Forest East", "New Richmond", "LE2 4AB", "LE14 4AB", "LE", "Paris"],
)
def test_another_town_is_not_taken_for_it(typed: str) -> None:
    assert offices_meant(typed, OFFICES) == frozenset()


def test_two_offices_that_fit_are_both_returned() -> None:
    assert offices_meant("Richmond", OFFICES) == {"darlington", "richmond"}
    assert offices_meant("Leicester or Darlington", OFFICES) == {"leicester", "darlington"}


@given(st.text())
def test_whatever_is_typed_has_an_answer(text: str) -> None:
    assert offices_meant(text, OFFICES) <= set(OFFICES)


@given(
    st.sampled_from([town for towns in OFFICES.values() for town in towns]),
    st.sampled_from(".,!? "),
)
def test_every_town_on_a_list_leads_to_its_office(town: str, sign: str) -> None:
    known = {code for code, towns in OFFICES.items() if town in towns}
    assert offices_meant(f" {town.upper()}{sign}", OFFICES) == known

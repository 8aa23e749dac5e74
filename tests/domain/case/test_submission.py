"""What a message is, whose it is, and how soon it is read. docs/procedure.md, R10 and R16."""

import pytest

from kids_feedback.domain.case.submission import (
    READ_TODAY,
    AgeBand,
    Door,
    Kind,
    Submission,
    Wish,
    age_band,
    kind_of,
)


@pytest.mark.parametrize("wish", [None, *Wish])
def test_praise_and_feelings_are_what_their_doors_say(wish: Wish | None) -> None:
    assert kind_of(Door.GOOD, wish) is Kind.COMPLIMENT
    assert kind_of(Door.FEEL, wish) is Kind.FEELINGS


@pytest.mark.parametrize("wish", [None, *sorted(set(Wish) - {Wish.JUST_KNOW})])
def test_what_went_wrong_is_a_complaint_unless_we_shall_just_know(wish: Wish | None) -> None:
    assert kind_of(Door.WRONG, wish) is Kind.COMPLAINT
    assert kind_of(Door.WRONG, Wish.JUST_KNOW) is Kind.NOTE
    assert Submission(door=Door.WRONG, wish=Wish.JUST_KNOW).kind is Kind.NOTE


@pytest.mark.parametrize(
    ("ages", "band"),
    [
        (("4", "7"), AgeBand.FOUR_TO_SEVEN),
        (("8", "11"), AgeBand.EIGHT_TO_ELEVEN),
        (("12", "14"), AgeBand.TWELVE_TO_FOURTEEN),
        (("15", "17"), AgeBand.FIFTEEN_TO_SEVENTEEN),
        (("18", "19"), AgeBand.OLDER),
        ((None, "", "none", "٧", "7½", "-7"), AgeBand.NOT_SAID),
    ],
)
def test_an_age_is_kept_as_its_band(ages: tuple[str | None, ...], band: AgeBand) -> None:
    assert [age_band(age) for age in ages] == [band] * len(ages)


def test_what_cannot_wait_is_read_today_wherever_it_was_ticked() -> None:
    assert READ_TODAY
    for code in READ_TODAY:
        assert Submission(door=Door.FEEL, feelings=("happy", code)).read_today
        assert Submission(door=Door.FEEL, reasons=(code,)).read_today
    assert not Submission(door=Door.FEEL, feelings=("happy",), reasons=("school",)).read_today
    assert not Submission(door=Door.FEEL).read_today


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"wish": "just_know"}, id="just know about what?"),
        pytest.param({"talk": "no"}, id="nobody is to talk about nothing"),
        pytest.param({"wish": "just_know", "happened": "", "topics": []}, id="the rest is skipped"),
    ],
)
def test_what_asks_nothing_and_tells_nothing_is_empty(said: dict[str, str | list[str]]) -> None:
    """Such a message is left where pages before it were cleared. Nobody is thanked for it."""
    assert not Submission(door=Door.WRONG, statement=said).says_something


@pytest.mark.parametrize(
    "said",
    [{"wish": "ask"}, {"wish": "look_into"}, {"talk": "yes"}, {"talk": "not_sure"}],
)
def test_whoever_asks_for_somebody_has_said_so(said: dict[str, str | list[str]]) -> None:
    assert Submission(door=Door.FEEL, statement=said).says_something


@pytest.mark.parametrize("asks", [{"wish": "just_know"}, {"talk": "no"}])
@pytest.mark.parametrize("tells", [{"happened": "He shouted"}, {"feelings": ["sad"]}])
def test_what_tells_something_may_ask_nothing(
    asks: dict[str, str | list[str]], tells: dict[str, str | list[str]]
) -> None:
    assert Submission(door=Door.WRONG, statement={**asks, **tells}).says_something

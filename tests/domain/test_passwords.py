"""Which passwords are refused, and why."""

import pytest

from kids_feedback.domain.passwords import (
    COMMON_PASSWORDS,
    COMMON_WORDS,
    LONGEST,
    Weakness,
    weakness,
)


@pytest.mark.parametrize(
    ("password", "found"),
    [
        pytest.param("elevenchars", Weakness.SHORT, id="eleven characters"),
        pytest.param("wandering ox " * 10, Weakness.LONG, id="a hundred and thirty"),
        pytest.param("aaaaaaaaaaaaaa", Weakness.COMMON, id="one letter"),
        pytest.param("123456789012", Weakness.COMMON, id="counting"),
        pytest.param("987654321098", Weakness.COMMON, id="counting down"),
        pytest.param("qwertyuiopas", Weakness.COMMON, id="along the keyboard"),
        pytest.param("a b c d e f g", Weakness.COMMON, id="the alphabet"),
        pytest.param("1qaz2wsx3edc", Weakness.COMMON, id="down the keyboard"),
        pytest.param("passwordpassword", Weakness.COMMON, id="a common word twice"),
        pytest.param("Password2026!!", Weakness.COMMON, id="a common word with a tail"),
        pytest.param("p@ssw0rd-2026-!", Weakness.COMMON, id="a common word in disguise"),
        pytest.param("iloveyou!!!!!!!", Weakness.COMMON, id="a common phrase"),
        pytest.param("finalfantasy", Weakness.COMMON, id="a common password of twelve"),
        pytest.param("FinalFantasy", Weakness.COMMON, id="the same with capitals"),
        pytest.param("ｆｉｎａｌｆａｎｔａｓｙ", Weakness.COMMON, id="the same in wide letters"),
        pytest.param("Butterfly-2026!", Weakness.COMMON, id="a common word with a year"),
        pytest.param("trustno1trustno1", Weakness.COMMON, id="a common password twice"),
        pytest.param("qwer1234asdf", Weakness.COMMON, id="pieces of the keyboard"),
        pytest.param("FamilyCourt2026", Weakness.COMMON, id="a place of our work with a year"),
        pytest.param("SocialWorker26", Weakness.COMMON, id="a word of our work with a year"),
        pytest.param("Head-of-Practice-1", Weakness.COMMON, id="a role"),
        pytest.param("Summer2026!!", Weakness.COMMON, id="a season with a year"),
        pytest.param("Summer!!Summer!!", Weakness.COMMON, id="a season twice"),
        pytest.param("q1w2e3r4t5y6", Weakness.COMMON, id="two rows of the keyboard"),
        pytest.param("zaq12wsxcde3", Weakness.COMMON, id="down the keyboard and up"),
        pytest.param("147258369147", Weakness.COMMON, id="digits alone"),
        pytest.param("Compliments26", Weakness.COMMON, id="a word of our work, of several"),
        pytest.param("WestArea2026", Weakness.COMMON, id="an area of any name"),
        pytest.param("FamilyLaw2026", Weakness.COMMON, id="what the work is about"),
        pytest.param("Le1cester2026", Weakness.COMMON, id="a town in disguise"),
        pytest.param("LeicesterOffice26", Weakness.COMMON, id="an office there"),
        pytest.param("cafcass2026!", Weakness.TELLING, id="whom we work for, with a year"),
        pytest.param("Christmas2026", Weakness.COMMON, id="a feast"),
        pytest.param("monkey-butterfly-7", Weakness.COMMON, id="two common words"),
        pytest.param("Leicester2026", Weakness.COMMON, id="a town where we work"),
        pytest.param("Nether Wallop 99", Weakness.COMMON, id="an office of two words"),
        pytest.param("Grimsby-2026-!", None, id="a town where we do not"),
        pytest.param("butterfly kite bridge", None, id="a common word among others"),
        pytest.param("we work for Cafcass", Weakness.TELLING, id="whom we work for"),
        pytest.param("c4fc4ss forever 9", Weakness.TELLING, id="the same in disguise"),
        pytest.param("Have your say, please", Weakness.TELLING, id="the service"),
        pytest.param("the great Finch hunt", Weakness.TELLING, id="their own name"),
        pytest.param("robin.f at the office", Weakness.TELLING, id="their address"),
        pytest.param("wet chairs sing loud", None, id="four words"),
        pytest.param("наш тёплый зимний чай", None, id="another script"),
        pytest.param("x7#Lq!0vTz&e", None, id="twelve random signs"),
        pytest.param("    o x  m i n d", None, id="spaces count"),
        pytest.param("!?.,;:-_+*/()", None, id="signs alone"),
    ],
)
def test_which_passwords_are_refused(password: str, found: Weakness | None) -> None:
    places = {"Leicester", "Nether Wallop"}
    found_now = weakness(password, name="Jo Finch", email="robin.f@example.org", places=places)
    assert found_now is found


def test_a_password_may_be_as_long_as_we_say_and_no_longer() -> None:
    longest = "wandering ox, 7 sails " * 6
    assert weakness(longest[:LONGEST], name="Jo Finch", email="") is None
    assert weakness(longest[: LONGEST + 1], name="Jo Finch", email="") is Weakness.LONG


def test_a_short_name_bars_no_word() -> None:
    assert weakness("banana jam today", name="Ana Li", email="a@example.org") is None


def test_the_three_thousand_commonest_that_are_long_enough_are_refused() -> None:
    """ASVS 5.0, 6.2.4."""
    assert len(COMMON_PASSWORDS) == 3_000
    assert all(weakness(item, name="", email="") is Weakness.COMMON for item in COMMON_PASSWORDS)


def test_a_common_word_is_refused_however_it_is_made_long_enough() -> None:
    assert len(COMMON_WORDS) >= 3_000
    longer = (f"{item.title()}1234567!" for item in COMMON_WORDS)
    assert all(weakness(item, name="", email="") is Weakness.COMMON for item in longer)

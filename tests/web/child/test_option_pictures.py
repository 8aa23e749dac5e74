"""Each option has a picture of its own, for either look."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from flask import Flask

from kids_feedback.web.child.back.meeting_forms import PLACES
from kids_feedback.web.questions.catalogue import PAGES
from kids_feedback.web.questions.drawing import DRAW
from kids_feedback.web.questions.leaf import LEAF, TODAY, WHERE
from kids_feedback.web.questions.model import Choice, Field, Option

THEMSELVES = {option.icon for each in LEAF if isinstance(each, Choice) for option in each.options}
MEETING = {*PLACES.values(), "morning", "afternoon"}


def asked() -> Iterator[tuple[str, Option]]:
    fields: list[Field] = [each for screen in PAGES if screen is not DRAW for each in screen.fields]
    for each in (*fields, *LEAF, WHERE, *TODAY):
        if isinstance(each, Choice) and not (each.listed or each.buttons or each.name == "age"):
            yield from ((each.name, option) for option in each.options)


@pytest.fixture(name="drawn")
def drawn_pictures(app: Flask) -> tuple[set[str], set[str]]:
    icons = app.jinja_env.get_template("macros/icons.html").module
    stories = app.jinja_env.get_template("macros/pictures/stories.html").module
    return set(vars(icons)["shapes"]), set(vars(stories)["stories"])


def test_each_option_has_a_small_picture_and_a_story(drawn: tuple[set[str], set[str]]) -> None:
    small, stories = drawn
    told = [(name, option) for name, option in asked() if option.icon not in THEMSELVES]
    assert [(name, option.code) for name, option in told if option.icon not in stories] == []
    assert [(name, option.code) for name, option in asked() if option.icon not in small] == []
    assert small >= THEMSELVES


def test_no_story_is_told_of_nothing(drawn: tuple[set[str], set[str]]) -> None:
    assert drawn[1] - {option.icon for _, option in asked()} - MEETING == set()
    assert drawn[1] >= MEETING
    assert drawn[1] <= drawn[0]


def test_a_picture_has_one_meaning() -> None:
    meanings = defaultdict(set)
    for _, option in asked():
        meanings[option.icon].add(option.code)
    assert {icon: codes for icon, codes in meanings.items() if len(codes) > 1} == {}

"""What a visit may keep, in which shape, and what of it outlives what."""

import ast
from pathlib import Path
from typing import Any

import pytest

import kids_feedback
from kids_feedback.services.site import visits
from kids_feedback.web.visit.kept import Event, Preference
from kids_feedback.web.visit.shapes import as_json
from kids_feedback.web.visit.visit import Visit
from tests.web.visits import DRAFT, EVERYTHING, OUTLIVES

SOURCE = Path(kids_feedback.__file__).parent
ODD: tuple[Any, ...] = (None, 7, True, "x", "", [], ["x"], [["x"]], {}, {"key": 7}, {"x": {}})
HALF: dict[str, list[Any]] = {  # the right shape, with something in it that cannot be
    "csrf": ["zz", "0g"],
    "resend": ["zz", "0g"],
    "first_answer_at": ["2026-03-02T09:00:00", "tomorrow"],
    "drafts": [
        [{**DRAFT, "door": "window"}],
        [{**DRAFT, "answers": {"happened": 7}}],
        [{**DRAFT, "drawing": {"spots": {"sun": "left"}}}],
        [{**DRAFT, "pressed_at": "2026-03-02T09:00:00"}],
        [{"id": "x"}],
    ],
    "refused": [{**EVERYTHING["refused"], "fields": {"words": "x"}}, {"token": "t"}],
    "receipt": [{**EVERYTHING["receipt"], "kind": "bribe"}, {"words": ["apple"]}],
    "sent": [{"key": "k", "receipt": {}}],
    "pick_up": [{"words": ["apple"], "until": "2026-03-02"}],
    "picked_words": [{"words": "kite"}, {"words": ["kite"], "kind": 7}],
    "meet": [{"offer": "m", "start": "soon"}, {"start": ""}],
    "leaf": [{"key": "l", "shape": "square"}, {"shape": "oak"}],
    "leaf_sent": [{"key": "l", "public": "yes", "office": None}],
    "invitation": [["a-token"], ["a", "b", "c"]],
    "link": [["a-person"], "ab"],
    "_flashes": [["Saved."], [["message", 7]]],
}


class Wider(Visit):
    """A visit with one more way to like a page."""

    font = Preference("plain", "easy")


def attribute_of(name: str) -> str:
    return next(var for var, kept in vars(Visit).items() if getattr(kept, "name", "") == name)


def test_a_visit_that_keeps_everything_keeps_something_of_each() -> None:
    assert set(Visit.kept()) == set(EVERYTHING)


@pytest.mark.parametrize("name", EVERYTHING)
def test_each_is_read_and_written_as_it_was_stored(name: str) -> None:
    before, after = Visit({name: EVERYTHING[name]}), Visit()
    value = getattr(before, attribute_of(name))
    assert value is not None
    setattr(after, attribute_of(name), value)
    assert after.state == before.state
    setattr(after, attribute_of(name), None)
    assert after.state == {}


@pytest.mark.parametrize("name", EVERYTHING)
def test_what_cannot_be_read_is_no_value(name: str) -> None:
    kept = Visit.kept()[name]
    nothing = kept.of(Visit())
    for odd in (*ODD, *HALF.get(name, ())):
        found = kept.of(Visit({name: odd}))
        assert found == nothing or as_json(found) == odd or isinstance(odd, dict), odd
        assert (name in Visit.readable({name: odd})) == kept.fits(odd)
    assert not any(kept.fits(odd) for odd in HALF.get(name, ()))


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("name", EVERYTHING)
def test_what_outlives_what(name: str, event: Event) -> None:
    alone, among_all = Visit({name: EVERYTHING[name]}), Visit(dict(EVERYTHING))
    for visit in (alone, among_all):
        visit.outlive(event)
    assert (name in alone.state) == (name in OUTLIVES[event])
    assert (name in among_all.state) == (name in OUTLIVES[event])


@pytest.mark.parametrize("event", Event)
def test_what_nobody_declared_outlives_nothing(event: Event) -> None:
    visit = Visit({"from a newer version": "x"})
    visit.outlive(event)
    assert visit.state == {}


@pytest.mark.parametrize("event", Event)
def test_one_more_preference_stays_wherever_the_others_do(event: Event) -> None:
    visit = Wider({"look": "pictures", "font": "easy"})
    assert (visit.font, visit.has_begun()) == ("easy", False)
    assert visit.preferred() == visit.state
    visit.outlive(event)
    assert ("font" in visit.state) == ("look" in visit.state)
    assert "font" not in Visit.kept()


@pytest.mark.parametrize("name", [*EVERYTHING, "from a newer version"])
def test_only_looking_is_no_beginning(name: str) -> None:
    looks = {"csrf", "resend", "from", "language", "look", "size", "space", "theme"}
    assert Visit({name: EVERYTHING.get(name, "x")}).has_begun() == (name not in looks)


def test_services_read_whose_visit_it_is_under_the_same_names() -> None:
    assert (Visit.person.name, Visit.label.name) == (visits.PERSON, visits.LABEL)


def test_what_is_taken_is_gone() -> None:
    visit = Visit({"news": "password"})
    assert (visit.take(Visit.news), visit.take(Visit.news)) == ("password", None)


def test_only_the_session_itself_knows_how_it_is_stored() -> None:
    """So that nothing is kept that was not declared with what it outlives."""
    users = {file.relative_to(SOURCE).as_posix() for file in SOURCE.rglob("*.py") if _asks(file)}
    assert users == {"web/kit/sessions.py"}


def _asks(file: Path) -> bool:
    """Say whether a module takes Flask's ``session``, by its name or out of Flask."""
    return any(
        "session" in {name.name for name in node.names}
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("flask")
        else isinstance(node, ast.Attribute) and ast.unparse(node) == "flask.session"
        for node in ast.walk(ast.parse(file.read_text()))
    )

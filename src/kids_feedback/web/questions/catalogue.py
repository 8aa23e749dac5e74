"""Every screen, by id and by address, and the way through them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kids_feedback.domain.case.submission import Answers, Door
from kids_feedback.web.questions import (
    about_you,
    complaint,
    compliment,
    contact,
    drawing,
    feelings,
    support,
)
from kids_feedback.web.questions.model import CHECK, SEND, Choice, Field, Screen

SCREENS: tuple[Screen, ...] = (
    *complaint.SCREENS,
    *about_you.SCREENS,
    *contact.SCREENS,
    *support.SCREENS,
    *compliment.SCREENS,
    *feelings.SCREENS,
)
BY_ID: Mapping[str, Screen] = {screen.id: screen for screen in (*SCREENS, drawing.DRAW)}
BY_NUMBER: Mapping[int, Screen] = {screen.number: screen for screen in SCREENS}
BY_NAME: Mapping[str, list[Field]] = {  # doors may ask by one name, each in its own way
    asked.name: [
        each for screen in BY_ID.values() for each in screen.fields if each.name == asked.name
    ]
    for screen in BY_ID.values()
    for asked in screen.fields
}
FIRST: Mapping[Door, Screen] = {screen.door: screen for screen in SCREENS if screen.door}
_SHARED = (*about_you.SCREENS, *contact.SCREENS, *support.SCREENS)
OF_DOOR: Mapping[Door, tuple[Screen, ...]] = {
    Door.WRONG: (*complaint.SCREENS, *_SHARED),
    Door.GOOD: compliment.SCREENS,
    Door.FEEL: (*feelings.SCREENS, *_SHARED),
}


def way(door: Door, answers: Answers) -> Iterator[Screen]:
    """Yield the screens of ``door`` in the order in which these answers lead through them."""
    screen, seen = FIRST[door], set[str]()
    while screen.id not in seen:
        seen.add(screen.id)
        yield screen
        following = screen.leads_to(answers)
        if following in (CHECK, SEND):
            return
        screen = BY_ID[following]


def asked_on(way: Iterable[Screen]) -> Mapping[str, Field]:
    """Return every field of these screens by its name."""
    return {asked.name: asked for screen in way for asked in screen.fields}


def still_asked(answers: Mapping[str, object]) -> dict[str, Any]:
    """Return of earlier answers what can still be given: a question, or an option, may be gone."""
    found = {name: _still(BY_NAME.get(name, ()), given) for name, given in answers.items()}
    return {name: given for name, given in found.items() if given}


def _still(asked: Iterable[Field], given: object) -> str | list[str] | None:
    return next((kept for each in asked if (kept := each.kept(given))), None)


def asked_by(door: Door) -> Iterator[Screen]:
    """Yield every screen of ``door``, what stands beside a question after it."""
    for screen in OF_DOOR[door]:
        yield screen
        if "draw" in dict(screen.asides):
            yield drawing.DRAW


def told(
    door: Door, answers: Answers, parts: frozenset[str]
) -> Iterator[tuple[Screen, Field, list[str]]]:
    """Yield what was answered, in the order it was asked: screen, field, texts to show."""
    for screen in asked_by(door):
        for asked in screen.fields:
            given = answers.get(asked.name)
            if given and asked.part in parts:
                yield screen, asked, shown(asked, given)


def shown(asked: Field, given: str | Sequence[str]) -> list[str]:
    """Return an answer as people read it: labels for codes, text as it was typed."""
    values = [given] if isinstance(given, str) else list(given)
    return [asked.label_of(each) for each in values] if isinstance(asked, Choice) else values

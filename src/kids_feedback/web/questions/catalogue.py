"""Every screen, by id and by address, and the way through them."""

from collections.abc import Iterator, Mapping

from kids_feedback.domain.feedback import Answers, Door
from kids_feedback.web.questions import complaint, compliment, contact, you
from kids_feedback.web.questions.model import CHECK, SEND, Choice, Field, Screen

SCREENS: tuple[Screen, ...] = (
    *complaint.SCREENS,
    *you.ABOUT_YOU,
    *contact.SCREENS,
    *you.WHAT_HELPS,
    *compliment.SCREENS,
)
BY_ID: Mapping[str, Screen] = {screen.id: screen for screen in SCREENS}
BY_NUMBER: Mapping[int, Screen] = {screen.number: screen for screen in SCREENS}
FIRST: Mapping[Door, Screen] = {screen.door: screen for screen in SCREENS if screen.door}
FIELDS: Mapping[str, Field] = {each.name: each for screen in SCREENS for each in screen.fields}


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


def told(answers: Answers, parts: frozenset[str]) -> Iterator[tuple[Screen, Field, list[str]]]:
    """Yield what was answered, in the order it was asked: screen, field, texts to show."""
    for screen in SCREENS:
        for asked in screen.fields:
            given = answers.get(asked.name)
            if given and asked.part in parts:
                yield screen, asked, shown(asked, given)


def shown(asked: Field, given: str | list[str] | tuple[str, ...] | object) -> list[str]:
    """Return an answer as people read it: labels for codes, text as it was typed."""
    values = [given] if isinstance(given, str) else [str(each) for each in given or ()]  # type: ignore[attr-defined]
    if isinstance(asked, Choice):
        return [asked.label_of(value) for value in values]
    return values

"""Every question page, by id and by address, and the way through them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.submission import Answers, Door
from kids_feedback.web.questions import (
    about_you,
    complaint,
    compliment,
    contact,
    drawing,
    feelings,
    needs,
    support,
)
from kids_feedback.web.questions.model import (
    CHECK,
    Chapter,
    Choice,
    Field,
    QuestionPage,
    both,
)

PAGES: tuple[QuestionPage, ...] = (
    *complaint.PAGES,
    *about_you.PAGES,
    *contact.PAGES,
    *support.PAGES,
    *needs.PAGES,
    *compliment.PAGES,
    *feelings.PAGES,
)
# what other modules need to call by name
TOPICS, PRAISE_TOPICS, REMEDIES = "K1", "P1", "K3"
METHOD, SUPPORTER, OTHER_SUPPORTER, NEEDS = "W4", "W6", "W7x", "W8"

BY_ID: Mapping[str, QuestionPage] = {screen.id: screen for screen in (*PAGES, drawing.DRAW)}
BY_NUMBER: Mapping[int, QuestionPage] = {screen.number: screen for screen in PAGES}
BY_NAME: Mapping[str, list[Field]] = {  # doors may ask by one name, each in its own way
    asked.name: [
        item for screen in BY_ID.values() for item in screen.read if item.name == asked.name
    ]
    for screen in BY_ID.values()
    for asked in screen.read
}
FIRST: Mapping[Door, QuestionPage] = {screen.door: screen for screen in PAGES if screen.door}
_ABOUT_YOU = Chapter(
    title=both(_l("About you")),
    pages=(*about_you.PAGES, *contact.PAGES, *support.PAGES, *needs.PAGES),
)
CHAPTERS: Mapping[Door, tuple[Chapter, ...]] = {
    Door.WRONG: (Chapter(title=both(_l("What happened")), pages=complaint.PAGES), _ABOUT_YOU),
    Door.GOOD: (Chapter(title=both(_l("What was good")), pages=compliment.PAGES),),
    Door.FEEL: (Chapter(title=both(_l("How you feel")), pages=feelings.PAGES), _ABOUT_YOU),
}
OF_DOOR: Mapping[Door, tuple[QuestionPage, ...]] = {
    door: tuple(screen for chapter in chapters for screen in chapter.pages)
    for door, chapters in CHAPTERS.items()
}


def way(door: Door, answers: Answers) -> Iterator[QuestionPage]:
    """Yield the screens of ``door`` in the order in which these answers lead through them."""
    screen, seen = FIRST[door], set[str]()
    while screen.id not in seen:
        seen.add(screen.id)
        yield screen
        following = screen.leads_to(answers)
        if following == CHECK:
            return
        screen = BY_ID[following]


def together(screen: QuestionPage) -> tuple[QuestionPage, ...]:
    """Return ``screen`` and what is asked on the same page after it."""
    following = BY_ID.get(screen.then) if isinstance(screen.then, str) else None
    return (screen, *together(following)) if following and following.beside else (screen,)


def pages(door: Door, answers: Answers) -> list[tuple[QuestionPage, ...]]:
    """Return the pages of ``door``, each with its questions, as these answers lead through them."""
    found: list[tuple[QuestionPage, ...]] = []
    for screen in way(door, answers):
        if screen.beside and found:
            found[-1] = (*found[-1], screen)
        else:
            found.append((screen,))
    return found


def asked_on(way: Iterable[QuestionPage]) -> Mapping[str, Field]:
    """Return every field of these screens by its name, with what is no longer asked on them."""
    return {asked.name: asked for screen in way for asked in screen.read}


def still_asked(answers: Mapping[str, object]) -> dict[str, Any]:
    """Return of earlier answers what can still be given: a question, or an option, may be gone."""
    found = {name: _still(BY_NAME.get(name, ()), given) for name, given in answers.items()}
    return {name: given for name, given in found.items() if given}


def _still(asked: Iterable[Field], given: object) -> str | list[str] | None:
    return next((kept for item in asked if (kept := item.kept(given))), None)


def asked_by(door: Door) -> Iterator[QuestionPage]:
    """Yield every screen of ``door``, what stands beside a question after it."""
    for screen in OF_DOOR[door]:
        yield screen
        if "draw" in dict(screen.asides):
            yield drawing.DRAW


def answered(
    door: Door, answers: Answers, parts: frozenset[str]
) -> Iterator[tuple[QuestionPage, Field, list[str]]]:
    """Yield what was answered, in the order it was asked: screen, field, texts to show."""
    for screen in asked_by(door):
        for asked in screen.read:
            given = answers.get(asked.name)
            if given and asked.part in parts:
                yield screen, asked, shown(asked, given)


def shown(asked: Field, given: str | Sequence[str]) -> list[str]:
    """Return an answer as people read it: labels for codes, text as it was typed."""
    values = [given] if isinstance(given, str) else list(given)
    return [asked.label_of(value) for value in values] if isinstance(asked, Choice) else values

"""What the child said, ready for every page on which staff may read it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from kids_feedback.domain.case.submission import Answers, Door
from kids_feedback.domain.errors import CannotOpen, UnknownCode
from kids_feedback.services.case.alarms import has_opened
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.reading import opened_words
from kids_feedback.services.reading.opened_words import Statement
from kids_feedback.web.kit import context
from kids_feedback.web.kit.translation import _
from kids_feedback.web.questions import safety
from kids_feedback.web.questions.catalogue import answered, asked_by, asked_on, shown
from kids_feedback.web.staff.case.loader import act
from kids_feedback.web.staff.kit import labels

OF_WORDS = frozenset({"words", "name", "helper"})  # the parts that are what the child said

Given = list[tuple[str, list[str]]]  # a question, and what was answered


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the child said, in the order in which it was asked for."""

    said: Given
    added: list[tuple[date, date | None, Given]]  # when, and the day of the message it answers
    drawings: tuple[str, ...]
    wrote_in: str  # a language; empty for English
    wish: str  # what they wrote about how to put it right; empty: nothing


def open_words(case_id: str) -> Words:
    """Return what the child said, and keep that it was opened."""
    with act(case_id) as acting:
        return words_of(opened_words.open_statement(acting))


def words_beside(opened: Opened) -> Callable[[], Words | None]:
    """Return how to get what the child said, for a page of who has opened it before.

    It is one look more, so it is an act of its own, after ``opened`` has been read. None: this
    person has not opened it yet, which is theirs to do; or nobody can read it, which the page says.
    """
    case_id = opened.row.id
    if not has_opened(opened):
        return lambda: None

    def open_if_readable() -> Words | None:
        try:
            return open_words(case_id)
        except (CannotOpen, UnknownCode):  # and so it was no look
            context.note_unreadable()
            return None

    return open_if_readable


def words_of(found: Statement) -> Words:
    """Return what was opened as a page shows it: each answer under its question."""
    wish = found.answers.get("better", "")
    return Words(
        said=[*_answers(found.door, found.answers)],
        added=[
            (more.on, more.in_answer_to, [*_answers(found.door, more.answers)])
            for more in found.added
        ],
        drawings=found.drawings,
        wrote_in=labels.language(found.language) if found.language != "en" else "",
        wish=wish if isinstance(wish, str) else "",
    )


def _answers(door: Door, answers: Answers) -> Iterator[tuple[str, list[str]]]:
    """Yield each screen's title and answers; what is not asked any more comes last."""
    given: dict[str, list[str]] = {}
    for screen, _field, texts in answered(door, answers, OF_WORDS):
        given.setdefault(str(screen.title), []).extend(texts)
    yield from given.items()
    asked = asked_on(asked_by(door))
    for name, value in answers.items():
        if name in asked:
            continue
        if name == safety.SAFE.name:  # ticked on the way back, through whichever door they came
            yield str(safety.ASKED), shown(safety.SAFE, value)
        else:
            yield (
                _("A question that we no longer ask"),
                [value] if isinstance(value, str) else [*value],
            )

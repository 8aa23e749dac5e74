"""Where a page stands on the way: its chapter, and how many short pages of it are left."""

from dataclasses import dataclass

from kids_feedback.domain.case.submission import Answers, Door
from kids_feedback.web.questions.catalogue import CHAPTERS, pages
from kids_feedback.web.questions.model import Both, By, Chapter, QuestionPage

DONE, NOW, TO_COME = "done", "now", "later"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What a page says of the way. Nothing is guessed: it is counted by the answers so far."""

    steps: tuple[str, ...]  # of each chapter and of the check: done, now or later
    chapter: Both | None = None  # None: the check
    left: int = 0  # pages of this chapter after this one
    more: bool = False  # an answer that is still open may add some
    number: int = 0  # which page of the whole way it is; 0: it is not on it


def at(door: Door, answers: Answers, screen: QuestionPage) -> Progress | None:
    """Return where ``screen`` stands on the way of these answers; None: beside it."""
    found = pages(door, answers)
    here = next((place for place, page in enumerate(found) if screen in page), None)
    if here is None:
        return None
    now = _chapter(door, screen)
    following = [page for page in found[here:] if _chapter(door, page[0]) == now]
    chapter = CHAPTERS[door][now]
    to_come = _chapter(door, found[-1][0]) - now + 1  # and the check
    return Progress(
        steps=(*(DONE,) * now, NOW, *(TO_COME,) * to_come),
        chapter=chapter.title,
        left=len(following) - 1,
        more=any(_may_add(asked, answers, chapter) for page in following for asked in page),
        number=here + 1,
    )


def at_check(door: Door, answers: Answers) -> Progress:
    """Return where the page to check stands: at the end."""
    last = pages(door, answers)[-1]
    return Progress(steps=(*(DONE,) * (_chapter(door, last[0]) + 1), NOW))


def _chapter(door: Door, screen: QuestionPage) -> int:
    """Return in which chapter ``screen`` is, the first being 0."""
    return next(place for place, chapter in enumerate(CHAPTERS[door]) if screen in chapter.pages)


def _may_add(asked: QuestionPage, answers: Answers, chapter: Chapter) -> bool:
    """Say whether an answer that is still open leads by more pages of this chapter."""
    if not isinstance(asked.then, By):
        return False
    ids = {screen.id for screen in chapter.pages}
    return any(set(fork.ways.values()) & ids for fork in asked.then.open_ends(answers))

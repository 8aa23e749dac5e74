"""An act of a child who came back with the secret words."""

from collections.abc import Iterator
from contextlib import contextmanager

from kids_feedback.services.case.act import Act, by_child
from kids_feedback.services.case.alarms import When
from kids_feedback.services.casework.days import working_days
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.context import Session


def at(db: Session) -> When:
    """Return when it is, and when people look."""
    watch = context.settings().watch
    return When(now=context.now(), calendar=working_days.calendar_now(db), watch=watch)


@contextmanager
def act() -> Iterator[Act]:
    """Open an act on what the child sent; it is kept when the block ends. Behind ``came_back``.

    Raises:
        NotFound: it has been erased since.
        WordsFirst: see ``guard.opened_case``.
    """
    case_id = guard.opened_case()
    with context.transaction() as db:
        moment = working_days.moment_of(db, now=context.now(), today=context.today())
        yield by_child(db, case_id, moment)

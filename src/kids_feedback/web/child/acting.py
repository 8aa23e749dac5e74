"""An act of a child who came back with the secret words."""

from collections.abc import Iterator
from contextlib import contextmanager

from kids_feedback.services import days
from kids_feedback.services.act import Act, by_child
from kids_feedback.services.opened import Moment
from kids_feedback.web import context, guard


@contextmanager
def act() -> Iterator[Act]:
    """Open an act on what the child sent; it is kept when the block ends. Behind ``came_back``.

    Raises:
        NotThere: it has been erased since.
        WordsFirst: see ``guard.opened_case``.
    """
    case_id = guard.opened_case()
    with context.transaction() as db:
        calendar = days.calendar_now(db)
        moment = Moment(now=context.now(), today=context.today(), calendar=calendar)
        yield by_child(db, case_id, moment)

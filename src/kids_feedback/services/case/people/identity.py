"""What was found of who a child is in the case file, and what may be told of the case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kids_feedback.domain.case.identity import Identity, may_answer, may_tell_of_case
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.errors import IdentityUnchecked
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Letter


@dataclass(frozen=True, kw_only=True)
class CheckedIdentity:
    """The last word on who a child is. Who they are in the case file is in the history."""

    state: Identity | None  # None: nobody has checked
    on: date | None

    @property
    def may_tell(self) -> bool:
        """Whether anything about the case may be told."""
        return may_tell_of_case(self.state)

    @property
    def may_answer(self) -> bool:
        """Whether the written answer may go out."""
        return may_answer(self.state)


def of_case(row: Case) -> CheckedIdentity:
    """Return what was found last."""
    return CheckedIdentity(state=row.identity, on=row.identity_on)


def check_may_answer(opened: Opened) -> None:
    """Check that it is known whom an answer goes to, or that nothing of the case is in it.

    Raises:
        IdentityUnchecked: neither.

    Source: docs/procedure.md, paragraph 22a.
    """
    if not may_answer(opened.row.identity):
        raise IdentityUnchecked


def check_may_write(opened: Opened, *, nothing_of_case: bool) -> None:
    """Check that who writes to a child may tell of the case, or says that they do not.

    Raises:
        IdentityUnchecked: neither.

    Source: docs/procedure.md, paragraph 22a.
    """
    if not (nothing_of_case or may_tell_of_case(opened.row.identity)):
        raise IdentityUnchecked


def said_so(*, nothing_of_case: bool) -> dict[str, bool]:
    """Return what the history keeps of what who wrote said of it."""
    return {"nothing_of_case": True} if nothing_of_case else {}


def readable(row: Case, letters: Iterable[Letter]) -> list[Letter]:
    """Return of what was written to a child what whoever has the words may read now.

    What may tell of the case is held once it is in doubt who the child is.
    """
    doubted = row.identity is not None and not may_tell_of_case(row.identity)
    return [letter for letter in letters if letter.nothing_of_case or not doubted]

"""Who the manager is, in three lines of their own: it makes a stranger less of a stranger."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Person
from kids_feedback.services.case.access import may_have
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.people import PersonRow

LINES = 3
LINE_LIMIT = 150  # characters


@dataclass(frozen=True, kw_only=True)
class Introduction:
    """What a child may know of the manager."""

    manager: str
    lines: tuple[str, ...]  # none: they have written nothing yet
    not_on_case: bool  # they said so, and nothing that we know speaks against it


def of_manager(session: Session, case_id: str) -> Introduction:
    """Return who looks into what this child told us.

    Raises:
        NotFound: nobody does yet, or it has been erased since.
    """
    row = session.get(Case, case_id)
    if row is None or row.manager is None:
        raise NotFound
    return Introduction(
        manager=row.manager.name,
        lines=_lines(row.manager.about_me),
        not_on_case=_not_on_case(session, row.id, row.manager.id),
    )


def of_mine(session: Session, person: Person) -> tuple[str, ...]:
    """Return the lines that a manager wrote about themselves."""
    return _lines(session.get_one(PersonRow, person.id).about_me)


def introduce(session: Session, person: Person, lines: tuple[str, ...]) -> None:
    """Keep what a manager writes about themselves: lines of text, empty ones left out."""
    kept = [" ".join(line.split())[:LINE_LIMIT] for line in lines[:LINES]]
    session.get_one(PersonRow, person.id).about_me = "\n".join(line for line in kept if line)


def _not_on_case(session: Session, case_id: str, manager_id: str) -> bool:
    offered = (
        select(Event)
        .where(
            Event.case_id == case_id,
            Event.what == Step.OFFER.value,
            Event.person_id == manager_id,
        )
        .order_by(Event.number.desc())
    )
    newest = session.scalars(offered.limit(1)).first()
    if newest is None or not newest.facts.get("not_on_case"):
        return False
    return may_have(session, case_id, manager_id)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line)

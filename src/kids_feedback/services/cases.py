"""One case: who may know of it, and the lines of its history. The one place for scope."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from kids_feedback.domain.errors import NotThere, SomebodyElseSaved
from kids_feedback.domain.feedback import Kind
from kids_feedback.domain.people import Person, Role
from kids_feedback.domain.procedure import Step
from kids_feedback.storage.cases import Event
from kids_feedback.storage.feedback import About, Feedback
from kids_feedback.storage.people import Area, PersonRow


def visible_to(person: Person) -> ColumnElement[bool]:
    """Return the condition on ``Feedback`` that holds for what this person may know of.

    Source: docs/procedure.md, paragraph 31.
    """
    return and_(_in_reach(person), no_conflict(Feedback.id, person.id))


def no_conflict(
    feedback_id: str | InstrumentedAttribute[str], person_id: str | InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """Return the condition that this person is neither complained about nor their line manager.

    Either may be a column of the query around it. A compliment bars nobody: it names none here.

    Source: docs/procedure.md, paragraph 31.
    """
    worker = aliased(PersonRow)
    line_manager = and_(About.line_manager_may.is_(False), worker.line_manager_id == person_id)
    barred = (
        select(About.id)
        .join(worker, worker.id == About.person_id)
        .where(About.feedback_id == feedback_id, or_(About.person_id == person_id, line_manager))
    )
    return ~barred.exists()


def heads_of(session: Session, feedback_id: str, area_code: str) -> list[PersonRow]:
    """Return the Heads of Practice of an area who may have this case.

    Source: docs/procedure.md, paragraphs 17 and 31.
    """
    wanted = select(PersonRow).where(
        PersonRow.role == Role.HEAD_OF_PRACTICE,
        PersonRow.closed_at.is_(None),
        PersonRow.areas.any(Area.code == area_code),
        no_conflict(feedback_id, PersonRow.id),
    )
    return list(session.scalars(wanted.order_by(PersonRow.name, PersonRow.id)))


def of_child(session: Session, feedback_id: str) -> Feedback:
    """Return what the child sent who is behind this visit: the secret words let them in.

    Raises:
        NotThere: it has been erased since.
    """
    row = session.get(Feedback, feedback_id)
    if row is None:
        raise NotThere
    return row


def find(session: Session, case_id: str, person: Person, *, seen: int | None = None) -> Feedback:
    """Return the case.

    Args:
        seen: the version that the person had before them; None where that plays no part.

    Raises:
        NotThere: no such case, or not one this person may know of.
        SomebodyElseSaved: the case is no longer the one that they saw.
    """
    wanted = select(Feedback).where(Feedback.id == case_id, visible_to(person))
    row = None if "\0" in case_id else session.scalar(wanted)  # PostgreSQL refuses to look for NUL
    if row is None:
        raise NotThere
    if seen is not None and row.version != seen:
        raise SomebodyElseSaved
    return row


def add_line(
    session: Session,
    row: Feedback,
    what: Step,
    *,
    person_id: str | None,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
    note: str = "",
) -> None:
    """Add a line to the history, and leave the case as it is.

    Args:
        person_id: who did it; None when nobody did, but the service itself.
    """
    line = Event(
        feedback_id=row.id,
        at=now,
        number=row.version,
        person_id=person_id,
        what=what.value,
        facts=dict(facts or {}),
        note=note or None,
    )
    session.add(line)
    session.flush()


def _in_reach(person: Person) -> ColumnElement[bool]:
    """Return which rows a role works with, conflicts apart."""
    if person.role is Role.CUSTOMER_SERVICE:
        return Feedback.area_code.is_(None)
    if person.role is Role.HEAD_OF_PRACTICE:
        return Feedback.area_code.in_(person.areas)
    if person.role is Role.LOCAL_MANAGER:
        praise = and_(Feedback.kind == Kind.COMPLIMENT, Feedback.office_code.in_(person.offices))
        return or_(Feedback.manager_id == person.id, praise)
    return false()

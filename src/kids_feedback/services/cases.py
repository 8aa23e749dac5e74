"""One case: who may know of it, and how an act on it is kept. The one place for scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased
from sqlalchemy.orm.attributes import flag_modified

from kids_feedback.domain import procedure
from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.errors import NotThere, SomebodyElseSaved
from kids_feedback.domain.feedback import Kind
from kids_feedback.domain.people import Person, Role
from kids_feedback.domain.procedure import Stage, Step
from kids_feedback.services import standing
from kids_feedback.storage.cases import Event
from kids_feedback.storage.feedback import About, Feedback
from kids_feedback.storage.people import Area, PersonRow


class Mark(StrEnum):
    """What a line of the history can say, beside the steps of the procedure."""

    ADDED = "added"  # the child sent more with the same form
    NEW_WORDS = "new_words"  # the old secret words were lost; how the child was recognised
    NUDGED = "nudged"  # by the child, because a promise is late
    CONTACT_CHANGED = "contact_changed"  # by the child: another way to get in touch
    SUPPORTER_CHANGED = "supporter_changed"  # by the child: who comes along
    STOPPED = "stopped"  # by the child
    POINTS = "points"  # of the answer, understood or not quite
    NOT_HAPPY = "not_happy"  # with the answer; what the child asks for
    RATED = "rated"  # how we did was said, and is not kept here
    ANSWER_READ = "answer_read"  # by the child, the first time
    OPENED_WORDS = "opened_words"
    OPENED_CONTACT = "opened_contact"
    HANDOVER = "handover"  # a safeguarding handover was started
    TALK_CORRECTED = "talk_corrected"
    MEETING_PICKED = "meeting_picked"  # by the child, out of what was offered
    MEETING_SUGGESTED = "meeting_suggested"  # by the child: another time or place
    MEETING_DECLINED = "meeting_declined"  # by the child
    MEETING_AGREED = "meeting_agreed"  # by the manager, to what the child suggested
    MEETING_CANCELLED = "meeting_cancelled"  # by the manager, with a reason
    TAKEN_BACK = "taken_back"  # from a manager, or an area, that may not have it
    COURT_ONGOING = "court_ongoing"
    COURT_HEARING = "court_hearing"
    COURT_TOLD = "court_told"
    COURT_CHILD_TOLD = "court_child_told"
    REDATED = "redated"  # a closed day was added
    DELAYED = "delayed"  # the child was told of a new day for a promise, and why


LOOKS = frozenset({Mark.OPENED_WORDS, Mark.OPENED_CONTACT})


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What an act left behind: enough to choose the next page."""

    id: str
    version: int
    stage: Stage
    next_step: Step | None
    still_theirs: bool  # False: the case is now out of this person's sight


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


def take(row: Feedback, step: Step, person: Person) -> None:
    """Move the case to the stage after ``step``. To be followed by ``record``.

    Raises:
        NotAllowedNow: the step cannot be taken from here, or not by this person.
    """
    row.stage = procedure.take(step, standing.situation_of(row), person.role)


def record(
    session: Session,
    row: Feedback,
    what: Step | Mark,
    person: Person,
    *,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    facts: Mapping[str, Any] | None = None,
    note: str = "",
) -> Saved:
    """Keep an act: what comes next, a new version, and its line in the history.

    Every act gives the case a new version, even one that changes no column, so that of two people
    who act at once the second always notices.

    Args:
        facts: dates as ISO text and codes, never words; words go into ``note``, which is sealed.

    Raises:
        CalendarGap: a date that matters lies outside the calendar.
    """
    standing.restate(row, today=today, calendar=calendar)
    flag_modified(row, "stage")
    session.flush()
    add_line(session, row, what, person_id=person.id, now=now, facts=facts, note=note)
    return saved(session, row, person)


def add_line(
    session: Session,
    row: Feedback,
    what: Step | Mark,
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


def saved(session: Session, row: Feedback, person: Person) -> Saved:
    """Return what the page needs to know after an act."""
    wanted = select(Feedback.id).where(Feedback.id == row.id, visible_to(person))
    return Saved(
        id=row.id,
        version=row.version,
        stage=row.stage,
        next_step=row.next_step,
        still_theirs=session.scalar(wanted) is not None,
    )


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

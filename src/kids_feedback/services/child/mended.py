"""What a child reads of what was changed, taken back or ended so; never the words."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Ending, Step
from kids_feedback.services.case import access
from kids_feedback.services.casework.answering import answer_changes
from kids_feedback.services.casework.answering.answer_changes import Change
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event


@dataclass(frozen=True, kw_only=True)
class Mended:
    """All of it. Days are local days."""

    changes: tuple[Change, ...]  # of the answer, the newest first
    talk_off: date | None  # the child was told of a talk on that day, which was not so
    answer_off: date | None  # … and of an answer by that one, which is promised no more
    ended_as: Ending | None
    ended_on: date | None


def of_case(session: Session, case_id: str) -> Mended:
    """Return what was put right, as far as it still says something.

    Raises:
        NotFound: it has been erased since.

    Source: docs/procedure.md, paragraphs 24, 33 and 51.
    """
    row = access.case_of_child(session, case_id)
    talk_off, answer_off = _struck(session, row)
    return Mended(
        changes=answer_changes.given_of(session, row),
        talk_off=talk_off,
        answer_off=answer_off,
        ended_as=row.ended_as,
        ended_on=row.closed_on if row.ended_as else None,
    )


def _struck(session: Session, row: Case) -> tuple[date | None, date | None]:
    """Return the day of the talk that was struck last, until there is another one."""
    last_talk = select(func.max(Event.number)).where(
        Event.case_id == row.id, Event.what == Step.LOG_TALK.value
    )
    struck = select(Event).where(
        Event.case_id == row.id,
        Event.what == Step.STRIKE_TALK.value,
        Event.number > last_talk.scalar_subquery(),
    )
    line = session.scalars(struck.order_by(Event.number.desc()).limit(1)).first()
    facts = line.facts if line else {}
    days = (facts.get("talk_on"), facts.get("answer_by_off"))
    talk_off, answer_off = (date.fromisoformat(day) if day else None for day in days)
    return talk_off, answer_off

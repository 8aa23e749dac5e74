"""What staff wrote to a child behind the secret words, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.events import HistoryEvent
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.case.people import identity
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Letter
from kids_feedback.storage.tables.people import PersonRow


@dataclass(frozen=True, kw_only=True)
class WrittenLetter:
    """One message to the child, as staff see it. Days are local days."""

    text: str
    who: str  # wrote it
    written_on: date
    opened_on: date | None  # by the child; None: it waits
    answered_on: tuple[date, ...]  # when the child sent more words in answer to it


def letters_of(opened: Opened, lines: Iterable[HistoryEvent]) -> tuple[WrittenLetter, ...]:
    """Return what was written to the child, the newest first.

    Args:
        lines: of the history, those of ``Step.ADD`` at least.

    Source: docs/procedure.md, paragraphs 20 and 31b.
    """
    wanted = (
        select(Letter, PersonRow.name)
        .join(PersonRow, PersonRow.id == Letter.written_by)
        .where(Letter.case_id == opened.row.id)
        .order_by(Letter.number.desc(), Letter.id)
    )
    said = [line for line in lines if line.what == Step.ADD]
    return tuple(
        WrittenLetter(
            text=letter.text or "",
            who=who,
            written_on=letter.written_on,
            opened_on=letter.opened_on,
            answered_on=tuple(
                line.written_on for line in said if line.facts.get("letter") == letter.id
            ),
        )
        for letter, who in opened.session.execute(wanted)
    )


def to_child(session: Session, row: Case) -> list[Letter]:
    """Return what was written to the child, as far as they may read it now, the newest first."""
    wanted = select(Letter).where(Letter.case_id == row.id)
    found = session.scalars(wanted.order_by(Letter.number.desc(), Letter.id))
    return identity.readable(row, found)


def waits(letters: Iterable[Letter]) -> Letter | None:
    """Return the newest that the child has not opened; None where none waits."""
    return next((letter for letter in letters if letter.opened_on is None), None)


def was_written_since(session: Session, row: Case, day: date) -> bool:
    """Say whether the child was written to on that local day or later."""
    wanted = select(Letter.id).where(Letter.case_id == row.id, Letter.written_on >= day)
    return session.scalar(wanted.limit(1)) is not None


def was_opened(session: Session, row: Case) -> bool:
    """Say whether the child has opened any."""
    wanted = select(Letter.id).where(Letter.case_id == row.id, Letter.opened_on.is_not(None))
    return session.scalar(wanted.limit(1)) is not None

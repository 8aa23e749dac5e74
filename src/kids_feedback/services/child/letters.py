"""What a child reads of what staff wrote to them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Fact, Step
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.case import case_state, letters
from kids_feedback.services.case.access import case_of_child
from kids_feedback.services.case.act import Act
from kids_feedback.storage.tables.casework import Letter
from kids_feedback.storage.tables.people import PersonRow


@dataclass(frozen=True, kw_only=True)
class LetterForChild:
    """One message, as it was written."""

    id: str
    who: str
    on: date
    text: str


def waits(session: Session, case_id: str) -> bool:
    """Say whether there is a message that the child has not opened.

    Raises:
        NotFound: nothing was written.
    """
    found = letters.to_child(session, case_of_child(session, case_id))
    if not found:
        raise NotFound
    return letters.waits(found) is not None


def read(act: Act) -> tuple[LetterForChild, ...]:
    """Return what was written to the child, the newest first; keep what they opened first now.

    A child whom nothing else reaches has been reached by that, so no try waits any more.

    Raises:
        NotFound: nothing was written.

    Source: docs/procedure.md, paragraphs 20 and 29.
    """
    said = (Fact.ONLY_HERE,) if case_state.is_only_here(act.row) else ()
    for letter in _open_all(act):
        act.take(Step.READ_LETTER, *said)
        act.record(facts={"letter": letter.id, "written_on": letter.written_on.isoformat()})
    found = tuple(
        LetterForChild(
            id=letter.id,
            who=act.session.get_one(PersonRow, letter.written_by).name,
            on=letter.written_on,
            text=letter.text or "",
        )
        for letter in letters.to_child(act.session, act.row)
    )
    if not found:
        raise NotFound
    return found


def _open_all(act: Act) -> list[Letter]:
    """Mark as opened what was not; of two who open at once, one."""
    theirs = [letter.id for letter in letters.to_child(act.session, act.row)]
    once = (
        update(Letter)
        .where(Letter.id.in_(theirs), Letter.opened_on.is_(None))
        .values(opened_on=act.today)
        .returning(Letter)
    )
    return sorted(act.session.scalars(once), key=lambda letter: letter.number)

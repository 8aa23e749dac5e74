"""What children drew: kept with their words, and shown only to who opened those."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.case.opened import Opened
from kids_feedback.storage.encryption import keys_in
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.drawings import Drawing

_OPEN = timedelta(minutes=30)  # that the page with the words, once opened, may show its pictures


def keep(session: Session, row: Case, png: bytes) -> None:
    """Keep a drawing; the same one sent again is kept once."""
    _know_old_ones(session, row)
    keys, place = keys_in(session), _place(row)
    of_this = Drawing.case_id == row.id, Drawing.digest.in_(keys.digests(png, place))
    if session.scalar(select(Drawing.id).where(*of_this).limit(1)) is None:
        digest = keys.digest(png, place)
        session.add(Drawing(case_id=row.id, png=png, digest=digest))
        session.flush()


def drawn(session: Session, case_id: str) -> tuple[str, ...]:
    """Return the ids of a message's drawings, the oldest first. No drawing is opened for that."""
    wanted = select(Drawing.id).where(Drawing.case_id == case_id)
    return tuple(session.scalars(wanted.order_by(Drawing.number, Drawing.id)))


def look_at(opened: Opened, drawing_id: str) -> bytes:
    """Return a drawing as a PNG, to somebody whose opening of the words was kept just before.

    So a drawing is never seen without a line that says who looked, and looking writes nothing.

    Raises:
        NotFound: no such drawing, or the words are not open.
    """
    session, row = opened.session, opened.row
    words_opened = select(Event.id).where(
        Event.case_id == row.id,
        Event.person_id == opened.person_id,
        Event.what == Step.OPEN_STATEMENT.value,
        Event.at > opened.now - _OPEN,
    )
    wanted = select(Drawing).where(Drawing.id == drawing_id, Drawing.case_id == row.id)
    if "\0" in drawing_id or session.scalar(words_opened.limit(1)) is None:
        raise NotFound
    found = session.scalar(wanted)
    if found is None:
        raise NotFound
    return found.png or b""


def _know_old_ones(session: Session, row: Case) -> None:
    """Note the digests of drawings that were kept before there were any."""
    unknown = select(Drawing).where(Drawing.case_id == row.id, Drawing.digest.is_(None))
    for scalar in session.scalars(unknown):
        scalar.digest = keys_in(session).digest(scalar.png or b"", _place(row))
    session.flush()


def _place(row: Case) -> str:
    return f"drawing.{row.id}"

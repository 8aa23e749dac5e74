"""What children drew: kept with their words, and shown only to who opened those."""

from base64 import b64decode, b64encode
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import NotThere
from kids_feedback.domain.procedure import Step
from kids_feedback.services.opened import Opened
from kids_feedback.storage.cases import Event
from kids_feedback.storage.drawings import Drawing
from kids_feedback.storage.feedback import Feedback

_OPEN = timedelta(minutes=30)  # that the page with the words, once opened, may show its pictures


def keep(session: Session, row: Feedback, png: bytes, *, now: datetime) -> None:
    """Keep a drawing; the same one sent again is kept once."""
    text = b64encode(png).decode()
    if all(each.png != text for each in _of(session, row.id)):
        session.add(Drawing(feedback_id=row.id, made_at=now, png=text))
        session.flush()


def drawn(session: Session, feedback_id: str) -> tuple[str, ...]:
    """Return the ids of a message's drawings, the oldest first."""
    return tuple(each.id for each in _of(session, feedback_id))


def look_at(opened: Opened, drawing_id: str) -> bytes:
    """Return a drawing as a PNG, to somebody whose opening of the words was kept just before.

    So a drawing is never seen without a line that says who looked, and looking writes nothing.

    Raises:
        NotThere: no such drawing, or the words are not open.
    """
    session, row = opened.session, opened.row
    words_opened = select(Event.id).where(
        Event.feedback_id == row.id,
        Event.person_id == opened.person_id,
        Event.what == Step.OPEN_WORDS.value,
        Event.at > opened.now - _OPEN,
    )
    found = next((each for each in _of(session, row.id) if each.id == drawing_id), None)
    if found is None or session.scalar(words_opened.limit(1)) is None:
        raise NotThere
    return b64decode(found.png or "")


def _of(session: Session, feedback_id: str) -> list[Drawing]:
    wanted = select(Drawing).where(Drawing.feedback_id == feedback_id)
    return list(session.scalars(wanted.order_by(Drawing.made_at, Drawing.id)))

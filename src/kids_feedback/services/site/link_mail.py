"""Messages that carry a one-time link: how far they got, and their end. For administrators."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kids_feedback.services.site.mail_progress import IN_TROUBLE, NO_LINK, UNSENT, Progress, how_far
from kids_feedback.storage.tables.outbox import Message


def progress_of(session: Session, person_id: str, digest: str) -> Progress | None:
    """Return how far the message to somebody has got that carries this link; None: none does."""
    theirs = select(Message).where(Message.person_id == person_id)
    row = session.scalar(theirs.where(Message.link_digest == digest))
    return how_far(row) if row else None


def not_sent(session: Session) -> frozenset[str]:
    """Return the ids of the people whose link does not get through, or ran out before it went."""
    wanted = select(Message.person_id).where(UNSENT, ~NO_LINK, IN_TROUBLE)
    return frozenset(filter(None, session.scalars(wanted)))


def withdraw(session: Session, person_id: str) -> None:
    """Delete the messages with a link of this person that have not gone."""
    session.execute(delete(Message).where(UNSENT, ~NO_LINK, Message.person_id == person_id))

"""Links that work once. Only a hash is kept, so that a stolen table opens nothing."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import NotFound
from kids_feedback.services.site import tokens
from kids_feedback.storage.tables.people import Ticket

LASTS = timedelta(hours=24)


class Purpose(StrEnum):
    """What a link is for. One made for one thing opens nothing else."""

    INVITATION = "invitation"
    DEMO = "demo"


def issue(session: Session, person_id: str, purpose: Purpose, *, now: datetime) -> str:
    """Return the token of a new link, good for 24 hours. Earlier ones of its kind end."""
    withdraw(session, person_id, purpose)
    token = tokens.new()
    session.add(
        Ticket(
            digest=tokens.digest(token),
            person_id=person_id,
            purpose=purpose,
            expires_at=now + LASTS,
        )
    )
    session.flush()
    return token


def withdraw(session: Session, person_id: str, purpose: Purpose) -> None:
    """End the links that this person was given."""
    session.execute(delete(Ticket).where(Ticket.person_id == person_id, Ticket.purpose == purpose))


def holder(session: Session, token: str, purpose: Purpose, *, now: datetime) -> str:
    """Return whose link this is, and leave it unused.

    Raises:
        NotFound: never issued, used, withdrawn or too old.
    """
    found = session.scalar(select(Ticket.person_id).where(_good(token, purpose, now)))
    if found is None:
        raise NotFound
    return found


def outstanding(session: Session, person_id: str, purpose: Purpose, *, now: datetime) -> str | None:
    """Return the digest of the link of this person that is good; None: none is."""
    return session.scalar(
        select(Ticket.digest).where(
            Ticket.person_id == person_id, Ticket.purpose == purpose, *_lasting(now)
        )
    )


def still_good(session: Session, digest: str, *, now: datetime) -> bool:
    """Say whether a link, known by its digest, is good: not used, not withdrawn, not too old."""
    return (
        session.scalar(select(Ticket.digest).where(Ticket.digest == digest, *_lasting(now)))
        is not None
    )


def was_used(session: Session, token: str, purpose: Purpose) -> bool:
    """Say whether a link was issued and has been used. One that was never issued is nothing."""
    wanted = select(Ticket.used_at).where(
        Ticket.digest == tokens.digest(token), Ticket.purpose == purpose
    )
    return session.scalar(wanted) is not None


def use(session: Session, token: str, purpose: Purpose, *, now: datetime) -> str:
    """Return whose link this is, and end it. Of two who use it at once, one is refused.

    Raises:
        NotFound: never issued, used, withdrawn or too old.
    """
    used = update(Ticket).where(_good(token, purpose, now)).values(used_at=now)
    found: str | None = session.scalar(used.returning(Ticket.person_id))
    if found is None:
        raise NotFound
    return found


def _good(token: str, purpose: Purpose, now: datetime) -> ColumnElement[bool]:
    return and_(
        Ticket.digest == tokens.digest(token),
        Ticket.purpose == purpose,
        *_lasting(now),
    )


def _lasting(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Ticket.used_at.is_(None), Ticket.expires_at > now

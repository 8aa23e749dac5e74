"""How far mail has got: what waits, went, does not get through, or was withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from kids_feedback.storage.tables.outbox import Message

OFTEN = 6  # tries; the sixth comes half an hour after the first
PERMANENT = " permanent"  # ends last_error, after the code
UNSENT: ColumnElement[bool] = Message.sent_at.is_(None)
_FAILED: ColumnElement[bool] = or_(
    Message.last_error.endswith(PERMANENT), Message.given_up_at.is_not(None)
)
NO_LINK: ColumnElement[bool] = Message.link_digest.is_(None)
IN_TROUBLE: ColumnElement[bool] = or_(
    _FAILED, and_(Message.attempts >= OFTEN, Message.tried_since.is_not(None))
)
WAITS: ColumnElement[bool] = and_(UNSENT, Message.given_up_at.is_(None))
"""The condition that a message is still to go."""


@dataclass(frozen=True, kw_only=True)
class Stuck:
    """A message that does not get through: what staff need to know, without address or words."""

    id: str
    case_id: str | None
    created_at: datetime
    attempts: int
    next_try_at: datetime
    last_error: str | None  # a code and "permanent" or "temporary"; None: its worker died
    given_up_at: datetime | None = None  # it is not tried again; None: it still is
    to_child: bool = False
    person_id: str | None = None  # whom it is for, where that is one person


class Progress(StrEnum):
    """How far a message has got."""

    ON_ITS_WAY = "on_its_way"
    TRIED_OFTEN = "tried_often"  # and it still is
    SENT = "sent"
    FAILED = "failed"  # for good, or given up
    STOPPED = "stopped"  # withdrawn before it went


def how_far(row: Message) -> Progress:
    """Return how far a message has got."""
    if row.sent_at:
        return Progress.SENT
    if is_failed(row):
        return Progress.FAILED
    often = row.attempts >= OFTEN and row.tried_since is not None
    return Progress.TRIED_OFTEN if often else Progress.ON_ITS_WAY


def is_failed(message: Message) -> bool:
    """Say whether a message does not get through: it was refused for good, or given up."""
    refused = (message.last_error or "").endswith(PERMANENT)
    return refused or message.given_up_at is not None


def progress_of(session: Session, message_ids: Collection[str]) -> dict[str, Progress]:
    """Return how far each of these messages has got."""
    if not message_ids:
        return {}
    rows = session.scalars(select(Message).where(Message.id.in_(message_ids)))
    return dict.fromkeys(message_ids, Progress.STOPPED) | {row.id: how_far(row) for row in rows}


def by_name(session: Session, case_id: str, since: datetime) -> dict[str, Progress]:
    """Return how far what went to people by name about a case has got, by their ids.

    Of several the best one counts. What was tried often, and does not go, is not on its way.
    """
    wanted = select(Message).where(
        Message.case_id == case_id,
        Message.person_id.is_not(None),
        Message.role.is_(None),
        Message.created_at >= to_the_minute(since),
    )
    found: dict[str, set[Progress]] = {}
    for row in session.scalars(wanted):
        progress = how_far(row)
        if progress is Progress.TRIED_OFTEN:
            progress = Progress.FAILED
        found.setdefault(row.person_id or "", set()).add(progress)
    best = (Progress.SENT, Progress.ON_ITS_WAY, Progress.FAILED)
    return {who: next(item for item in best if item in all_) for who, all_ in found.items()}


def oldest_waiting_age(session: Session, now: datetime) -> timedelta:
    """Return for how long the most overdue message has waited to be tried; 0 if none has.

    It grows when no worker runs. Messages that are tried and refused are in ``stuck`` instead, so
    that one dead address never makes the whole site look ill.
    """
    oldest = session.scalar(
        select(func.min(Message.not_before)).where(WAITS, Message.not_before <= now)
    )
    return now - oldest if oldest else timedelta(0)


def stuck(session: Session) -> list[Stuck]:
    """Return the messages that were refused for good or tried often, the oldest first.

    For those who may know of every case: a line names the feedback it belongs to. What carries a
    link is not among them: administrators look after that (``link_mail``).
    """
    return _stuck(session, IN_TROUBLE, NO_LINK)


def failed_for(session: Session, case_id: str) -> list[Stuck]:
    """Return the messages to the child of this case that do not get through, the oldest first.

    None once the child has changed the way: what had not gone out is withdrawn, or goes there.
    """
    return _stuck(session, Message.case_id == case_id, Message.to_child.is_(True), _FAILED)


def to_the_minute(at: datetime) -> datetime:
    """Return the minute: what a child does is not to be found again by its microsecond."""
    return at.replace(second=0, microsecond=0)


def _stuck(session: Session, *those: ColumnElement[bool]) -> list[Stuck]:
    # Only what is shown: a message may be here since the rest of it cannot be read.
    shown = (
        Message.id,
        Message.case_id,
        Message.created_at,
        Message.attempts,
        Message.not_before,
        Message.last_error,
        Message.given_up_at,
        Message.to_child,
        Message.person_id,
    )
    wanted = select(*shown).where(UNSENT, *those)
    rows = session.execute(wanted.order_by(Message.created_at, Message.id))
    return [
        Stuck(
            id=row.id,
            case_id=row.case_id,
            created_at=row.created_at,
            attempts=row.attempts,
            next_try_at=row.not_before,
            last_error=row.last_error,
            given_up_at=row.given_up_at,
            to_child=row.to_child,
            person_id=row.person_id,
        )
        for row in rows
    ]

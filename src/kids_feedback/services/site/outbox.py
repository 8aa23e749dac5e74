"""Messages on their way out: put down with the act they tell of, lent to a worker, marked.

A worker takes a message on a lease, sends it with no transaction open, and marks it in another. A
worker that dies in between lets the lease run out, and the message goes again under the same id.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import CannotOpen
from kids_feedback.storage.tables.outbox import Message

LEASE = timedelta(minutes=2)  # longer than one message takes, its server's silences included
LONGEST_WAIT = 60  # minutes between two tries
OFTEN = 6  # tries; the sixth comes half an hour after the first
_PERMANENT = " permanent"  # ends last_error, after the code


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A message lent to a worker. Its repr holds the id only, so that it may be logged."""

    id: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)
    language: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Stuck:
    """A message that does not get through: what staff need to know, without address or words."""

    id: str
    case_id: str | None
    created_at: datetime
    attempts: int
    next_try_at: datetime
    last_error: str | None  # a code and "permanent" or "temporary"; None: its worker died


class Progress(StrEnum):
    """How far a message has got."""

    ON_ITS_WAY = "on_its_way"
    SENT = "sent"
    FAILED = "failed"  # for good
    STOPPED = "stopped"  # withdrawn before it went


def put(
    session: Session,
    *,
    to: str,
    subject: str,
    body: str,
    now: datetime,
    case_id: str | None = None,
    to_child: bool = False,
    language: str = "en",
    not_before: datetime | None = None,
) -> str:
    """Put a message down, to be sent once the caller's transaction is there; return its id.

    Args:
        session: the one of the act that the message tells of: both are kept, or neither.
        to: one address that may be written to, already validated.
        subject: bare wording, at most 120 characters.
        body: bare wording, at most 2,000 characters.
        now: when it is put down.
        case_id: the case it belongs to, if any.
        to_child: it goes to the child of that case.
        language: the code of the language it is written in.
        not_before: when it may go; None: at once.
    """
    message = Message(
        case_id=case_id,
        to=to,
        to_child=to_child,
        language=language,
        subject=subject,
        body=body,
        created_at=now,
        not_before=not_before or now,
    )
    session.add(message)
    return message.id


def lease(
    session: Session, *, now: datetime, limit: int = 20, lease: timedelta = LEASE
) -> list[Outgoing]:
    """Take up to ``limit`` messages that are due, those tried least first.

    Nobody else gets them until the lease is over. Each counts as tried from here on, so one that
    brings its worker down is counted too. One whose address cannot be opened is marked as failed.
    """
    taken: list[Outgoing] = []
    while len(taken) < limit and (rows := _due(session, now, limit - len(taken))):
        for row in rows:
            row.attempts += 1
            row.leased_until = now + lease
            try:
                to = row.to or ""
            except CannotOpen:
                _put_off(row, now, "cannot_open", permanent=True)
            else:
                taken.append(
                    Outgoing(
                        id=row.id,
                        to=to,
                        subject=row.subject,
                        body=row.body,
                        language=row.language,
                    )
                )
        session.flush()
    return taken


def sent(session: Session, message_id: str, now: datetime) -> None:
    """Mark a message as handed over to the next server. Safe to repeat."""
    session.execute(
        update(Message)
        .where(Message.id == message_id, Message.sent_at.is_(None))
        .values(sent_at=now, leased_until=None, last_error=None)
    )


def failed(
    session: Session, message_id: str, now: datetime, *, code: str, permanent: bool
) -> str | None:
    """Note why a message was not taken, and when to try again: in 1, 2, 4 … 60 minutes.

    A permanent failure is tried each hour: somebody may put right what was wrong. It is kept, for
    people to see in ``stuck``. One that another worker has sent meanwhile stays sent.

    Returns:
        The case whose child is now known not to be reached by it; None the next times, too.
    """
    row = session.get(Message, message_id, with_for_update=True)
    if row is None or row.sent_at is not None:
        return None
    is_news = permanent and not _failed(row)
    _put_off(row, now, code, permanent=permanent)
    return row.case_id if is_news and row.to_child else None


def failed_for(session: Session, case_id: str) -> list[Stuck]:
    """Return the messages to the child of this case that were refused for good, the oldest first.

    None once the child has changed the address: what had not gone out is withdrawn.
    """
    return _stuck(session, Message.case_id == case_id, Message.to_child.is_(True), _FAILED)


def progress_of(session: Session, message_ids: Collection[str]) -> dict[str, Progress]:
    """Return how far each of these messages has got."""
    if not message_ids:
        return {}
    rows = session.scalars(select(Message).where(Message.id.in_(message_ids)))
    return dict.fromkeys(message_ids, Progress.STOPPED) | {row.id: _progress(row) for row in rows}


def withdraw(session: Session, case_id: str, *, to: str) -> None:
    """Delete what has not gone out to this address about this feedback.

    One that a worker has in hand at this moment may still go.
    """
    _withdraw(session, Message.case_id == case_id, to=to)


def withdraw_all(session: Session, *, to: str) -> tuple[str, ...]:
    """Delete what has not gone out to this address about any case; return the ids of those."""
    found = _withdraw(session, Message.case_id.is_not(None), to=to)
    return tuple(dict.fromkeys(row.case_id for row in found if row.case_id))


def oldest_waiting_age(session: Session, now: datetime) -> timedelta:
    """Return for how long the most overdue message has waited to be tried; 0 if none has.

    It grows when no worker runs. Messages that are tried and refused are in ``stuck`` instead, so
    that one dead address never makes the whole site look ill.
    """
    oldest = session.scalar(
        select(func.min(Message.not_before)).where(_WAITS, Message.not_before <= now)
    )
    return now - oldest if oldest else timedelta(0)


def stuck(session: Session) -> list[Stuck]:
    """Return the messages that were refused for good or tried often, the oldest first.

    For those who may know of every case: a line names the feedback it belongs to.
    """
    return _stuck(session, or_(Message.attempts >= OFTEN, _FAILED))


_WAITS: ColumnElement[bool] = Message.sent_at.is_(None)
_FAILED: ColumnElement[bool] = Message.last_error.endswith(_PERMANENT)


def _stuck(session: Session, *those: ColumnElement[bool]) -> list[Stuck]:
    wanted = select(Message).where(_WAITS, *those).order_by(Message.created_at, Message.id)
    rows = session.scalars(wanted)
    return [
        Stuck(
            id=row.id,
            case_id=row.case_id,
            created_at=row.created_at,
            attempts=row.attempts,
            next_try_at=row.not_before,
            last_error=row.last_error,
        )
        for row in rows
    ]


def _withdraw(session: Session, those: ColumnElement[bool], *, to: str) -> list[Message]:
    """Delete what has not gone out to this address; return it."""
    wanted = select(Message).where(_WAITS, those)
    found = [row for row in session.scalars(wanted) if _goes(row, to)]
    for row in found:
        session.delete(row)
    session.flush()
    return found


def _progress(row: Message) -> Progress:
    if row.sent_at:
        return Progress.SENT
    return Progress.FAILED if _failed(row) else Progress.ON_ITS_WAY


def _failed(row: Message) -> bool:
    return (row.last_error or "").endswith(_PERMANENT)


def _goes(row: Message, to: str) -> bool:
    try:
        return row.to == to
    except CannotOpen:
        return False


def _due(session: Session, now: datetime, limit: int) -> Sequence[Message]:
    """Return rows that nobody else holds. SQLite needs no lock: its writers already take turns."""
    wanted = (
        select(Message)
        .where(
            _WAITS,
            Message.not_before <= now,
            or_(Message.leased_until.is_(None), Message.leased_until <= now),
        )
        .order_by(Message.attempts, Message.not_before, Message.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(wanted).all()


def _put_off(row: Message, now: datetime, code: str, *, permanent: bool) -> None:
    doublings = min(max(row.attempts - 1, 0), 6)  # 2 to the 6th is past the longest wait
    wait = LONGEST_WAIT if permanent else min(2**doublings, LONGEST_WAIT)
    row.not_before = now + timedelta(minutes=wait)
    row.leased_until = None
    row.last_error = code + (_PERMANENT if permanent else " temporary")

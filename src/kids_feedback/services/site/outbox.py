"""Messages on their way out: put down with the act they tell of, and marked as they go or do not.

Lending them to a worker is ``lending``; where each goes then, ``services.casework.sending``.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from kids_feedback.domain.people import Role
from kids_feedback.services.site import tokens
from kids_feedback.storage.tables.outbox import Message

LONGEST_WAIT = 60  # minutes between two tries
OFTEN = 6  # tries; the sixth comes half an hour after the first
GIVEN_UP_AFTER = timedelta(days=3)  # from the first try
# No other try can help.
NEVER = frozenset({"address_wrong", "cannot_write", "cannot_open", "too_late"})
_PERMANENT = " permanent"  # ends last_error, after the code
UNSENT: ColumnElement[bool] = Message.sent_at.is_(None)
_FAILED: ColumnElement[bool] = or_(
    Message.last_error.endswith(_PERMANENT), Message.given_up_at.is_not(None)
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


@dataclass(frozen=True, kw_only=True)
class SealedLink:
    """A one-time link that a message ends with: sealed at rest, erased once that went or ended."""

    address: str
    token: str  # the message goes only while the link of this token is good


class Progress(StrEnum):
    """How far a message has got."""

    ON_ITS_WAY = "on_its_way"
    TRIED_OFTEN = "tried_often"  # and it still is
    SENT = "sent"
    FAILED = "failed"  # for good, or given up
    STOPPED = "stopped"  # withdrawn before it went


def put(
    session: Session,
    *,
    subject: str,
    body: str,
    now: datetime,
    case_id: str | None = None,
    to_child: bool = False,
    names_us: bool = False,
    role: Role | None = None,
    person_id: str | None = None,
    to: str | None = None,
    link: SealedLink | None = None,
    language: str = "en",
    not_before: datetime | None = None,
) -> str:
    """Put a message down, to be sent once the caller's transaction is there; return its id.

    Args:
        session: the one of the act that the message tells of: both are kept, or neither.
        subject: bare wording, at most 120 characters.
        body: bare wording, at most 2,000 characters.
        now: when it is put down; kept to the minute.
        case_id: the case it belongs to, if any.
        to_child: it goes to the child of that case.
        names_us: it says that it is from Cafcass.
        role: it goes to whoever can take the steps of this role in that case.
        person_id: it goes to one person.
        to: the address that this person has or had; None: the one they have when it goes.
        link: what follows the body.
        language: the code of the language it is written in.
        not_before: when it may go; None: at once.
    """
    message = Message(
        case_id=case_id,
        to_child=to_child,
        names_us=names_us,
        role=role,
        person_id=person_id,
        link_digest=tokens.digest(link.token) if link else None,
        language=language,
        subject=subject,
        body=body,
        created_at=_minute(now),
        not_before=not_before or _minute(now),
    )
    message.to, message.link = to, link.address if link else None
    session.add(message)
    return message.id


def _minute(at: datetime) -> datetime:
    """Return the minute: what a child does is not to be found again by its microsecond."""
    return at.replace(second=0, microsecond=0)


def sent(session: Session, message_id: str, now: datetime) -> None:
    """Mark a message as handed over to the next server, and what was folded into it.

    Safe to repeat.
    """
    session.execute(
        update(Message)
        .where(
            or_(Message.id == message_id, Message.folded_into == message_id),
            Message.sent_at.is_(None),
        )
        .values(sent_at=now, leased_until=None, given_up_at=None, last_error=None, link_sealed=None)
    )


def give_up_unread(session: Session, message_id: str, now: datetime) -> None:
    """Give up a message whose row cannot be read; it is listed with those that did not go."""
    unread = update(Message).where(Message.id == message_id, UNSENT)
    error = f"cannot_open{_PERMANENT}"
    session.execute(unread.values(given_up_at=now, leased_until=None, last_error=error))


def failed(
    session: Session,
    message_id: str,
    now: datetime,
    *,
    code: str,
    permanent: bool,
    attempt: int | None = None,
) -> Message | None:
    """Note why a message was not taken, and when to try again: in 1, 2, 4 … 60 minutes.

    A permanent failure is tried each hour: somebody may put right what was wrong. What can never go
    (``NEVER``), or has not gone for three days, is given up: it is kept, and not tried again. One
    that another worker has sent meanwhile stays sent.

    Args:
        attempt: which try it was; nothing is noted of one after which another has begun.

    Returns:
        The message where it is news that it does not get through; None the next times.
    """
    row = session.get(Message, message_id, with_for_update=True)
    if row is None or row.sent_at is not None or attempt not in {None, row.attempts}:
        return None
    was_known = is_failed(row)
    _put_off(row, now, code, permanent=permanent)
    if code in NEVER or is_too_old(row, now):
        row.given_up_at = row.given_up_at or now
        row.link = None
        unfold(session, [row.id])
    return row if is_failed(row) and not was_known else None


def unfold(session: Session, message_ids: Collection[str]) -> None:
    """Let what was folded into these messages go by itself again."""
    theirs = update(Message).where(Message.folded_into.in_(message_ids), UNSENT)
    session.execute(theirs.values(folded_into=None))


def try_again(session: Session, message_ids: Collection[str], now: datetime) -> int:
    """Let messages that do not get through go once more, at once; return how many.

    They do not count as stuck until that has been tried. What carried a link is not among them.
    """
    wanted = select(Message).where(UNSENT, NO_LINK, Message.id.in_(message_ids))
    rows = session.scalars(wanted.with_for_update()).all()
    for row in rows:
        row.not_before, row.tried_since = now, None
        row.given_up_at = row.last_error = None
    session.flush()
    return len(rows)


def failed_for(session: Session, case_id: str) -> list[Stuck]:
    """Return the messages to the child of this case that do not get through, the oldest first.

    None once the child has changed the way: what had not gone out is withdrawn, or goes there.
    """
    return _stuck(session, Message.case_id == case_id, Message.to_child.is_(True), _FAILED)


def progress_of(session: Session, message_ids: Collection[str]) -> dict[str, Progress]:
    """Return how far each of these messages has got."""
    if not message_ids:
        return {}
    rows = session.scalars(select(Message).where(Message.id.in_(message_ids)))
    return dict.fromkeys(message_ids, Progress.STOPPED) | {row.id: how_far(row) for row in rows}


def withdraw(session: Session, case_id: str) -> None:
    """Delete what has not gone out to the child of this case.

    One that a worker has in hand at this moment may still go.
    """
    wanted = select(Message).where(UNSENT, Message.case_id == case_id, Message.to_child.is_(True))
    for row in session.scalars(wanted):
        session.delete(row)
    session.flush()


def by_name(session: Session, case_id: str, since: datetime) -> dict[str, Progress]:
    """Return how far what went to people by name about a case has got, by their ids.

    Of several the best one counts. What was tried often, and does not go, is not on its way.
    """
    wanted = select(Message).where(
        Message.case_id == case_id,
        Message.person_id.is_not(None),
        Message.role.is_(None),
        Message.created_at >= _minute(since),
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


def is_failed(message: Message) -> bool:
    """Say whether a message does not get through: it was refused for good, or given up."""
    refused = (message.last_error or "").endswith(_PERMANENT)
    return refused or message.given_up_at is not None


def is_by_name(message: Message) -> bool:
    """Say whether a message about a case is for one person, whatever they may do in it."""
    return bool(message.case_id) and not message.to_child and message.role is None


def is_too_old(message: Message, now: datetime) -> bool:
    """Say whether a message was tried for as long as any is."""
    return message.tried_since is not None and now - message.tried_since >= GIVEN_UP_AFTER


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


def how_far(row: Message) -> Progress:
    """Return how far a message has got."""
    if row.sent_at:
        return Progress.SENT
    if is_failed(row):
        return Progress.FAILED
    often = row.attempts >= OFTEN and row.tried_since is not None
    return Progress.TRIED_OFTEN if often else Progress.ON_ITS_WAY


def _put_off(row: Message, now: datetime, code: str, *, permanent: bool) -> None:
    doublings = min(max(row.attempts - 1, 0), 6)  # 2 to the 6th is past the longest wait
    wait = LONGEST_WAIT if permanent else min(2**doublings, LONGEST_WAIT)
    row.not_before = now + timedelta(minutes=wait)
    row.leased_until = None
    if permanent or not is_failed(row):  # a silence after a refusal takes back no refusal
        row.last_error = code + (_PERMANENT if permanent else " temporary")

"""Messages on their way out: put down with the act they tell of, and marked as they go or do not.

Lending them to a worker is ``lending``; where each goes then, ``services.casework.sending``.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from kids_feedback.domain.people import Role
from kids_feedback.services.site import tokens
from kids_feedback.services.site.mail_progress import (
    NO_LINK,
    PERMANENT,
    UNSENT,
    is_failed,
    to_the_minute,
)
from kids_feedback.storage.tables.outbox import Message

LONGEST_WAIT = 60  # minutes between two tries
GIVEN_UP_AFTER = timedelta(days=3)  # from the first try
# No other try can help.
NEVER = frozenset({"address_wrong", "cannot_write", "cannot_open", "too_late"})


@dataclass(frozen=True, kw_only=True)
class SealedLink:
    """A one-time link that a message ends with: sealed at rest, erased once that went or ended."""

    address: str
    token: str  # the message goes only while the link of this token is good


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
        created_at=to_the_minute(now),
        not_before=not_before or to_the_minute(now),
    )
    message.to, message.link = to, link.address if link else None
    session.add(message)
    return message.id


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
    error = f"cannot_open{PERMANENT}"
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


def withdraw(session: Session, case_id: str) -> None:
    """Delete what has not gone out to the child of this case.

    One that a worker has in hand at this moment may still go.
    """
    wanted = select(Message).where(UNSENT, Message.case_id == case_id, Message.to_child.is_(True))
    for row in session.scalars(wanted):
        session.delete(row)
    session.flush()


def is_by_name(message: Message) -> bool:
    """Say whether a message about a case is for one person, whatever they may do in it."""
    return bool(message.case_id) and not message.to_child and message.role is None


def is_too_old(message: Message, now: datetime) -> bool:
    """Say whether a message was tried for as long as any is."""
    return message.tried_since is not None and now - message.tried_since >= GIVEN_UP_AFTER


def _put_off(row: Message, now: datetime, code: str, *, permanent: bool) -> None:
    doublings = min(max(row.attempts - 1, 0), 6)  # 2 to the 6th is past the longest wait
    wait = LONGEST_WAIT if permanent else min(2**doublings, LONGEST_WAIT)
    row.not_before = now + timedelta(minutes=wait)
    row.leased_until = None
    if permanent or not is_failed(row):  # a silence after a refusal takes back no refusal
        row.last_error = code + (PERMANENT if permanent else " temporary")

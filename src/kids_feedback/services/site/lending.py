"""Lending messages to workers, each to one at a time, for longer than any delivery takes.

A worker takes a message on a lease, sends it with no transaction open, and marks it in another. A
worker that dies in between lets the lease run out, and the message goes again under the same id.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import CannotOpen, UnknownCode
from kids_feedback.gateways.mail import WHOLE
from kids_feedback.services.site import mail_progress, outbox
from kids_feedback.storage.tables.outbox import Message

LEASE = timedelta(seconds=WHOLE, minutes=1)  # so that every delivery is over before it is


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A message lent to a worker. Its repr holds the id only, so that it may be logged."""

    id: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)
    language: str = field(repr=False)
    attempt: int = field(default=1, repr=False)


class Says(Protocol):
    """What a message says."""

    @property
    def subject(self) -> str: ...
    @property
    def body(self) -> str: ...


def share(session: Session, message: Message, person_ids: Sequence[str]) -> None:
    """Make of one message one for each of these people: it is the first one's, and lends itself."""
    message.person_id, *others = person_ids
    for person_id in others:
        outbox.put(
            session,
            subject=message.subject,
            body=message.body,
            now=message.created_at,
            case_id=message.case_id,
            role=message.role,
            person_id=person_id,
            language=message.language,
            not_before=message.not_before,
        )
    session.flush()


def of_the_same_act(session: Session, message: Message) -> frozenset[str]:
    """Return the ids of the people who got, or get, a message as this one, from the same act.

    What is put down is kept to the minute. So of two acts in one minute it may be the other one,
    which tells the same to the same.
    """
    wanted = select(Message.person_id).where(
        Message.case_id == message.case_id,
        Message.created_at == message.created_at,
        Message.subject == message.subject,
        Message.id != message.id,
    )
    return frozenset(filter(None, session.scalars(wanted)))


def due(session: Session, now: datetime, limit: int) -> Sequence[Message]:
    """Return up to ``limit`` messages that are due and that nobody else holds.

    Those tried least come first. SQLite needs no lock: its writers already take turns. One that
    cannot be read is given up, so that it keeps no other from going.
    """
    wanted = (
        select(Message.id)
        .where(
            mail_progress.WAITS,
            Message.not_before <= now,
            Message.folded_into.is_(None),
            or_(Message.leased_until.is_(None), Message.leased_until <= now),
        )
        .order_by(Message.attempts, Message.not_before, Message.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = (_read(session, message_id, now) for message_id in session.scalars(wanted).all())
    return [message for message in found if message]


def _read(session: Session, message_id: str, now: datetime) -> Message | None:
    try:
        return session.get_one(Message, message_id)
    except (CannotOpen, UnknownCode):
        outbox.give_up_unread(session, message_id, now)
        return None


def try_now(message: Message, now: datetime, lease: timedelta = LEASE) -> None:
    """Count a try, and let nobody else have the message until the lease is over.

    It counts from here on, so that a message which brings its worker down is counted too.
    """
    message.attempts += 1
    message.tried_since = message.tried_since or now
    message.leased_until = now + lease


def put_back(message: Message, until: datetime) -> None:
    """Let a message wait after all: that was no try."""
    message.attempts -= 1
    message.tried_since = message.tried_since if message.attempts else None
    message.leased_until, message.not_before = None, until


def lend(message: Message, to: str, says: Says | None = None) -> Outgoing:
    """Return what a worker needs to send a message to this address.

    Args:
        says: what it says instead, where others were folded into it.
    """
    return Outgoing(
        id=message.id,
        to=to,
        subject=says.subject if says else message.subject,
        body=says.body if says else _whole(message),
        language=message.language,
        attempt=message.attempts,
    )


def _whole(message: Message) -> str:
    link = message.link
    return message.body if link is None else f"{message.body}\n{link}\n"


def is_worn_out(message: Message, now: datetime) -> bool:
    """Say whether its workers died of a message for as long as it may be tried."""
    return message.leased_until is not None and outbox.is_too_old(message, now)

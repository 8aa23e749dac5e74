"""Many messages to one member of staff in a short time are one, which says how many it is for.

The first goes at once. What comes within minutes of it waits until they are over, and then goes in
one message: the others are folded into it, and are sent when it is. Only what says that something
waits in a queue is folded, and never an alarm.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.errors import DomainError
from kids_feedback.services.case.notifications import (
    STAFF_NOTIFICATION,
    Notification,
    of_several,
)
from kids_feedback.services.casework import addressing
from kids_feedback.services.site import mail_progress, outbox
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.outbox import Message

WITHIN = timedelta(minutes=10)
_MOST = 200  # that are looked at, so that a flood holds up no other message
_OF_A_QUEUE: ColumnElement[bool] = and_(
    Message.role.is_not(None), Message.subject == STAFF_NOTIFICATION.subject
)


def may_be_folded(message: Message) -> bool:
    """Say whether a message only says that something waits in a queue."""
    return message.role is not None and message.subject == STAFF_NOTIFICATION.subject


def waits_until(session: Session, message: Message, now: datetime) -> datetime | None:
    """Return until when a message waits for others, as this person has just got one; None: not."""
    last = session.scalar(
        select(func.max(Message.sent_at)).where(
            _OF_A_QUEUE, Message.person_id == message.person_id, Message.sent_at > now - WITHIN
        )
    )
    return last + WITHIN if last else None


def fold(session: Session, message: Message, now: datetime) -> Notification | None:
    """Fold into a message all that waits for the same person; return what it says then.

    Whom each is for is worked out at this moment, as for the message itself, and what it says is of
    the cases that are still open. None: it says no more than it did.
    """
    _find_people(session, now)
    theirs = _waiting(now).where(Message.person_id == message.person_id)
    outbox.unfold(session, [other.id for other in session.scalars(theirs)])
    others = [
        other
        for other in session.scalars(theirs)
        if other.id != message.id and _is_still_for(session, other, message.person_id)
    ]
    for other in others:
        other.folded_into = message.id
    session.flush()
    count = session.scalar(
        select(func.count()).where(
            Case.id.in_({other.case_id for other in [message, *others]}),
            or_(Case.stage != Stage.CLOSED, Case.follow_up_by.is_not(None)),
        )
    )
    return of_several(count) if count and count > 1 else None


def _find_people(session: Session, now: datetime) -> None:
    """Work out whom each is for that says only whose step it is."""
    for message in session.scalars(_waiting(now).where(Message.person_id.is_(None))):
        _address_of(session, message)


def _is_still_for(session: Session, message: Message, person_id: str | None) -> bool:
    return _address_of(session, message) is not None and message.person_id == person_id


def _address_of(session: Session, message: Message) -> str | None:
    """Return where it goes now; None also where that is found out once it is its own turn."""
    try:
        with session.begin_nested():
            return addressing.address_of(session, message)
    except DomainError:
        return None


def _waiting(now: datetime) -> Select[Message]:
    """Select what waits of this kind and nobody holds, due or not."""
    return (
        select(Message)
        .where(
            _OF_A_QUEUE,
            mail_progress.WAITS,
            Message.folded_into.is_(None),
            or_(Message.leased_until.is_(None), Message.leased_until <= now),
        )
        .order_by(Message.created_at, Message.id)
        .limit(_MOST)
        .with_for_update(skip_locked=True)
    )

"""Notifications: rows of the outbox, in the same transaction as the act they tell of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import may_name_ourselves, safe_email
from kids_feedback.services.case.access import heads_of, no_conflict
from kids_feedback.services.site import outbox
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow


@dataclass(frozen=True, kw_only=True)
class Notification:
    """A message in words, ready to go out. It never says what it is about."""

    subject: str
    body: str
    language: str = "en"


class NotificationText(Protocol):
    """Makes the letter to a child, who has chosen both the language and how much it may say."""

    def __call__(self, language: str, *, named: bool) -> Notification:
        """Return the letter in ``language`` (a code); only where ``named`` is it from Cafcass."""


STAFF_NOTIFICATION = Notification(
    subject="Something in your queue needs you",
    body="Something in your queue needs you. Please sign in to see what it is.\n",
)


def notify_child(
    session: Session, row: Case, wording: NotificationText, *, now: datetime
) -> str | None:
    """Put a letter to the child into the outbox, if the child called an email address safe.

    Returns the message's id, by which ``outbox`` knows whether it went; None where there is none:
    everything else waits behind the secret words.

    Source: docs/procedure.md, paragraph 33.
    """
    details = row.contact or {}
    address = safe_email(row.method, details)
    if address is None:
        return None
    letter = wording(row.language, named=may_name_ourselves(details))
    return outbox.put(
        session,
        to=address,
        subject=letter.subject,
        body=letter.body,
        now=now,
        case_id=row.id,
        to_child=True,
        language=letter.language,
    )


def not_sent(
    session: Session, message_id: str, now: datetime, *, code: str, permanent: bool
) -> None:
    """Note that a message was not taken. If a child is thereby not reached, who has the case hears.

    It is said once for each message; what is so now is in ``outbox.failed_for``.
    """
    case_id = outbox.failed(session, message_id, now, code=code, permanent=permanent)
    row = session.get(Case, case_id) if case_id else None
    if row is not None:
        notify_owner(session, row, now=now)


def notify_owner(session: Session, row: Case, *, now: datetime) -> None:
    """Tell whoever has the case that something waits: its manager, else the Heads of Practice."""
    if row.manager:
        notify_staff(session, row, [row.manager], now=now)
    else:
        notify_heads(session, row, now=now)


def notify_manager(session: Session, row: Case, *, now: datetime) -> None:
    """Tell the manager who has the case that something waits; nobody where nobody has it."""
    manager = session.get(PersonRow, row.manager_id) if row.manager_id else None
    notify_staff(session, row, [manager] if manager else [], now=now)


def notify_heads(session: Session, row: Case, *, now: datetime) -> None:
    """Tell the Heads of Practice of its area that something waits; nobody where none is known."""
    if row.area_code:
        notify_staff(session, row, heads_of(session, row.id, row.area_code), now=now)


def notify_staff(session: Session, row: Case, people: Iterable[PersonRow], *, now: datetime) -> int:
    """Tell people that something waits for them, and nothing else. Returns how many were told.

    Nobody who may not know of the case is told, whoever is asked for.

    Source: docs/procedure.md, paragraph 31.
    """
    wanted = select(PersonRow.email).where(
        PersonRow.id.in_([person.id for person in people]),
        PersonRow.email.is_not(None),
        PersonRow.closed_at.is_(None),
        no_conflict(row.id, PersonRow.id),
    )
    addresses = [address for address in session.scalars(wanted) if address]
    for address in addresses:
        outbox.put(
            session,
            to=address,
            subject=STAFF_NOTIFICATION.subject,
            body=STAFF_NOTIFICATION.body,
            now=now,
            case_id=row.id,
        )
    return len(addresses)

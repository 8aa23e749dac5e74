"""Notifications: rows of the outbox, in the same transaction as the act they tell of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import may_name_ourselves, safe_email
from kids_feedback.domain.people import Role
from kids_feedback.services.case.access import no_conflict
from kids_feedback.services.case.people import holders
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


def notify(session: Session, row: Case, owner: Role | None, *, now: datetime) -> int:
    """Tell whoever can take a role's steps in a case that something waits; return how many.

    That is the manager, or the Head of Practice, or who stands in for them; where no area answers
    for it yet, customer service.

    Args:
        owner: None: the manager who has it, else as for the Head of Practice.

    Source: docs/procedure.md, paragraphs 17 and 31a.
    """
    if row.area_code is None:
        owner = Role.CUSTOMER_SERVICE
    elif owner is None:
        owner = Role.LOCAL_MANAGER if row.manager_id else Role.HEAD_OF_PRACTICE
    people = holders.holders(session, row, owner)
    if not people and owner is Role.LOCAL_MANAGER:
        people = holders.holders(session, row, Role.HEAD_OF_PRACTICE)
    return notify_staff(session, row, people, now=now)


def notify_staff(session: Session, row: Case, people: Iterable[PersonRow], *, now: datetime) -> int:
    """Tell people that something waits for them, and nothing else. Returns how many were told."""
    return len(tell_staff(session, row, people, STAFF_NOTIFICATION, now=now))


def tell_staff(
    session: Session, row: Case, people: Iterable[PersonRow], text: Notification, *, now: datetime
) -> list[PersonRow]:
    """Write to people, and return to whom: nobody who may not know of the case is written to."""
    told = may_be_told(session, row, people)
    for person in told:
        outbox.put(
            session,
            to=person.email or "",
            subject=text.subject,
            body=text.body,
            now=now,
            case_id=row.id,
        )
    return told


def may_be_told(session: Session, row: Case, people: Iterable[PersonRow]) -> list[PersonRow]:
    """Return who of some people can be written to about a case, whoever is asked for.

    Source: docs/procedure.md, paragraph 31.
    """
    wanted = select(PersonRow).where(
        PersonRow.id.in_([person.id for person in people]),
        PersonRow.email.is_not(None),
        PersonRow.closed_at.is_(None),
        no_conflict(row.id, PersonRow.id),
    )
    return list(session.scalars(wanted))


def tell_others(session: Session, gone: PersonRow, *, now: datetime) -> None:
    """Send what still waits for somebody who has gone to whoever has the case now.

    Source: docs/procedure.md, paragraph 31a.
    """
    for case_id in outbox.withdraw_all(session, to=gone.email or ""):
        row = session.get(Case, case_id)
        if row is not None:
            notify(session, row, None, now=now)

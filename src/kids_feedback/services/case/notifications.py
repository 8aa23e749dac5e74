"""Notifications: rows of the outbox, in the same transaction as the act they tell of.

Each says whom it is for. Where it goes is worked out as it goes, see ``addressing``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import may_name_ourselves, safe_email
from kids_feedback.domain.people import Role
from kids_feedback.services.case import case_state
from kids_feedback.services.case.access import barred
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


def of_several(cases: int) -> Notification:
    """Return what one message says instead of one for each of these cases."""
    return Notification(
        subject=f"{cases} new in your queue",
        body=f"There is something new in {cases} cases of your queue."
        " Please sign in to see what it is.\n",
    )


def notify_child(
    session: Session, row: Case, wording: NotificationText, *, now: datetime
) -> str | None:
    """Put a letter to the child into the outbox, if the child called an email address safe.

    Returns the message's id, by which ``outbox`` knows whether it went; None where there is none:
    everything else waits behind the secret words.

    Source: docs/procedure.md, paragraph 33.
    """
    method, details = case_state.way_of(row)
    if safe_email(method, details) is None:
        return None
    named = may_name_ourselves(details)
    letter = wording(row.language, named=named)
    return outbox.put(
        session,
        subject=letter.subject,
        body=letter.body,
        now=now,
        case_id=row.id,
        to_child=True,
        names_us=named,
        language=letter.language,
    )


def notify(session: Session, row: Case, owner: Role | None, *, now: datetime) -> int:
    """Tell whoever can take a role's steps in a case that something waits; return how many.

    It is for whoever can when it goes out, also where nobody can now.

    Args:
        owner: None: the manager who has it, else as for the Head of Practice.

    Source: docs/procedure.md, paragraphs 17 and 31a.
    """
    outbox.put(
        session,
        subject=STAFF_NOTIFICATION.subject,
        body=STAFF_NOTIFICATION.body,
        now=now,
        case_id=row.id,
        role=_role_for(row, owner),
    )
    return len(recipients(session, row, owner))


def recipients(session: Session, row: Case, owner: Role | None) -> list[PersonRow]:
    """Return who can take a role's steps in a case at this moment, and can be written to.

    That is the manager, or the Head of Practice, or who stands in for them; where no area answers
    for it yet, customer service.

    Source: docs/procedure.md, paragraphs 17, 31 and 31a.
    """
    role = _role_for(row, owner)
    people = may_be_told(session, row, holders.holders(session, row, role))
    if not people and role is Role.LOCAL_MANAGER:
        heads = holders.holders(session, row, Role.HEAD_OF_PRACTICE)
        people = may_be_told(session, row, heads)
    return people


def _role_for(row: Case, owner: Role | None) -> Role:
    if row.area_code is None:
        return Role.CUSTOMER_SERVICE
    if owner is None:
        return Role.LOCAL_MANAGER if row.manager_id else Role.HEAD_OF_PRACTICE
    return Role.HEAD_OF_PRACTICE if owner is Role.CUSTOMER_SERVICE else owner


def tell_staff(
    session: Session, row: Case, people: Iterable[PersonRow], text: Notification, *, now: datetime
) -> list[PersonRow]:
    """Write to people by name, and return to whom: never to who may not know of the case."""
    told = may_be_told(session, row, people)
    for person in told:
        outbox.put(
            session,
            person_id=person.id,
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
        PersonRow.id.not_in(barred(session, row.id)),
    )
    return list(session.scalars(wanted))

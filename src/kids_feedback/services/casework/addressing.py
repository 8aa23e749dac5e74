"""To whom a message goes, worked out as it goes: much may have changed since it was put down."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import may_name_ourselves, safe_email
from kids_feedback.domain.errors import DomainError
from kids_feedback.services.case import alarm_mail, case_state, notifications
from kids_feedback.services.site import lending
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import PersonRow


class NobodyToTell(DomainError):
    """Something waits, and there is nobody who may have it and can be written to."""


def address_of(session: Session, message: Message) -> str | None:
    """Return where a message goes now; None: it is not to go any more.

    What is about an account goes to the address that this had. What is for whoever can take a
    role's steps becomes one message for each of them, of which this is the first. Whoever cannot
    any more gets nothing, and whoever can now does, once.

    Raises:
        NobodyToTell: it is for whoever can take a role's steps, and nobody can.
        CannotOpen: what says where it goes cannot be read.

    Source: docs/procedure.md, paragraphs 31, 31a and 33.
    """
    _find_person(session, message)
    row = session.get(Case, message.case_id) if message.case_id else None
    if message.to_child:
        return _of_child(row, message) if row else None
    if message.role:
        return _of_holder(session, row, message) if row else None
    person = session.get(PersonRow, message.person_id) if message.person_id else None
    if row is not None:
        return alarm_mail.address_of(session, row, person)
    if person is not None and message.to is None:
        return person.email if person.closed_at is None else None
    return message.to


def _of_child(row: Case, message: Message) -> str | None:
    """Return the address that the child calls safe, if the letter says no more than they allow."""
    method, details = case_state.way_of(row)
    if message.names_us and not may_name_ourselves(details):
        return None
    return safe_email(method, details)


def _of_holder(session: Session, row: Case, message: Message) -> str | None:
    people = {who.id: who for who in notifications.recipients(session, row, message.role)}
    if not people:
        raise NobodyToTell
    if message.person_id not in people:
        already = lending.of_the_same_act(session, message)
        missing = [who for who in people if who not in already]
        if not missing:
            return None
        lending.share(session, message, missing)
    return people[message.person_id or ""].email


def _find_person(session: Session, message: Message) -> None:
    """Find whom a message from before is for: it knows only where it was to go."""
    if message.to_child or message.role or message.person_id or not message.to:
        return
    message.person_id = session.scalar(select(PersonRow.id).where(PersonRow.email == message.to))
    if message.person_id or message.case_id:
        message.to = None

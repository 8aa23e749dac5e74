"""Who works here, in which role and where. For administrators, who see no case."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kids_feedback.domain import addresses
from kids_feedback.domain.errors import DomainError, NotFound
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.accounts import known_places, one_time_links
from kids_feedback.services.accounts.accounts import sign_out_everywhere
from kids_feedback.services.accounts.one_time_links import Purpose
from kids_feedback.services.errors import Incomplete
from kids_feedback.services.organisation.names import folded
from kids_feedback.storage.constraints import broken_by
from kids_feedback.storage.tables.people import Area, Office, PersonRow, RecoveryCode

LONGEST_NAME = 80  # characters


class EmailTaken(DomainError):
    """Somebody, perhaps with a closed account, has that e-mail address."""


class OwnAccount(DomainError):
    """No administrator takes that away from themselves, so that one always stays."""


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What is kept of a person."""

    name: str
    role: Role | None  # None: a practitioner, who never signs in
    email: str = ""
    areas: frozenset[str] = frozenset()  # codes; only a Head of Practice has any
    offices: frozenset[str] = frozenset()  # codes; only who works in an office has any
    line_manager: str | None = None  # a person's id; complaints about this person pass them by


def add(
    session: Session, by: Person, new: Particulars, *, key: str | None = None
) -> tuple[str, bool]:
    """Keep somebody who works here; return their id, and whether they were not there yet.

    Inviting them is ``invitations``.

    Args:
        key: of the form. Sent twice with the same name, it adds one person, whose id is the key.

    Raises:
        NotFound: not for this person.
        EmailTaken, Incomplete: see ``put``.
    """
    check_administrator(by)
    kept = session.get(PersonRow, key) if key else None
    if kept is not None and (kept.name, kept.role) == (new.name, new.role):
        return kept.id, False
    row = PersonRow(id=key) if key and kept is None else PersonRow()
    put(session, row, new)
    return row.id, True


def change(session: Session, by: Person, person_id: str, new: Particulars) -> None:
    """Change what is kept of a person. A new role, place or address signs them out everywhere.

    Raises:
        NotFound: no such person, or not for this person.
        OwnAccount: an administrator would no longer be one.
        EmailTaken, Incomplete: see ``put``.
    """
    check_administrator(by)
    row = find(session, person_id, to_change=True)
    if row.id == by.id and new.role is not Role.ADMINISTRATOR:
        raise OwnAccount
    before = _reach(row)
    put(session, row, new)
    if row.role is None:
        lock_out(session, row)
    elif _reach(row) != before:
        sign_out_everywhere(session, row.id)
        if row.email != before[1]:  # a link goes to one address, and is good at no other
            one_time_links.withdraw(session, row.id, Purpose.INVITATION)


def close(session: Session, by: Person, person_id: str, *, now: datetime) -> None:
    """Close an account. The person stays in the history of cases, and never gets in again.

    Raises:
        NotFound: no such person, or not for this person.
        OwnAccount: it is their own.
    """
    check_administrator(by)
    row = find(session, person_id, to_change=True)
    if row.id == by.id:
        raise OwnAccount
    row.closed_at = row.closed_at or now
    lock_out(session, row)


def find(session: Session, person_id: str, *, to_change: bool = False) -> PersonRow:
    """Return a person's row.

    Args:
        to_change: changes of one account take turns.

    Raises:
        NotFound: there is none.
    """
    lock = {"key_share": True} if to_change else None
    found = None if "\0" in person_id else person_id
    row = session.get(PersonRow, found, with_for_update=lock) if found else None
    if row is None:
        raise NotFound
    return row


def check_administrator(person: Person) -> None:
    """Refuse whoever is not an administrator.

    Raises:
        NotFound: anybody else.
    """
    if person.role is not Role.ADMINISTRATOR:
        raise NotFound


def lock_out(session: Session, row: PersonRow) -> None:
    """End every way in that this person has: visits, password, codes, links."""
    row.password_hash = None
    row.totp = None
    row.totp_last_step, row.failures, row.wait_until = 0, 0, None
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == row.id))
    for purpose in Purpose:
        one_time_links.withdraw(session, row.id, purpose)
    known_places.forget(session, row.id)
    sign_out_everywhere(session, row.id)


def put(session: Session, row: PersonRow, new: Particulars) -> None:
    """Write what is known into a row, and only what fits the role.

    Raises:
        Incomplete: a role without its address, area or office.
        EmailTaken: somebody else has that e-mail address.
        NotFound: no such line manager.
    """
    missing = missing_in(new)
    if missing:
        raise Incomplete(missing=missing)
    if new.line_manager is not None and find(session, new.line_manager) is row:
        raise NotFound
    places = _places(session, new)
    row.name, row.folded = new.name, folded(new.name)
    row.role = new.role
    row.email = addresses.folded(new.email) if new.role else None
    row.line_manager_id = new.line_manager
    row.areas, row.offices = places
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:
        if broken_by(error) != "uq_person_email":
            raise
        raise EmailTaken from error


def missing_in(new: Particulars) -> tuple[str, ...]:
    """Return what is needed and not there: "name", "email", "areas", "offices"."""
    email = addresses.folded(new.email)
    return tuple(
        name
        for name, wrong in (
            ("name", not 1 <= len(new.name) <= LONGEST_NAME),
            ("email", new.role is not None and not addresses.is_address(email)),
            ("areas", new.role is Role.HEAD_OF_PRACTICE and not new.areas),
            ("offices", new.role is Role.LOCAL_MANAGER and not new.offices),
        )
        if wrong
    )


def _places(session: Session, new: Particulars) -> tuple[list[Area], list[Office]]:
    """Return the places that fit the role."""
    areas = new.areas if new.role is Role.HEAD_OF_PRACTICE else ()
    offices = new.offices if new.role in (None, Role.LOCAL_MANAGER) else ()
    return (
        list(session.scalars(select(Area).where(Area.code.in_(areas)))),
        list(session.scalars(select(Office).where(Office.code.in_(offices)))),
    )


def _reach(row: PersonRow) -> tuple[object, ...]:
    """Return all that decides what this person may open, and how they get in."""
    areas, offices = {area.code for area in row.areas}, {office.code for office in row.offices}
    return row.role, row.email, areas, offices

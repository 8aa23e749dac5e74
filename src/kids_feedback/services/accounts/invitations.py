"""Letting somebody in for the first time, or again after they lost everything."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Fallback, Person, Role
from kids_feedback.services.accounts import (
    accounts,
    one_time_links,
    passwords,
    people,
    second_factor,
)
from kids_feedback.services.accounts.one_time_links import Purpose
from kids_feedback.services.accounts.people import Particulars
from kids_feedback.services.organisation import account_events
from kids_feedback.storage.tables.people import PersonRow


class InvitationUsed(NotFound):
    """Somebody has come in by this link: from now on they sign in."""


@dataclass(frozen=True, kw_only=True)
class Invited:
    """Whom a link invites."""

    name: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What a newcomer set up, hashed before any transaction. ``set_up`` makes it."""

    password_hash: str
    secret: str
    step: int  # of the code that proved the phone; it is thereby used


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """Somebody came in for the first time."""

    person: Person
    recovery_codes: tuple[str, ...]  # to be shown once


def add_first(
    session: Session,
    *,
    name: str,
    email: str,
    role: Role,
    areas: frozenset[str] = frozenset(),
    offices: frozenset[str] = frozenset(),
    last_resort: Fallback | None = None,
    now: datetime,
) -> str:
    """Add somebody from the command line, and return the token of their invitation.

    Raises:
        EmailTaken: somebody has that e-mail address.
        Incomplete: no e-mail address, or a role without its area or office.
    """
    row = PersonRow()
    new = Particulars(name=name, email=email, role=role, areas=areas, offices=offices)
    people.put(session, row, new)
    row.last_resort = last_resort
    for what in (AccountAct.ADDED, AccountAct.INVITED, AccountAct.LINK_SHOWN):
        account_events.record(session, what, now=now, person_id=row.id)
    return one_time_links.issue(session, row.id, Purpose.INVITATION, now=now)


def invite(session: Session, by: Person, person_id: str, *, now: datetime) -> str:
    """Return the token of an invitation, good once and for 24 hours.

    Whatever let this person in before ends at once, so that it serves for a lost phone, too: a
    password never comes back without its second half.

    Raises:
        NotFound: no such person, one without a role, or not for this administrator.
    """
    people.check_administrator(by)
    row = people.find(session, person_id, to_change=True)
    if row.role is None or row.id == by.id:
        raise NotFound
    was_closed, row.closed_at = row.closed_at is not None, None
    people.lock_out(session, row)
    for what in (AccountAct.REOPENED, AccountAct.INVITED)[not was_closed :]:
        account_events.record(session, what, now=now, person_id=row.id, by_id=by.id)
    return one_time_links.issue(session, row.id, Purpose.INVITATION, now=now)


def invited(session: Session, token: str, *, now: datetime) -> Invited:
    """Return whom a link invites, and leave it unused.

    Raises:
        InvitationUsed: somebody has come in by it.
        NotFound: no such link, or no longer.
    """
    if one_time_links.was_used(session, token, Purpose.INVITATION):
        raise InvitationUsed
    row = people.find(session, one_time_links.holder(session, token, Purpose.INVITATION, now=now))
    return Invited(name=row.name, email=row.email or "")


def set_up(password: str, secret: str, code: str, *, now: datetime) -> Credentials | None:
    """Hash a password, slowly; None when ``code`` is not what the phone shows now."""
    step = second_factor.step_of(secret, code, after=0, now=now)
    if step is None:
        return None
    return Credentials(password_hash=passwords.hashed(password), secret=secret, step=step)


def accept(session: Session, token: str, new: Credentials, *, now: datetime) -> Accepted:
    """Keep what the invited person set up, and end the link.

    Raises:
        NotFound: no such link, or no longer.
    """
    row = people.find(session, one_time_links.use(session, token, Purpose.INVITATION, now=now))
    row.password_hash = new.password_hash
    row.totp = new.secret
    row.totp_last_step = new.step
    codes = accounts.renew_recovery_codes(session, row.id)
    person = accounts.signed_in(session, row.id)
    if person is None:
        raise NotFound
    what = AccountAct.ACCEPTED
    account_events.record(session, what, now=now, person_id=row.id, by_id=row.id)
    return Accepted(person=person, recovery_codes=codes)

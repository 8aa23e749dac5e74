"""Staying in, and keeping one's own account. How to get in is ``signing_in``."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session, aliased

from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.accounts import known_places, one_time_links, second_factor
from kids_feedback.services.accounts.one_time_links import Purpose
from kids_feedback.services.organisation import account_events
from kids_feedback.services.site.visits import LABEL, STAFF_IDLE, STAFF_WHOLE
from kids_feedback.storage.tables import visits as visit_rows
from kids_feedback.storage.tables.people import (
    PersonArea,
    PersonOffice,
    PersonRow,
    RecoveryCode,
)
from kids_feedback.storage.tables.visits import Visit


@dataclass(frozen=True, kw_only=True)
class OpenVisit:
    """A browser in which somebody is signed in."""

    started_at: datetime
    seen_at: datetime
    here: bool


@dataclass(frozen=True, kw_only=True)
class AccountSummary:
    """What people see of their own account."""

    name: str
    email: str
    codes_left: int  # recovery codes that were not used


_absent, _theirs, _led = aliased(PersonRow), aliased(PersonArea), aliased(PersonRow)
_LEADS = (  # in one value, as they would multiply the rows
    select(func.aggregate_strings(_led.id, ","))
    .where(_led.line_manager_id == PersonRow.id)
    .correlate(PersonRow)
    .scalar_subquery()
)
_SIGNED_IN = (
    select(
        PersonRow.name,
        PersonRow.role,
        PersonRow.last_resort,
        _LEADS.label("leads"),
        PersonArea.area_code,
        PersonOffice.office_code,
        _absent.id.label("whom"),
        _absent.role.label("their_role"),
        _absent.away_on,
        _absent.closed_at,
        _theirs.area_code.label("their_area"),
    )
    .outerjoin(PersonArea, PersonArea.person_id == PersonRow.id)
    .outerjoin(PersonOffice, PersonOffice.person_id == PersonRow.id)
    .outerjoin(_absent, _absent.deputy_id == PersonRow.id)
    .outerjoin(_theirs, _theirs.person_id == _absent.id)
    .where(PersonRow.id == bindparam("person_id"), PersonRow.closed_at.is_(None))
)  # asked with each page of staff, so it is put together once


def signed_in(session: Session, person_id: str) -> Person | None:
    """Return who that is, and for whom they stand in; None: no account, or closed. One query."""
    found = session.execute(_SIGNED_IN, {"person_id": person_id}).all()
    if not found or found[0].role is None:
        return None
    for_heads = [row for row in found if row.their_role is Role.HEAD_OF_PRACTICE]
    away = [row for row in found if row.away_on and row.closed_at is None]
    return Person(
        id=person_id,
        name=found[0].name,
        role=found[0].role,
        leads=frozenset((found[0].leads or "").split(",")) - {""},
        areas=frozenset(row.area_code for row in found if row.area_code),
        offices=frozenset(row.office_code for row in found if row.office_code),
        last_resort=found[0].last_resort,
        deputy_in=frozenset(row.their_area for row in for_heads if row.their_area),
        covers_areas=frozenset(
            row.their_area for row in away if row.their_area and row in for_heads
        ),
        covers_people=frozenset(row.whom for row in away if row.their_role is Role.LOCAL_MANAGER),
    )


def summary_of(session: Session, person: Person) -> AccountSummary:
    """Return what this person sees of their own account."""
    row = session.get_one(PersonRow, person.id)
    unused = select(RecoveryCode.digest).where(
        RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None)
    )
    return AccountSummary(
        name=row.name, email=row.email or "", codes_left=len(session.scalars(unused).all())
    )


def set_password(session: Session, person: Person, password_hash: str, *, now: datetime) -> None:
    """Keep a new password, already hashed, and sign this person out everywhere.

    No place is known any more: somebody may have signed in there by the old one.
    """
    session.get_one(PersonRow, person.id).password_hash = password_hash
    known_places.forget(session, person.id)
    sign_out_everywhere(session, person.id)
    _record(session, AccountAct.SIGN_IN_CHANGED, person, now)


def give_new_codes(session: Session, person: Person, *, now: datetime) -> tuple[str, ...]:
    """Return ten new recovery codes for whoever asks for theirs. The old ones end."""
    _record(session, AccountAct.CODES_RENEWED, person, now)
    return renew_recovery_codes(session, person.id)


def renew_recovery_codes(session: Session, person_id: str) -> tuple[str, ...]:
    """Return ten new recovery codes, to be shown once. The old ones end."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = second_factor.new_recovery_codes()
    session.add_all(
        RecoveryCode(person_id=person_id, digest=second_factor.digest_of(code)) for code in codes
    )
    session.flush()
    return codes


def open_visits(
    session: Session, person: Person, *, label: str | None, now: datetime
) -> tuple[OpenVisit, ...]:
    """Return where this person is signed in, the newest first.

    Args:
        label: what the visit that asks keeps under ``visits.LABEL``.
    """
    alive = (
        select(Visit)
        .where(
            Visit.person_id == person.id,
            Visit.seen_at >= now - STAFF_IDLE,
            Visit.started_at >= now - STAFF_WHOLE,
        )
        .order_by(Visit.started_at.desc(), Visit.id)
    )
    return tuple(
        OpenVisit(
            started_at=row.started_at,
            seen_at=row.seen_at,
            here=label is not None and (row.state or {}).get(LABEL) == label,
        )
        for row in session.scalars(alive)
    )


def sign_out_everywhere(session: Session, person_id: str) -> None:
    """End every visit of a person, from their next request on."""
    visit_rows.end_of(session, person_id)


def end_own_visits(session: Session, person: Person, *, now: datetime) -> None:
    """End every visit of somebody who asks for it."""
    sign_out_everywhere(session, person.id)
    _record(session, AccountAct.SIGNED_OUT_EVERYWHERE, person, now)


def note_signed_in(session: Session, person: Person, *, now: datetime) -> None:
    """Keep that somebody signed in."""
    _record(session, AccountAct.SIGNED_IN, person, now)


def one_time_link(session: Session, person_id: str, *, now: datetime) -> str:
    """Return the token of a link that signs this person in, once. For demonstrations only."""
    return one_time_links.issue(session, person_id, Purpose.DEMO, now=now)


def demo_person(session: Session, token: str, *, now: datetime) -> Person:
    """Return whom a demonstration's link would sign in, and leave it unused.

    Raises:
        NotFound: no such link, or no longer.
    """
    return _known(session, one_time_links.holder(session, token, Purpose.DEMO, now=now))


def use_demo_link(session: Session, token: str, *, now: datetime) -> Person:
    """Return who signs in with a demonstration's link, and end the link.

    Raises:
        NotFound: no such link, or no longer.
    """
    person = _known(session, one_time_links.use(session, token, Purpose.DEMO, now=now))
    note_signed_in(session, person, now=now)
    return person


def _record(session: Session, what: AccountAct, person: Person, now: datetime) -> None:
    account_events.record(session, what, now=now, person_id=person.id, by_id=person.id)


def _known(session: Session, person_id: str) -> Person:
    person = signed_in(session, person_id)
    if person is None:
        raise NotFound
    return person

"""Shared devices: set up by staff, recognised by a cookie, closed from anywhere."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, true
from sqlalchemy.orm import Session

from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.child.shared_devices import RULES, DeviceKind, DeviceRules
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.errors import Incomplete
from kids_feedback.services.organisation import account_events
from kids_feedback.services.organisation.scope import offices_of
from kids_feedback.services.site import tokens
from kids_feedback.storage.tables.people import Office
from kids_feedback.storage.tables.shared_devices import Device

LONGEST_NAME = 80  # characters

_MADE = {DeviceKind.KIOSK: AccountAct.KIOSK_MADE, DeviceKind.LENT: AccountAct.SCREEN_LENT}


@dataclass(frozen=True, kw_only=True)
class SharedDevice:
    """The screen that asks for a page."""

    id: str
    kind: DeviceKind
    office: str  # its code
    made_at: datetime

    @property
    def rules(self) -> DeviceRules:
        return RULES[self.kind]


@dataclass(frozen=True, kw_only=True)
class Kiosk:
    """A kiosk as staff see it."""

    id: str
    name: str
    office: str  # its name
    made_at: datetime


def offices(session: Session, person: Person) -> tuple[tuple[str, str], ...]:
    """Return as (code, name) the offices whose screens this person may make."""
    rows = session.execute(
        select(Office.code, Office.name).where(_within(person)).order_by(Office.name, Office.code)
    )
    return tuple((row.code, row.name) for row in rows)


def register(
    session: Session,
    person: Person,
    *,
    office: str,
    name: str,
    now: datetime,
    token: str | None = None,
) -> str:
    """Make a kiosk; return what its cookie is to hold, which is kept nowhere else.

    Args:
        office: the code of the office it stands in.
        token: what its cookie is to hold: with the same one it is made once; None: a new one.

    Raises:
        NotFound: no such office, or not one of this person's.
        Incomplete: the name is empty or too long.
    """
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Incomplete(missing=("name",))
    _check_office(session, person, office)
    return _keep(
        session,
        DeviceKind.KIOSK,
        office,
        now,
        name=name,
        made_by=person.id,
        token=token,
    )


def hand_over(
    session: Session, person: Person, *, office: str, now: datetime, token: str | None = None
) -> str:
    """Make this a screen in a child's hands; return what its cookie is to hold.

    Who did so is not kept: it could be laid beside what a child sent. Earlier ones whose time is
    up are forgotten.

    Raises:
        NotFound: no such office, or not one of this person's.
    """
    _check_office(session, person, office)
    over = now - RULES[DeviceKind.LENT].whole
    session.execute(delete(Device).where(Device.kind == DeviceKind.LENT, Device.made_at <= over))
    return _keep(session, DeviceKind.LENT, office, now, token=token)


def register_demonstration(session: Session, *, now: datetime) -> str:
    """Make a kiosk of the first office there is, by nobody. For demonstrations only.

    Raises:
        NotFound: there is no office.
    """
    office = session.scalar(select(Office.code).order_by(Office.name, Office.code).limit(1))
    if office is None:
        raise NotFound
    return _keep(session, DeviceKind.KIOSK, office, now, name="Demonstration")


def recognise(session: Session, token: str, *, now: datetime) -> SharedDevice | None:
    """Return the screen whose cookie holds ``token``.

    None when there is none, it was closed, or the time it was handed over for is up.
    """
    row = session.scalar(select(Device).where(Device.digest == tokens.digest(token)))
    if row is None or row.closed_at is not None:
        return None
    if row.kind is DeviceKind.LENT and now >= row.made_at + RULES[row.kind].whole:
        return None
    return SharedDevice(id=row.id, kind=row.kind, office=row.office_code, made_at=row.made_at)


def kiosks(session: Session, person: Person) -> tuple[Kiosk, ...]:
    """Return the kiosks of this person's offices that are not closed, by office and name."""
    rows = session.execute(
        select(Device, Office.name)
        .join(Office, Office.code == Device.office_code)
        .where(Device.kind == DeviceKind.KIOSK, Device.closed_at.is_(None), _within(person))
        .order_by(Office.name, Device.name, Device.id)
    )
    return tuple(
        Kiosk(id=device.id, name=device.name, office=office, made_at=device.made_at)
        for device, office in rows
    )


def close(session: Session, person: Person, kiosk_id: str, *, now: datetime) -> None:
    """Close a kiosk, from wherever: at its next page it is a screen like any other.

    Raises:
        NotFound: no such kiosk, or not in one of this person's offices.
    """
    wanted = (
        select(Device)
        .join(Office, Office.code == Device.office_code)
        .where(Device.id == kiosk_id, Device.kind == DeviceKind.KIOSK, _within(person))
    )
    row = None if "\0" in kiosk_id else session.scalar(wanted)
    if row is None:
        raise NotFound
    if row.closed_at is None:
        row.closed_at = now
        what, office = AccountAct.KIOSK_CLOSED, row.office_code
        _record(session, what, office, now, name=row.name, by_id=person.id)


def take_back(session: Session, screen_id: str, *, now: datetime) -> None:
    """End that a screen is in a child's hands: somebody signed in on it. A kiosk stays one."""
    lent = delete(Device).where(Device.id == screen_id, Device.kind == DeviceKind.LENT)
    office = session.scalar(lent.returning(Device.office_code))
    if office is not None:
        _record(session, AccountAct.SCREEN_RETURNED, office, now)


def _record(
    session: Session,
    what: AccountAct,
    office_code: str,
    now: datetime,
    *,
    name: str = "",
    by_id: str | None = None,
) -> None:
    office = session.get_one(Office, office_code)
    facts = {"office": office.name, **({"name": name} if name else {})}
    account_events.record(
        session, what, now=now, by_id=by_id, areas=[office.area_code], facts=facts
    )


def _within(person: Person) -> ColumnElement[bool]:
    """Return the condition on ``Office``. An administrator sets up screens anywhere."""
    if person.role is Role.ADMINISTRATOR:
        return true()
    return offices_of(person)


def _check_office(session: Session, person: Person, code: str) -> None:
    if code not in dict(offices(session, person)):
        raise NotFound


def _keep(
    session: Session,
    kind: DeviceKind,
    office: str,
    now: datetime,
    *,
    name: str = "",
    made_by: str | None = None,
    token: str | None = None,
) -> str:
    """Keep a screen, and in the record of accounts that it was made; twice pressed, once."""
    token = token or tokens.new()
    made = select(Device.id).where(Device.digest == tokens.digest(token), Device.kind == kind)
    if session.scalar(made) is not None:
        return token
    _record(session, _MADE[kind], office, now, name=name, by_id=made_by)
    session.add(
        Device(
            digest=tokens.digest(token),
            kind=kind,
            name=name,
            office_code=office,
            made_at=now,
            made_by=made_by,
        )
    )
    session.flush()
    return token

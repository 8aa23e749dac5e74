"""Who is on duty, and what a child reads where nobody is. Kept by administrators."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kids_feedback.domain import addresses
from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.case.safety import Shift
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import CASE_ROLES, Person
from kids_feedback.services.accounts.people import check_administrator
from kids_feedback.services.case import alarms
from kids_feedback.services.case.people import holders
from kids_feedback.services.errors import Incomplete
from kids_feedback.services.organisation import account_events
from kids_feedback.storage.tables.people import Area, PersonRow
from kids_feedback.storage.tables.safety import Duty

LONGEST_OUTSIDE = 200  # characters


@dataclass(frozen=True, kw_only=True)
class DutyLine:
    """One line of the duty list."""

    id: str
    name: str
    shift: Shift


@dataclass(frozen=True, kw_only=True)
class DutyOfArea:
    """Who is on duty for an area, and who is outside its hours."""

    code: str | None  # None: for all areas
    name: str
    lines: tuple[DutyLine, ...]
    outside: str  # as a child reads it; empty: nobody


@dataclass(frozen=True, kw_only=True)
class DutyList:
    """All of it, that for all areas first."""

    places: tuple[DutyOfArea, ...]
    somebody: bool  # can be told of every alarm


def listed(session: Session, by: Person) -> DutyList:
    """Return the duty list.

    Raises:
        NotFound: not for this person.
    """
    check_administrator(by)
    duties = alarms.duties(session)
    lines: dict[str | None, list[DutyLine]] = {}
    for duty in duties:
        line = DutyLine(id=duty.id, name=duty.person.name, shift=alarms.shift_of(duty))
        lines.setdefault(duty.area_code, []).append(line)
    national = DutyOfArea(code=None, name="", lines=tuple(lines.get(None, ())), outside="")
    areas = (
        DutyOfArea(
            code=area.code,
            name=area.name,
            lines=tuple(lines.get(area.code, ())),
            outside=area.outside_hours,
        )
        for area in session.scalars(select(Area).order_by(Area.name, Area.code))
    )
    return DutyList(places=(national, *areas), somebody=_somebody(session, duties))


def somebody(session: Session) -> bool:
    """Say whether anybody can be told of every alarm: on the list, or of customer service."""
    return _somebody(session, alarms.duties(session))


def candidates(session: Session) -> tuple[tuple[str, str], ...]:
    """Return as (id, name) who can be on duty: whoever works on cases."""
    wanted = _able().order_by(PersonRow.folded, PersonRow.id)
    return tuple((row.id, row.name) for row in session.scalars(wanted))


def add(
    session: Session,
    by: Person,
    person_id: str,
    area: str | None,
    shift: Shift,
    *,
    now: datetime,
) -> None:
    """Put somebody on the duty list.

    Raises:
        NotFound: not for this person; no such area, or nobody who works on cases.
        Incomplete: no weekday, or hours that end before they begin.
    """
    check_administrator(by)
    if put(session, person_id, area, shift):
        _record(session, AccountAct.DUTY_ADDED, person_id, by, area, now)


def put(session: Session, person_id: str, area: str | None, shift: Shift) -> bool:
    """Put somebody on the duty list, for whoever can run commands; a line is there once.

    Returns whether it was not there yet.

    Raises:
        NotFound, Incomplete: as ``add``.
    """
    able = _able().where(PersonRow.id == person_id)
    if session.scalar(able.with_for_update(key_share=True)) is None:
        raise NotFound
    if area is not None and session.get(Area, area) is None:
        raise NotFound
    missing = [] if shift.weekdays else ["weekdays"]
    missing += [] if shift.starts < shift.ends else ["ends"]
    if missing:
        raise Incomplete(missing=tuple(missing))
    line = {
        "person_id": person_id,
        "area_code": area,
        "weekdays": "".join(map(str, sorted(shift.weekdays))),
        "starts": _minutes(shift.starts),
        "ends": _minutes(shift.ends),
    }
    if session.scalar(select(Duty.id).filter_by(**line).limit(1)) is not None:
        return False
    session.add(Duty(**line))
    session.flush()
    return True


def person_with(session: Session, email: str) -> str:
    """Return the id of whoever works on cases and has that address.

    Raises:
        NotFound: nobody has.
    """
    wanted = _able().where(PersonRow.email == addresses.folded(email))
    found = session.scalar(wanted)
    if found is None:
        raise NotFound
    return found.id


def remove(session: Session, by: Person, duty_id: str, *, now: datetime) -> None:
    """Take a line off the duty list.

    Raises:
        NotFound: not for this person, or no such line.
    """
    check_administrator(by)
    row = None if "\0" in duty_id else session.get(Duty, duty_id)
    if row is None:
        raise NotFound
    session.delete(row)
    session.flush()
    _record(session, AccountAct.DUTY_REMOVED, row.person_id, by, row.area_code, now)


def say_outside(session: Session, by: Person, area: str, text: str) -> None:
    """Keep what a child of an area reads outside its hours: who to ring. Empty: nobody.

    Raises:
        NotFound: not for this person, or no such area.
    """
    check_administrator(by)
    row = None if "\0" in area else session.get(Area, area)
    if row is None:
        raise NotFound
    row.outside_hours = text[:LONGEST_OUTSIDE]
    session.flush()


def areas(session: Session) -> Iterable[tuple[str, str]]:
    """Return as (code, name) every area."""
    rows = session.execute(select(Area.code, Area.name).order_by(Area.name, Area.code))
    return tuple((row.code, row.name) for row in rows)


def _somebody(session: Session, duties: Sequence[Duty]) -> bool:
    return bool(duties or holders.customer_service(session))


def _record(
    session: Session, what: AccountAct, person_id: str, by: Person, area: str | None, now: datetime
) -> None:
    account_events.record(
        session, what, now=now, person_id=person_id, by_id=by.id, areas=[area] if area else []
    )


def _able() -> Select[PersonRow]:
    return select(PersonRow).where(
        PersonRow.role.in_(CASE_ROLES), PersonRow.closed_at.is_(None), PersonRow.email.is_not(None)
    )


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute

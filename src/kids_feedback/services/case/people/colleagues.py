"""Who can have a case: never anybody with a conflict of interest in it."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kids_feedback.domain.people import Role
from kids_feedback.services.case import access
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.case.people import workers as everybody
from kids_feedback.services.case.people.workers import Worker
from kids_feedback.storage.tables.people import Area, Office, PersonRow

FOUND = 50  # people that a search for a name returns at most


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody who works here."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """An area that a case can be sent to, with its offices as (code, name)."""

    code: str
    name: str
    offices: tuple[tuple[str, str], ...]


def managers_of(session: Session, case_id: str, area_code: str) -> list[PersonRow]:
    """Return the local managers of an area's offices who may have this case.

    Source: docs/procedure.md, paragraphs 20 and 31.
    """
    return _free(session, area_code, access.barred(session, case_id))


def manager_in(session: Session, person_id: str, area_code: str) -> PersonRow | None:
    """Return a local manager of an area's offices, whether or not they may have a case."""
    return session.scalar(_managers(area_code).where(PersonRow.id == person_id))


def candidates(opened: Opened, *, is_about: bool = True) -> tuple[Colleague, ...]:
    """Return to whom this case can be given.

    Args:
        is_about: somebody may be meant by it; False: it is known already that it bars nobody.
    """
    session, row = opened.session, opened.row
    kept_from = access.barred(session, row.id) if is_about else frozenset[str]()
    managers = _free(session, row.area_code or "", kept_from)
    return tuple(Colleague(id=person.id, name=person.name) for person in managers)


def barred_line_managers(opened: Opened) -> tuple[Colleague, ...]:
    """Return who could be given this case but for leading somebody whom it is about.

    They are often the right person, and it takes a recorded reason (ruling R21).
    """
    session, row = opened.session, opened.row
    lead = access.barred(session, row.id) - access.complained_about(session, row.id).keys()
    wanted = _managers(row.area_code or "").where(PersonRow.id.in_(lead))
    found = session.scalars(wanted.order_by(PersonRow.name, PersonRow.id))
    return tuple(Colleague(id=person.id, name=person.name) for person in found)


def workers(opened: Opened, *, text: str = "") -> tuple[Worker, ...]:
    """Return who the child may mean: by name anywhere, without ``text`` all in the area.

    Who has left in the last two years is among them. A search forgives what a child's typing is
    forgiven (``domain.people_names``).
    """
    if text.strip():
        return everybody.found(opened.session, text, now=opened.now, limit=FOUND)
    return everybody.in_area(opened.session, opened.row.area_code, now=opened.now)


def places(session: Session) -> tuple[Place, ...]:
    """Return every area, each with its offices."""
    offices: dict[str, list[tuple[str, str]]] = {}
    for office in session.scalars(select(Office).order_by(Office.name)):
        offices.setdefault(office.area_code, []).append((office.code, office.name))
    return tuple(
        Place(code=area.code, name=area.name, offices=tuple(offices.get(area.code, ())))
        for area in session.scalars(select(Area).order_by(Area.name))
    )


def _free(session: Session, area_code: str, kept_from: frozenset[str]) -> list[PersonRow]:
    free = _managers(area_code).where(PersonRow.id.not_in(kept_from))
    return list(session.scalars(free.order_by(PersonRow.name, PersonRow.id)))


def _managers(area_code: str) -> Select[PersonRow]:
    return select(PersonRow).where(
        PersonRow.role == Role.LOCAL_MANAGER,
        PersonRow.closed_at.is_(None),
        PersonRow.away_on.is_(None),  # their deputy might be the one who may not have it
        PersonRow.offices.any(Office.area_code == area_code),
    )

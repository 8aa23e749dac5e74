"""Everybody whom a child may have met: who works here, and who left in the last two years."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from kids_feedback.domain import names_in_text, people_names
from kids_feedback.domain.people import CASE_ROLES, Role
from kids_feedback.domain.people_names import Meant
from kids_feedback.storage.tables.people import Area, Office, PersonRow

REMEMBERED = timedelta(days=731)  # two years, whichever


@dataclass(frozen=True, kw_only=True)
class Worker:
    """Somebody who may be complained about, with what tells them from a namesake."""

    id: str
    name: str
    places: tuple[str, ...]  # names of offices, and of areas they answer for
    line_manager: str | None  # by name; of somebody who left, the last one
    has_left: bool


def meant_by(session: Session, typed: str, *, areas: Collection[str], now: datetime) -> Meant:
    """Return whom a child may mean by what they typed.

    Args:
        areas: of the places that the child named; whoever has no place is near to each.

    Source: docs/procedure.md, paragraph 31 (ruling R21).
    """
    if not typed.strip():
        return Meant()
    known = _names(session, now)
    near = session.scalars(select(PersonRow.id).where(_near(areas))) if areas else ()
    return people_names.meant(typed, known, frozenset(near))


def named_in(
    session: Session, told: Iterable[str], *, area: str | None, own_name: str
) -> frozenset[str]:
    """Return who could open a case that lies in an area, and whose name stands in what was told.

    Args:
        area: its code; None: nobody knows it, so customer service has the case.
        own_name: what the child wants to be called, which is nobody else's name here.

    Source: docs/procedure.md, paragraph 31 (ruling R21).
    """
    text = "\n".join(told)
    if not text.strip():
        return frozenset()
    there = _near([area]) if area else PersonRow.role == Role.CUSTOMER_SERVICE
    wanted = select(PersonRow.id, PersonRow.name).where(
        PersonRow.closed_at.is_(None), PersonRow.role.in_(CASE_ROLES), there
    )
    known = {row.id: row.name for row in session.execute(wanted)}
    own = names_in_text.named_in(own_name, known)
    return names_in_text.named_in(text, known) - own


def found(session: Session, typed: str, *, now: datetime, limit: int) -> tuple[Worker, ...]:
    """Return whom somebody who searches for a name may mean, in order of names."""
    return by_id(session, people_names.search(typed, _names(session, now))[:limit])


def in_area(session: Session, area: str | None, *, now: datetime) -> tuple[Worker, ...]:
    """Return who works in the offices of an area, in order of names."""
    return _workers(session, _remembered(now), PersonRow.offices.any(Office.area_code == area))


def by_id(session: Session, people: Iterable[str]) -> tuple[Worker, ...]:
    """Return people by their ids, in order of names; an id that is nobody's is left out."""
    ids = {person for person in people if "\0" not in person}  # PostgreSQL refuses to look for NUL
    return _workers(session, PersonRow.id.in_(ids)) if ids else ()


def _workers(session: Session, *conditions: ColumnElement[bool]) -> tuple[Worker, ...]:
    boss = aliased(PersonRow)
    wanted = (
        select(PersonRow, boss.name)
        .outerjoin(boss, boss.id == PersonRow.line_manager_id)
        .where(*conditions)
        .options(selectinload(PersonRow.offices), selectinload(PersonRow.areas))
        .order_by(PersonRow.folded, PersonRow.id)
    )
    return tuple(
        Worker(
            id=row.id,
            name=row.name,
            places=(*(office.name for office in row.offices), *(area.name for area in row.areas)),
            line_manager=line_manager,
            has_left=row.closed_at is not None,
        )
        for row, line_manager in session.execute(wanted)
    )


def _names(session: Session, now: datetime) -> dict[str, str]:
    """Return the names of everybody, by their ids."""
    wanted = select(PersonRow.id, PersonRow.name).where(_remembered(now))
    by_name = wanted.order_by(PersonRow.folded, PersonRow.id)
    return {row.id: row.name for row in session.execute(by_name)}


def _remembered(now: datetime) -> ColumnElement[bool]:
    return or_(PersonRow.closed_at.is_(None), PersonRow.closed_at >= now - REMEMBERED)


def _near(areas: Collection[str]) -> ColumnElement[bool]:
    placeless = and_(~PersonRow.offices.any(), ~PersonRow.areas.any())
    return or_(
        PersonRow.offices.any(Office.area_code.in_(areas)),
        PersonRow.areas.any(Area.code.in_(areas)),
        placeless,
    )

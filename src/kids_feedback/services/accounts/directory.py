"""Lists of who works here. For administrators, who see no case."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from kids_feedback.domain.people import CASE_ROLES, Fallback, Person, Role
from kids_feedback.services.accounts.people import Particulars, check_administrator, find
from kids_feedback.storage.tables.people import PersonRow

PAGE = 50  # people


class DirectoryFilter(StrEnum):
    """Which people a list is of."""

    SIGNING_IN = "signing_in"
    PRACTITIONERS = "practitioners"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class DirectoryEntry:
    """A person as one line of the list."""

    id: str
    name: str
    role: Role | None
    places: tuple[str, ...]
    invited: bool  # has a role, but has not chosen a password yet


@dataclass(frozen=True, kw_only=True)
class DirectoryPage:
    """One page of the list."""

    people: tuple[DirectoryEntry, ...]
    more: bool


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    """A person as their own page shows them."""

    id: str
    particulars: Particulars
    invited: bool
    closed: bool
    away_until: date | None  # as far as anybody knows
    away: bool
    deputy: str | None  # by name
    last_resort: Fallback | None


def listed(session: Session, by: Person, *, show: DirectoryFilter, page: int = 1) -> DirectoryPage:
    """Return people by name, 50 at a time.

    Raises:
        NotFound: not for this person.
    """
    check_administrator(by)
    rows = session.scalars(
        select(PersonRow)
        .where(_shown(show))
        .options(selectinload(PersonRow.areas), selectinload(PersonRow.offices))
        .order_by(PersonRow.folded, PersonRow.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    ).all()
    return DirectoryPage(
        people=tuple(
            DirectoryEntry(
                id=row.id,
                name=row.name,
                role=row.role,
                places=(
                    *(area.name for area in row.areas),
                    *(office.name for office in row.offices),
                ),
                invited=_invited(row),
            )
            for row in rows[:PAGE]
        ),
        more=len(rows) > PAGE,
    )


def details(session: Session, by: Person, person_id: str) -> PersonDetails:
    """Return what an administrator sees of a person.

    Raises:
        NotFound: no such person, or not for this person.
    """
    check_administrator(by)
    row = find(session, person_id)
    deputy = session.get(PersonRow, row.deputy_id) if row.deputy_id else None
    return PersonDetails(
        id=row.id,
        particulars=Particulars(
            name=row.name,
            role=row.role,
            email=row.email or "",
            areas=frozenset(area.code for area in row.areas),
            offices=frozenset(office.code for office in row.offices),
            line_manager=row.line_manager_id,
        ),
        invited=_invited(row),
        closed=row.closed_at is not None,
        away_until=row.away_until,
        away=row.away_on is not None,
        deputy=deputy.name if deputy else None,
        last_resort=row.last_resort,
    )


def line_managers(session: Session, *, of: str | None = None) -> tuple[tuple[str, str], ...]:
    """Return as (id, name) who can be a line manager, with the one that person ``of`` has."""
    person = session.get(PersonRow, of) if of else None
    present = person.line_manager_id if person else None
    wanted = and_(PersonRow.role.in_(CASE_ROLES), PersonRow.closed_at.is_(None))
    rows = session.execute(
        select(PersonRow.id, PersonRow.name)
        .where(or_(wanted, PersonRow.id == (present or "")), PersonRow.id != (of or ""))
        .order_by(PersonRow.folded, PersonRow.id)
    )
    return tuple((row.id, row.name) for row in rows)


def _shown(show: DirectoryFilter) -> ColumnElement[bool]:
    if show is DirectoryFilter.CLOSED:
        return PersonRow.closed_at.is_not(None)
    has_role = (
        PersonRow.role.is_not(None)
        if show is DirectoryFilter.SIGNING_IN
        else PersonRow.role.is_(None)
    )
    return and_(PersonRow.closed_at.is_(None), has_role)


def _invited(row: PersonRow) -> bool:
    return row.role is not None and row.password_hash is None

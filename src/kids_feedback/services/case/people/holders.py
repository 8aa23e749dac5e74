"""Who has a case: somebody who can sign in, may see it, and can take its next step.

Every open case has such a person (ruling R18). Where nobody does, it goes to the next who stands
in: the deputy of the area's Head of Practice, customer service, those named as the last resort, and
a named person who is none of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from kids_feedback.domain.people import NAMED_ROLES, Fallback, Role
from kids_feedback.services.case.access import barred, barred_by_case, works_there
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import FollowUpRow
from kids_feedback.storage.tables.people import Area, PersonArea, PersonRow

_STANDS_IN = (None, *Fallback)
_KEPT_FROM: BindParameter[list[str]] = bindparam("kept_from", expanding=True)


def holders(session: Session, row: Case, owner: Role) -> list[PersonRow]:
    """Return everybody who is here, may have this case, and can take a step of ``owner`` in it.

    Source: docs/procedure.md, paragraphs 17, 31 and 31a.
    """
    wanted = select(PersonRow).join(Case, _may(owner)).where(Case.id == row.id)
    found = wanted.order_by(PersonRow.name, PersonRow.id)
    return list(session.scalars(found, _without(barred(session, row.id))))


def heads_and_deputies(session: Session, row: Case) -> list[PersonRow]:
    """Return whoever can take a Head of Practice's step in a case, and all the deputies there."""
    heads = holders(session, row, Role.HEAD_OF_PRACTICE)
    head = aliased(PersonRow)
    deputies = select(PersonRow).where(
        select(head.id)
        .where(head.deputy_id == PersonRow.id, head.areas.any(Area.code == row.area_code))
        .exists()
    )
    return [*heads, *(item for item in session.scalars(deputies) if item not in heads)]


def customer_service(session: Session) -> list[PersonRow]:
    """Return who of customer service is there: neither gone nor away."""
    wanted = select(PersonRow).where(
        PersonRow.role == Role.CUSTOMER_SERVICE,
        PersonRow.closed_at.is_(None),
        PersonRow.away_on.is_(None),
    )
    return list(session.scalars(wanted.order_by(PersonRow.name, PersonRow.id)))


def last_resort(session: Session) -> list[PersonRow]:
    """Return the people who are named for what nobody else may have."""
    named = select(PersonRow).where(
        PersonRow.last_resort == Fallback.LAST_RESORT, PersonRow.closed_at.is_(None)
    )
    return list(session.scalars(named.order_by(PersonRow.name, PersonRow.id)))


def is_held(session: Session, row: Case) -> bool:
    """Say whether each step that waits has somebody who can take it."""
    return _is_held(session, row, barred(session, row.id))


def nobodys(session: Session) -> list[str]:
    """Return the ids of the open cases that nobody has, the oldest first."""
    found = set(session.execute(_nobodys(), _without()))
    for kept_from, ids in _barring(session).items():
        theirs = _nobodys().where(Case.id.in_(ids))
        found.update(session.execute(theirs, _without(kept_from)))
    return [case_id for _, case_id in sorted(found)]


def stand_in(session: Session, row: Case) -> Fallback | None:
    """Write on a case who stands in, the first who can; return who it is now.

    Where not even the last can, it waits with the last resort, until somebody is named for it.
    """
    kept_from = barred(session, row.id)
    for row.fallback in _STANDS_IN:
        session.flush()
        if _is_held(session, row, kept_from):
            return row.fallback
    row.fallback = Fallback.LAST_RESORT
    session.flush()
    return row.fallback


def _is_held(session: Session, row: Case, kept_from: Iterable[str]) -> bool:
    wanted = _nobodys().where(Case.id == row.id)
    return session.execute(wanted, _without(kept_from)).first() is None


def _barring(session: Session) -> dict[frozenset[str], list[str]]:
    """Return the ids of the cases in which something waits, by whom of those who act it bars.

    Whom a case bars is sealed (``access.barred``), so that it cannot be asked in one query of all.
    """
    waits = or_(Case.next_owner.is_not(None), Case.follow_up_by.is_not(None))
    acts = set(session.scalars(select(PersonRow.id).where(PersonRow.role.is_not(None))))
    found = defaultdict[frozenset[str], list[str]](list)
    for case_id, people in barred_by_case(session, select(Case.id).where(waits)).items():
        found[people & acts].append(case_id)
    return found


def _without(kept_from: Iterable[str] = ()) -> dict[str, list[str]]:
    return {_KEPT_FROM.key: sorted(kept_from)}


@cache  # it is asked after each act, and takes longer to put together than to answer
def _nobodys() -> Select[date, str]:
    """Select the cases with a step, or something to follow up, that is nobody's to take.

    By the day and the id.
    """
    step = [and_(Case.next_owner == role, ~_somebody(role)) for role in _CAN]
    waits = select(FollowUpRow.id).where(
        FollowUpRow.case_id == Case.id, FollowUpRow.ended_on.is_(None)
    )
    follow_up = [
        and_(waits.where(FollowUpRow.owner == role).correlate(Case).exists(), ~_somebody(role))
        for role in _CAN
    ]
    return select(Case.received_on, Case.id).where(or_(*step, *follow_up))


def _somebody(owner: Role) -> ColumnElement[bool]:
    return select(PersonRow.id).where(_may(owner)).correlate(Case).exists()


def _may(owner: Role) -> ColumnElement[bool]:
    """Return the condition on ``PersonRow`` and ``Case`` that they can take this role's steps."""
    here = and_(PersonRow.closed_at.is_(None), PersonRow.role.is_not(None))
    return and_(here, PersonRow.id.not_in(_KEPT_FROM), or_(*_CAN[owner]()))


def _customer_service() -> Iterator[ColumnElement[bool]]:
    yield and_(
        PersonRow.role == Role.CUSTOMER_SERVICE,
        PersonRow.away_on.is_(None),
        or_(Case.area_code.is_(None), Case.fallback == Fallback.CUSTOMER_SERVICE),
    )
    yield from _named(Case.area_code.is_(None))


def _heads() -> Iterator[ColumnElement[bool]]:
    head, absent = aliased(PersonRow), aliased(PersonRow)
    is_away = and_(absent.away_on.is_not(None), absent.closed_at.is_(None))
    yield and_(
        PersonRow.role == Role.HEAD_OF_PRACTICE,
        PersonRow.away_on.is_(None),
        _there(PersonRow),
    )
    yield _deputy_of(absent, is_away)
    yield _deputy_of(head, Case.fallback == Fallback.DEPUTY)
    yield and_(
        PersonRow.role == Role.CUSTOMER_SERVICE,
        PersonRow.away_on.is_(None),
        Case.fallback == Fallback.CUSTOMER_SERVICE,
    )
    yield from _named()


def _managers() -> Iterator[ColumnElement[bool]]:
    absent = aliased(PersonRow)
    yield and_(
        PersonRow.id == Case.manager_id, PersonRow.away_on.is_(None), works_there(PersonRow.id)
    )
    yield and_(
        PersonRow.away_on.is_(None),
        select(absent.id)
        .where(
            absent.id == Case.manager_id,
            absent.deputy_id == PersonRow.id,
            absent.away_on.is_not(None),
            works_there(absent.id),
        )
        .correlate_except(absent)
        .exists(),
    )


def _deputy_of(head: type[PersonRow], when: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that somebody is here, and the deputy of a Head of Practice there.

    One who has left still has a deputy, until there is another Head of Practice.
    """
    theirs = select(head.id).where(
        head.deputy_id == PersonRow.id, head.role == Role.HEAD_OF_PRACTICE, _there(head), when
    )
    return and_(PersonRow.away_on.is_(None), theirs.correlate_except(head).exists())


def _there(person: type[PersonRow]) -> ColumnElement[bool]:
    """Return the condition that somebody answers for the area of the case."""
    answers = select(PersonArea.person_id).where(
        PersonArea.person_id == person.id, PersonArea.area_code == Case.area_code
    )
    return answers.correlate_except(PersonArea).exists()


def _named(when: ColumnElement[bool] | None = None) -> Iterator[ColumnElement[bool]]:
    """Yield the condition that somebody is named for what nobody else may have."""
    for fallback, roles in NAMED_ROLES.items():
        is_named = and_(PersonRow.last_resort == fallback, PersonRow.role.in_(roles))
        named = and_(is_named, Case.fallback == fallback)
        yield named if when is None else and_(named, when)


_CAN = {
    Role.CUSTOMER_SERVICE: _customer_service,
    Role.HEAD_OF_PRACTICE: _heads,
    Role.LOCAL_MANAGER: _managers,
}

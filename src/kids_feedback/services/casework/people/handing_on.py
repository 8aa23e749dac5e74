"""Handing on what somebody has before they go, are away or move (ruling R18)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Person
from kids_feedback.services.accounts.people import check_administrator, find
from kids_feedback.services.case import access
from kids_feedback.services.case.act import by_administrator
from kids_feedback.services.case.opened import Moment
from kids_feedback.services.case.people import colleagues
from kids_feedback.services.case.people.colleagues import Colleague
from kids_feedback.services.errors import ConflictOfInterest
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow

TO_HEAD = "head"  # of Practice, who gives it to somebody else


@dataclass(frozen=True, kw_only=True)
class HeldCase:
    """A case that somebody has, without anything of what it says."""

    id: str
    received_on: date  # local day
    area: str
    office: str | None
    to: tuple[Colleague, ...]  # local managers who may have it


def held_by(session: Session, by: Person, person_id: str) -> tuple[HeldCase, ...]:
    """Return what a local manager has, to be handed on before they go, the oldest first.

    Raises:
        NotFound: no such person, or not for this person.
    """
    check_administrator(by)
    person = find(session, person_id)
    rows = session.scalars(select(Case).where(has(person)).order_by(Case.received_on, Case.id))
    return tuple(_held(session, row, person) for row in rows.all())


def hand_on(
    session: Session, by: Person, person_id: str, to: Mapping[str, str], moment: Moment
) -> int:
    """Hand on what a local manager has; whoever gets it is told. Returns how many cases it was.

    Args:
        to: by the id of a case: the id of a local manager, or ``TO_HEAD``.

    Raises:
        NotFound: no such person, case or manager, or not for this person.
        ConflictOfInterest: that manager may not have it.

    Source: docs/procedure.md, paragraph 31a (ruling R18).
    """
    check_administrator(by)
    person = find(session, person_id)
    rows = {row.id: row for row in session.scalars(select(Case).where(has(person)))}
    if not to.keys() <= rows.keys():
        raise NotFound
    for case_id, whom in to.items():
        _hand_on(session, rows[case_id], by, whom, moment)
    return len(to)


def has(person: PersonRow) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that somebody is its manager, and it is open."""
    return (Case.manager_id == person.id) & Case.closed_on.is_(None)


def _held(session: Session, row: Case, person: PersonRow) -> HeldCase:
    managers = colleagues.managers_of(session, row.id, row.area_code or "")
    return HeldCase(
        id=row.id,
        received_on=row.received_on,
        area=row.area.name if row.area else "",
        office=row.office.name if row.office else None,
        to=tuple(
            Colleague(id=item.id, name=item.name) for item in managers if item.id != person.id
        ),
    )


def _hand_on(session: Session, row: Case, by: Person, whom: str, moment: Moment) -> None:
    act = by_administrator(session, row, by, moment)
    if whom == TO_HEAD:
        act.take(Step.TAKE_BACK, by=Actor.SERVICE)
        act.record(facts={"from": "leaving"})
        return
    manager = colleagues.manager_in(session, whom, row.area_code or "")
    if manager is None:
        raise NotFound
    if not access.may_have(session, row.id, manager.id):
        raise ConflictOfInterest
    act.take(Step.HAND_ON)
    row.manager_id = manager.id
    act.record(facts={"manager": manager.id})

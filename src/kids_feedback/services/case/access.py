"""Who may know of a case. The one place for scope."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, false, or_, select, true
from sqlalchemy.orm import Session

from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import EditConflict, NotFound
from kids_feedback.domain.people import Fallback, Person, Role
from kids_feedback.services.errors import ReasonNeeded
from kids_feedback.storage.encryption import keys_in
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.people import Office, PersonOffice, PersonRow
from kids_feedback.storage.tables.safety import Alarm, AlarmTold


def visible_to(session: Session, person: Person) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that holds for what this person may know of.

    Of some of it they may know no more than that it is there: see ``asks_why``.

    Source: docs/procedure.md, paragraph 31.
    """
    if person.last_resort is Fallback.OUTSIDE:
        return or_(open_to(session, person), asks_why(session, person))
    return open_to(session, person)


def open_to(session: Session, person: Person) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that holds for what this person may read as it is.

    Source: docs/procedure.md, paragraphs 31 and 31a.
    """
    return and_(or_(_in_reach(person), _alarmed(person)), no_conflict(session, person))


def asks_why(session: Session, person: Person) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that they have it only as the person outside the list.

    It shows them nothing until they have said why they open it, which is asked once.

    Source: docs/procedure.md, paragraph 31a (ruling R18).
    """
    return and_(_unexplained(person), no_conflict(session, person), ~_alarmed(person))


def no_conflict(session: Session, person: Person) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that this person is not complained about, nor leads who is.

    Whoever is only possibly meant is kept out like who is certainly: so it is never one of them who
    says who it is (ruling R21). Whether they have left plays no part: their line manager of then
    stays barred. A compliment bars nobody: it names none here.

    Source: docs/procedure.md, paragraph 31.
    """
    keys, about = keys_in(session), PersonComplainedAbout
    themselves = about.person_key.in_(about.keys_of(keys, [person.id]))
    led = about.person_key.in_(about.keys_of(keys, sorted(person.leads)))
    conflict = select(about.id).where(
        about.case_id == Case.id, or_(themselves, and_(led, about.line_manager_may.is_(False)))
    )
    return ~conflict.correlate(Case).exists()


def barred(session: Session, case_id: str) -> frozenset[str]:
    """Return the ids of whom ``no_conflict`` keeps from a case.

    Source: docs/procedure.md, paragraph 31.
    """
    return barred_by_case(session, [case_id]).get(case_id, frozenset())


def barred_by_case(
    session: Session, wanted: Sequence[str] | Select[str]
) -> dict[str, frozenset[str]]:
    """Return the same for several cases; those that bar nobody are left out.

    Args:
        wanted: the ids of the cases, or what selects them.
    """
    rows = session.scalars(
        select(PersonComplainedAbout).where(PersonComplainedAbout.case_id.in_(wanted))
    ).all()
    who = {row.id: _who(session, row) for row in rows}
    people = set(who.values())
    led = select(PersonRow.id, PersonRow.line_manager_id).where(PersonRow.id.in_(people))
    leaders = {row.id: row.line_manager_id for row in session.execute(led)} if people else {}
    found = defaultdict[str, set[str]](set)
    for row in rows:
        found[row.case_id].add(who[row.id])
        if (leader := leaders.get(who[row.id])) and not row.line_manager_may:
            found[row.case_id].add(leader)
    return {case_id: frozenset(people) for case_id, people in found.items()}


def _who(session: Session, row: PersonComplainedAbout) -> str:
    """Return whose row it is. Where a page cannot read that, the keyed digest still tells."""
    if row.person_id:
        return row.person_id
    keys = keys_in(session)
    everybody = session.scalars(select(PersonRow.id)).all()
    return next(id_ for id_ in everybody if row.person_key in row.keys_of(keys, [id_]))


def complained_about(session: Session, case_id: str) -> dict[str, PersonComplainedAbout]:
    """Return the rows of whom a case is about, or may be, by their ids."""
    wanted = select(PersonComplainedAbout).where(PersonComplainedAbout.case_id == case_id)
    return {_who(session, row): row for row in session.scalars(wanted)}


def may_have(session: Session, case_id: str, person_id: str) -> bool:
    """Say whether nothing about this person bars them from a case (``no_conflict``)."""
    return person_id not in barred(session, case_id)


def works_there(person_id: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that somebody works in an office of its area.

    Args:
        person_id: a column of the query around it.
    """
    works = (
        select(PersonOffice.person_id)
        .join(Office, Office.code == PersonOffice.office_code)
        .where(PersonOffice.person_id == person_id, Office.area_code == Case.area_code)
    )
    return works.correlate_except(PersonOffice, Office).exists()


def case_of_child(session: Session, case_id: str, *, to_act: bool = False) -> Case:
    """Return what the child sent who is behind this visit: the secret words let them in.

    Args:
        to_act: the child's acts take turns, so that the second of two presses sees the first one.

    Raises:
        NotFound: it has been erased since.
    """
    lock = {"key_share": True} if to_act else None
    row = session.get(Case, case_id, with_for_update=lock)
    if row is None:
        raise NotFound
    return row


def find(session: Session, case_id: str, person: Person, *, seen: int | None = None) -> Case:
    """Return the case.

    Args:
        seen: the version that the person had before them; None where that plays no part.

    Raises:
        NotFound: no such case, or not one this person may know of.
        ReasonNeeded: they have not said why they open it.
        EditConflict: the case is no longer the one that they saw.
    """
    return find_with_reach(session, case_id, person, seen=seen)[0]


def find_with_reach(
    session: Session,
    case_id: str,
    person: Person,
    *,
    seen: int | None = None,
    to_act: bool = False,
    to_ask_why: bool = False,
) -> tuple[Case, frozenset[Actor]]:
    """Return the case, and as what alone this person has it; nothing: it is theirs to work on.

    Args:
        to_act: acts on a case take turns, so that the second of two sees what the first one did.
        to_ask_why: nothing of it is shown yet, so that a reason may still be missing.

    Raises:
        NotFound, ReasonNeeded, EditConflict: as ``find``.

    Source: docs/procedure.md, paragraphs 31 and 31a.
    """
    wanted = select(
        Case,
        _in_reach(person).label("in_reach"),
        _alarmed(person).label("alarmed"),
        _unexplained(person).label("unexplained"),
    ).where(Case.id == case_id, visible_to(session, person))
    if "\0" in case_id:  # PostgreSQL refuses to look for it
        raise NotFound
    if to_act:  # by a statement of its own: what follows sees all that was done before it
        the_case = select(Case.id).where(Case.id == case_id)
        session.execute(the_case.with_for_update(key_share=True))
    found = session.execute(wanted).one_or_none()
    if found is None:
        raise NotFound
    row, in_reach, alarmed, unexplained = found
    limits = {Actor.ON_DUTY: alarmed, Actor.OUTSIDE: unexplained}
    only_as = frozenset(actor for actor, holds in limits.items() if holds and not in_reach)
    if only_as == {Actor.OUTSIDE} and not to_ask_why:
        raise ReasonNeeded(case_id)
    if seen is not None and row.version != seen:
        raise EditConflict
    return row, only_as


def roles_in(row: Case, person: Person) -> frozenset[Role]:
    """Return as what somebody acts on a case that they may know of: where they stand in, for whom.

    Source: docs/procedure.md, paragraph 31a (ruling R18).
    """
    roles = {person.role}
    stands_in = _stands_in(row, person)
    if stands_in or row.area_code in person.covers_areas:
        roles.add(Role.HEAD_OF_PRACTICE)
    if stands_in and row.area_code is None:
        roles.add(Role.CUSTOMER_SERVICE)
    if row.manager_id in person.covers_people:
        roles.add(Role.LOCAL_MANAGER)
    return frozenset(roles)


def _stands_in(row: Case, person: Person) -> bool:
    """Say whether somebody has a case because nobody else may have it, or can."""
    if row.fallback is Fallback.DEPUTY:
        return row.area_code in person.deputy_in
    if row.fallback is Fallback.CUSTOMER_SERVICE:
        return person.role is Role.CUSTOMER_SERVICE
    return row.fallback is not None and row.fallback is person.last_resort


def _alarmed(person: Person) -> ColumnElement[bool]:
    """Return which rows somebody sees for an alarm that they were told of, until it is decided.

    Who decided goes on seeing it: a decision may have to be put right.
    """
    told = (
        select(Alarm.id)
        .join(AlarmTold, AlarmTold.alarm_id == Alarm.id)
        .where(
            Alarm.case_id == Case.id,
            AlarmTold.person_id == person.id,
            or_(Alarm.decided_at.is_(None), Alarm.decided_by == person.id),
        )
    )
    return told.exists()


def _in_reach(person: Person) -> ColumnElement[bool]:
    """Return which rows somebody works with, conflicts apart."""
    return or_(_of_role(person), *_standing_in(person))


def _unexplained(person: Person) -> ColumnElement[bool]:
    """Return which rows are theirs to work with once they have said why, conflicts apart."""
    if person.last_resort is not Fallback.OUTSIDE:
        return false()
    # A case without a manager, or an area, is neither in reach nor not: SQL calls that unknown.
    return and_(Case.fallback == Fallback.OUTSIDE, _in_reach(person).is_not(true()))


def _said_why(person: Person) -> ColumnElement[bool]:
    said = select(Event.id).where(
        Event.case_id == Case.id,
        Event.person_id == person.id,
        Event.what == Step.OPEN_FROM_OUTSIDE.value,
    )
    return said.correlate(Case).exists()


def _of_role(person: Person) -> ColumnElement[bool]:
    if person.role is Role.CUSTOMER_SERVICE:
        return or_(Case.area_code.is_(None), Case.fallback == Fallback.CUSTOMER_SERVICE)
    if person.role is Role.HEAD_OF_PRACTICE:
        return Case.area_code.in_(person.areas)
    if person.role is Role.LOCAL_MANAGER:
        praise = and_(Case.kind == Kind.COMPLIMENT, Case.office_code.in_(person.offices))
        # Area and owner: what somebody had stays behind, closed cases too, where they move.
        theirs = select(Office.area_code).where(Office.code.in_(person.offices))
        return or_(and_(Case.manager_id == person.id, Case.area_code.in_(theirs)), praise)
    return false()


def _standing_in(person: Person) -> Iterator[ColumnElement[bool]]:
    """Yield what somebody has because others may not have it, or are away."""
    if person.covers_areas:
        yield Case.area_code.in_(person.covers_areas)
    if person.covers_people:
        yield and_(Case.manager_id.in_(person.covers_people), works_there(Case.manager_id))
    if person.deputy_in:
        yield and_(Case.fallback == Fallback.DEPUTY, Case.area_code.in_(person.deputy_in))
    if person.last_resort is Fallback.LAST_RESORT:
        yield Case.fallback == Fallback.LAST_RESORT
    if person.last_resort is Fallback.OUTSIDE:
        yield and_(Case.fallback == Fallback.OUTSIDE, _said_why(person))

"""Who may know of a case. docs/procedure.md, paragraphs 16, 17, 20 and 31."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.errors import EditConflict, NotFound
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.case import access
from kids_feedback.services.case.access import visible_to
from kids_feedback.services.case.people import holders
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.people import PersonRow
from tests.make import (
    a_complaint,
    a_compliment,
    a_person,
    person_of,
)
from tests.services.acts import a_head, a_manager, moment


def seen_by(db: Session, person: Person) -> set[str]:
    return set(db.scalars(select(Case.id).where(visible_to(db, person))))


def customer_service(db: Session) -> Person:
    return person_of(a_person(db, "Cleo Desk", role=Role.CUSTOMER_SERVICE))


def test_customer_service_sees_only_what_is_to_be_routed(db: Session) -> None:
    lost = a_complaint(db, area=None)
    a_complaint(db)
    assert seen_by(db, customer_service(db)) == {lost.id}


def test_a_head_of_practice_sees_their_areas_only(db: Session) -> None:
    east, west = a_complaint(db), a_complaint(db, area="west")
    a_complaint(db, area=None)
    head = a_head(db)
    assert seen_by(db, person_of(head)) == {east.id}
    both = a_head(db, "Bo Both", areas=["east", "west"])
    assert seen_by(db, person_of(both)) == {east.id, west.id}


def test_a_local_manager_sees_what_they_were_given(db: Session) -> None:
    manager, other = a_manager(db), a_manager(db, "Olu Other")
    mine = a_complaint(db, office="eastham", manager=manager, stage=Stage.ALLOCATED)
    a_complaint(db, office="eastham", manager=other, stage=Stage.ALLOCATED)
    a_complaint(db, office="eastham")
    assert seen_by(db, person_of(manager)) == {mine.id}


def test_a_local_manager_sees_the_compliments_of_their_offices(db: Session) -> None:
    manager = a_manager(db)
    praise = a_compliment(db, office="eastham")
    a_compliment(db, office="elsewhere")
    a_compliment(db)
    assert seen_by(db, person_of(manager)) == {praise.id}


@pytest.mark.parametrize(
    "role", [Role.BOARD_REVIEWER, Role.BOARD_SECRETARY, Role.ADMINISTRATOR], ids=str
)
def test_nobody_else_sees_anything(db: Session, role: Role) -> None:
    a_complaint(db)
    a_complaint(db, area=None)
    person = Person(id="x", name="X", role=role, leads=frozenset(), areas=frozenset({"east"}))
    assert seen_by(db, person) == set()


CASE_ROLES = [Role.CUSTOMER_SERVICE, Role.HEAD_OF_PRACTICE, Role.LOCAL_MANAGER]


def in_reach_of_all(db: Session, person: PersonRow, worker: PersonRow) -> None:
    """Add a complaint about ``worker`` for each role, which ``person`` would see were it not so."""
    a_complaint(db, about=[worker])
    a_complaint(db, about=[worker], manager=person, stage=Stage.ALLOCATED)
    a_complaint(db, about=[worker], area=None)


@pytest.mark.parametrize("role", CASE_ROLES, ids=str)
def test_whoever_is_complained_about_sees_no_row(db: Session, role: Role) -> None:
    person = a_person(db, role=role)
    in_reach_of_all(db, person, person)
    assert seen_by(db, person_of(person)) == set()


@pytest.mark.parametrize("role", CASE_ROLES, ids=str)
def test_their_line_manager_sees_no_row(db: Session, role: Role) -> None:
    person = a_person(db, role=role)
    in_reach_of_all(db, person, a_person(db, line_manager=person))
    assert seen_by(db, person_of(person)) == set()


def test_the_line_manager_sees_it_where_that_was_decided(db: Session) -> None:
    head = a_head(db)
    row = a_complaint(db, about=[a_person(db, line_manager=head)])
    for about in db.scalars(select(PersonComplainedAbout)):
        about.line_manager_may = True
    db.flush()
    assert seen_by(db, person_of(head)) == {row.id}


def test_one_decision_does_not_cover_a_second_worker(db: Session) -> None:
    head = a_head(db)
    worker, second = (a_person(db, name, line_manager=head) for name in ("Ada", "Ben"))
    row = a_complaint(db, about=[worker])
    for about in db.scalars(select(PersonComplainedAbout)):
        about.line_manager_may = True
    db.add(PersonComplainedAbout(case_id=row.id, person_id=second.id))
    db.flush()
    assert seen_by(db, person_of(head)) == set()


def test_others_are_not_barred(db: Session) -> None:
    head = a_head(db)
    row = a_complaint(db, about=[a_person(db, line_manager=a_manager(db))])
    assert seen_by(db, person_of(head)) == {row.id}


def test_not_there_and_not_yours_are_the_same(db: Session) -> None:
    theirs = a_complaint(db, area="west")
    head = person_of(a_head(db))
    for case_id in (theirs.id, "no-such-case", "nul\0in-an-address", ""):
        with pytest.raises(NotFound) as refused:
            access.find(db, case_id, head)
        assert refused.value.args == ()


def test_a_case_that_moved_on_is_not_found_as_it_was_seen(db: Session) -> None:
    row, head = a_complaint(db), person_of(a_head(db))
    assert access.find(db, row.id, head, seen=row.version) is row
    with pytest.raises(EditConflict):
        access.find(db, row.id, head, seen=row.version - 1)


def test_a_heads_step_is_for_those_of_the_area_who_may_have_the_case(db: Session) -> None:
    head, named = a_head(db), a_head(db, "Named Head")
    a_head(db, "Westly Head", areas=["west"])
    a_person(db, "Gone", role=Role.HEAD_OF_PRACTICE, areas=["east"], closed_at=moment().now)
    row = a_complaint(db, about=[named])
    assert holders.holders(db, row, Role.HEAD_OF_PRACTICE) == [head]
    assert db.scalar(select(func.count()).select_from(PersonComplainedAbout)) == 1

"""Who stands in for a case, what they may do there, and that they hear of it. Paragraph 31a."""

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.people import Fallback, Person, Role
from kids_feedback.services.accounts import accounts
from kids_feedback.services.case import access, follow_ups
from kids_feedback.services.case.act import by_person_outside
from kids_feedback.services.casework import workflow
from kids_feedback.services.casework.people import outside, staffing
from kids_feedback.services.child import replies
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow
from tests.make import a_complaint, a_person, person_of
from tests.services.acts import (
    MONDAY,
    a_childs_act,
    a_head,
    a_manager,
    an_act,
    last_line,
    lines,
    moment,
    post,
    sent_to,
)
from tests.services.alarming import a_desk


@pytest.fixture
def ada(db: Session) -> Person:
    """An administrator, who sees no case."""
    return person_of(a_person(db, "Ada Admin", role=Role.ADMINISTRATOR))


def written(db: Session, manager: PersonRow) -> Case:
    """Add a complaint whose answer waits for the Head of Practice."""
    return a_complaint(db, stage=Stage.WRITTEN, manager=manager, talk_on=MONDAY)


def roles_of(db: Session, row: Case, person: PersonRow) -> frozenset[Role]:
    """Return as what somebody acts on a case, as they are let in now."""
    known = accounts.signed_in(db, person.id)
    assert known is not None
    assert access.find(db, row.id, known) is row
    return access.roles_in(row, known)


def test_more_words_of_a_case_that_is_routed_are_for_its_head_and_nobody_stands_in(
    db: Session,
) -> None:
    desk, head = a_desk(db), a_head(db)
    row = a_complaint(db, area=None)
    replies.send_more(a_childs_act(db, row), "One more thing.")
    before = sent_to(db)
    assert before == [desk.email]
    post(db, moment().now)
    workflow.route(an_act(db, row, person_of(desk)), area="east")
    assert row.fallback is None
    assert "handed_up" not in lines(db, row)
    assert sent_to(db) == sorted([*before, head.email or ""])
    assert [item.owner for item in follow_ups.waiting(db, row)] == [Role.HEAD_OF_PRACTICE]


def test_more_words_of_a_case_that_is_taken_back_are_for_the_head_and_nobody_stands_in(
    db: Session,
) -> None:
    head = person_of(a_head(db))
    a_desk(db)
    row = a_complaint(db, stage=Stage.ALLOCATED, manager=a_manager(db))
    replies.send_more(a_childs_act(db, row), "One more thing.")
    act = an_act(db, row, head)
    act.take(Step.TAKE_BACK, by=Actor.SERVICE)
    act.record()
    assert row.manager_id is None
    assert row.fallback is None
    assert "handed_up" not in lines(db, row)


def test_where_customer_service_stands_in_nobody_else_becomes_the_head(
    db: Session, ada: Person
) -> None:
    head, manager, desk = a_head(db), a_manager(db), a_desk(db)
    row = written(db, manager)
    staffing.close(db, ada, head.id, moment(), stand_in=True)
    assert row.fallback is Fallback.CUSTOMER_SERVICE
    assert roles_of(db, row, manager) == {Role.LOCAL_MANAGER}
    assert roles_of(db, row, desk) == {Role.CUSTOMER_SERVICE, Role.HEAD_OF_PRACTICE}
    manages = an_act(db, row, person_of(manager)).steps
    assert not manages & {Step.APPROVE, Step.END_OTHERWISE, Step.ROUTE}
    assert Step.APPROVE in an_act(db, row, person_of(desk)).steps


def test_where_the_deputy_stands_in_nobody_else_becomes_the_head(db: Session, ada: Person) -> None:
    manager, deputy = a_manager(db), a_manager(db, "Dee Deputy")
    head = a_head(db, deputy_id=deputy.id)
    row = written(db, manager)
    staffing.close(db, ada, head.id, moment(), stand_in=True)
    assert row.fallback is Fallback.DEPUTY
    assert roles_of(db, row, manager) == {Role.LOCAL_MANAGER}
    assert Role.HEAD_OF_PRACTICE in roles_of(db, row, deputy)


@pytest.mark.parametrize("named", [Fallback.LAST_RESORT, Fallback.OUTSIDE], ids=str)
def test_where_the_last_stand_in_only_those_who_are_named_so_become_the_head(
    db: Session, ada: Person, named: Fallback
) -> None:
    head, manager = a_head(db), a_manager(db)
    last = a_head(db, "Lena Last", areas=["west"], last_resort=named)
    row = written(db, manager)
    staffing.close(db, ada, head.id, moment(), stand_in=True)
    assert row.fallback is named
    assert roles_of(db, row, manager) == {Role.LOCAL_MANAGER}
    if named is Fallback.OUTSIDE:
        known = accounts.signed_in(db, last.id)
        assert known is not None
        first = by_person_outside(db, row.id, known, moment())
        outside.say_why(first, reason="Nobody else may have it.")
    assert Role.HEAD_OF_PRACTICE in roles_of(db, row, last)


def test_who_is_named_for_something_else_becomes_nothing(db: Session) -> None:
    manager = a_manager(db, last_resort=Fallback.OUTSIDE)
    row = written(db, manager)
    row.fallback = Fallback.LAST_RESORT
    assert roles_of(db, row, manager) == {Role.LOCAL_MANAGER}
    row.fallback = Fallback.OUTSIDE
    assert Role.HEAD_OF_PRACTICE in roles_of(db, row, manager)


def test_who_stands_in_is_told_and_not_the_manager(db: Session, ada: Person) -> None:
    head, manager, desk = a_head(db), a_manager(db), a_desk(db)
    row = written(db, manager)
    staffing.close(db, ada, head.id, moment(), stand_in=True)
    assert last_line(db, row, "handed_up").facts == {"to": "customer_service", "told": 1}
    assert sent_to(db) == [desk.email]


def test_who_stands_in_for_customer_service_is_told(db: Session, ada: Person) -> None:
    desk = a_desk(db)
    last = a_head(db, "Lena Last", areas=["west"], last_resort=Fallback.LAST_RESORT)
    row = a_complaint(db, area=None)
    staffing.close(db, ada, desk.id, moment(), stand_in=True)
    assert last_line(db, row, "handed_up").facts == {"to": "last_resort", "told": 1}
    assert sent_to(db) == [last.email]

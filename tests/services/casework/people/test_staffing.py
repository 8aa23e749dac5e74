"""People leave, are away and move; nobody leaves a case behind (paragraph 31a)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Fallback, Person, Role
from kids_feedback.services.accounts import accounts
from kids_feedback.services.accounts.people import Particulars
from kids_feedback.services.case import access, notifications
from kids_feedback.services.case.people import holders
from kids_feedback.services.casework.people import handing_on, staffing
from kids_feedback.services.casework.people.handing_on import TO_HEAD
from kids_feedback.services.casework.people.staffing import Absence
from kids_feedback.services.errors import (
    ConflictOfInterest,
    Incomplete,
    LastResortNeeded,
    NeedsSomebodyFirst,
)
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow
from tests.make import a_complaint, a_person, an_office, person_of
from tests.services.acts import a_head, a_manager, last_line, lines, moment, sent_to


@pytest.fixture
def ada(db: Session) -> Person:
    """An administrator, who sees no case."""
    return person_of(a_person(db, "Ada Admin", role=Role.ADMINISTRATOR))


def a_desk(db: Session, name: str = "Cleo Desk", **columns: Any) -> PersonRow:
    return a_person(db, name, role=Role.CUSTOMER_SERVICE, **columns)


def sees(db: Session, row: Case, person: PersonRow) -> bool:
    """Say whether somebody sees the case, as they are let in now."""
    known = accounts.signed_in(db, person.id)
    if known is None:
        return False
    try:
        return access.find(db, row.id, known) is row
    except NotFound:
        return False


def allocated(db: Session, manager: PersonRow, **columns: Any) -> Case:
    return a_complaint(db, stage=Stage.ALLOCATED, manager=manager, **columns)


def test_a_manager_who_has_cases_hands_them_on_before_they_go(db: Session, ada: Person) -> None:
    a_head(db)
    manager, other = a_manager(db), a_manager(db, "Olu Other")
    row, second = allocated(db, manager), allocated(db, manager)
    with pytest.raises(NeedsSomebodyFirst) as refused:
        staffing.close(db, ada, manager.id, moment())
    assert set(refused.value.case_ids) == {row.id, second.id}
    manager.closed_at = None
    held = handing_on.held_by(db, ada, manager.id)
    assert [[item.name for item in case.to] for case in held] == [["Olu Other"]] * 2
    to = {row.id: other.id, second.id: TO_HEAD}
    assert handing_on.hand_on(db, ada, manager.id, to, moment()) == 2
    assert (row.manager_id, row.stage) == (other.id, Stage.ALLOCATED)
    assert (second.manager_id, second.stage) == (None, Stage.ACKNOWLEDGED)
    assert last_line(db, second, "taken_back").facts == {"from": "leaving"}
    assert last_line(db, row, "handed_on").person_id == ada.id
    assert other.email in sent_to(db)
    staffing.close(db, ada, manager.id, moment())
    assert manager.closed_at is not None
    assert holders.nobodys(db) == []


def test_nobody_with_a_conflict_gets_what_somebody_leaves(db: Session, ada: Person) -> None:
    a_head(db)
    manager, named = a_manager(db), a_manager(db, "Nia Named")
    row = allocated(db, manager, about=[named])
    assert handing_on.held_by(db, ada, manager.id)[0].to == ()
    with pytest.raises(ConflictOfInterest):
        handing_on.hand_on(db, ada, manager.id, {row.id: named.id}, moment())
    with pytest.raises(NotFound):
        handing_on.hand_on(db, ada, manager.id, {a_complaint(db).id: TO_HEAD}, moment())


def test_an_areas_only_head_goes_only_where_somebody_stands_in(db: Session, ada: Person) -> None:
    head, desk = a_head(db), a_desk(db)
    row = a_complaint(db)
    with pytest.raises(NeedsSomebodyFirst) as refused:
        staffing.close(db, ada, head.id, moment())
    assert refused.value.case_ids == (row.id,)
    head.closed_at = None
    staffing.close(db, ada, head.id, moment(), stand_in=True)
    assert row.fallback is Fallback.CUSTOMER_SERVICE
    assert last_line(db, row, "handed_up").facts == {"to": "customer_service", "told": 1}
    assert sees(db, row, desk)
    assert sent_to(db) == [desk.email]
    new = Particulars(
        name="Nora New",
        role=Role.HEAD_OF_PRACTICE,
        email="n@example.org",
        areas=frozenset({"east"}),
    )
    staffing.add(db, ada, new, moment())
    assert row.fallback is None, "there is a Head of Practice again"
    assert not sees(db, row, desk)


def test_a_line_manager_is_not_set_where_that_bars_the_only_one(db: Session, ada: Person) -> None:
    head, worker = a_head(db), a_person(db, "Wim Worker", offices=["eastham"])
    a_desk(db)
    row = a_complaint(db, about=[worker])
    new = Particulars(name="Wim Worker", role=None, line_manager=head.id)
    with pytest.raises(NeedsSomebodyFirst) as refused:
        staffing.change(db, ada, worker.id, new, moment())
    assert refused.value.case_ids == (row.id,)
    staffing.change(db, ada, worker.id, new, moment(), stand_in=True)
    assert row.fallback is Fallback.CUSTOMER_SERVICE
    assert not sees(db, row, head)


def test_where_customer_service_is_named_the_last_resort_has_it(db: Session, ada: Person) -> None:
    desk = a_desk(db)
    last = a_head(db, "Lena Last", areas=["west"], last_resort=Fallback.LAST_RESORT)
    row = a_complaint(db, area=None, about=[desk])
    assert holders.stand_in(db, row) is Fallback.LAST_RESORT
    assert sees(db, row, last)
    assert not sees(db, row, desk)
    known = accounts.signed_in(db, last.id)
    assert known is not None
    assert access.roles_in(row, known) >= {Role.CUSTOMER_SERVICE, Role.HEAD_OF_PRACTICE}


def test_where_even_they_are_barred_a_person_outside_the_list_has_it(db: Session) -> None:
    desk = a_desk(db)
    last = a_head(db, "Lena Last", areas=["west"], last_resort=Fallback.LAST_RESORT)
    outside = a_manager(db, "Ola Outside", last_resort=Fallback.OUTSIDE)
    row = a_complaint(db, area=None, about=[desk, last])
    assert holders.stand_in(db, row) is Fallback.OUTSIDE
    assert notifications.notify(db, row, None, now=moment().now) == 1
    assert sent_to(db) == [outside.email]


def test_who_is_away_is_stood_in_for_and_what_the_deputy_may_not_have_is_handed_on(
    db: Session, ada: Person
) -> None:
    a_head(db)
    manager, deputy = a_manager(db), a_manager(db, "Dee Deputy")
    row, barred = allocated(db, manager), allocated(db, manager, about=[deputy])
    absence = Absence(deputy_id=deputy.id, until=date(2026, 3, 9))
    with pytest.raises(NeedsSomebodyFirst) as refused:
        staffing.go_away(db, ada, manager.id, absence, moment())
    assert refused.value.case_ids == (barred.id,)
    staffing.go_away(db, ada, manager.id, absence, moment(), stand_in=True)
    assert (barred.manager_id, barred.stage) == (None, Stage.ACKNOWLEDGED)
    assert last_line(db, barred, "taken_back").facts == {"from": "away"}
    assert sees(db, row, deputy)
    assert not sees(db, barred, deputy)
    assert notifications.notify(db, row, None, now=moment().now) == 1
    assert deputy.email in sent_to(db)
    staffing.come_back(db, ada, manager.id, moment())
    assert not sees(db, row, deputy)


def test_the_deputy_of_a_head_acts_as_the_head_there_and_nowhere_else(
    db: Session, ada: Person
) -> None:
    head, deputy = a_head(db), a_manager(db, "Dee Deputy")
    row, elsewhere = a_complaint(db), a_complaint(db, area="west")
    staffing.go_away(db, ada, head.id, Absence(deputy_id=deputy.id), moment())
    known = accounts.signed_in(db, deputy.id)
    assert known is not None
    assert Role.HEAD_OF_PRACTICE in access.roles_in(row, known)
    assert sees(db, row, deputy)
    assert not sees(db, elsewhere, deputy)


def test_where_the_head_is_named_their_deputy_comes_before_customer_service(db: Session) -> None:
    a_desk(db)
    deputy = a_manager(db, "Dee Deputy")
    head = a_head(db, deputy_id=deputy.id)
    row = a_complaint(db, about=[head])
    assert holders.stand_in(db, row) is Fallback.DEPUTY
    assert sees(db, row, deputy)
    assert not sees(db, a_complaint(db), deputy), "of all others the Head has them"


@pytest.mark.parametrize("who", ["nobody", "self", "practitioner", "closed", "away"])
def test_a_deputy_is_somebody_else_who_works_with_cases_and_is_here(
    db: Session, ada: Person, who: str
) -> None:
    manager = a_manager(db)
    deputies = {
        "nobody": "none",
        "self": manager.id,
        "practitioner": a_person(db).id,
        "closed": a_manager(db, "Gone", closed_at=moment().now).id,
        "away": a_manager(db, "Away", away_on=moment().today).id,
    }
    with pytest.raises(Incomplete):
        staffing.go_away(db, ada, manager.id, Absence(deputy_id=deputies[who]), moment())


def test_a_manager_who_moves_to_another_area_hands_on_first(db: Session, ada: Person) -> None:
    a_head(db)
    manager = a_manager(db, email="max@example.org")
    an_office(db, "westham", area="west")
    allocated(db, manager)
    moved = Particulars(
        name="Max Manager",
        role=Role.LOCAL_MANAGER,
        email="max@example.org",
        offices=frozenset({"westham"}),
    )
    with pytest.raises(NeedsSomebodyFirst):
        staffing.change(db, ada, manager.id, moved, moment())


def test_two_people_stay_named_for_what_nobody_else_may_have(db: Session, ada: Person) -> None:
    first, second, third = (
        a_desk(db, name, last_resort=Fallback.LAST_RESORT, password_hash="set")
        for name in ("One", "Two", "Three")
    )
    assert staffing.named_for_last_resort(db) == 3
    staffing.close(db, ada, third.id, moment())
    with pytest.raises(LastResortNeeded):
        staffing.close(db, ada, second.id, moment())
    second.closed_at, second.password_hash = None, "set"
    with pytest.raises(LastResortNeeded):
        staffing.name_for_last_resort(db, ada, first.id, None, moment())
    with pytest.raises(Incomplete):
        staffing.name_for_last_resort(db, ada, a_manager(db).id, Fallback.LAST_RESORT, moment())


def test_who_is_named_keeps_a_role_in_which_they_can_have_it(db: Session, ada: Person) -> None:
    named = {"last_resort": Fallback.LAST_RESORT, "password_hash": "set"}
    first, _second = a_desk(db, "One", **named), a_desk(db, "Two", **named)
    there, manager = frozenset({"eastham"}), Role.LOCAL_MANAGER
    moved = Particulars(name="One", role=manager, email="one@example.org", offices=there)
    with pytest.raises(LastResortNeeded):
        staffing.change(db, ada, first.id, moved, moment(), stand_in=True)


def test_nobody_is_named_who_could_open_no_case(db: Session, ada: Person) -> None:
    keeper = a_person(db, "Kit Keys", role=Role.ADMINISTRATOR)
    with pytest.raises(Incomplete):
        staffing.name_for_last_resort(db, ada, keeper.id, Fallback.OUTSIDE, moment())
    keeper.last_resort = Fallback.OUTSIDE
    row = a_complaint(db, area=None, about=[a_desk(db)])
    assert holders.stand_in(db, row) is Fallback.LAST_RESORT, "it waits for somebody to be named"


def test_somebody_outside_the_list_stays_named(db: Session, ada: Person) -> None:
    first, second = (
        a_desk(db, name, last_resort=Fallback.OUTSIDE, password_hash="set")
        for name in ("One", "Two")
    )
    staffing.close(db, ada, second.id, moment())
    with pytest.raises(LastResortNeeded):
        staffing.close(db, ada, first.id, moment())


def test_what_waits_for_somebody_who_left_goes_to_who_has_the_case(
    db: Session, ada: Person
) -> None:
    head, other = a_head(db), a_head(db, "Olu Other")
    row = a_complaint(db)
    notifications.notify(db, row, None, now=moment().now)
    staffing.close(db, ada, head.id, moment())
    assert sent_to(db) == [other.email]


def test_only_an_administrator_hands_on_and_sees_nothing_of_a_case(db: Session) -> None:
    head, manager = person_of(a_head(db)), a_manager(db)
    row = allocated(db, manager)
    with pytest.raises(NotFound):
        handing_on.held_by(db, head, manager.id)
    with pytest.raises(NotFound):
        handing_on.hand_on(db, head, manager.id, {row.id: TO_HEAD}, moment())
    assert lines(db, row) == []
    ada = person_of(a_person(db, "Ada Admin", role=Role.ADMINISTRATOR))
    with pytest.raises(NotFound):
        access.find(db, row.id, ada)
    assert not set(vars(handing_on.held_by(db, ada, manager.id)[0])) & {"name", "statement"}


def test_people_are_changed_only_where_their_cases_are_seen_to() -> None:
    """Whoever closes or changes a person without it could leave a case to nobody."""
    src = Path(staffing.__file__).parents[3]
    callers = [
        path.name
        for path in src.rglob("*.py")
        if path.name != "people.py" and "people.close(" in path.read_text()
    ]
    assert callers == ["staffing.py"]

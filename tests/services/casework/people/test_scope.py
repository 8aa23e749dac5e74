"""Scope is area and owner: what somebody had does not follow them (paragraphs 31 and 31a)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import Role
from kids_feedback.services.accounts import accounts
from kids_feedback.services.accounts.people import Particulars
from kids_feedback.services.case import access
from kids_feedback.services.case.people import holders
from kids_feedback.services.casework.people import handing_on, staffing
from kids_feedback.services.casework.people.handing_on import TO_HEAD
from kids_feedback.services.casework.people.staffing import Absence
from kids_feedback.services.child import replies
from kids_feedback.services.errors import NeedsSomebodyFirst
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow
from tests.make import a_complaint, a_person, an_office, person_of
from tests.services.acts import MONDAY, a_childs_act, a_head, a_manager, lines, moment, sent_to

MAX = {"name": "Max Manager", "email": "max@example.org"}
Goes = Callable[[Session, PersonRow], None]


def particulars(**changed: Any) -> Particulars:
    return Particulars(
        **{**MAX, "role": Role.LOCAL_MANAGER, "offices": frozenset({"eastham"}), **changed}
    )


def changes(**changed: Any) -> Goes:
    def go(db: Session, manager: PersonRow) -> None:
        ada = person_of(a_person(db, "Ada Admin", role=Role.ADMINISTRATOR))
        staffing.change(db, ada, manager.id, particulars(**changed), moment())

    return go


def leaves(db: Session, manager: PersonRow) -> None:
    ada = person_of(a_person(db, "Ada Admin", role=Role.ADMINISTRATOR))
    staffing.close(db, ada, manager.id, moment())


GOES = [
    pytest.param(changes(offices=frozenset({"westham"})), id="to another area"),
    pytest.param(
        changes(role=Role.HEAD_OF_PRACTICE, offices=frozenset(), areas=frozenset({"west"})),
        id="becomes the Head elsewhere",
    ),
    pytest.param(changes(role=Role.CUSTOMER_SERVICE, offices=frozenset()), id="another role"),
    pytest.param(changes(role=Role.ADMINISTRATOR, offices=frozenset()), id="an administrator"),
    pytest.param(changes(role=None), id="signs in no more"),
    pytest.param(leaves, id="leaves"),
]


def seen_by(db: Session, person: PersonRow) -> set[str]:
    """Return the ids of what somebody sees, as they are let in now."""
    known = accounts.signed_in(db, person.id)
    return set(db.scalars(select(Case.id).where(access.visible_to(db, known)))) if known else set()


def a_desk_of(db: Session) -> tuple[PersonRow, Case, Case]:
    """Return a manager in east with an open case and one that is closed."""
    an_office(db, "westham", area="west")
    a_head(db, email="hana@example.org")
    manager = a_manager(db, email="max@example.org")
    row = a_complaint(db, manager=manager, stage=Stage.ALLOCATED)
    closed = a_complaint(
        db,
        manager=manager,
        stage=Stage.CLOSED,
        talk_on=MONDAY,
        delivered_on=MONDAY,
        closed_on=MONDAY,
    )
    assert seen_by(db, manager) == {row.id, closed.id}
    return manager, row, closed


@pytest.mark.parametrize("go", GOES)
def test_nobody_goes_before_what_is_open_is_handed_on(db: Session, go: Goes) -> None:
    manager, row, _ = a_desk_of(db)
    with pytest.raises(NeedsSomebodyFirst) as refused:
        go(db, manager)
    assert refused.value.case_ids == (row.id,)


@pytest.mark.parametrize("to", ["head", "colleague"])
@pytest.mark.parametrize("go", GOES)
def test_nothing_that_somebody_had_opens_for_them_afterwards(
    db: Session, go: Goes, to: str
) -> None:
    """Closed cases either; and whatever the child does then is for who has it."""
    manager, row, closed = a_desk_of(db)
    colleague = a_manager(db, "Olu Other", email="olu@example.org")
    ada = person_of(a_person(db, "Ivo Admin", role=Role.ADMINISTRATOR))
    whom = {"head": TO_HEAD, "colleague": colleague.id}[to]
    handing_on.hand_on(db, ada, manager.id, {row.id: whom}, moment())
    assert lines(db, row)[-1] == {"head": "taken_back", "colleague": "handed_on"}[to]
    go(db, manager)
    assert not seen_by(db, manager)
    assert holders.is_held(db, row)

    for case in (row, closed):
        before = sent_to(db)
        replies.send_more(a_childs_act(db, case, date(2026, 3, 3)), "It happened again.")
        after = sent_to(db)
        heard = "olu@example.org" if case is row and to == "colleague" else "hana@example.org"
        assert after.count(heard) > before.count(heard)
        assert "max@example.org" not in after


def test_who_moves_within_the_area_keeps_what_they_have(db: Session) -> None:
    an_office(db, "eastwick")
    manager, row, closed = a_desk_of(db)
    changes(offices=frozenset({"eastwick"}))(db, manager)
    assert seen_by(db, manager) == {row.id, closed.id}


def test_a_deputy_has_what_the_absent_manager_has_there_and_nothing_from_before(
    db: Session,
) -> None:
    manager, row, closed = a_desk_of(db)
    ada = person_of(a_person(db, "Ivo Admin", role=Role.ADMINISTRATOR))
    handing_on.hand_on(db, ada, manager.id, {row.id: TO_HEAD}, moment())
    changes(offices=frozenset({"westham"}))(db, manager)
    a_head(db, "Hugo Head", areas=["west"])
    there = a_complaint(db, area="west", manager=manager, stage=Stage.ALLOCATED)
    deputy = a_manager(db, "Dee Deputy", offices=["westham"])
    staffing.go_away(db, ada, manager.id, Absence(deputy_id=deputy.id), moment())
    assert seen_by(db, deputy) == {there.id}
    assert closed.id not in seen_by(db, manager)


def test_a_case_that_no_longer_lies_with_its_managers_area_is_nobodys(db: Session) -> None:
    """However it came to that: what they can't see, they do not have."""
    manager, row, _ = a_desk_of(db)
    manager.offices = [an_office(db, "westham", area="west")]
    db.flush()
    assert holders.holders(db, row, Role.LOCAL_MANAGER) == []
    assert row.id in holders.nobodys(db)

"""Naming who is complained about. docs/procedure.md, paragraph 31."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.domain.people import Fallback, Person, Role
from kids_feedback.services.case import access, events
from kids_feedback.services.case.act import Saved
from kids_feedback.services.case.people import colleagues, complained_about
from kids_feedback.services.casework import conflicts, workflow
from kids_feedback.services.casework.conflicts import NamedPerson
from kids_feedback.services.errors import ConflictOfInterest, Incomplete, NobodySaidWho
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.people import PersonRow
from tests.make import a_complaint, a_person, person_of
from tests.services.acts import (
    MONDAY,
    a_head,
    a_manager,
    an_act,
    done,
    having_read,
    last_line,
    sent_to,
)


def name(db: Session, row: Case, person: Person, *workers: NamedPerson, reason: str = "") -> Saved:
    return conflicts.name_worker(
        having_read(an_act(db, row, person)), workers=workers, reason=reason
    )


def named(db: Session, row: Case) -> dict[str, bool]:
    rows = db.scalars(select(PersonComplainedAbout).where(PersonComplainedAbout.case_id == row.id))
    return {about.person_id: about.line_manager_may for about in rows}


def test_naming_replaces_the_namesakes(db: Session) -> None:
    head, row = person_of(a_head(db)), a_complaint(db, about=[a_person(db), a_person(db)])
    worker = a_person(db, "Ada Moss of Eastham")
    saved = name(db, row, head, NamedPerson(person_id=worker.id))
    assert saved.still_theirs
    assert named(db, row) == {worker.id: False}
    facts = last_line(db, row, "name_worker").facts
    assert facts == {"people": [worker.id], "line_manager_may": []}


def test_nobody_in_particular_can_be_named(db: Session) -> None:
    head, row = person_of(a_head(db)), a_complaint(db, about=[a_person(db)])
    name(db, row, head)
    assert named(db, row) == {}


def test_a_line_manager_may_have_it_for_a_recorded_reason(db: Session) -> None:
    head, manager = person_of(a_head(db)), a_manager(db)
    worker = a_person(db, line_manager=manager)
    row = a_complaint(db, stage=Stage.ALLOCATED, manager=manager)
    allowed = NamedPerson(person_id=worker.id, line_manager_may=True)
    with pytest.raises(Incomplete) as refused:
        name(db, row, head, allowed)
    assert refused.value.missing == ("reason",)
    name(db, row, head, allowed, reason="Manages them since today.")
    assert named(db, row) == {worker.id: True}
    assert row.manager_id == manager.id
    assert last_line(db, row, "name_worker").note == "Manages them since today."


def test_what_was_decided_before_needs_no_new_reason(db: Session) -> None:
    head, worker = person_of(a_head(db)), a_person(db, line_manager=a_manager(db))
    row = a_complaint(db)
    allowed = NamedPerson(person_id=worker.id, line_manager_may=True)
    name(db, row, head, allowed, reason="Nobody else.")
    name(db, row, head, allowed)
    assert named(db, row) == {worker.id: True}


def test_nobody_decides_that_they_themselves_may_have_it(db: Session) -> None:
    head = a_head(db)
    worker, row = a_person(db, line_manager=head), a_complaint(db)
    with pytest.raises(ConflictOfInterest):
        name(
            db,
            row,
            person_of(head),
            NamedPerson(person_id=worker.id, line_manager_may=True),
            reason="I",
        )


def test_only_people_who_work_here_can_be_named(db: Session) -> None:
    head, row = person_of(a_head(db)), a_complaint(db)
    with pytest.raises(NotFound):
        name(db, row, head, NamedPerson(person_id="nobody"))


def test_only_the_head_of_practice_names(db: Session) -> None:
    manager = a_manager(db)
    row = a_complaint(db, stage=Stage.ALLOCATED, manager=manager)
    with pytest.raises(StepNotOpen):
        name(db, row, person_of(manager))


@pytest.mark.parametrize("stage", [Stage.ALLOCATED, Stage.TALKED, Stage.WRITTEN, Stage.APPROVED])
def test_a_manager_who_is_named_loses_the_case(db: Session, stage: Stage) -> None:
    head, manager = person_of(a_head(db)), a_manager(db)
    row = a_complaint(db, stage=stage, manager=manager, talk_on=MONDAY)
    saved = name(db, row, head, NamedPerson(person_id=manager.id))
    assert (saved.stage, saved.next_step) == (Stage.ACKNOWLEDGED, Step.ALLOCATE)
    assert row.manager_id is None
    assert done(db, row) == ["name_worker", "taken_back"]
    facts = last_line(db, row, "taken_back").facts
    assert facts == {"from": "manager"}


def test_a_manager_whose_worker_is_named_loses_the_case(db: Session) -> None:
    head, manager = person_of(a_head(db)), a_manager(db)
    row = a_complaint(db, stage=Stage.ALLOCATED, manager=manager)
    name(db, row, head, NamedPerson(person_id=a_person(db, line_manager=manager).id))
    assert row.manager_id is None


def test_a_delivered_answer_stays_delivered(db: Session) -> None:
    head, manager = person_of(a_head(db)), a_manager(db)
    row = a_complaint(db, stage=Stage.DELIVERED, manager=manager, talk_on=MONDAY)
    saved = name(db, row, head, NamedPerson(person_id=manager.id))
    assert (saved.stage, row.manager_id) == (Stage.DELIVERED, None)


def test_another_head_of_practice_of_the_area_goes_on(db: Session) -> None:
    head, other = a_head(db), a_head(db, "Olu Head")
    row, worker = a_complaint(db), a_person(db, line_manager=head)
    saved = name(db, row, person_of(head), NamedPerson(person_id=worker.id))
    assert not saved.still_theirs
    assert row.area_code == "east"
    assert done(db, row) == ["name_worker"]
    assert other.id != head.id


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.ACKNOWLEDGED])
def test_where_nobody_there_may_have_it_customer_service_stands_in(
    db: Session, stage: Stage
) -> None:
    head = a_head(db)
    desk = a_person(db, "Cleo Desk", role=Role.CUSTOMER_SERVICE)
    row = a_complaint(db, stage=stage, office="eastham")
    saved = name(db, row, person_of(head), NamedPerson(person_id=head.id))
    assert (row.area_code, row.fallback) == ("east", Fallback.CUSTOMER_SERVICE)
    assert not saved.still_theirs
    assert last_line(db, row, "handed_up").facts == {"to": "customer_service", "told": 1}
    assert sent_to(db) == [desk.email]
    assert access.find(db, row.id, person_of(desk)) is row


def possibly(db: Session, row: Case, *people: PersonRow) -> None:
    db.add_all(
        PersonComplainedAbout(case_id=row.id, person_id=person.id, certain=False)
        for person in people
    )
    db.flush()


TYPED = {"happened": "She forgot me.", "worker": "Hazel", "town": "Leicester"}


def test_what_the_child_typed_stands_beside_whom_it_may_mean(db: Session) -> None:
    head, hazel = person_of(a_head(db)), a_person(db, "Hazel Quill")
    row = a_complaint(db, statement=TYPED, about=[a_person(db, "Ada Moss")])
    possibly(db, row, hazel)
    found = complained_about.of_case(an_act(db, row, head))
    assert (found.typed, found.town, found.is_settled) == (("Hazel",), "Leicester", False)
    assert [(item.worker.name, item.certain) for item in found.people] == [
        ("Hazel Quill", False),
        ("Ada Moss", True),
    ]


@pytest.mark.parametrize("fits", ["nobody", "hazel"])
def test_nothing_is_given_away_before_staff_have_said_who_it_is(db: Session, fits: str) -> None:
    head, manager = person_of(a_head(db)), a_manager(db)
    hazel = a_person(db, "Hazel Quill")
    row = a_complaint(db, stage=Stage.ACKNOWLEDGED, statement=TYPED)
    if fits == "hazel":
        possibly(db, row, hazel)
    with pytest.raises(NobodySaidWho):
        workflow.allocate(having_read(an_act(db, row, head)), manager_id=manager.id)
    with pytest.raises(Incomplete) as refused:
        name(db, row, head)
    assert refused.value.missing == ("people",)
    conflicts.name_worker(having_read(an_act(db, row, head)), workers=[], none_of_them=True)
    assert named(db, row) == {}
    not_meant = {"not_meant": [hazel.id]} if fits == "hazel" else {}
    assert last_line(db, row, "name_worker").facts == {
        "people": [],
        "line_manager_may": [],
        **not_meant,
    }
    workflow.allocate(having_read(an_act(db, row, head)), manager_id=manager.id)
    assert row.manager_id == manager.id


def test_this_is_who_makes_one_certain_and_lets_the_others_see_it_again(db: Session) -> None:
    head, meant = person_of(a_head(db)), a_manager(db, "Hazel Quill")
    other = a_manager(db, "Hazel Brown")
    row = a_complaint(db, statement=TYPED)
    possibly(db, row, meant, other)
    assert colleagues.managers_of(db, row.id, "east") == []
    name(db, row, head, NamedPerson(person_id=meant.id))
    assert [item.certain for item in db.scalars(select(PersonComplainedAbout))] == [True]
    assert colleagues.managers_of(db, row.id, "east") == [other]
    assert complained_about.of_case(an_act(db, row, head)).is_settled


def test_nobody_who_may_be_meant_says_who_it_is(db: Session) -> None:
    a_head(db)
    hazel = a_head(db, "Hazel Quill")
    row = a_complaint(db, statement=TYPED)
    possibly(db, row, hazel)
    with pytest.raises(NotFound):
        conflicts.name_worker(
            having_read(an_act(db, row, person_of(hazel))), workers=[], none_of_them=True
        )


def test_customer_service_says_who_it_is_where_no_area_has_it(db: Session) -> None:
    hazel = a_head(db, "Hazel Quill")
    desk = person_of(a_person(db, "Cosmo Wren", role=Role.CUSTOMER_SERVICE))
    row = a_complaint(db, area=None, statement=TYPED)
    possibly(db, row, hazel)
    saved = conflicts.name_worker(having_read(an_act(db, row, desk)), workers=[], none_of_them=True)
    assert (saved.still_theirs, saved.next_step) == (True, Step.ROUTE)
    workflow.route(an_act(db, row, desk), area="east")
    assert access.find(db, row.id, person_of(hazel)) is row
    with pytest.raises(NotFound):
        conflicts.name_worker(having_read(an_act(db, row, desk)), workers=[])


def test_customer_service_who_names_one_of_theirs_keeps_the_case_there(db: Session) -> None:
    desk = a_person(db, "Cosmo Wren", role=Role.CUSTOMER_SERVICE)
    row = a_complaint(db, area=None, statement=TYPED)
    saved = name(db, row, person_of(desk), NamedPerson(person_id=desk.id))
    assert not saved.still_theirs
    assert done(db, row) == ["name_worker"], "it was in no area that it could leave"


def test_a_name_typed_later_asks_again(db: Session) -> None:
    head, row = person_of(a_head(db)), a_complaint(db, statement=TYPED)
    conflicts.name_worker(having_read(an_act(db, row, head)), workers=[], none_of_them=True)
    later = an_act(db, row, head)
    events.add_event(
        db, row, Step.ADD, person_id=None, now=later.now, today=MONDAY, note='{"worker": "Basil"}'
    )
    found = complained_about.of_case(later)
    assert (found.typed, found.is_settled) == (("Hazel", "Basil"), False)


def test_where_nothing_was_typed_nobody_need_be_named(db: Session) -> None:
    head, manager = person_of(a_head(db)), a_manager(db)
    row = a_complaint(db, stage=Stage.ACKNOWLEDGED, statement={"worker": " ?! "})
    workflow.allocate(having_read(an_act(db, row, head)), manager_id=manager.id)
    assert row.manager_id == manager.id

"""Naming who is complained about. docs/procedure.md, paragraph 31."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.domain.people import Person
from kids_feedback.services.case.act import Saved
from kids_feedback.services.casework import conflicts
from kids_feedback.services.casework.conflicts import NamedPerson
from kids_feedback.services.errors import ConflictOfInterest, Incomplete, NoHeadOfPractice
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from tests.make import a_complaint, a_person, person_of
from tests.services.acts import MONDAY, a_head, a_manager, an_act, last_line, lines, sent_to
from tests.services.alarming import a_desk


def name(db: Session, row: Case, person: Person, *workers: NamedPerson, reason: str = "") -> Saved:
    return conflicts.name_worker(an_act(db, row, person), workers=workers, reason=reason)


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
    assert lines(db, row) == ["name_worker", "taken_back"]
    facts = last_line(db, row, "taken_back").facts
    assert facts == {"from": "manager", "stage": stage.value, "stage_now": "acknowledged"}


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
    row = a_complaint(db)
    saved = name(
        db, row, person_of(head), NamedPerson(person_id=a_person(db, line_manager=head).id)
    )
    assert not saved.still_theirs
    assert row.area_code == "east"
    assert lines(db, row) == ["name_worker"]
    assert other.id != head.id


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.TALKED])
def test_where_nobody_there_may_have_it_customer_service_gets_it_back(
    db: Session, stage: Stage
) -> None:
    head, desk = a_head(db), a_desk(db)
    talk_on = MONDAY if stage is Stage.TALKED else None
    row = a_complaint(db, stage=stage, office="eastham", talk_on=talk_on)
    saved = name(db, row, person_of(head), NamedPerson(person_id=head.id))
    assert (row.area_code, row.office_code, saved.next_step) == (None, None, Step.ROUTE)
    assert not saved.still_theirs
    assert last_line(db, row, "taken_back").facts["from"] == "area"
    assert sent_to(db) == [desk.email], "and is told"


def test_a_delivered_case_is_not_left_to_nobody(db: Session) -> None:
    head = a_head(db)
    row = a_complaint(db, stage=Stage.DELIVERED, talk_on=MONDAY)
    with pytest.raises(NoHeadOfPractice):
        name(db, row, person_of(head), NamedPerson(person_id=head.id))

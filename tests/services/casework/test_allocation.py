"""Giving a case to a local manager who may have it, and finding who it is about.

docs/procedure.md, paragraphs 17 and 20.
"""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.case.people import colleagues
from kids_feedback.services.casework import conflicts, workflow
from kids_feedback.services.casework.conflicts import NamedPerson
from kids_feedback.services.errors import ConflictOfInterest, Incomplete
from tests.make import a_complaint, a_person, an_office, person_of
from tests.services.acts import (
    MONDAY,
    a_head,
    a_manager,
    an_act,
    done,
    having_read,
    last_line,
    moment,
    sent_to,
)


def test_a_head_of_practice_gives_it_to_a_local_manager(db: Session) -> None:
    head, manager = person_of(a_head(db)), a_manager(db)
    row = a_complaint(db, stage=Stage.ACKNOWLEDGED)
    assert [person.id for person in colleagues.candidates(an_act(db, row, head))] == [manager.id]
    saved = workflow.allocate(having_read(an_act(db, row, head)), manager_id=manager.id)
    assert (saved.stage, saved.next_step) == (Stage.ALLOCATED, Step.LOG_ATTEMPT)
    assert row.manager_id == manager.id
    assert last_line(db, row, "give").facts == {"manager": manager.id}
    assert sent_to(db) == [manager.email]


def test_a_case_that_is_worked_on_changes_hands_and_keeps_its_stage(db: Session) -> None:
    head, second = person_of(a_head(db)), a_manager(db, "Second")
    row = a_complaint(db, stage=Stage.TALKED, talk_on=MONDAY, manager=a_manager(db))
    workflow.allocate(having_read(an_act(db, row, head)), manager_id=second.id)
    assert (row.stage, row.manager_id) == (Stage.TALKED, second.id)


def test_a_child_who_has_talked_need_not_say_it_all_again(db: Session) -> None:
    head, manager = person_of(a_head(db)), a_manager(db)
    row = a_complaint(db, stage=Stage.ACKNOWLEDGED, talk_on=MONDAY)
    saved = workflow.allocate(having_read(an_act(db, row, head)), manager_id=manager.id)
    assert (saved.stage, saved.next_step) == (Stage.TALKED, Step.WRITE)
    assert row.next_due_on == row.answer_by


def test_the_person_complained_about_is_no_candidate_and_cannot_be_given_it(db: Session) -> None:
    head, named = person_of(a_head(db)), a_manager(db)
    row = a_complaint(db, stage=Stage.ACKNOWLEDGED, about=[named])
    assert colleagues.candidates(an_act(db, row, head)) == ()
    with pytest.raises(ConflictOfInterest):
        workflow.allocate(having_read(an_act(db, row, head)), manager_id=named.id)
    assert sent_to(db) == []


def test_their_line_manager_is_no_candidate_and_is_given_it_only_with_a_reason(
    db: Session,
) -> None:
    head, manager = person_of(a_head(db)), a_manager(db)
    worker = a_person(db, line_manager=manager)
    row = a_complaint(db, stage=Stage.ACKNOWLEDGED, about=[worker])
    assert colleagues.candidates(an_act(db, row, head)) == ()
    leading = colleagues.barred_line_managers(an_act(db, row, head))
    assert [person.id for person in leading] == [manager.id]
    with pytest.raises(Incomplete) as refused:
        workflow.allocate(having_read(an_act(db, row, head)), manager_id=manager.id)
    assert refused.value.missing == ("reason",)
    given = workflow.allocate(
        having_read(an_act(db, row, head)), manager_id=manager.id, reason="Knows her."
    )
    assert (given.stage, row.manager_id) == (Stage.ALLOCATED, manager.id)
    line = last_line(db, row, "name_worker")
    assert (line.facts["line_manager_may"], line.note) == ([worker.id], "Knows her.")
    assert sent_to(db) == [manager.email], "who may have it by now is told"


def test_a_line_manager_who_takes_over_leaves_the_case_and_what_was_decided_as_they_are(
    db: Session,
) -> None:
    head, manager, other = person_of(a_head(db)), a_manager(db), a_manager(db, "Second")
    theirs, others = a_person(db, line_manager=manager), a_person(db, line_manager=other)
    row = a_complaint(db, stage=Stage.WRITTEN, talk_on=MONDAY, manager=other, about=[others])
    conflicts.name_worker(
        having_read(an_act(db, row, head)),
        workers=[
            NamedPerson(person_id=others.id, line_manager_may=True),
            NamedPerson(person_id=theirs.id),
        ],
        reason="Nobody else.",
    )
    workflow.allocate(
        having_read(an_act(db, row, head)), manager_id=manager.id, reason="Knows her."
    )
    assert (row.stage, row.manager_id) == (Stage.WRITTEN, manager.id)
    assert done(db, row) == ["name_worker", "name_worker", "give"]
    allowed = last_line(db, row, "name_worker").facts["line_manager_may"]
    assert set(allowed) == {theirs.id, others.id}


def test_who_is_complained_about_is_not_given_it_with_a_reason_either(db: Session) -> None:
    head, manager = person_of(a_head(db)), a_manager(db)
    both = [manager, a_person(db, line_manager=manager)]
    row = a_complaint(db, stage=Stage.ACKNOWLEDGED, about=both)
    with pytest.raises(ConflictOfInterest):
        workflow.allocate(
            having_read(an_act(db, row, head)), manager_id=manager.id, reason="Knows her."
        )
    assert row.manager_id is None


def test_only_a_local_manager_of_the_area_who_still_works_here_is_given_it(db: Session) -> None:
    head = a_head(db)
    an_office(db, "westham", area="west")
    others = [
        head.id,
        a_manager(db, "Wes Manager", offices=["westham"]).id,
        a_manager(db, "Gone Manager", closed_at=moment().now).id,
        a_person(db, "Ada Moss", offices=["eastham"]).id,
        "nobody",
    ]
    row = a_complaint(db, stage=Stage.ACKNOWLEDGED)
    assert colleagues.candidates(an_act(db, row, person_of(head))) == ()
    for manager_id in others:
        with pytest.raises(NotFound):
            workflow.allocate(having_read(an_act(db, row, person_of(head))), manager_id=manager_id)


def test_nobody_who_is_away_is_given_a_case(db: Session) -> None:
    """Their deputy has it then, who may be the one it is about."""
    head, named = person_of(a_head(db)), a_manager(db)
    away = a_manager(db, "Mia Manager", away_on=MONDAY, deputy_id=named.id)
    row = a_complaint(db, stage=Stage.ACKNOWLEDGED, about=[named])
    assert colleagues.candidates(an_act(db, row, head)) == ()
    with pytest.raises(NotFound):
        workflow.allocate(having_read(an_act(db, row, head)), manager_id=away.id)


def test_workers_are_found_by_area_or_by_name(db: Session) -> None:
    head, row = person_of(a_head(db)), a_complaint(db)
    an_office(db, "westham", area="west")
    near = a_person(db, "Ada Moss", offices=["eastham"])
    far = a_person(db, "Ada_West Moss", offices=["westham"])
    gone = a_person(db, "Ada Gone", offices=["eastham"], closed_at=moment().now, line_manager=near)
    a_person(db, "Ada Past", offices=["eastham"], closed_at=datetime(2024, 3, 1, tzinfo=UTC))
    here = colleagues.workers(an_act(db, row, head))
    assert [person.id for person in here] == [gone.id, near.id]
    assert (here[0].has_left, here[0].places, here[0].line_manager) == (
        True,
        ("Eastham",),
        "Ada Moss",
    )
    for typed in (" ÁDA ", "Adda Moss", "moss, Ada"):
        found = colleagues.workers(an_act(db, row, head), text=typed)
        assert near.id in {item.id for item in found}, typed
    assert {item.id for item in colleagues.workers(an_act(db, row, head), text="ada")} == {
        near.id,
        far.id,
        gone.id,
    }
    for typed in ("a_w", "West"):
        part = colleagues.workers(an_act(db, row, head), text=typed)
        assert [person.name for person in part] == [far.name]
    assert colleagues.workers(an_act(db, row, head), text="%\0") == ()

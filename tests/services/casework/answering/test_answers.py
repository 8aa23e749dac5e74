"""The written answer: drafted, checked, approved or sent back.

docs/procedure.md, paragraphs 10 and 34 to 37.
"""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.answer import NEEDED, PARTS
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.errors import EditConflict, NotFound, StepNotOpen
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.case.alarms import has_opened
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.errors import Incomplete, SelfApproval, WordsNotOpened
from kids_feedback.storage.tables.casework import Answer
from kids_feedback.storage.tables.people import PersonRow
from tests.make import person_of
from tests.services.acts import (
    WHOLE,
    a_head,
    a_manager,
    an_act,
    last_line,
    lines,
    moment,
    open_words,
    sent_to,
)
from tests.services.casework.answering.written import talked, written


def test_nothing_is_written_yet(db: Session) -> None:
    row, manager = talked(db)
    page = answers.read(an_act(db, row, manager))
    assert page.parts == dict.fromkeys(PARTS, "")
    assert page.may_write
    assert page.version == row.version
    assert (page.written_by, page.approved_by) == (None, None)


def test_a_draft_may_be_empty_in_places_and_keeps_what_was_there(db: Session) -> None:
    row, manager = talked(db)
    saved = answers.save(an_act(db, row, manager), parts={"outcome": "<p>Yes.</p>", "wants": ""})
    assert (saved.stage, saved.next_step) == (Stage.TALKED, Step.WRITE)
    answers.save(an_act(db, row, manager, seen=row.version), parts={"wants": "<p>Ask me.</p>"})
    page = answers.read(an_act(db, row, manager))
    assert (page.parts["outcome"], page.parts["wants"]) == ("<p>Yes.</p>", "<p>Ask me.</p>")
    assert (page.written_by, page.saved_at) == ("Max Manager", moment().now)
    assert lines(db, row) == ["write"]


def test_an_answer_can_be_begun_before_the_talk(db: Session) -> None:
    row, manager = talked(db, stage=Stage.ALLOCATED, talk_on=None)
    answers.save(an_act(db, row, manager), parts=WHOLE)
    with pytest.raises(StepNotOpen):
        answers.submit(an_act(db, row, manager))


def test_an_answer_has_no_other_parts(db: Session) -> None:
    row, manager = talked(db)
    with pytest.raises(ValueError, match="upheld"):
        answers.save(an_act(db, row, manager), parts={"upheld": "no"})


def test_what_somebody_else_saved_is_not_written_over(db: Session) -> None:
    row, manager = talked(db)
    seen = row.version
    answers.save(an_act(db, row, manager, seen=seen), parts={"outcome": "first"})
    with pytest.raises(EditConflict):
        answers.save(an_act(db, row, manager, seen=seen), parts={"outcome": "second"})
    assert answers.read(an_act(db, row, manager)).parts["outcome"] == "first"


@pytest.mark.parametrize("part", NEEDED)
def test_an_answer_without_a_part_is_not_sent_to_be_checked(db: Session, part: str) -> None:
    row, manager = talked(db)
    with pytest.raises(Incomplete) as refused:
        answers.submit(an_act(db, row, manager), parts={**WHOLE, part: "<p></p>"})
    assert refused.value.missing == (part,)
    assert row.stage is Stage.TALKED


def test_nothing_at_all_is_not_sent_to_be_checked(db: Session) -> None:
    row, manager = talked(db)
    with pytest.raises(Incomplete) as refused:
        answers.submit(an_act(db, row, manager))
    assert refused.value.missing == NEEDED


def test_a_whole_answer_waits_for_the_head_of_practice_who_is_told(db: Session) -> None:
    head = a_head(db)
    row, manager = talked(db)
    answers.save(an_act(db, row, manager), parts=WHOLE)
    saved = answers.submit(an_act(db, row, manager))
    assert (saved.stage, saved.next_step) == (Stage.WRITTEN, Step.APPROVE)
    assert row.next_due_on == row.answer_by
    assert sent_to(db) == [head.email]


def test_a_child_who_wants_no_contact_is_answered_without_a_talk(db: Session) -> None:
    row, manager = talked(db, stage=Stage.ALLOCATED, talk_on=None, method=Method.NONE)
    assert row.next_step is Step.WRITE
    assert answers.submit(an_act(db, row, manager), parts=WHOLE).stage is Stage.WRITTEN


def test_an_answer_that_waits_or_is_approved_cannot_be_written(db: Session) -> None:
    row, manager, head = written(db)
    for act in ("wait", "approved"):
        if act == "approved":
            answers.approve(an_act(db, row, head))
        assert not answers.read(an_act(db, row, manager)).may_write
        with pytest.raises(StepNotOpen):
            answers.save(an_act(db, row, manager), parts={"outcome": "!"})


def test_the_head_of_practice_approves(db: Session) -> None:
    row, manager, head = written(db)
    saved = answers.approve(an_act(db, row, head))
    assert (saved.stage, saved.next_step) == (Stage.APPROVED, Step.DELIVER)
    page = answers.read(an_act(db, row, manager))
    assert (page.approved_by, page.approved_on) == ("Hana Head", moment().today)
    assert row.manager is not None
    assert row.manager.email in sent_to(db)


def test_only_who_has_opened_what_the_child_said_approves(db: Session) -> None:
    row, manager, head = written(db, head_has_read=False)
    assert not has_opened(an_act(db, row, head))
    open_words(db, row, manager)
    with pytest.raises(WordsNotOpened):
        answers.approve(an_act(db, row, head))
    db.rollback()


def promoted(db: Session, manager: Person) -> Person:
    row = db.get_one(PersonRow, manager.id)
    row.role = Role.HEAD_OF_PRACTICE
    db.flush()
    return replace(manager, role=row.role, areas=frozenset({"east"}))


def test_nobody_approves_their_own_answer(db: Session) -> None:
    row, manager, _ = written(db)
    with pytest.raises(SelfApproval):
        answers.approve(an_act(db, row, promoted(db, manager)))
    assert row.stage is Stage.WRITTEN


def test_nobody_approves_what_they_wrote_a_part_of(db: Session) -> None:
    row, manager = talked(db)
    answers.save(an_act(db, row, manager), parts=WHOLE)
    second = a_manager(db, "Second")
    row.manager_id = second.id
    answers.submit(an_act(db, row, person_of(second)), parts={"outcome": "Mine."})
    with pytest.raises(SelfApproval):
        answers.approve(an_act(db, row, promoted(db, manager)))


def test_the_head_of_practice_sends_it_back_with_a_note(db: Session) -> None:
    row, manager, head = written(db)
    saved = answers.send_back(an_act(db, row, head), note="Say it shorter.")
    assert (saved.stage, saved.next_step) == (Stage.TALKED, Step.WRITE)
    page = answers.read(an_act(db, row, manager))
    assert (page.sent_back, page.may_write) == ("Say it shorter.", True)
    assert last_line(db, row, "send_back").note == "Say it shorter."
    answers.submit(an_act(db, row, manager))
    assert answers.read(an_act(db, row, manager)).sent_back is None


def test_sending_back_needs_a_note(db: Session) -> None:
    row, _, head = written(db)
    with pytest.raises(Incomplete) as refused:
        answers.send_back(an_act(db, row, head), note=" ")
    assert refused.value.missing == ("note",)


def test_no_step_of_an_answer_is_skipped(db: Session) -> None:
    row, manager = talked(db)
    head = person_of(a_head(db))
    answers.save(an_act(db, row, manager), parts=WHOLE)
    with pytest.raises(StepNotOpen):
        answers.deliver(an_act(db, row, manager), how=Method.HERE)
    with pytest.raises(StepNotOpen):
        answers.approve(an_act(db, row, head))
    with pytest.raises(StepNotOpen):
        answers.send_back(an_act(db, row, head), note="Why?")


def test_only_whoever_has_the_case_reads_the_answer(db: Session) -> None:
    row, _ = talked(db)
    with pytest.raises(NotFound):
        answers.read(an_act(db, row, person_of(a_manager(db, "Olu Other"))))


def test_the_answer_is_sealed(db: Session) -> None:
    row, manager = talked(db)
    answers.save(an_act(db, row, manager, date(2026, 3, 4)), parts={"outcome": "put right"})
    kept = db.scalars(select(Answer)).one()
    assert b"put right" not in (kept.parts_sealed or b"")

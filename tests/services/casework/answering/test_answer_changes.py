"""An answer is taken back before it is out, and changed by a second one after.

docs/procedure.md, paragraphs 33 and 51b.
"""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.domain.people import Person
from kids_feedback.services.case import follow_ups
from kids_feedback.services.casework import workflow
from kids_feedback.services.casework.answering import answer_changes, answers
from kids_feedback.services.child import case_status, mended
from kids_feedback.services.errors import (
    Incomplete,
    NothingChanged,
    SelfApproval,
    StillToFollowUp,
    UnsafeChannel,
    WordsNotOpened,
)
from kids_feedback.storage.tables.case import Case
from tests.make import person_of
from tests.services.acts import (
    BY_EMAIL,
    MONDAY,
    WHOLE,
    a_childs_act,
    a_head,
    an_act,
    last_line,
    open_words,
)
from tests.services.casework.given import TUESDAY, given

BETTER = {**WHOLE, "outcome": "<p>We looked again.</p>"}
WHY = "We had the wrong day."


def delivered(db: Session, **columns: Any) -> tuple[Case, Person, Person]:
    row, manager, head = given(db, **{"stage": Stage.TALKED, "talk_on": MONDAY, **columns})
    answers.submit(an_act(db, row, manager), parts=WHOLE)
    open_words(db, row, head)
    answers.approve(an_act(db, row, head))
    answers.deliver(an_act(db, row, manager), how=Method.HERE)
    return row, manager, head


@pytest.mark.parametrize(
    ("columns", "stage"),
    [
        ({"stage": Stage.TALKED, "talk_on": MONDAY}, Stage.TALKED),
        ({"method": Method.NONE}, Stage.ALLOCATED),
    ],
)
def test_an_answer_is_taken_back_before_it_is_checked(
    db: Session, columns: dict[str, Any], stage: Stage
) -> None:
    row, manager, head = given(db, **columns)
    answers.submit(an_act(db, row, manager), parts=WHOLE)
    with pytest.raises(Incomplete):
        answers.recall(an_act(db, row, manager), reason=" ")
    with pytest.raises(StepNotOpen):
        answers.recall(an_act(db, row, head), reason="Mine.")
    saved = answers.recall(an_act(db, row, manager), reason="A page is missing.")
    assert (saved.stage, saved.next_step) == (stage, Step.WRITE)
    assert last_line(db, row, "recalled").note == "A page is missing."
    assert answers.read(an_act(db, row, manager)).parts["outcome"] == WHOLE["outcome"]
    assert answers.submit(an_act(db, row, manager)).stage is Stage.WRITTEN


def test_an_approval_is_taken_back_before_the_answer_is_out(db: Session) -> None:
    row, manager, head = given(db, stage=Stage.TALKED, talk_on=MONDAY)
    answers.submit(an_act(db, row, manager), parts=WHOLE)
    open_words(db, row, head)
    answers.approve(an_act(db, row, head))
    saved = answers.take_approval_back(an_act(db, row, head), reason="A name is in it.")
    assert (saved.stage, saved.next_step) == (Stage.WRITTEN, Step.APPROVE)
    assert answers.read(an_act(db, row, head)).approved_by is None
    answers.approve(an_act(db, row, head))
    answers.deliver(an_act(db, row, manager), how=Method.HERE)
    with pytest.raises(StepNotOpen):
        answers.take_approval_back(an_act(db, row, head), reason="Too late.")


def test_an_answer_that_is_out_gets_a_second_version_that_says_so(db: Session) -> None:
    row, manager, head = delivered(db, method=Method.EMAIL, contact=BY_EMAIL)
    case_status.read_answer(a_childs_act(db, row))
    out_on = row.delivered_on
    answer_changes.write(an_act(db, row, manager, TUESDAY), parts=BETTER, why=WHY)
    assert row.next_step is Step.APPROVE_CHANGE
    assert case_status.answer(db, row.id).parts["outcome"] == WHOLE["outcome"]
    with pytest.raises((StepNotOpen, StillToFollowUp)):
        workflow.close(an_act(db, row, head, TUESDAY))
    answer_changes.approve(an_act(db, row, head, TUESDAY))
    assert str(row.next_step) == Step.GIVE_CHANGE
    assert mended.of_case(db, row.id).changes == ()
    with pytest.raises(UnsafeChannel):
        answer_changes.give(an_act(db, row, manager, TUESDAY), how=Method.LETTER)
    answer_changes.give(an_act(db, row, manager, TUESDAY), how=Method.EMAIL)
    assert last_line(db, row, "change_given").facts["emailed"]
    (change,) = case_status.answer(db, row.id).changes
    assert (change.why, change.given_on) == (WHY, TUESDAY)
    assert (change.before["outcome"], change.parts["outcome"]) == (
        WHOLE["outcome"],
        BETTER["outcome"],
    )
    assert case_status.read_answer(a_childs_act(db, row, TUESDAY)).parts == change.parts
    assert (row.stage, row.delivered_on, row.answer_by) == (Stage.DELIVERED, out_on, row.answer_by)
    assert follow_ups.waiting(db, row) == []
    assert workflow.close(an_act(db, row, head, TUESDAY)).stage is Stage.CLOSED


def test_a_change_is_never_approved_by_who_wrote_it(db: Session) -> None:
    row, manager, head = delivered(db)
    answer_changes.write(an_act(db, row, head), parts=BETTER, why=WHY)
    answer_changes.write(an_act(db, row, manager), parts=BETTER, why="Again.")
    with pytest.raises(SelfApproval):
        answer_changes.approve(an_act(db, row, head))
    other = person_of(a_head(db, "Olive Other"))
    with pytest.raises(WordsNotOpened):
        answer_changes.approve(an_act(db, row, other))
    open_words(db, row, other)
    assert answer_changes.approve(an_act(db, row, other)).next_step is Step.GIVE_CHANGE


def test_who_reworked_a_version_that_was_given_approves_no_later_one(db: Session) -> None:
    row, manager, head = delivered(db)
    other = person_of(a_head(db, "Olive Other"))
    open_words(db, row, other)
    answer_changes.write(an_act(db, row, head), parts=BETTER, why=WHY)
    answer_changes.write(an_act(db, row, manager), parts=BETTER, why="Again.")
    answer_changes.approve(an_act(db, row, other))
    answer_changes.give(an_act(db, row, manager), how=Method.HERE)
    answer_changes.write(an_act(db, row, manager), parts=WHOLE, why="It was right at first.")
    with pytest.raises(SelfApproval):
        answer_changes.approve(an_act(db, row, head))
    assert answer_changes.approve(an_act(db, row, other)).next_step is Step.GIVE_CHANGE


def test_who_wrote_what_was_dropped_may_approve_what_another_writes_anew(db: Session) -> None:
    row, manager, head = delivered(db)
    answer_changes.write(an_act(db, row, head), parts=BETTER, why=WHY)
    answer_changes.drop(an_act(db, row, head), reason="It was right.")
    answer_changes.write(an_act(db, row, manager), parts=BETTER, why=WHY)
    assert answer_changes.approve(an_act(db, row, head)).next_step is Step.GIVE_CHANGE


def test_a_change_may_be_dropped_and_says_something_new(db: Session) -> None:
    row, manager, head = delivered(db)
    with pytest.raises(NothingChanged):
        answer_changes.write(an_act(db, row, manager), parts=WHOLE, why=WHY)
    with pytest.raises(Incomplete) as refused:
        answer_changes.write(an_act(db, row, manager), parts={**BETTER, "wants": ""}, why=" ")
    assert refused.value.missing == ("wants", "why")
    answer_changes.write(an_act(db, row, manager), parts=BETTER, why=WHY)
    answer_changes.drop(an_act(db, row, head), reason="It was right.")
    assert (row.change, follow_ups.waiting(db, row)) == (None, [])
    assert answer_changes.waiting(an_act(db, row, head)) is None
    assert case_status.answer(db, row.id).changes == ()

"""Who the child is, against the case file: the check, and going on where nobody is found.

docs/procedure.md, paragraph 22a.
"""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.answer import AnswerChangeState
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.identity import IN_DOUBT, Identity
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.domain.people import Role
from kids_feedback.services.casework import identity, workflow
from kids_feedback.services.casework.answering import answer_changes, answers
from kids_feedback.services.casework.contact import letters
from kids_feedback.services.child import case_status
from kids_feedback.services.child import letters as child_letters
from kids_feedback.services.errors import (
    Incomplete,
    NothingChanged,
    StillToFollowUp,
)
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import FollowUpRow
from tests.make import a_complaint, a_note, a_person, person_of
from tests.services.acts import (
    MONDAY,
    WHOLE,
    a_childs_act,
    a_head,
    an_act,
    last_line,
    lines,
    sent_to,
)
from tests.services.casework.answering.written import check_identity, delivered, written

WEDNESDAY = date(2026, 3, 4)


def waits(db: Session, row: Case) -> list[FollowUpRow]:
    wanted = select(FollowUpRow).where(
        FollowUpRow.case_id == row.id,
        FollowUpRow.what == FollowUp.NOT_IN_CASE_FILE,
        FollowUpRow.ended_on.is_(None),
    )
    return list(db.scalars(wanted))


def test_who_it_is_is_kept_sealed_with_who_checked_and_when(db: Session) -> None:
    row, manager, _ = written(db, identity=None, identity_on=None)
    check_identity(db, row, manager, Identity.FOUND, note="The school says so.")
    assert (row.identity, row.identity_on) == (Identity.FOUND, MONDAY)
    line = last_line(db, row, "identity_checked")
    assert (line.person_id, line.written_on, line.facts) == (
        manager.id,
        MONDAY,
        {"result": "found"},
    )
    assert line.note == "Case 12, Robin Moss\nThe school says so."
    assert line.text_sealed
    assert b"Robin Moss" not in line.text_sealed


@pytest.mark.parametrize(
    ("result", "missing"),
    [(Identity.FOUND, "who"), (Identity.NOT_FOUND, "note"), (Identity.NOT_SURE, "note")],
)
def test_a_check_says_who_it_is_or_why_not(db: Session, result: Identity, missing: str) -> None:
    row, manager, _ = written(db, identity=None)
    with pytest.raises(Incomplete) as refused:
        check_identity(db, row, manager, result, who=" ", note=" ")
    assert refused.value.missing == (missing,)


def test_a_check_comes_to_no_decision(db: Session) -> None:
    row, manager, _ = written(db, identity=None)
    with pytest.raises(ValueError, match="no check comes to without_case"):
        check_identity(db, row, manager, Identity.WITHOUT_CASE)


@pytest.mark.parametrize("result", sorted(IN_DOUBT))
def test_not_found_is_the_heads_to_see_to_by_a_day(db: Session, result: Identity) -> None:
    row, manager, _ = written(db, identity=None)
    before = len(sent_to(db))
    check_identity(db, row, manager, result)
    (waiting,) = waits(db, row)
    assert (waiting.owner, waiting.due_on) == ("head_of_practice", date(2026, 3, 5))
    assert row.follow_up_by == waiting.due_on
    assert len(sent_to(db)) == before + 1, "the Head of Practice hears"


def test_to_look_again_in_vain_moves_no_day(db: Session) -> None:
    row, manager, _ = written(db, identity=None)
    check_identity(db, row, manager, Identity.NOT_FOUND)
    check_identity(db, row, manager, Identity.NOT_SURE, WEDNESDAY)
    assert [item.due_on for item in waits(db, row)] == [date(2026, 3, 5)]
    check_identity(db, row, manager, Identity.FOUND, WEDNESDAY)
    assert not waits(db, row)
    assert lines(db, row).count("identity_checked") == 3, "each finding stays in the history"


def test_of_what_nobody_has_routed_customer_service_checks(db: Session) -> None:
    desk = person_of(a_person(db, "Cora Customer", role=Role.CUSTOMER_SERVICE))
    row = a_complaint(db, area=None, identity=None)
    check_identity(db, row, desk, Identity.NOT_FOUND)
    assert [item.owner for item in waits(db, row)] == ["customer_service"]


def test_a_case_is_not_closed_while_it_is_to_be_seen_to(db: Session) -> None:
    row, _, head = delivered(db)
    row.ongoing = False
    check_identity(db, row, head, Identity.NOT_FOUND)
    with pytest.raises(StillToFollowUp):
        workflow.close(an_act(db, row, head))


def test_the_head_decides_so_that_nobody_waits_for_ever(db: Session) -> None:
    row, manager, head = written(db, identity=None)
    check_identity(db, row, manager, Identity.NOT_FOUND)
    with pytest.raises(StepNotOpen):
        identity.go_on_without_case(an_act(db, row, manager), reason="Nobody fits.")
    with pytest.raises(Incomplete):
        identity.go_on_without_case(an_act(db, row, head), reason=" ")
    identity.go_on_without_case(an_act(db, row, head), reason="Nobody fits.")
    assert last_line(db, row, "without_case").note == "Nobody fits."
    assert not waits(db, row)
    answers.approve(an_act(db, row, head))
    answers.deliver(an_act(db, row, manager), how=Method.HERE)
    assert case_status.answer(db, row.id).parts


@pytest.mark.parametrize("known", [None, Identity.FOUND, Identity.WITHOUT_CASE])
def test_only_where_somebody_looked_in_vain(db: Session, known: Identity | None) -> None:
    row, _, head = written(db, identity=known)
    with pytest.raises(StepNotOpen):
        identity.go_on_without_case(an_act(db, row, head), reason="Nobody fits.")


def test_a_note_goes_on_too(db: Session) -> None:
    head = person_of(a_head(db))
    row = a_note(db, identity=None, stage=Stage.ACKNOWLEDGED)
    check_identity(db, row, head, Identity.NOT_SURE)
    identity.go_on_without_case(an_act(db, row, head), reason="Nobody fits.")
    assert workflow.close(an_act(db, row, head)).stage is Stage.CLOSED


def test_an_approved_answer_is_approved_again_with_that_in_mind(db: Session) -> None:
    row, manager, head = written(db)
    answers.approve(an_act(db, row, head))
    check_identity(db, row, manager, Identity.NOT_FOUND)
    saved = identity.go_on_without_case(an_act(db, row, head), reason="Nobody fits.")
    assert (saved.stage, saved.next_step) == (Stage.WRITTEN, Step.APPROVE)
    assert answers.kept(db, row).approved_by is None


def test_an_answer_that_is_out_is_held_once_it_is_in_doubt(db: Session) -> None:
    """Whoever has the words may be anybody: they read it no more, until the child is found."""
    row, manager, _head = delivered(db)
    case_status.read_answer(a_childs_act(db, row))
    check_identity(db, row, manager, Identity.NOT_SURE)
    with pytest.raises(NotFound):
        case_status.answer(db, row.id)
    with pytest.raises(NotFound):
        case_status.read_answer(a_childs_act(db, row))
    status = case_status.status(db, row.id, today=MONDAY)
    assert not status.answer_ready
    assert {(step.code, step.on) for step in status.dates} >= {("answer_held", None)}
    check_identity(db, row, manager, Identity.FOUND)
    assert case_status.answer(db, row.id).parts


def test_one_that_is_out_comes_back_to_be_checked_where_it_goes_on_without(db: Session) -> None:
    row, manager, head = delivered(db)
    parts = {**WHOLE, "outcome": "<p>It was so.</p>"}
    answer_changes.write(an_act(db, row, manager), parts=parts, why="Your mum said so.")
    answer_changes.approve(an_act(db, row, head))
    answer_changes.give(an_act(db, row, manager), how=Method.HERE)
    answer_changes.write(an_act(db, row, manager), parts=WHOLE, why="Your dad said so.")
    answer_changes.approve(an_act(db, row, head))
    check_identity(db, row, manager, Identity.NOT_FOUND)
    assert answer_changes.given_of(db, row) == ()
    identity.go_on_without_case(an_act(db, row, head), reason="Nobody fits.")
    assert (row.stage, row.delivered_on, row.change) == (
        Stage.WRITTEN,
        None,
        AnswerChangeState.WRITTEN,
    )
    answers.approve(an_act(db, row, head, WEDNESDAY))
    answers.deliver(an_act(db, row, manager, WEDNESDAY), how=Method.HERE)
    assert case_status.read_answer(a_childs_act(db, row, WEDNESDAY)).changes == ()


def test_a_found_child_ends_it_and_a_vain_look_does_not(db: Session) -> None:
    row, manager, _ = written(db, identity=Identity.WITHOUT_CASE)
    with pytest.raises(NothingChanged):
        check_identity(db, row, manager, Identity.NOT_FOUND)
    db.expire(row)
    check_identity(db, row, manager, Identity.FOUND)
    assert row.identity is Identity.FOUND


def test_a_message_that_may_tell_of_the_case_is_held_too(db: Session) -> None:
    row, manager, _ = written(db)
    letters.write(an_act(db, row, manager), text="We saw your mum.")
    letters.write(an_act(db, row, manager), text="We have it.", nothing_of_case=True)
    check_identity(db, row, manager, Identity.NOT_FOUND)
    assert [it.text for it in child_letters.read(a_childs_act(db, row))] == ["We have it."]
    check_identity(db, row, manager, Identity.FOUND)
    assert len(child_letters.read(a_childs_act(db, row))) == 2

"""Steps taken back and put right, and endings of their own (docs/procedure.md, 24, 31, 33)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.submission import Door, Kind
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.domain.people import Person
from kids_feedback.services.case import follow_ups
from kids_feedback.services.casework import workflow
from kids_feedback.services.casework.answering import answer_changes, answers
from kids_feedback.services.casework.contact import contact_corrections, contact_log
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel
from kids_feedback.services.casework.court import court_notice
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
from kids_feedback.storage.tables.casework import Talk
from tests.make import a_complaint, a_hearing, an_office, person_of
from tests.services.acts import (
    BY_EMAIL,
    MONDAY,
    WHOLE,
    a_childs_act,
    a_head,
    a_manager,
    an_act,
    last_line,
    open_words,
    sent_to,
)

TUESDAY = MONDAY + timedelta(days=1)
BETTER = {**WHOLE, "outcome": "<p>We looked again.</p>"}
WHY = "We had the wrong day."


def given(db: Session, **columns: Any) -> tuple[Case, Person, Person]:
    """Return a case that a manager has, with its manager and a Head of Practice."""
    manager = a_manager(db)
    plain = {"stage": Stage.ALLOCATED, "manager": manager, "ongoing": False}
    return a_complaint(db, **{**plain, **columns}), person_of(manager), person_of(a_head(db))


def talk(db: Session, row: Case, manager: Person, on: date = MONDAY, **said: Any) -> Talk:
    contact_log.log_talk(
        an_act(db, row, manager, TUESDAY),
        **{
            "talk_on": on,
            "way": Channel.PHONE,
            "present": "Robin",
            "wants": "Peace",
            "still_wants": True,
            "why_way": "They rang.",
            **said,
        },
    )
    newest = select(Talk).where(Talk.struck_at.is_(None)).order_by(Talk.talk_on.desc())
    return db.scalars(newest.limit(1)).one()


def delivered(db: Session, **columns: Any) -> tuple[Case, Person, Person]:
    row, manager, head = given(db, **{"stage": Stage.TALKED, "talk_on": MONDAY, **columns})
    answers.submit(an_act(db, row, manager), parts=WHOLE)
    open_words(db, row, head)
    answers.approve(an_act(db, row, head))
    answers.deliver(an_act(db, row, manager), how=Method.HERE)
    return row, manager, head


def a_try(db: Session, row: Case, manager: Person, result: AttemptResult) -> int:
    contact_log.log_attempt(
        an_act(db, row, manager),
        way=Channel.PHONE,
        result=result,
        next_attempt_on=TUESDAY,
        why_way="No other way.",
        child_agreed=True,
    )
    return last_line(db, row, "log_try").number


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


def test_a_talk_on_the_wrong_child_is_struck_and_its_clock_ends(db: Session) -> None:
    row, manager, _ = given(db, method=Method.EMAIL, contact=BY_EMAIL)
    before = row.contact_by
    kept = talk(db, row, manager)
    promised = row.answer_by
    saved = contact_corrections.strike_talk(
        an_act(db, row, manager, TUESDAY), talk_id=kept.id, reason="It was Sam."
    )
    assert (saved.stage, saved.next_step) == (Stage.ALLOCATED, Step.LOG_ATTEMPT)
    assert (row.talk_on, row.answer_by, row.contacted_on) == (None, None, None)
    assert row.next_due_on == before
    assert case_status.status(db, row.id, today=TUESDAY).clock is None
    told = mended.of_case(db, row.id)
    assert (told.talk_off, told.answer_off) == (MONDAY, promised)
    assert last_line(db, row, "talk_struck").facts["emailed"]
    talk(db, row, manager, TUESDAY)
    assert mended.of_case(db, row.id).talk_off is None
    with pytest.raises(NotFound):
        contact_corrections.strike_talk(
            an_act(db, row, manager, TUESDAY), talk_id=kept.id, reason="Twice."
        )


def test_the_clock_follows_the_first_talk_that_is_left(db: Session) -> None:
    row, manager, _ = given(db)
    first = talk(db, row, manager)
    due = row.answer_by
    talk(db, row, manager, TUESDAY)
    contact_corrections.strike_talk(
        an_act(db, row, manager, TUESDAY), talk_id=first.id, reason="It was Sam."
    )
    assert (row.stage, row.talk_on, row.contacted_on) == (Stage.TALKED, TUESDAY, TUESDAY)
    assert row.answer_by == date(2026, 3, 31) != due


def test_nobody_is_asked_whether_to_stop_for_what_another_child_said(db: Session) -> None:
    row, manager, _ = given(db)
    talk(db, row, manager)
    other = talk(db, row, manager, TUESDAY, still_wants=False)
    assert case_status.status(db, row.id, today=TUESDAY).stop_asked
    contact_corrections.strike_talk(
        an_act(db, row, manager, TUESDAY), talk_id=other.id, reason="It was Sam."
    )
    assert not case_status.status(db, row.id, today=TUESDAY).stop_asked


@pytest.mark.parametrize("still_wants", [True, False])
def test_feelings_are_feelings_again_without_the_talk(db: Session, *, still_wants: bool) -> None:
    row, manager, _ = given(db, kind=Kind.FEELINGS, door=Door.FEEL, wish=None)
    kept = talk(db, row, manager, still_wants=still_wants)
    assert row.kind is (Kind.COMPLAINT if still_wants else Kind.NOTE)
    saved = contact_corrections.strike_talk(
        an_act(db, row, manager, TUESDAY), talk_id=kept.id, reason="It was Sam."
    )
    assert (row.kind, saved.stage) == (Kind.FEELINGS, Stage.ALLOCATED)


def test_a_talk_is_put_right_and_both_records_stay(db: Session) -> None:
    row, manager, _ = given(db)
    kept = talk(db, row, manager)
    what: dict[str, Any] = {"talk_id": kept.id, "talk_on": MONDAY, "reason": "A slip."}
    with pytest.raises(NothingChanged):
        contact_corrections.correct_talk(an_act(db, row, manager, TUESDAY), **what)
    contact_corrections.correct_talk(
        an_act(db, row, manager, TUESDAY), **what, way=Channel.MEET, wants="To be asked."
    )
    facts = last_line(db, row, "talk_corrected").facts
    assert (facts["way"], facts["way_before"], facts["words"]) == ("meet", "phone", True)
    found = {one.wants: one.struck_at is not None for one in db.scalars(select(Talk))}
    assert found == {"Peace": True, "To be asked.": False}
    assert row.talk_on == MONDAY


def test_a_wrong_result_of_a_try_is_put_right(db: Session) -> None:
    row, manager, _ = given(db)
    number = a_try(db, row, manager, AttemptResult.ANOTHER_TIME)
    assert row.contacted_on == MONDAY
    with pytest.raises(Incomplete) as refused:
        contact_corrections.correct_attempt(
            an_act(db, row, manager), number=number, result="came", reason="A slip."
        )
    assert refused.value.missing == ("result",)
    contact_corrections.correct_attempt(
        an_act(db, row, manager),
        number=number,
        result=AttemptResult.NO_ANSWER,
        reason="A slip.",
        next_attempt_on=TUESDAY,
    )
    db.refresh(row)
    assert row.contacted_on is None
    assert row.next_attempt_on == TUESDAY
    (item,) = contact_corrections.tried(an_act(db, row, manager))
    assert item.result == AttemptResult.NO_ANSWER
    contact_corrections.correct_attempt(
        an_act(db, row, manager), number=number, result=contact_corrections.NONE, reason="Not Sam."
    )
    assert contact_corrections.tried(an_act(db, row, manager)) == ()
    with pytest.raises(NotFound):
        contact_corrections.correct_attempt(
            an_act(db, row, manager), number=number, result="sent", reason="Again."
        )


@pytest.mark.parametrize("stage", [Stage.ALLOCATED, Stage.WRITTEN, Stage.DELIVERED])
def test_a_wrong_area_is_mended_after_allocation(db: Session, stage: Stage) -> None:
    columns = {} if stage is Stage.ALLOCATED else {"talk_on": MONDAY}
    row, manager, head = given(db, stage=stage, delivered_on=None, **columns)
    an_office(db, "westham", area="west")
    west = a_head(db, "Wes West", areas=("west",))
    with pytest.raises(Incomplete):
        workflow.route(an_act(db, row, head), area="west")
    with pytest.raises(NothingChanged):
        workflow.route(an_act(db, row, head), area="east", reason="Oops.")
    with pytest.raises(StepNotOpen):
        workflow.route(an_act(db, row, manager), area="west", reason="Oops.")
    saved = workflow.route(an_act(db, row, head), area="west", reason="They moved.")
    assert not saved.still_theirs
    assert (row.area_code, row.manager_id) == ("west", None)
    assert row.stage is (Stage.DELIVERED if stage is Stage.DELIVERED else Stage.ACKNOWLEDGED)
    assert sent_to(db) == [west.email]
    line = last_line(db, row, "route")
    assert (line.note, line.facts["area_before"]) == ("They moved.", "east")


def test_what_was_kept_as_told_to_the_court_is_taken_back(db: Session) -> None:
    row, manager, _ = given(db, ongoing=True, hearings=[a_hearing(date(2026, 3, 20))])
    promises = Allowances()
    court_notice.tell_child(an_act(db, row, manager))
    court_notice.tell_court(
        an_act(db, row, manager), complaint_on=MONDAY, doing_on=MONDAY, promises=promises
    )
    (told,) = court_notice.told_hearings(an_act(db, row, manager))
    said: dict[str, Any] = {
        "hearing_id": told.id,
        "reason": "I mixed two up.",
        "promises": promises,
    }
    court_notice.take_back(an_act(db, row, manager), **said)
    assert (told.told_complaint_on, told.told_doing_on, told.child_told_on) == (None, None, None)
    line = case_status.status(db, row.id, today=MONDAY).court
    assert line is not None
    assert (line.told_on, line.is_owed) == (None, True)
    assert last_line(db, row, "court_not_told").facts["complaint_on"] == "2026-03-02"
    with pytest.raises(NotFound):
        court_notice.take_back(an_act(db, row, manager), **said)

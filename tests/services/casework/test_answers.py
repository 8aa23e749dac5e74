"""The written answer. docs/procedure.md, paragraphs 10 and 33 to 37."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.answer import NEEDED, PARTS
from kids_feedback.domain.case.contact import Method, NotArrived
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.errors import EditConflict, NotFound, StepNotOpen
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.case.alarms import has_opened
from kids_feedback.services.casework import workflow
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.child import case_status
from kids_feedback.services.errors import (
    DayOutOfRange,
    Incomplete,
    SelfApproval,
    UnsafeChannel,
    WordsNotOpened,
)
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer
from kids_feedback.storage.tables.people import PersonRow
from tests.make import a_complaint, person_of
from tests.services.acts import (
    BY_EMAIL,
    MONDAY,
    WHOLE,
    a_childs_act,
    a_head,
    a_manager,
    an_act,
    last_line,
    lines,
    moment,
    open_words,
    sent_to,
)

TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)


def talked(db: Session, **columns: Any) -> tuple[Case, Person]:
    manager = a_manager(db)
    row = a_complaint(
        db, **{"stage": Stage.TALKED, "talk_on": MONDAY, "manager": manager, **columns}
    )
    return row, person_of(manager)


def written(
    db: Session, *, head_has_read: bool = True, **columns: Any
) -> tuple[Case, Person, Person]:
    """Return a complaint whose answer waits to be checked, its manager and a Head of Practice."""
    row, manager = talked(db, **columns)
    answers.submit(an_act(db, row, manager), parts=WHOLE)
    head = person_of(a_head(db))
    if head_has_read:
        open_words(db, row, head)
    return row, manager, head


def test_nothing_is_written_yet(db: Session) -> None:
    row, manager = talked(db)
    page = answers.read(an_act(db, row, manager))
    assert page.parts == dict.fromkeys(PARTS, "")
    assert page.may_write
    assert page.version == row.version
    assert (page.written_by, page.approved_by, page.delivered_how) == (None, None, None)


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
    assert (page.approved_by, page.approved_at) == ("Hana Head", moment().now)
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
    return Person(id=row.id, name=row.name, role=row.role, areas=frozenset({"east"}))


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


def approved(db: Session, **columns: Any) -> tuple[Case, Person]:
    row, manager, head = written(db, **columns)
    answers.approve(an_act(db, row, head))
    return row, manager


def test_the_child_gets_the_answer_behind_the_secret_words(db: Session) -> None:
    row, manager = approved(db)
    saved = answers.deliver(an_act(db, row, manager), how=Method.HERE)
    assert (saved.stage, saved.next_step) == (Stage.DELIVERED, Step.CLOSE)
    assert row.delivered_on == MONDAY
    assert answers.read(an_act(db, row, manager)).delivered_how is Method.HERE
    assert last_line(db, row, "deliver").facts == {
        "how": "here",
        "on": "2026-03-02",
        "emailed": None,
    }


def test_a_child_who_chose_email_is_told_by_email(db: Session) -> None:
    row, manager = approved(db, method=Method.EMAIL, contact=BY_EMAIL)
    answers.deliver(an_act(db, row, manager), how=Method.EMAIL)
    assert "robin@example.org" in sent_to(db)
    assert last_line(db, row, "deliver").facts["emailed"]


@pytest.mark.parametrize(
    ("method", "contact", "ways"),
    [
        pytest.param(None, None, (Method.HERE,), id="nothing said"),
        pytest.param(Method.NONE, None, (Method.HERE,), id="no contact"),
        pytest.param(Method.HERE, None, (Method.HERE,), id="here"),
        pytest.param(Method.PHONE, {}, (Method.HERE,), id="phone"),
        pytest.param(Method.LETTER, {}, (Method.LETTER, Method.HERE), id="letter"),
        pytest.param(Method.EMAIL, BY_EMAIL, (Method.EMAIL, Method.HERE), id="email"),
        pytest.param(Method.EMAIL, {}, (Method.HERE,), id="email without an address"),
        pytest.param(
            Method.MEET,
            {"meet_tell": "letter"},
            (Method.MEET, Method.LETTER, Method.HERE),
            id="meet, told by letter",
        ),
    ],
)
def test_an_answer_goes_out_only_in_a_way_the_child_called_safe(
    db: Session, method: Method | None, contact: dict[str, str] | None, ways: tuple[Method, ...]
) -> None:
    row, manager = approved(db, method=method, contact=contact)
    assert answers.read(an_act(db, row, manager)).ways == ways
    for unsafe in set(Method) - set(ways):
        with pytest.raises(UnsafeChannel):
            answers.deliver(an_act(db, row, manager), how=unsafe)
    assert row.delivered_on is None


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


def posted(db: Session, day: date = MONDAY, **columns: Any) -> tuple[Case, Person]:
    """Return a complaint whose answer went by letter on that day, and its manager."""
    row, manager = approved(db, **{"method": Method.LETTER, "contact": {}, **columns})
    answers.deliver(an_act(db, row, manager, day), how=Method.LETTER, proof="Receipt 12")
    return row, manager


@pytest.mark.parametrize(
    ("how", "day", "possible"),
    [
        pytest.param(Method.LETTER, TUESDAY, True, id="posted yesterday"),
        pytest.param(Method.LETTER, MONDAY, True, id="posted when it was approved"),
        pytest.param(Method.LETTER, date(2026, 3, 1), False, id="posted before it was approved"),
        pytest.param(Method.LETTER, date(2026, 3, 5), False, id="to be posted tomorrow"),
        pytest.param(Method.MEET, TUESDAY, True, id="handed over yesterday"),
        pytest.param(Method.HERE, TUESDAY, False, id="it was not to be read yesterday"),
        pytest.param(Method.HERE, WEDNESDAY, True, id="to be read from now on"),
    ],
)
def test_a_delivery_is_recorded_on_the_day_on_which_it_was(
    db: Session, how: Method, day: date, *, possible: bool
) -> None:
    row, manager = approved(db, method=Method.MEET, contact={"meet_tell": "letter"})
    act = an_act(db, row, manager, WEDNESDAY)
    if possible:
        answers.deliver(act, how=how, on=day, proof="Receipt 12")
        assert row.delivered_on == day
        assert row.posted_on == (day if how is Method.LETTER else None)
        line = last_line(db, row, "deliver")
        assert (line.facts["on"], line.note) == (day.isoformat(), "Receipt 12")
    else:
        with pytest.raises(DayOutOfRange):
            answers.deliver(act, how=how, on=day)
        assert row.delivered_on is None


@pytest.mark.parametrize("why", NotArrived)
def test_an_answer_that_did_not_arrive_is_owed_until_it_is_delivered_another_way(
    db: Session, why: NotArrived
) -> None:
    row, manager = posted(db, ongoing=False)
    due = row.answer_by
    back = answers.not_arrived(an_act(db, row, manager, TUESDAY), why=why, note="Moved away")
    assert (back.stage, back.next_step) == (Stage.DELIVERED, Step.DELIVER)
    assert (row.delivered_on, row.next_due_on) == (None, due)
    assert last_line(db, row, "not_arrived").facts == {"why": why, "read": False}
    assert child_reads(db, row) == [(why, MONDAY)]
    assert case_status.status(db, row.id, today=TUESDAY).answer_ready
    with pytest.raises(StepNotOpen):
        workflow.close(an_act(db, row, manager, TUESDAY))
    with pytest.raises(StepNotOpen):
        answers.not_arrived(an_act(db, row, manager, TUESDAY), why=why)
    answers.deliver(an_act(db, row, manager, WEDNESDAY), how=Method.HERE)
    assert (row.delivered_on, row.posted_on, row.not_arrived) == (WEDNESDAY, None, None)
    assert row.next_step is Step.CLOSE
    assert child_reads(db, row) == [("answered", WEDNESDAY)]


def test_a_letter_can_be_posted_again_and_come_back_again(db: Session) -> None:
    row, manager = posted(db)
    for _ in range(2):
        act = an_act(db, row, manager, TUESDAY)
        answers.not_arrived(act, why=NotArrived.CAME_BACK)
        answers.deliver(an_act(db, row, manager, WEDNESDAY), how=Method.LETTER)
        assert child_reads(db, row) == [("posted", WEDNESDAY)]


def test_a_letter_that_comes_back_to_a_closed_case_opens_it(db: Session) -> None:
    row, manager = posted(db, ongoing=False)
    workflow.close(an_act(db, row, manager))
    saved = answers.not_arrived(an_act(db, row, manager, TUESDAY), why=NotArrived.CAME_BACK)
    assert (saved.stage, row.closed_on) == (Stage.DELIVERED, None)


def test_a_child_who_reads_what_came_back_has_got_it(db: Session) -> None:
    row, manager = posted(db)
    answers.not_arrived(an_act(db, row, manager, TUESDAY), why=NotArrived.CAME_BACK)
    case_status.read_answer(a_childs_act(db, row, WEDNESDAY))
    assert (row.delivered_on, row.next_step) == (WEDNESDAY, Step.CLOSE)
    assert child_reads(db, row) == [("answered", WEDNESDAY)]


def test_what_was_read_already_has_arrived_whatever_the_post_does(db: Session) -> None:
    row, manager = posted(db)
    case_status.read_answer(a_childs_act(db, row, MONDAY))
    answers.not_arrived(an_act(db, row, manager, TUESDAY), why=NotArrived.CAME_BACK)
    assert (row.delivered_on, row.next_step) == (MONDAY, Step.CLOSE)
    assert last_line(db, row, "not_arrived").facts["read"] is True


@pytest.mark.parametrize("how", [Method.HERE, Method.MEET])
def test_only_a_letter_comes_back(db: Session, how: Method) -> None:
    row, manager = approved(db, method=Method.MEET, contact={})
    answers.deliver(an_act(db, row, manager), how=how)
    with pytest.raises(StepNotOpen):
        answers.not_arrived(an_act(db, row, manager), why=NotArrived.CAME_BACK)


def child_reads(db: Session, row: Case) -> list[tuple[str, date | None]]:
    """Return what the child's page says of the answer, and its day."""
    found = case_status.status(db, row.id, today=WEDNESDAY)
    (answer,) = (step for step in found.dates if step.code not in {"talked"})
    assert answer in found.milestones
    return [(answer.code, answer.on)]

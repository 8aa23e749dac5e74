"""Messages behind the secret words: written, waiting, opened, answered; both ways (B9)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.domain.people import Role
from kids_feedback.services.case import follow_ups
from kids_feedback.services.case.events import events_of
from kids_feedback.services.case.letters import WrittenLetter, letters_of
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework import workflow
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.casework.contact import contact_log
from kids_feedback.services.casework.contact import letters as writing
from kids_feedback.services.casework.contact.contact_log import Channel
from kids_feedback.services.child import case_status, letters, replies
from kids_feedback.services.errors import Incomplete
from kids_feedback.services.reading import opened_words
from tests.make import a_complaint, a_compliment, a_person, person_of
from tests.services.acts import (
    BY_EMAIL,
    MONDAY,
    WHOLE,
    a_childs_act,
    a_head,
    a_manager,
    acknowledge,
    an_act,
    having_read,
    last_line,
    lines,
    sent_to,
)
from tests.services.child.messages import HELLO, NEXT_MONDAY, THURSDAY, TUESDAY, WEDNESDAY, given


def _seen(opened: Opened) -> tuple[WrittenLetter, ...]:
    """Return what staff see of the messages of a case."""
    return letters_of(opened, events_of(opened))


def test_an_email_says_so_only_where_that_is_safe(db: Session) -> None:
    safe, max_ = given(db, method=Method.EMAIL, contact=BY_EMAIL)
    bare = a_complaint(db, method=Method.HERE, contact=BY_EMAIL, area="west")
    writing.write(an_act(db, safe, max_), text=HELLO)
    assert sent_to(db) == ["robin@example.org"]
    assert last_line(db, safe, "letter_written").facts["emailed"]
    hal = person_of(a_head(db, "Hal", areas=("west",)))
    writing.write(an_act(db, bare, hal), text=HELLO)
    assert sent_to(db) == ["robin@example.org"]
    assert not last_line(db, bare, "letter_written").facts["emailed"]


def test_each_message_is_sealed_and_each_opening_kept_once(db: Session) -> None:
    row, max_ = given(db)
    writing.write(an_act(db, row, max_, hour=9), text=HELLO)
    writing.write(an_act(db, row, max_), text="And it can be anywhere.")
    assert HELLO not in str(db.execute(text("SELECT * FROM letter")).all())
    for day in (TUESDAY, WEDNESDAY):
        found = letters.read(a_childs_act(db, row, day))
        assert [letter.text for letter in found] == ["And it can be anywhere.", HELLO]
    assert lines(db, row) == ["letter_written"] * 2 + ["letter_read"] * 2
    assert [seen.opened_on for seen in _seen(an_act(db, row, max_))] == [TUESDAY, TUESDAY]


def test_where_nothing_was_written_there_is_nothing(db: Session) -> None:
    row, max_ = given(db)
    with pytest.raises(NotFound):
        letters.read(a_childs_act(db, row))
    with pytest.raises(Incomplete):
        writing.write(an_act(db, row, max_), text="  \n ")
    assert not case_status.status(db, row.id, today=MONDAY).has_messages


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.NOTE, Kind.FEELINGS])
@pytest.mark.parametrize("stage", Stage)
def test_somebody_can_write_at_every_stage(db: Session, kind: Kind, stage: Stage) -> None:
    columns: dict[str, Any] = {"talk_on": MONDAY} if kind is Kind.COMPLAINT else {}
    row, max_ = given(db, kind=kind, stage=stage, **columns)
    hana = person_of(a_head(db))
    who = [each for each in (max_, hana) if Step.WRITE_TO_CHILD in an_act(db, row, each).steps]
    assert who
    writing.write(an_act(db, row, who[0]), text=HELLO)
    letters.read(a_childs_act(db, row))


def test_customer_service_writes_while_no_area_has_it(db: Session) -> None:
    cleo = person_of(a_person(db, "Cleo Desk", role=Role.CUSTOMER_SERVICE))
    writing.write(an_act(db, a_complaint(db, area=None), cleo), text=HELLO)


def test_nobody_writes_about_praise(db: Session) -> None:
    hana, row = person_of(a_head(db)), a_compliment(db)
    with pytest.raises(StepNotOpen):
        writing.write(an_act(db, row, hana), text=HELLO)


def test_the_childs_page_says_written_until_it_is_opened(db: Session) -> None:
    row, max_ = given(db, acknowledged_on=MONDAY)
    late = case_status.status(db, row.id, today=date(2026, 3, 10))
    assert late.late == row.contact_by
    writing.write(an_act(db, row, max_), text=HELLO)
    waits = case_status.status(db, row.id, today=date(2026, 3, 10))
    assert (waits.message_waits, waits.late) == (True, None)
    assert ("wrote", "done", MONDAY) in [(it.code, it.state, it.on) for it in waits.milestones]
    assert ("wrote", MONDAY) in [(it.code, it.on) for it in waits.dates]
    letters.read(a_childs_act(db, row, TUESDAY))
    read = case_status.status(db, row.id, today=TUESDAY)
    assert (read.message_waits, read.has_messages) == (False, True)
    assert "wrote" not in [step.code for step in read.milestones]


def test_only_an_opened_message_of_the_same_case_is_answered(db: Session) -> None:
    row, max_ = given(db)
    other = a_complaint(db, manager=row.manager, stage=Stage.ALLOCATED)
    writing.write(an_act(db, row, max_), text=HELLO)
    (letter,) = letters.read(a_childs_act(db, row))
    replies.send_more(a_childs_act(db, other), "Hi.", answers=letter.id)
    assert "letter" not in last_line(db, other, "added").facts
    replies.send_more(a_childs_act(db, row), "Hi.", answers="nothing\0")
    assert "letter" not in last_line(db, row, "added").facts


def test_a_child_with_no_channel_is_read_written_to_talked_with_and_answered(db: Session) -> None:
    hana, max_row = person_of(a_head(db)), a_manager(db)
    max_ = person_of(max_row)
    row = a_complaint(db, method=None, contact=None, ongoing=False)
    acknowledge(db, row, hana)
    workflow.allocate(having_read(an_act(db, row, hana)), manager_id=max_.id)
    writing.write(an_act(db, row, max_, TUESDAY), text=HELLO)

    waits = case_status.status(db, row.id, today=WEDNESDAY)
    assert waits.message_waits
    (letter,) = letters.read(a_childs_act(db, row, WEDNESDAY))
    assert (letter.text, row.contacted_on, row.next_step) == (HELLO, WEDNESDAY, Step.LOG_TALK)
    replies.send_more(
        a_childs_act(db, row, WEDNESDAY), "Write to me here. I want a sorry.", answers=letter.id
    )
    said = case_status.status(db, row.id, today=WEDNESDAY).follow_ups[0]
    assert (said.what, said.who, said.by) == (FollowUp.MORE_WORDS, "Max Manager", THURSDAY)

    seen = _seen(an_act(db, row, max_, THURSDAY))[0]
    assert (seen.opened_on, seen.answered_on) == (WEDNESDAY, (WEDNESDAY,))
    (added,) = opened_words.open_statement(an_act(db, row, max_, THURSDAY)).added
    assert (added.answers["happened"], added.in_answer_to) == (
        "Write to me here. I want a sorry.",
        TUESDAY,
    )
    assert not follow_ups.waiting(db, row), "opened, and the opening is kept"

    talked = contact_log.log_talk(
        an_act(db, row, max_, THURSDAY),
        talk_on=THURSDAY,
        way=Channel.HERE,
        present="Robin and I, in messages",
        wants="A sorry.",
        still_wants=True,
    )
    assert (talked.stage, row.talk_on) == (Stage.TALKED, THURSDAY)
    assert "another_way" not in last_line(db, row, "log_talk").facts
    answers.submit(an_act(db, row, max_, THURSDAY), parts=WHOLE)
    opened_words.open_statement(an_act(db, row, hana, THURSDAY))
    answers.approve(an_act(db, row, hana, THURSDAY))
    answers.deliver(an_act(db, row, max_, THURSDAY), how=Method.HERE)
    assert case_status.read_answer(a_childs_act(db, row, NEXT_MONDAY)).parts == WHOLE
    written = ["letter_written", "letter_read", "added", "log_talk", "deliver", "answer_read"]
    assert [what for what in lines(db, row) if what in written] == written

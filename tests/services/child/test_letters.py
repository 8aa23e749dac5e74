"""Messages behind the secret words: written, waiting, opened, answered; both ways (B9)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.promises import Promise
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.case import follow_ups, promises
from kids_feedback.services.case.events import events_of
from kids_feedback.services.case.letters import letters_of
from kids_feedback.services.casework import workflow
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.casework.contact import contact_log
from kids_feedback.services.casework.contact import letters as writing
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel
from kids_feedback.services.child import case_status, letters, replies
from kids_feedback.services.errors import Incomplete, NothingWritten
from kids_feedback.services.reading import case_file
from kids_feedback.storage.tables.case import Case
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
    last_line,
    lines,
    sent_to,
)

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5)
NEXT_MONDAY = date(2026, 3, 9)  # five working days after the first one
HELLO = "Hello Robin, I am Max. When is a good day to talk?"
PHONE = {"phone": "07700 900123"}
NOTHING_ELSE: list[tuple[Method | None, dict[str, Any]]] = [
    (Method.HERE, {}),
    (None, {}),
    (Method.PHONE, {}),
    (Method.PHONE, {"phone": ""}),
    (Method.EMAIL, PHONE),
    (Method.LETTER, {}),
    (Method.MEET, {}),
    (Method.MEET, {"meet_tell": "here"}),
    (Method.MEET, {"meet_tell": "phone"}),
]
SOMETHING_ELSE: list[tuple[Method | None, dict[str, Any]]] = [
    (Method.PHONE, PHONE),
    (Method.EMAIL, BY_EMAIL),
    (Method.LETTER, {"letter_address": "1 Elm Road"}),
    (Method.MEET, {"meet_tell": "phone", **PHONE}),
]


def given(db: Session, **columns: Any) -> tuple[Case, Person]:
    manager = a_manager(db)
    plain = {"stage": Stage.ALLOCATED, "manager": manager, "method": Method.HERE}
    return a_complaint(db, **{**plain, **columns}), person_of(manager)


def owed(db: Session, row: Case) -> set[Promise]:
    return {item.promise for item in promises.owed(db, row)}


@pytest.mark.parametrize(("method", "contact"), NOTHING_ELSE)
def test_a_child_whom_nothing_else_reaches_is_reached_once_they_open_it(
    db: Session, method: Method | None, contact: dict[str, Any]
) -> None:
    row, max_ = given(db, method=method, contact=contact)
    saved = writing.write(an_act(db, row, max_), text=HELLO)
    assert (row.contacted_on, row.next_attempt_on) == (None, NEXT_MONDAY)
    assert (saved.next_step, Promise.CONTACT in owed(db, row)) == (Step.LOG_ATTEMPT, True)
    tried = contact_log.tries(events_of(an_act(db, row, max_)))
    assert (tried.count, tried.last_on) == (1, MONDAY)
    (letter,) = letters.read(a_childs_act(db, row, WEDNESDAY))
    assert (letter.text, letter.who, letter.on) == (HELLO, "Max Manager", MONDAY)
    assert (row.contacted_on, row.next_attempt_on) == (WEDNESDAY, None)
    assert (row.next_step, Promise.CONTACT in owed(db, row)) == (Step.LOG_TALK, False)
    assert contact_log.tries(events_of(an_act(db, row, max_))).count == 0


@pytest.mark.parametrize(("method", "contact"), SOMETHING_ELSE)
def test_who_left_another_way_is_still_to_be_reached_by_it(
    db: Session, method: Method | None, contact: dict[str, Any]
) -> None:
    row, max_ = given(db, method=method, contact=contact)
    writing.write(an_act(db, row, max_), text=HELLO)
    letters.read(a_childs_act(db, row, WEDNESDAY))
    assert (row.contacted_on, row.next_step) == (None, Step.LOG_ATTEMPT)
    assert row.next_attempt_on == NEXT_MONDAY
    assert contact_log.tries(events_of(an_act(db, row, max_))).count == 0


def test_the_nearer_try_by_another_way_stays(db: Session) -> None:
    row, max_ = given(db, method=Method.PHONE, contact=PHONE)
    contact_log.log_attempt(
        an_act(db, row, max_),
        way=Channel.PHONE,
        result=AttemptResult.NO_ANSWER,
        next_attempt_on=WEDNESDAY,
    )
    writing.write(an_act(db, row, max_), text=HELLO)
    assert row.next_attempt_on == WEDNESDAY


def test_who_wants_no_contact_is_owed_none_by_reading(db: Session) -> None:
    row, max_ = given(db, method=Method.NONE)
    writing.write(an_act(db, row, max_), text=HELLO)
    letters.read(a_childs_act(db, row))
    assert row.contacted_on is None, "so a change of mind is still promised contact"


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
    assert [seen.opened_on for seen in letters_of(an_act(db, row, max_))] == [TUESDAY, TUESDAY]


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


@pytest.mark.parametrize(
    "result", [AttemptResult.SENT, AttemptResult.LEFT_MESSAGE, AttemptResult.ANOTHER_TIME]
)
def test_a_message_on_this_website_is_written_not_logged(
    db: Session, result: AttemptResult
) -> None:
    row, max_ = given(db)
    with pytest.raises(NothingWritten):
        contact_log.log_attempt(
            an_act(db, row, max_), way=Channel.HERE, result=result, next_attempt_on=TUESDAY
        )


def test_no_talk_was_on_this_website_before_the_child_opened_a_message(db: Session) -> None:
    row, max_ = given(db)
    writing.write(an_act(db, row, max_), text=HELLO)

    def talk() -> None:
        contact_log.log_talk(
            an_act(db, row, max_),
            talk_on=MONDAY,
            way=Channel.HERE,
            present="",
            wants="Peace",
            still_wants=True,
        )

    with pytest.raises(NothingWritten):
        talk()
    letters.read(a_childs_act(db, row))
    talk()
    assert row.talk_on == MONDAY


@pytest.mark.parametrize(("method", "contact"), [*NOTHING_ELSE, *SOMETHING_ELSE])
def test_who_says_that_they_wrote_has_written_where_nothing_else_leads(
    db: Session, method: Method | None, contact: dict[str, Any]
) -> None:
    row, max_ = given(db, method=method, contact=contact)
    hana = person_of(a_head(db))
    writing.write(an_act(db, row, max_), text=HELLO)
    row.stage, row.delivered_on = Stage.DELIVERED, MONDAY
    replies.not_happy(a_childs_act(db, row, TUESDAY), "head")
    (waiting,) = follow_ups.waiting(db, row)

    def wrote() -> None:
        workflow.follow_up(
            an_act(db, row, hana, WEDNESDAY),
            follow_up_id=waiting.id,
            outcome=Outcome.WROTE,
            note="I wrote.",
        )

    if (method, contact) in NOTHING_ELSE:
        with pytest.raises(NothingWritten):
            wrote()
        assert waiting.ended_on is None
        writing.write(an_act(db, row, hana, WEDNESDAY), text="I am Hana. I have read it.")
    wrote()
    assert (waiting.ended_on, waiting.outcome) == (WEDNESDAY, Outcome.WROTE)


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
    workflow.allocate(an_act(db, row, hana), manager_id=max_.id)
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

    seen = letters_of(an_act(db, row, max_, THURSDAY))[0]
    assert (seen.opened_on, seen.answered_on) == (WEDNESDAY, (WEDNESDAY,))
    (added,) = case_file.open_statement(an_act(db, row, max_, THURSDAY)).added
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
    case_file.open_statement(an_act(db, row, hana, THURSDAY))
    answers.approve(an_act(db, row, hana, THURSDAY))
    answers.deliver(an_act(db, row, max_, THURSDAY), how=Method.HERE)
    assert case_status.read_answer(a_childs_act(db, row, NEXT_MONDAY)).parts == WHOLE
    written = ["letter_written", "letter_read", "added", "log_talk", "deliver", "answer_read"]
    assert [what for what in lines(db, row) if what in written] == written

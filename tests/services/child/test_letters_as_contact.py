"""When a message behind the secret words is contact: once opened, where nothing else leads."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.follow_ups import Outcome
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.promises import Promise
from kids_feedback.services.case import follow_ups, promises
from kids_feedback.services.case.events import events_of
from kids_feedback.services.casework import workflow
from kids_feedback.services.casework.contact import contact_log
from kids_feedback.services.casework.contact import letters as writing
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel
from kids_feedback.services.child import letters, replies
from kids_feedback.services.errors import NothingWritten
from kids_feedback.storage.tables.case import Case
from tests.make import person_of
from tests.services.acts import BY_EMAIL, MONDAY, a_childs_act, a_head, an_act
from tests.services.child.messages import HELLO, NEXT_MONDAY, TUESDAY, WEDNESDAY, given

PHONE = {"phone": "07700 900123"}
NOTHING_ELSE: list[tuple[Method | None, dict[str, Any]]] = [
    (Method.HERE, {}),
    (None, {}),
    (Method.PHONE, {}),
    (Method.PHONE, {"phone": ""}),
    (Method.EMAIL, PHONE),
    (Method.LETTER, {}),
    (Method.LETTER, {"letter_address": "1 Elm Road"}),
    (Method.MEET, {}),
    (Method.MEET, {"meet_tell": "here"}),
    (Method.MEET, {"meet_tell": "phone"}),
]
SOMETHING_ELSE: list[tuple[Method | None, dict[str, Any]]] = [
    (Method.PHONE, PHONE),
    (Method.EMAIL, BY_EMAIL),
    (Method.LETTER, {"letter_where": "home", "letter_address": "1 Elm Road"}),
    (Method.MEET, {"meet_tell": "phone", **PHONE}),
]


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

"""What a child is told when a promise is missed."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.promises import Promise
from kids_feedback.domain.errors import CalendarGap, DomainError, EditConflict, NotFound
from kids_feedback.services.case import promises
from kids_feedback.services.casework import delay_notices
from kids_feedback.services.child import case_status
from kids_feedback.services.child.case_status import Status
from kids_feedback.services.errors import DayOutOfRange, Incomplete, NotAWorkingDay
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import PersonRow
from tests.make import CALENDAR, a_complaint, a_compliment, a_note, person_of
from tests.services.acts import BY_EMAIL, a_head, a_manager, an_act, last_line, sent_to

TALK = date(2026, 3, 20)  # the answer is due on 21 April
DUE = date(2026, 4, 21)
TODAY = date(2026, 4, 20)
NEW = date(2026, 4, 27)
WHY = "The person who knows was ill."


@pytest.fixture
def manager(db: Session) -> PersonRow:
    return a_manager(db)


def talked(db: Session, manager: PersonRow, **columns: Any) -> Case:
    plain = {"stage": Stage.TALKED, "talk_on": TALK, "acknowledged_on": date(2026, 3, 3)}
    return a_complaint(db, manager=manager, **{**plain, **columns})


def say_late(
    db: Session,
    row: Case,
    person: PersonRow,
    *,
    today: date = TODAY,
    seen: int | None = None,
    **changed: Any,
) -> None:
    said = {"promise": Promise.ANSWER, "new_on": NEW, "reason": WHY, **changed}
    delay_notices.send_delay_notice(an_act(db, row, person_of(person), today, seen=seen), **said)


def seen_by_child(db: Session, row: Case, today: date) -> Status:
    return case_status.status(db, row.id, today=today)


def test_a_child_is_told_the_new_day_and_why(db: Session, manager: PersonRow) -> None:
    row = talked(db, manager)
    say_late(db, row, manager)
    status = seen_by_child(db, row, date(2026, 4, 22))
    (said,) = status.delays
    assert (said.old_on, said.new_on, said.reason) == (DUE, NEW, WHY)
    assert [step.on for step in status.dates] == [TALK, NEW]
    assert status.milestones[-1].on == NEW
    assert (status.late, status.late_is_said, status.answer_is_late) == (DUE, True, True)


def test_the_clock_itself_does_not_move(db: Session, manager: PersonRow) -> None:
    row = talked(db, manager)
    say_late(db, row, manager)
    assert (row.answer_by, row.next_due_on) == (DUE, DUE)


def test_a_new_day_that_passes_too_is_followed_by_another(db: Session, manager: PersonRow) -> None:
    row = talked(db, manager)
    say_late(db, row, manager)
    say_late(db, row, manager, today=date(2026, 4, 28), new_on=date(2026, 5, 1))
    (said,) = seen_by_child(db, row, date(2026, 4, 28)).delays
    assert (said.old_on, said.new_on) == (NEW, date(2026, 5, 1))


def test_what_was_said_ends_with_the_promise(db: Session, manager: PersonRow) -> None:
    row = talked(db, manager)
    say_late(db, row, manager)
    row.stage, row.delivered_on = Stage.DELIVERED, NEW
    assert seen_by_child(db, row, NEW).delays == ()


def test_it_is_in_the_history_and_the_head_of_practice_and_the_child_hear(
    db: Session, manager: PersonRow
) -> None:
    head = a_head(db)
    row = talked(db, manager, method=Method.EMAIL, contact=BY_EMAIL)
    say_late(db, row, manager)
    line = last_line(db, row, "delayed")
    assert line.facts == {
        "promise": "answer",
        "emailed": db.scalars(select(Message.id).where(Message.to_child)).one(),
        "old_on": "2026-04-21",
        "new_on": "2026-04-27",
    }
    assert line.note == WHY
    assert sent_to(db) == sorted([str(head.email), "robin@example.org"])
    assert not any(WHY in message.body for message in db.scalars(select(Message)))


def test_a_child_who_may_not_be_written_to_finds_it_behind_the_words(
    db: Session, manager: PersonRow
) -> None:
    row = talked(db, manager)
    say_late(db, row, manager)
    assert sent_to(db) == []
    assert last_line(db, row, "delayed").facts["emailed"] is None


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        pytest.param({"new_on": DUE}, DayOutOfRange, id="no later than what was said"),
        pytest.param({"new_on": TODAY}, DayOutOfRange, id="today"),
        pytest.param({"new_on": date(2026, 4, 25)}, NotAWorkingDay, id="a saturday"),
        pytest.param({"new_on": date(2026, 5, 4)}, NotAWorkingDay, id="a bank holiday"),
        pytest.param({"new_on": date(2999, 1, 2)}, DayOutOfRange, id="beyond the calendar"),
        pytest.param({"reason": " "}, Incomplete, id="no reason"),
        pytest.param({"promise": Promise.READ}, Incomplete, id="a promise that was kept"),
    ],
)
def test_what_cannot_be_said(
    db: Session, manager: PersonRow, changed: dict[str, Any], refusal: type[DomainError]
) -> None:
    row = talked(db, manager)
    with pytest.raises(refusal):
        say_late(db, row, manager, **changed)
    assert sent_to(db) == []


def test_at_the_end_of_the_calendar_nothing_can_be_promised(
    db: Session, manager: PersonRow
) -> None:
    row = talked(db, manager, answer_by=CALENDAR.last)
    with pytest.raises(CalendarGap):
        say_late(db, row, manager)


def test_nobody_says_it_of_a_case_they_may_not_know_of(db: Session, manager: PersonRow) -> None:
    row = talked(db, manager, about=[manager])
    with pytest.raises(NotFound):
        say_late(db, row, manager)


def test_of_two_who_say_it_at_once_the_second_notices(db: Session, manager: PersonRow) -> None:
    row = talked(db, manager)
    with pytest.raises(EditConflict):
        say_late(db, row, manager, seen=row.version - 1)


def test_which_promises_are_open(db: Session, manager: PersonRow) -> None:
    def open_of(row: Case) -> list[str]:
        return [item.promise.value for item in promises.owed(db, row) if item.is_told]

    read = {"acknowledged_on": date(2026, 3, 3), "stage": Stage.ALLOCATED}
    assert open_of(a_complaint(db)) == ["read", "contact", "talk"]
    assert open_of(a_complaint(db, **read)) == ["contact", "talk"]
    assert open_of(a_complaint(db, contacted_on=TALK, **read)) == ["talk"]
    assert open_of(talked(db, manager)) == ["answer"]
    assert open_of(a_complaint(db, method=Method.NONE, **read)) == ["answer"]
    assert open_of(a_note(db)) == ["read"]
    assert open_of(a_compliment(db)) == ["pass_on"]
    assert open_of(a_compliment(db, closed_on=TODAY, stage=Stage.CLOSED)) == []

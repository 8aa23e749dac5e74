"""Complaints that come late are asked about, never refused. docs/procedure.md, paragraphs 13-15."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.domain.people import Person
from kids_feedback.services.casework import late_complaints
from kids_feedback.services.errors import DayInFuture, Incomplete
from kids_feedback.storage.tables.case import Case
from tests.make import a_complaint, a_note, person_of
from tests.services.acts import MONDAY, a_head, an_act, last_line, lines

LAST_IN_TIME = date(2025, 9, 2)  # an end from which MONDAY is six months to the day


@pytest.fixture
def head(db: Session) -> Person:
    return person_of(a_head(db))


def say(
    db: Session, row: Case, head: Person, ended_on: date | None, circumstances: str = ""
) -> None:
    late_complaints.record_end_of_work(
        an_act(db, row, head), ended_on=ended_on, circumstances=circumstances
    )


def test_a_complaint_in_time_needs_no_reason(db: Session, head: Person) -> None:
    row = a_complaint(db)
    say(db, row, head, LAST_IN_TIME)
    assert row.ended_on == LAST_IN_TIME
    line = last_line(db, row, "say_ended")
    assert (line.facts, line.note) == ({"ended_on": "2025-09-02", "late": False}, None)


def test_a_late_complaint_goes_on_once_staff_said_what_was_special(
    db: Session, head: Person
) -> None:
    row = a_complaint(db)
    before = (row.stage, row.next_step, row.next_due_on)
    ended = LAST_IN_TIME - timedelta(days=1)
    say(db, row, head, ended, "Robin was in hospital until May.")
    assert row.ended_on == ended
    assert (row.stage, row.next_step, row.next_due_on) == before
    line = last_line(db, row, "say_ended")
    assert line.facts == {"ended_on": "2025-09-01", "late": True}
    assert line.note == "Robin was in hospital until May."


def test_of_a_late_complaint_nothing_is_kept_until_somebody_says_so(
    db: Session, head: Person
) -> None:
    row = a_complaint(db)
    with pytest.raises(Incomplete) as refused:
        say(db, row, head, LAST_IN_TIME - timedelta(days=1))
    assert refused.value.missing == ("circumstances",)
    assert (row.ended_on, lines(db, row)) == (None, [])


def test_work_that_goes_on_makes_nothing_late(db: Session, head: Person) -> None:
    row = a_complaint(db, ended_on=date(2024, 1, 2))
    say(db, row, head, None)
    assert row.ended_on is None
    assert last_line(db, row, "say_ended").facts == {"ended_on": None, "late": False}


def test_work_may_end_today_and_not_tomorrow(db: Session, head: Person) -> None:
    row = a_complaint(db)
    say(db, row, head, MONDAY)
    with pytest.raises(DayInFuture):
        say(db, row, head, MONDAY + timedelta(days=1), "It will.")
    assert row.ended_on == MONDAY


@pytest.mark.parametrize("closed", [True, False], ids=["a closed complaint", "a note"])
def test_only_an_open_complaint_is_asked(db: Session, head: Person, *, closed: bool) -> None:
    row = a_complaint(db, stage=Stage.CLOSED) if closed else a_note(db)
    with pytest.raises(StepNotOpen):
        say(db, row, head, LAST_IN_TIME)
    assert row.ended_on is None

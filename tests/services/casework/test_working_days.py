"""Closing a day. docs/procedure.md, paragraphs 25 and 26."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import AnswerClock
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.promises import Promise
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import CalendarGap
from kids_feedback.services.case import case_state, promises
from kids_feedback.services.case.opened import open_case
from kids_feedback.services.casework import delay_notices
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.casework.days.redating import Redated
from kids_feedback.services.child import case_status
from kids_feedback.services.errors import DayAlreadyClosed
from kids_feedback.services.reading import case_file
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from tests.make import a_complaint, a_compliment, a_hearing, a_note, person_of
from tests.services.acts import MONDAY, a_head, a_manager, an_act, last_line, lines, moment

TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)
FRIDAY = date(2026, 3, 20)
DUE = date(2026, 4, 21)  # the answer, after a talk on that Friday


def close(db: Session, day: date, today: date = MONDAY) -> Redated:
    return working_days.close_day(db, day, "A coronation", now=moment(today).now, today=today)


def test_the_calendar_knows_bank_holidays_and_added_days(db: Session) -> None:
    assert working_days.calendar_now(db).is_working(TUESDAY)
    close(db, TUESDAY)
    calendar = working_days.calendar_now(db)
    assert not calendar.is_working(TUESDAY)
    assert calendar.reason(TUESDAY) == "A coronation"
    assert not calendar.is_working(date(2026, 4, 3))


def test_the_answer_moves_by_a_day_with_a_line(db: Session) -> None:
    row = a_complaint(
        db,
        stage=Stage.TALKED,
        talk_on=FRIDAY,
        acknowledged_on=MONDAY,
        contacted_on=MONDAY,
    )
    version = row.version
    assert close(db, date(2026, 4, 1), FRIDAY) == Redated(day=date(2026, 4, 1), cases=1, days=1)
    assert (row.answer_by, row.next_due_on) == (date(2026, 4, 22), date(2026, 4, 22))
    assert row.version == version + 1
    line = last_line(db, row, "redated")
    assert line.person_id is None
    assert line.facts == {
        "closed_day": "2026-04-01",
        "answer_by": "2026-04-22",
        "answer_by_before": "2026-04-21",
    }


def test_every_promise_still_to_be_kept_moves(db: Session) -> None:
    row = a_complaint(db, area=None)
    assert close(db, TUESDAY).cases == 1
    assert (row.routed_by, row.read_by) == (WEDNESDAY, WEDNESDAY)
    assert (row.contact_by, row.talk_by) == (WEDNESDAY, date(2026, 3, 17))
    assert row.next_due_on == WEDNESDAY
    assert lines(db, row) == ["redated"]


def test_kept_promises_stay(db: Session) -> None:
    row = a_complaint(
        db,
        stage=Stage.TALKED,
        talk_on=MONDAY,
        acknowledged_on=MONDAY,
        contacted_on=MONDAY,
        delivered_on=MONDAY,
    )
    before = (row.routed_by, row.read_by, row.contact_by, row.talk_by, row.answer_by)
    assert close(db, TUESDAY).cases == 0
    assert (row.routed_by, row.read_by, row.contact_by, row.talk_by, row.answer_by) == before


def test_broken_promises_stay_broken(db: Session) -> None:
    row = a_complaint(db)
    close(db, TUESDAY, today=date(2026, 3, 4))
    assert (row.read_by, row.contact_by) == (TUESDAY, TUESDAY)
    assert row.talk_by == date(2026, 3, 17)


def test_a_promise_for_today_still_moves(db: Session) -> None:
    row = a_note(db)
    close(db, TUESDAY, today=TUESDAY)
    assert row.read_by == WEDNESDAY


def test_a_day_that_was_not_counted_moves_nothing(db: Session) -> None:
    a_note(db)
    a_complaint(db, stage=Stage.TALKED, talk_on=FRIDAY, acknowledged_on=MONDAY)
    assert close(db, date(2026, 3, 19)).cases == 0
    assert close(db, date(2026, 4, 22)).cases == 0
    assert db.scalars(select(Event)).all() == []


def test_a_compliment_moves_by_its_own_promise(db: Session) -> None:
    row = a_compliment(db)
    close(db, TUESDAY)
    assert (row.pass_on_by, row.next_due_on) == (date(2026, 3, 6), date(2026, 3, 6))
    assert row.read_by == TUESDAY


def test_closed_cases_stay(db: Session) -> None:
    row = a_complaint(
        db, stage=Stage.CLOSED, talk_on=FRIDAY, closed_on=FRIDAY, acknowledged_on=MONDAY
    )
    assert close(db, date(2026, 4, 1), FRIDAY).cases == 0
    assert row.answer_by == date(2026, 4, 21)


def test_the_court_is_to_be_told_a_day_earlier(db: Session) -> None:
    row = a_complaint(
        db,
        stage=Stage.DELIVERED,
        talk_on=MONDAY,
        delivered_on=MONDAY,
        acknowledged_on=MONDAY,
        contacted_on=MONDAY,
        ongoing=True,
        hearings=[a_hearing(date(2026, 4, 2))],
    )
    assert row.next_due_on == date(2026, 4, 1)
    assert close(db, date(2026, 4, 1)).cases == 0
    assert (row.next_due_on, row.warn_on) == (date(2026, 3, 31), date(2026, 3, 18))


@pytest.mark.parametrize(
    "day", [date(2026, 3, 7), date(2026, 4, 3)], ids=["a saturday", "a bank holiday"]
)
def test_a_day_that_is_closed_as_it_is_cannot_be_closed(db: Session, day: date) -> None:
    with pytest.raises(DayAlreadyClosed):
        close(db, day)


def test_a_day_is_closed_once(db: Session) -> None:
    close(db, TUESDAY)
    with pytest.raises(DayAlreadyClosed):
        close(db, TUESDAY)


def test_a_day_beyond_the_calendar_cannot_be_closed(db: Session) -> None:
    with pytest.raises(CalendarGap):
        close(db, date(2999, 1, 1))


def test_closing_the_day_of_the_talk_itself_moves_nothing_and_says_nothing(db: Session) -> None:
    row = a_complaint(db, stage=Stage.TALKED, talk_on=FRIDAY, acknowledged_on=MONDAY)
    assert close(db, FRIDAY, FRIDAY).cases == 0
    assert row.answer_by == DUE
    assert lines(db, row) == []


def test_closing_the_day_of_receipt_itself_moves_nothing_and_says_nothing(db: Session) -> None:
    row = a_complaint(db)
    assert close(db, MONDAY).cases == 0
    assert (row.read_by, row.contact_by, lines(db, row)) == (TUESDAY, TUESDAY, [])


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.FEELINGS])
def test_whatever_is_to_be_talked_about_moves_alike(db: Session, kind: Kind) -> None:
    row = a_complaint(db, kind=kind)
    close(db, TUESDAY)
    assert (row.contact_by, row.talk_by) == (WEDNESDAY, date(2026, 3, 17))
    assert last_line(db, row, "redated").facts["contact_by_before"] == "2026-03-03"
    status = case_status.status(db, row.id, today=WEDNESDAY)
    assert ("contact", "now", WEDNESDAY) in [
        (milestone.code, milestone.state, milestone.on) for milestone in status.dates
    ]


def test_the_wait_of_who_wants_no_contact_moves_too(db: Session) -> None:
    row = a_complaint(db, method=Method.NONE, stage=Stage.ALLOCATED)
    close(db, WEDNESDAY)
    assert (row.contact_by, row.talk_by) == (TUESDAY, date(2026, 3, 17))
    assert last_line(db, row, "redated").facts == {
        "closed_day": "2026-03-04",
        "answer_by": "2026-03-17",
        "answer_by_before": "2026-03-16",
    }


def test_who_was_promised_contact_later_counts_from_then(db: Session) -> None:
    row = a_complaint(db, stage=Stage.ALLOCATED, asked_on=date(2026, 3, 4))
    row.contact_by, row.talk_by = date(2026, 3, 9), date(2026, 3, 18)
    close(db, TUESDAY, WEDNESDAY)
    assert (row.contact_by, row.talk_by) == (date(2026, 3, 9), date(2026, 3, 18))
    close(db, date(2026, 3, 5), WEDNESDAY)
    assert (row.contact_by, row.talk_by) == (date(2026, 3, 10), date(2026, 3, 19))


def told_late(db: Session, today: date) -> Case:
    manager = a_manager(db)
    row = a_complaint(db, manager=manager, stage=Stage.TALKED, talk_on=FRIDAY)
    act = an_act(db, row, person_of(manager), today)
    delay_notices.send_delay_notice(
        act, promise=Promise.ANSWER, new_on=date(2026, 4, 24), reason="Ill."
    )
    return row


def test_a_day_that_was_told_since_moves_with_the_promise(db: Session) -> None:
    row = told_late(db, date(2026, 4, 20))
    assert close(db, DUE, date(2026, 4, 20)).cases == 1
    (owed,) = promises.owed(db, row)
    assert (owed.by, owed.told_on) == (date(2026, 4, 22), date(2026, 4, 27))
    assert last_line(db, row, "redated").facts == {
        "closed_day": "2026-04-21",
        "answer_by": "2026-04-22",
        "answer_by_before": "2026-04-21",
        "answer_told": "2026-04-27",
        "answer_told_before": "2026-04-24",
    }


def test_a_day_that_was_told_since_moves_when_the_promise_itself_is_broken(db: Session) -> None:
    row = told_late(db, date(2026, 4, 20))
    version = row.version
    assert close(db, date(2026, 4, 23), date(2026, 4, 22)).cases == 1
    assert row.version == version + 1
    (owed,) = promises.owed(db, row)
    assert (owed.by, owed.told_on) == (DUE, date(2026, 4, 27))
    (said,) = case_status.status(db, row.id, today=date(2026, 4, 22)).delays
    assert (said.old_on, said.new_on, said.reason) == (DUE, date(2026, 4, 27), "Ill.")


def test_both_sides_read_one_true_sum_whenever_a_day_is_closed(db: Session) -> None:
    """A day that is closed after the promise was broken was still counted by it."""
    head = person_of(a_head(db))
    row = a_complaint(db, stage=Stage.TALKED, talk_on=MONDAY, acknowledged_on=MONDAY)
    late = date(2026, 4, 10)

    def sums() -> tuple[AnswerClock | None, AnswerClock | None]:
        then = replace(moment(late), calendar=working_days.calendar_now(db))
        case = case_file.of_case(open_case(db, row.id, head, then))
        return case.clock, case_status.status(db, row.id, today=late).clock

    close(db, date(2026, 3, 11), date(2026, 3, 10))
    moved = AnswerClock(talk_on=MONDAY, due_on=date(2026, 3, 31), not_counted=(date(2026, 3, 11),))
    assert sums() == (moved, moved)
    close(db, date(2026, 3, 25), late)
    assert sums() == (moved, moved)


def test_a_sum_leaves_out_the_bank_holidays_that_it_moves_over(db: Session) -> None:
    row = a_complaint(db, stage=Stage.TALKED, talk_on=date(2026, 3, 5), acknowledged_on=MONDAY)
    assert row.answer_by == date(2026, 4, 2)
    close(db, date(2026, 3, 25), date(2026, 3, 5))
    assert case_state.sum_of(row) == AnswerClock(
        talk_on=date(2026, 3, 5),
        due_on=date(2026, 4, 7),
        not_counted=(date(2026, 3, 25), date(2026, 4, 3), date(2026, 4, 6)),
    )

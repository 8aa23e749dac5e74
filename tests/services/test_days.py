"""Closing a day. docs/procedure.md, paragraphs 25 and 26."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import CalendarGap
from kids_feedback.domain.procedure import Stage
from kids_feedback.services import days
from kids_feedback.services.days import Redated
from kids_feedback.services.refusals import AlreadyClosed
from kids_feedback.storage.cases import Event
from tests.make import a_complaint, a_compliment, a_note
from tests.services.acts import MONDAY, last_line, lines, moment

TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)
FRIDAY = date(2026, 3, 20)


def close(db: Session, day: date, today: date = MONDAY) -> Redated:
    return days.close_day(db, day, "A coronation", now=moment(today).now, today=today)


def test_the_calendar_knows_bank_holidays_and_added_days(db: Session) -> None:
    assert days.calendar_now(db).is_working(TUESDAY)
    close(db, TUESDAY)
    calendar = days.calendar_now(db)
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
    assert close(db, date(2026, 4, 1), FRIDAY) == Redated(day=date(2026, 4, 1), cases=1)
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
    assert (row.contact_by, row.talk_by) == (date(2026, 3, 6), date(2026, 3, 17))
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
    assert row.read_by == TUESDAY
    assert row.contact_by == date(2026, 3, 6)


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
        hearing_on=date(2026, 4, 2),
    )
    assert row.next_due_on == date(2026, 4, 1)
    assert close(db, date(2026, 4, 1)).cases == 0
    assert (row.next_due_on, row.warn_on) == (date(2026, 3, 31), date(2026, 3, 18))


@pytest.mark.parametrize(
    "day", [date(2026, 3, 7), date(2026, 4, 3)], ids=["a saturday", "a bank holiday"]
)
def test_a_day_that_is_closed_as_it_is_cannot_be_closed(db: Session, day: date) -> None:
    with pytest.raises(AlreadyClosed):
        close(db, day)


def test_a_day_is_closed_once(db: Session) -> None:
    close(db, TUESDAY)
    with pytest.raises(AlreadyClosed):
        close(db, TUESDAY)


def test_a_day_beyond_the_calendar_cannot_be_closed(db: Session) -> None:
    with pytest.raises(CalendarGap):
        close(db, date(2999, 1, 1))

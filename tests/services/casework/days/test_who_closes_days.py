"""Who closes and opens days, we or a newer list of bank holidays: ruling R23.

What is refused, and who hears of it. docs/procedure.md, paragraphs 25 and 26.
"""

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import AnswerClock
from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.gateways.bank_holidays import newest_list
from kids_feedback.services.case import case_state
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.casework.days.redating import Redated
from kids_feedback.services.errors import DayAlreadyClosed, DayAlreadyOpen
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.closed_days import KnownHoliday
from kids_feedback.storage.tables.meetings import Meeting
from tests.make import LONDON, a_complaint
from tests.services.acts import MONDAY, a_manager, last_line, lines, moment, sent_to
from tests.services.casework.days.changes import (
    CORONATION,
    TUESDAY,
    WEDNESDAY,
    close,
    follow,
    reopen,
)


def test_who_closed_and_opened_a_day_is_listed(db: Session) -> None:
    ada = a_manager(db, "Ada Keys")
    now = moment().now
    working_days.close_day(db, TUESDAY, "A storm", now=now, today=MONDAY, by=ada.id)
    close(db, WEDNESDAY)
    working_days.open_day(db, TUESDAY, now=now, today=MONDAY, by=ada.id)
    newest, oldest = working_days.listed_days(db)
    assert (newest.day, newest.closed_by, newest.opened_at) == (WEDNESDAY, None, None)
    assert (oldest.reason, oldest.closed_by, oldest.opened_by) == (
        "A storm",
        "Ada Keys",
        "Ada Keys",
    )
    assert (oldest.closed_at, oldest.opened_at) == (now, now)
    close(db, TUESDAY)
    assert {each.opened_at for each in working_days.listed_days(db)} == {None}


@pytest.mark.parametrize(
    ("day", "holiday", "reason"),
    [
        (date(2026, 3, 7), None, None),
        (date(2026, 4, 3), "Good Friday", "Good Friday"),
        (TUESDAY, None, "A coronation"),
    ],
)
def test_what_a_closed_day_is_stands_in_the_refusal(
    db: Session, day: date, holiday: str | None, reason: str | None
) -> None:
    close(db, TUESDAY)
    with pytest.raises(DayAlreadyClosed) as refused:
        close(db, day)
    assert (refused.value.bank_holiday, refused.value.reason) == (holiday, reason)


def test_only_a_day_that_was_closed_here_can_be_opened(db: Session) -> None:
    with pytest.raises(DayAlreadyOpen):
        reopen(db, TUESDAY)
    with pytest.raises(DayAlreadyClosed):
        reopen(db, date(2026, 4, 3))
    close(db, TUESDAY)
    reopen(db, TUESDAY)
    with pytest.raises(DayAlreadyOpen):
        reopen(db, TUESDAY)


def with_a_meeting(db: Session, state: MeetingState = MeetingState.AGREED) -> Case:
    manager = a_manager(db, email="max@example.org")
    start = datetime(2026, 3, 11, 16, tzinfo=LONDON)
    agreed = start if state is MeetingState.AGREED else None
    row = a_complaint(db, manager=manager, stage=Stage.ALLOCATED, meeting_at=agreed)
    db.add(
        Meeting(
            case_id=row.id,
            state=state,
            offered_by=manager.id,
            minutes=45,
            starts_at=agreed,
            details={"slots": [start.isoformat()], "places": ["The park"]},
        )
    )
    db.flush()
    return row


def test_whoever_meets_the_child_hears_that_people_work_after_all(db: Session) -> None:
    row = with_a_meeting(db)
    assert close(db, CORONATION).meetings == 1
    assert reopen(db, CORONATION).meetings == 1
    facts = last_line(db, row, "redated").facts
    assert (facts["opened_day"], facts["meeting_on"]) == ("2026-03-11", "2026-03-11")
    assert sent_to(db) == ["max@example.org"] * 2


def test_whoever_offered_a_time_on_that_day_hears_of_it(db: Session) -> None:
    row = with_a_meeting(db, MeetingState.OFFERED)
    assert close(db, CORONATION).meetings == 1
    assert last_line(db, row, "redated").facts["offer_on"] == "2026-03-11"
    assert sent_to(db) == ["max@example.org"]
    assert reopen(db, CORONATION).meetings == 0


def test_the_first_list_is_kept_and_moves_nothing(db: Session) -> None:
    a_complaint(db)
    assert follow(db) == ()
    kept = db.scalars(select(KnownHoliday)).all()
    assert {row.day for row in kept} == set(newest_list().days)
    assert {row.came_at for row in kept} == {None}


def test_a_bank_holiday_that_came_by_an_update_moves_what_a_closed_day_would(db: Session) -> None:
    row = a_complaint(db, stage=Stage.TALKED, talk_on=MONDAY, acknowledged_on=MONDAY)
    follow(db)
    assert follow(db, CORONATION) == (Redated(day=CORONATION, cases=1, days=1),)
    assert case_state.sum_of(row) == AnswerClock(
        talk_on=MONDAY, due_on=date(2026, 3, 31), not_counted=(CORONATION,)
    )
    assert last_line(db, row, "redated").facts["closed_day"] == "2026-03-11"
    assert follow(db, CORONATION) == ()
    assert lines(db, row) == ["redated"]


def test_a_bank_holiday_that_vanished_moves_back(db: Session) -> None:
    easter = date(2026, 4, 6)
    row = a_complaint(db, stage=Stage.TALKED, talk_on=date(2026, 3, 20), acknowledged_on=MONDAY)
    follow(db)
    assert follow(db, without=(easter,)) == (Redated(day=easter, opens=True, cases=1, days=1),)
    assert case_state.sum_of(row) == AnswerClock(
        talk_on=date(2026, 3, 20), due_on=date(2026, 4, 20), not_counted=(date(2026, 4, 3),)
    )
    follow(db)
    assert row.answer_by == date(2026, 4, 21)


def test_a_process_with_an_older_list_takes_nothing_back(db: Session) -> None:
    row = a_complaint(db)
    follow(db, release="0.99")
    follow(db, TUESDAY, release="0.109")
    assert follow(db, release="0.99.1") == ()
    assert row.read_by == WEDNESDAY


def test_a_holiday_on_a_day_that_was_closed_already_moves_nothing_more(db: Session) -> None:
    row = a_complaint(db)
    follow(db)
    close(db, TUESDAY)
    assert follow(db, TUESDAY) == ()
    assert follow(db) == ()
    assert row.read_by == WEDNESDAY
    reopen(db, TUESDAY)
    assert row.read_by == TUESDAY


def test_a_holiday_on_a_weekend_moves_nothing(db: Session) -> None:
    follow(db)
    assert follow(db, date(2026, 3, 7)) == ()

"""What was promised around days that are closed and opened: ruling R23.

docs/procedure.md, paragraphs 25 and 26.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from kids_feedback.domain.case.calendar import ONE_DAY, WorkingCalendar
from kids_feedback.domain.case.clocks import AnswerClock
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.promises import Promise
from kids_feedback.domain.case.submission import Kind
from kids_feedback.gateways.bank_holidays import newest_list
from kids_feedback.services.case import case_state, promises
from kids_feedback.services.casework import delay_notices
from kids_feedback.services.casework.days import working_days
from kids_feedback.storage.tables.case import Case
from tests import sample
from tests.make import CALENDAR, a_complaint, a_compliment, a_note, person_of
from tests.services.acts import MONDAY, a_head, an_act, last_line, moment
from tests.services.case.test_owed import DAYS, a_matter, matters
from tests.services.casework.days.changes import (
    CORONATION,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    close,
    follow,
    reopen,
)

NEXT = [MONDAY + ONE_DAY * number for number in range(1, 60)]
WORKING = [day for day in NEXT if CALENDAR.is_working(day)]


def by_us(db: Session, closed: list[date], today: date) -> WorkingCalendar:
    """Close these days, and open what else was closed; return the working days since."""
    listed = {each.day for each in working_days.listed_days(db) if each.opened_at is None}
    for day in closed:
        if day not in listed:
            close(db, day, today)
    for day in listed - set(closed):
        reopen(db, day, today)
    return working_days.calendar_now(db)


def by_the_list(db: Session, closed: list[date], today: date) -> WorkingCalendar:
    """Follow a list in which these days are bank holidays too; return the working days since."""
    follow(db, *closed, today=today)
    holidays = {**newest_list().days, **dict.fromkeys(closed, "A coronation")}
    calendar = working_days.calendar_now(db)
    return WorkingCalendar(first=calendar.first, last=calendar.last, bank_holidays=holidays)


def told(db: Session, row: Case) -> dict[Promise, tuple[date, date]]:
    """Return each open promise, and the day that the child was told last."""
    return {item.promise: (item.by, item.told_on) for item in promises.owed(db, row)}


def say_late(db: Session, row: Case, person: Any, today: date) -> None:
    """Tell the child a later day of the first promise that they know of."""
    calendar = moment(today).calendar
    known = [item for item in promises.owed(db, row) if item.is_told]
    for item in known[:1]:
        new_on = calendar.add(max(today, item.told_on), 2)
        act = an_act(db, row, person, today)
        delay_notices.send_delay_notice(act, promise=item.promise, new_on=new_on, reason="Ill.")


@pytest.mark.parametrize("change", [by_us, by_the_list])
@settings(max_examples=sample.many(small=40, full=2_000), suppress_health_check=list(HealthCheck))
@given(
    columns=matters(),
    today=DAYS,
    late=st.sampled_from(["", "late"]),
    closed=st.lists(st.sampled_from(WORKING), min_size=1, max_size=4, unique=True),
    order=st.permutations(range(4)),
)
def test_every_told_day_keeps_its_working_days_and_comes_back_as_it_was(
    db: Session,
    change: Callable[[Session, list[date], date], WorkingCalendar],
    columns: dict[str, Any],
    today: date,
    late: str,
    closed: list[date],
    order: list[int],
) -> None:
    db.rollback()
    follow(db, today=today)
    row, head = a_matter(db, columns)
    if late:
        say_late(db, row, head, today)
    before, sum_ = told(db, row), case_state.sum_of(row)
    since = {item.promise: item.since for item in promises.owed(db, row)}
    counted = {
        promise: CALENDAR.working_days(after=since[promise], upto=by)
        for promise, (by, _) in before.items()
    }
    for place in range(len(closed)):
        calendar = change(db, closed[: place + 1], today)
        for promise, (by, told_on) in told(db, row).items():
            assert by == before[promise][0] or by >= today, "what was broken stays broken"
            if by >= today:
                assert calendar.is_working(by)
                assert calendar.working_days(after=since[promise], upto=by) == counted[promise]
            assert told_on < today or calendar.is_working(told_on)
            assert told_on >= before[promise][1]
    opening = [closed[place] for place in order if place < len(closed)]
    for place in range(len(closed)):
        change(db, opening[place + 1 :], today)
    assert (told(db, row), case_state.sum_of(row)) == (before, sum_)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda db: a_complaint(db, kind=Kind.FEELINGS), id="feelings"),
        pytest.param(a_note, id="a note"),
        pytest.param(a_compliment, id="a compliment"),
        pytest.param(a_complaint, id="a complaint"),
    ],
)
def test_opening_says_in_each_history_what_moved_back(
    db: Session, make: Callable[[Session], Case]
) -> None:
    row = make(db)
    before = told(db, row)
    close(db, TUESDAY)
    moved = last_line(db, row, "redated").facts
    assert reopen(db, TUESDAY).cases == 1
    assert told(db, row) == before
    back = last_line(db, row, "redated").facts
    assert back["opened_day"] == moved["closed_day"] == "2026-03-03"
    named = {name for name in moved if f"{name}_before" in moved}
    assert named
    assert all(back[name] == moved[f"{name}_before"] for name in named)
    assert row.next_due_on == min(by for by, _ in before.values())


def test_a_day_never_moves_back_before_today(db: Session) -> None:
    row = a_note(db)
    close(db, TUESDAY)
    assert row.read_by == WEDNESDAY
    assert reopen(db, TUESDAY, WEDNESDAY).cases == 0
    assert row.read_by == WEDNESDAY


def test_a_day_may_move_back_to_today(db: Session) -> None:
    row = a_note(db)
    close(db, TUESDAY)
    reopen(db, TUESDAY, TUESDAY)
    assert row.read_by == TUESDAY


def test_a_day_that_could_not_come_back_into_a_sum_leaves_it_once(db: Session) -> None:
    row = a_complaint(db, stage=Stage.TALKED, talk_on=MONDAY, acknowledged_on=MONDAY)
    close(db, CORONATION)
    moved = case_state.sum_of(row)
    late = date(2026, 3, 31)
    reopen(db, CORONATION, late)
    assert case_state.sum_of(row) == moved, "a day earlier would be over already"
    close(db, CORONATION, late)
    assert case_state.sum_of(row) == moved


def test_a_promise_that_was_made_around_a_closed_day_keeps_its_number(db: Session) -> None:
    """The answer is due on the 20th working day, whatever was thought of one of them before."""
    close(db, CORONATION)
    row = a_complaint(db, stage=Stage.TALKED, talk_on=MONDAY, acknowledged_on=MONDAY)
    case_state.keep_sum(
        row,
        AnswerClock(talk_on=MONDAY, due_on=date(2026, 3, 31), not_counted=(CORONATION,)),
    )
    reopen(db, CORONATION)
    assert case_state.sum_of(row) == AnswerClock(
        talk_on=MONDAY, due_on=date(2026, 3, 30), not_counted=()
    )


def test_a_day_that_staff_named_after_the_closing_stays(db: Session) -> None:
    """They named that very day, and no number of days."""
    head = person_of(a_head(db))
    row = a_complaint(db, stage=Stage.TALKED, talk_on=MONDAY, acknowledged_on=MONDAY)
    close(db, CORONATION)
    act = an_act(db, row, head, TUESDAY)
    new_on = date(2026, 4, 8)
    delay_notices.send_delay_notice(act, promise=Promise.ANSWER, new_on=new_on, reason="Ill.")
    reopen(db, CORONATION, WEDNESDAY)
    assert told(db, row)[Promise.ANSWER] == (date(2026, 3, 30), new_on)


def test_a_later_day_stays_later_than_the_promise(db: Session) -> None:
    """Else what staff said of it, and why, would be gone from the child's page."""
    head = person_of(a_head(db))
    row = a_note(db)
    act = an_act(db, row, head, MONDAY)
    delay_notices.send_delay_notice(act, promise=Promise.READ, new_on=WEDNESDAY, reason="Ill.")
    close(db, TUESDAY)
    assert told(db, row)[Promise.READ] == (WEDNESDAY, THURSDAY)
    reopen(db, TUESDAY, WEDNESDAY)
    assert told(db, row)[Promise.READ] == (WEDNESDAY, THURSDAY)

"""The clocks: docs/procedure.md, paragraphs 13 to 15, 23 to 30 and 63."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.domain.case.clocks import (
    Allowances,
    AnswerClock,
    Due,
    answer_clock,
    days_left,
    due,
    is_late_complaint,
    last_day_in_time,
    promised,
)
from kids_feedback.domain.case.promises import ANSWER, ANSWER_WORKING_DAYS, CLOCKS, Promise
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import CalendarGap
from kids_feedback.gateways.bank_holidays import calendar_of
from tests.domain.case import slow_calendar
from tests.domain.other_routes.grown_ups_route import ANSWER as GROWN_UPS_ANSWER

ENGLAND = calendar_of({})


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("talk_on", "due_on", "not_counted"),
    [
        pytest.param("2026-03-20", "2026-04-21", "2026-04-03 2026-04-06", id="over easter"),
        pytest.param(
            "2025-12-09",
            "2026-01-09",
            "2025-12-25 2025-12-26 2026-01-01",
            id="over christmas and new year",
        ),
        pytest.param("2026-06-01", "2026-06-29", "", id="four plain weeks"),
        pytest.param("2026-06-06", "2026-07-03", "", id="a talk on a saturday"),
        pytest.param("2026-06-07", "2026-07-03", "", id="a talk on a sunday"),
        pytest.param("2026-05-25", "2026-06-22", "", id="a talk on a bank holiday"),
        pytest.param(
            "2022-08-30", "2022-09-28", "2022-09-19", id="over the queen's funeral, proclaimed late"
        ),
        pytest.param(
            "2023-04-14",
            "2023-05-16",
            "2023-05-01 2023-05-08",
            id="over early may and the coronation",
        ),
        pytest.param(
            "2027-12-10",
            "2028-01-12",
            "2027-12-27 2027-12-28 2028-01-03",
            id="over three substitute days",
        ),
        pytest.param(
            "2028-12-08",
            "2029-01-10",
            "2028-12-25 2028-12-26 2029-01-01",
            id="over a christmas on weekdays",
        ),
        pytest.param("2024-02-01", "2024-02-29", "", id="due on a leap day"),
        pytest.param(
            "2024-02-29", "2024-03-28", "", id="a talk on a leap day, due before good friday"
        ),
    ],
)
def test_the_child_gets_the_answer_by(talk_on: str, due_on: str, not_counted: str) -> None:
    assert answer_clock(on(talk_on), ENGLAND) == AnswerClock(
        talk_on=on(talk_on),
        due_on=on(due_on),
        not_counted=tuple(on(day) for day in not_counted.split()),
    )


def test_a_newly_added_day_moves_the_answer_and_is_named() -> None:
    closed = calendar_of({date(2026, 4, 15): "A day of mourning"})
    clock = answer_clock(date(2026, 3, 20), closed)
    assert clock.due_on == date(2026, 4, 22)
    assert clock.not_counted == (date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 15))


def test_no_answer_is_promised_for_a_year_nobody_knows() -> None:
    with pytest.raises(CalendarGap) as gap:
        answer_clock(date(2035, 12, 20), ENGLAND)
    assert gap.value.day == date(2036, 1, 1)


@given(talk_on=st.dates(date(2010, 1, 1), date(2034, 12, 31)))
def test_every_answer_date_agrees_with_the_slow_reckoning(talk_on: date) -> None:
    clock = answer_clock(talk_on, ENGLAND)
    assert clock.due_on == slow_calendar.walk(talk_on, 20)
    assert days_left(talk_on, clock.due_on, ENGLAND) == ANSWER_WORKING_DAYS
    assert days_left(clock.due_on, clock.due_on, ENGLAND) == 0
    assert len(clock.not_counted) == sum(
        talk_on < day < clock.due_on for day in slow_calendar.CLOSED
    )


@pytest.mark.parametrize(
    ("received_on", "read_by", "pass_on_by", "talk_by"),
    [
        pytest.param("2026-03-02", "2026-03-03", "2026-03-05", "2026-03-16", id="on a monday"),
        pytest.param("2026-03-06", "2026-03-09", "2026-03-11", "2026-03-20", id="on a friday"),
        pytest.param("2026-03-07", "2026-03-09", "2026-03-11", "2026-03-20", id="on a saturday"),
        pytest.param("2026-04-03", "2026-04-07", "2026-04-09", "2026-04-20", id="on good friday"),
    ],
)
def test_a_complaint_that_comes_in(
    received_on: str, read_by: str, pass_on_by: str, talk_by: str
) -> None:
    assert promised(on(received_on), Allowances(), ENGLAND) == {
        Promise.ROUTE: on(read_by),
        Promise.READ: on(read_by),
        Promise.CONTACT: on(read_by),
        Promise.TALK: on(talk_by),
        Promise.PASS_ON: on(pass_on_by),
        Promise.COURT: ENGLAND.add(on(received_on), 2),
    }


def test_a_service_may_promise_other_numbers_of_days() -> None:
    allowances = Allowances(route=3, read=2, contact=2, talk=5, pass_on=1, court=4)
    assert promised(date(2026, 3, 2), allowances, ENGLAND) == {
        Promise.ROUTE: date(2026, 3, 5),
        Promise.READ: date(2026, 3, 4),
        Promise.CONTACT: date(2026, 3, 4),
        Promise.TALK: date(2026, 3, 9),
        Promise.PASS_ON: date(2026, 3, 3),
        Promise.COURT: date(2026, 3, 6),
    }


@pytest.mark.parametrize("promise", ["route", "read", "contact", "talk", "pass_on"])
def test_nobody_can_promise_no_days_at_all(promise: str) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Allowances(**{promise: 0})


def test_a_compliment_is_passed_on_within_three_working_days() -> None:
    days = promised(date(2026, 4, 1), Allowances(), ENGLAND)
    assert days[Promise.PASS_ON] == date(2026, 4, 8)


@pytest.mark.parametrize(
    ("today", "left"),
    [
        pytest.param("2026-04-20", 1, id="the day before"),
        pytest.param("2026-04-21", 0, id="the day itself"),
        pytest.param("2026-04-22", -1, id="one day late"),
        pytest.param("2026-04-25", -3, id="a weekend adds no lateness"),
        pytest.param("2026-04-02", 11, id="with easter still to come"),
    ],
)
def test_a_manager_sees_the_days_left(today: str, left: int) -> None:
    assert days_left(on(today), date(2026, 4, 21), ENGLAND) == left


@pytest.mark.parametrize(
    ("ended_on", "last_day"),
    [
        pytest.param("2025-08-31", "2026-02-28", id="february has no 31st"),
        pytest.param("2027-08-31", "2028-02-29", id="nor in a leap year"),
        pytest.param("2027-08-29", "2028-02-29", id="but a leap year has a 29th"),
        pytest.param("2025-08-28", "2026-02-28", id="the same date where there is one"),
        pytest.param("2026-03-31", "2026-09-30", id="september has no 31st"),
        pytest.param("2026-06-30", "2026-12-30", id="not the last day of december"),
        pytest.param("2026-07-01", "2027-01-01", id="over new year, though a bank holiday"),
        pytest.param("2024-02-29", "2024-08-29", id="from a leap day"),
    ],
)
def test_a_complaint_is_in_time_until(ended_on: str, last_day: str) -> None:
    assert last_day_in_time(on(ended_on)) == on(last_day)


def test_a_complaint_is_late_from_the_day_after() -> None:
    ended_on = date(2025, 8, 31)
    assert not is_late_complaint(date(2026, 2, 28), ended_on)
    assert is_late_complaint(date(2026, 3, 1), ended_on)


def test_no_complaint_is_late_while_cafcass_is_still_involved() -> None:
    assert not is_late_complaint(date(2026, 3, 1), None)


@given(ended_on=st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_six_months_end_on_the_same_date_or_on_the_last_of_the_month(ended_on: date) -> None:
    last_day = last_day_in_time(ended_on)
    months = (last_day.year - ended_on.year) * 12 + last_day.month - ended_on.month
    assert months == 6
    shortened = (last_day + slow_calendar.DAY).day == 1 and last_day.day < ended_on.day
    assert last_day.day == ended_on.day or shortened


RECEIVED = on("2026-03-02")  # a Monday; 15 working days on is Monday 23 March


@pytest.mark.parametrize(
    ("hearing", "expected"),
    [
        pytest.param(None, Due(on=on("2026-03-23")), id="no hearing is known"),
        pytest.param("2026-04-20", Due(on=on("2026-03-23")), id="a hearing far ahead"),
        pytest.param("2026-03-30", Due(on=on("2026-03-23")), id="both on the same day"),
        pytest.param(
            "2026-03-27", Due(on=on("2026-03-20"), for_hearing=True), id="the hearing comes first"
        ),
        pytest.param(
            "2026-03-10", Due(on=on("2026-03-03"), for_hearing=True), id="just five days before it"
        ),
        pytest.param(
            "2026-03-09",
            Due(on=on("2026-03-06"), for_hearing=True, too_near=True),
            id="five days before it are over",
        ),
        pytest.param(
            "2026-03-03",
            Due(on=on("2026-03-02"), for_hearing=True, too_near=True),
            id="the hearing is tomorrow",
        ),
        pytest.param("2026-03-02", Due(on=on("2026-03-23")), id="the hearing is over"),
    ],
)
def test_of_two_days_the_earlier_counts(hearing: str | None, expected: Due) -> None:
    hearing_on = on(hearing) if hearing else None
    assert due(GROWN_UPS_ANSWER, RECEIVED, ENGLAND, hearing_on=hearing_on) == expected


def test_a_hearing_moves_no_clock_that_does_not_look_at_one() -> None:
    hearing_on = on("2026-03-10")
    assert due(ANSWER, RECEIVED, ENGLAND, hearing_on=hearing_on) == Due(on=on("2026-03-30"))


def test_what_is_a_setting_has_no_days_of_its_own() -> None:
    read = next(item for item in CLOCKS[Kind.COMPLAINT] if item.promise is Promise.READ)
    with pytest.raises(ValueError, match="read"):
        due(read, RECEIVED, ENGLAND)

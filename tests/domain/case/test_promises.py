"""What is owed: docs/procedure.md, paragraphs 10, 23, 26 to 30 and 63."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.domain.case.clocks import AnswerClock, answer_clock
from kids_feedback.domain.case.promises import (
    CLOCKS,
    Because,
    Clock,
    MovedPromise,
    Occasion,
    OwedPromise,
    Promise,
    PromiseFacts,
    after_closing,
    after_opening,
    kept_in_time,
    next_to_break,
    owed,
)
from kids_feedback.domain.case.submission import Kind
from kids_feedback.gateways.bank_holidays import calendar_of
from tests.domain.case import slow_calendar

MONDAY, LATER, DUE = date(2026, 3, 2), date(2026, 3, 9), date(2026, 4, 8)
DAYS = {
    Promise.ROUTE: date(2026, 3, 3),
    Promise.READ: date(2026, 3, 4),
    Promise.CONTACT: date(2026, 3, 5),
    Promise.TALK: date(2026, 3, 16),
    Promise.PASS_ON: date(2026, 3, 6),
    Promise.COURT: date(2026, 3, 10),
}
SENT: Mapping[Occasion, date | None] = {Occasion.RECEIVED: MONDAY, Occasion.ASKED: MONDAY}
ROUTED: Mapping[Occasion, date | None] = {**SENT, Occasion.ROUTED: None}
READ: Mapping[Occasion, date | None] = {**ROUTED, Occasion.READ: MONDAY}
TALKED: Mapping[Occasion, date | None] = {**READ, Occasion.TALKED: LATER}
IN_COURT: Mapping[Occasion, date | None] = {**READ, Occasion.COURT_ASKED: MONDAY}
PROMISED = {**DAYS, Promise.ANSWER: DUE}


def facts(happened: Mapping[Occasion, date | None], **changed: Any) -> PromiseFacts:
    days = PROMISED if Occasion.TALKED in happened else DAYS
    return PromiseFacts(**{"wants_contact": True, "happened": happened, "days": days, **changed})


def codes(found: tuple[OwedPromise, ...]) -> list[str]:
    return [row.promise.value for row in found]


def moved(new_on: date, promise: Promise = Promise.TALK, **changed: Any) -> MovedPromise:
    plain = {"old_on": DAYS[Promise.TALK], "because": Because.SAID, "reason": "Ill."}
    return MovedPromise(promise=promise, new_on=new_on, **{**plain, **changed})


@pytest.mark.parametrize(
    ("kind", "happened", "expected"),
    [
        pytest.param(Kind.COMPLAINT, SENT, "route read contact talk", id="just sent"),
        pytest.param(Kind.COMPLAINT, ROUTED, "read contact talk", id="its area is known"),
        pytest.param(Kind.COMPLAINT, READ, "contact talk", id="read"),
        pytest.param(Kind.COMPLAINT, {**READ, Occasion.CONTACTED: LATER}, "talk", id="tried"),
        pytest.param(Kind.COMPLAINT, TALKED, "answer", id="talked, which is contact too"),
        pytest.param(Kind.COMPLAINT, {**TALKED, Occasion.ANSWERED: DUE}, "", id="answered"),
        pytest.param(Kind.COMPLAINT, {**READ, Occasion.ANSWERED: DUE}, "", id="answered at once"),
        pytest.param(Kind.COMPLAINT, IN_COURT, "contact talk court", id="of it the court hears"),
        pytest.param(Kind.FEELINGS, IN_COURT, "contact talk", id="of feelings it does not"),
        pytest.param(Kind.NOTE, IN_COURT, "", id="nor of a note"),
        pytest.param(Kind.FEELINGS, SENT, "route read contact talk", id="feelings"),
        pytest.param(Kind.FEELINGS, TALKED, "", id="feelings that were talked about"),
        pytest.param(Kind.NOTE, SENT, "route read", id="a note"),
        pytest.param(Kind.NOTE, TALKED, "", id="a complaint that the child stopped"),
        pytest.param(Kind.COMPLIMENT, SENT, "route pass_on", id="praise"),
        pytest.param(Kind.COMPLIMENT, {**ROUTED, Occasion.CLOSED: LATER}, "", id="passed on"),
        pytest.param(Kind.COMPLAINT, {**SENT, Occasion.CLOSED: LATER}, "", id="closed"),
    ],
)
def test_what_is_owed(kind: Kind, happened: Mapping[Occasion, date | None], expected: str) -> None:
    assert codes(owed(facts(happened), CLOCKS[kind])) == expected.split()


def test_each_counts_from_its_own_day_and_has_its_own() -> None:
    found = owed(facts({**SENT, Occasion.ASKED: LATER}), CLOCKS[Kind.COMPLAINT])
    assert {row.promise: (row.since, row.by) for row in found} == {
        Promise.ROUTE: (MONDAY, DAYS[Promise.ROUTE]),
        Promise.READ: (MONDAY, DAYS[Promise.READ]),
        Promise.CONTACT: (LATER, DAYS[Promise.CONTACT]),
        Promise.TALK: (LATER, DAYS[Promise.TALK]),
    }
    (answer,) = owed(facts(TALKED), CLOCKS[Kind.COMPLAINT])
    assert (answer.since, answer.by) == (LATER, DUE)


def test_who_wants_no_contact_is_told_the_day_of_a_talk_as_that_of_the_answer() -> None:
    (answer,) = owed(facts(READ, wants_contact=False), CLOCKS[Kind.COMPLAINT])
    assert (answer.promise, answer.since, answer.by) == (
        Promise.ANSWER,
        MONDAY,
        DAYS[Promise.TALK],
    )
    assert answer.day_of is Promise.TALK
    assert answer.is_told


def test_who_talked_all_the_same_gets_the_answer_by_the_clock() -> None:
    (answer,) = owed(facts(TALKED, wants_contact=False), CLOCKS[Kind.COMPLAINT])
    assert (answer.by, answer.day_of, answer.is_told) == (DUE, Promise.ANSWER, True)


def test_feelings_without_a_talk_are_read_and_no_more() -> None:
    assert codes(owed(facts(ROUTED, wants_contact=False), CLOCKS[Kind.FEELINGS])) == ["read"]


def test_only_the_area_is_no_business_of_the_childs() -> None:
    told = {item.promise: item.is_told for item in owed(facts(SENT), CLOCKS[Kind.COMPLAINT])}
    assert not told.pop(Promise.ROUTE)
    assert set(told.values()) == {True}


def test_the_last_word_counts_and_the_promise_stays() -> None:
    moves = (moved(date(2026, 3, 20)), moved(date(2026, 3, 18), because=Because.CHILD_PICKED))
    found = owed(facts({**READ, Occasion.CONTACTED: MONDAY}, moves=moves), CLOCKS[Kind.COMPLAINT])
    (talk,) = found
    assert (talk.by, talk.told_on) == (DAYS[Promise.TALK], date(2026, 3, 18))
    assert talk.moved == moves[1]
    assert not talk.was_said_late


def test_a_word_on_another_promise_moves_nothing() -> None:
    found = owed(facts(READ, moves=(moved(date(2026, 3, 20)),)), CLOCKS[Kind.COMPLAINT])
    assert [(row.told_on, row.was_said_late) for row in found] == [
        (DAYS[Promise.CONTACT], False),
        (date(2026, 3, 20), True),
    ]


def test_a_day_that_the_promise_has_caught_up_with_is_no_delay() -> None:
    moves = (moved(DAYS[Promise.TALK], old_on=date(2026, 3, 13)),)
    found = owed(facts(READ, moves=moves), CLOCKS[Kind.COMPLAINT])
    assert [row.moved for row in found] == [None, None]


def test_the_next_to_break_is_the_nearest_and_of_one_day_the_first() -> None:
    found = owed(facts(SENT), CLOCKS[Kind.COMPLAINT])
    assert next_to_break(found) == found[0]
    assert next_to_break(reversed(found)) == found[0]
    same_day = owed(facts(SENT, days=dict.fromkeys(DAYS, MONDAY)), CLOCKS[Kind.COMPLAINT])
    assert next_to_break(same_day) == same_day[0]
    assert next_to_break(()) is None


@pytest.mark.parametrize(
    ("kept_on", "today", "expected"),
    [
        pytest.param(date(2026, 3, 3), MONDAY, True, id="before the day"),
        pytest.param(date(2026, 3, 4), MONDAY, True, id="on the very day"),
        pytest.param(date(2026, 3, 5), date(2026, 4, 1), False, id="a day late"),
        pytest.param(None, date(2026, 3, 4), None, id="still open on the day"),
        pytest.param(None, date(2026, 3, 5), False, id="never, and the day has passed"),
    ],
)
def test_whether_a_promise_was_kept(
    kept_on: date | None, today: date, *, expected: bool | None
) -> None:
    happened = {**ROUTED, Occasion.READ: kept_on} if kept_on else ROUTED
    clocks = CLOCKS[Kind.COMPLAINT]
    assert kept_in_time(Promise.READ, facts(happened), clocks, today=today) is expected


def test_a_promise_that_was_not_made_was_neither_kept_nor_broken() -> None:
    much_later = date(2027, 1, 4)
    complaint = CLOCKS[Kind.COMPLAINT]
    assert kept_in_time(Promise.ANSWER, facts(READ), complaint, today=much_later) is None
    assert kept_in_time(Promise.READ, facts(SENT), CLOCKS[Kind.COMPLIMENT], today=LATER) is None
    withdrawn = replace(facts(TALKED), withdrawn_on=DUE)
    assert kept_in_time(Promise.ANSWER, withdrawn, complaint, today=much_later) is None


def test_contact_is_kept_by_the_first_of_all_that_is_contact() -> None:
    happened = {**TALKED, Occasion.CONTACTED: date(2026, 3, 4), Occasion.ANSWERED: DUE}
    found = kept_in_time(Promise.CONTACT, facts(happened), CLOCKS[Kind.COMPLAINT], today=DUE)
    assert found is True


def test_another_route_brings_its_own_clocks() -> None:
    """A grown-up's answer counts from receipt; a longer day was said before the first passed."""
    clocks = (
        Clock(
            promise=Promise.ANSWER,
            counts_from=Occasion.RECEIVED,
            kept_by=frozenset({Occasion.ANSWERED}),
        ),
    )
    longer = moved(date(2026, 4, 1), Promise.ANSWER, old_on=date(2026, 3, 23))
    told = facts(SENT, days={Promise.ANSWER: date(2026, 3, 23)}, moves=(longer,))
    (answer,) = owed(told, clocks)
    assert (answer.since, answer.by, answer.told_on) == (
        MONDAY,
        date(2026, 3, 23),
        date(2026, 4, 1),
    )
    assert next_to_break(owed(told, clocks)) == answer


@pytest.mark.parametrize(
    ("closed", "today", "moves"),
    [
        pytest.param("2026-03-03", "2026-03-02", True, id="the first day that counts"),
        pytest.param("2026-03-05", "2026-03-02", True, id="the promised day itself"),
        pytest.param("2026-03-05", "2026-03-05", True, id="on its last day"),
        pytest.param("2026-03-02", "2026-03-02", False, id="day 0, which never counted"),
        pytest.param("2026-03-06", "2026-03-02", False, id="a day after it"),
        pytest.param("2026-03-04", "2026-03-06", False, id="a promise that is broken"),
    ],
)
def test_which_days_move_when_one_is_closed(closed: str, today: str, *, moves: bool) -> None:
    day, on = date.fromisoformat(closed), DAYS[Promise.CONTACT]
    found = after_closing(
        day,
        since=MONDAY,
        on=on,
        today=date.fromisoformat(today),
        calendar=calendar_of({day: "A coronation"}),
    )
    assert found == (date(2026, 3, 6) if moves else on)


SPRING = st.dates(date(2026, 3, 1), date(2026, 5, 29))


def counted_by_hand(clock: AnswerClock) -> list[date]:
    """Return the days that the sum names: neither a weekend nor said to be left out."""
    day, counted = clock.talk_on, []
    while day < clock.due_on:
        day += slow_calendar.DAY
        if day.weekday() < slow_calendar.SATURDAY and day not in clock.not_counted:
            counted.append(day)
    return counted


@given(talk_on=SPRING, closings=st.lists(SPRING, max_size=5, unique=True), data=st.data())
def test_a_sum_stays_true_whichever_days_are_closed_and_when(
    talk_on: date, closings: list[date], data: st.DataObject
) -> None:
    added: dict[date, str] = {}
    clock = answer_clock(talk_on, calendar_of(added))
    for closed in closings:
        if not calendar_of(added).is_working(closed):
            continue
        added = {**added, closed: "A coronation"}
        calendar, today = calendar_of(added), data.draw(SPRING)
        before = clock
        due_on = after_closing(
            closed, since=talk_on, on=before.due_on, today=today, calendar=calendar
        )
        if due_on != before.due_on:
            clock = before.moved_to(due_on, closed, calendar)
            assert closed in clock.not_counted
        assert counted_by_hand(clock)[-1] == clock.due_on
        assert len(counted_by_hand(clock)) == 20


@given(
    talk_on=SPRING,
    closings=st.lists(SPRING, min_size=1, max_size=5, unique=True),
    days=st.lists(SPRING, min_size=10, max_size=10),
    data=st.data(),
)
def test_a_sum_stays_true_whichever_days_are_opened_again_and_when(
    talk_on: date, closings: list[date], days: list[date], data: st.DataObject
) -> None:
    added: dict[date, str] = {}
    clock, todays = answer_clock(talk_on, calendar_of({})), iter(sorted(days))
    for closed in closings:
        if not calendar_of(added).is_working(closed):
            continue
        added = {**added, closed: "A coronation"}
        calendar, today = calendar_of(added), next(todays)
        due_on = after_closing(
            closed, since=talk_on, on=clock.due_on, today=today, calendar=calendar
        )
        clock = clock.moved_to(due_on, closed, calendar) if due_on != clock.due_on else clock
    for opened in data.draw(st.permutations([*added])):
        del added[opened]
        calendar, today, before = calendar_of(dict(added)), next(todays), clock
        due_on = after_opening(
            opened, since=talk_on, on=before.due_on, earliest=today, calendar=calendar
        )
        assert before.due_on >= due_on >= min(today, before.due_on)
        if due_on != before.due_on:
            clock = before.moved_back_to(due_on, opened)
        assert counted_by_hand(clock)[-1] == clock.due_on
        assert len(counted_by_hand(clock)) == 20

"""Whoever says what is owed says the same: queue, case, child, late page, a closed day, figures."""

import secrets
from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.promises import (
    CLOCKS,
    OwedPromise,
    Promise,
    kept_in_time,
    next_to_break,
)
from kids_feedback.domain.case.submission import Kind, Wish
from kids_feedback.domain.people import Person
from kids_feedback.services.case import case_state, promises
from kids_feedback.services.case.case_state import STORED_IN
from kids_feedback.services.casework import delay_notices
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.child import case_status
from kids_feedback.services.errors import Incomplete
from kids_feedback.services.reading import case_file, queue
from kids_feedback.storage.tables.case import Case
from tests import sample
from tests.make import CALENDAR, a_complaint, a_compliment, person_of
from tests.services.acts import MONDAY, a_head, an_act, moment

DAYS = st.dates(date(2026, 3, 2), date(2026, 5, 29))
STAGES = (Stage.RECEIVED, Stage.ACKNOWLEDGED, Stage.ALLOCATED, Stage.TALKED, Stage.DELIVERED)
CODES = {  # by promise, what the child's page may call it
    Promise.READ: {"to_read"},
    Promise.CONTACT: {"contact"},
    Promise.TALK: {"talk"},
    Promise.ANSWER: {"answer", "answer_here"},
    Promise.PASS_ON: {"to_pass_on", "to_note"},
}


@st.composite
def matters(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a matter of any kind, at any point of its way."""
    kind = draw(st.sampled_from(Kind))
    if kind is Kind.COMPLIMENT:
        return {"kind": kind}
    last = {Kind.NOTE: 2, Kind.FEELINGS: 3, Kind.COMPLAINT: 5}[kind]
    stage = draw(st.sampled_from(STAGES[:last]))
    reached = STAGES.index(stage)
    talked = draw(DAYS) if reached >= STAGES.index(Stage.TALKED) else None
    tried = draw(st.none() | DAYS) if stage is Stage.ALLOCATED else talked
    return {
        "kind": kind,
        "stage": stage,
        "wish": Wish.JUST_KNOW if kind is Kind.NOTE else Wish.LOOK_INTO,
        "method": draw(st.sampled_from([Method.NONE, Method.HERE])),
        "acknowledged_on": MONDAY if reached else None,
        "contacted_on": tried,
        "talk_on": talked,
        "delivered_on": max(talked, draw(DAYS)) if talked and stage is Stage.DELIVERED else None,
    }


def in_any_case(test: Callable[..., None]) -> Callable[..., None]:
    """Run ``test`` on a few dozen matters, or many, all in one database."""
    few = settings(
        max_examples=sample.many(small=25, full=1_000), suppress_health_check=list(HealthCheck)
    )
    return few(given(columns=matters(), today=DAYS)(test))


def a_matter(db: Session, columns: dict[str, Any]) -> tuple[Case, Person]:
    area = secrets.token_hex(4)  # of its own, so that the queue has one line
    make = a_compliment if columns["kind"] is Kind.COMPLIMENT else a_complaint
    row = make(db, area=area, **columns)
    return row, person_of(a_head(db, areas=[area]))


def told_of(owed: tuple[OwedPromise, ...]) -> dict[Promise, date]:
    return {item.promise: item.told_on for item in owed if item.is_told}


@in_any_case
def test_the_queue_and_the_case_name_the_same_day(
    db: Session, columns: dict[str, Any], today: date
) -> None:
    row, head = a_matter(db, columns)
    case = case_file.of_case(an_act(db, row, head, today))
    (line,) = queue.waiting(db, head, today=today, calendar=CALENDAR).lines
    breaks_first = next_to_break(case.owed)
    assert line.due_on == case.next_due_on == (breaks_first.by if breaks_first else None)
    assert case.owed == promises.owed(db, row)


@in_any_case
def test_the_child_reads_the_days_that_are_owed_and_no_others(
    db: Session, columns: dict[str, Any], today: date
) -> None:
    row, _head = a_matter(db, columns)
    told = told_of(promises.owed(db, row))
    found = case_status.status(db, row.id, today=today)
    shown = {
        (milestone.code, milestone.on)
        for milestone in (*found.milestones, *found.dates)
        if milestone.on and milestone.state != "done"
    }
    owed = {(code, day) for promise, day in told.items() for code in CODES[promise]}
    assert shown <= owed
    assert ({day for _, day in shown} != set()) is bool(told)
    assert found.late in {None, *told.values()}
    if found.clock and Promise.ANSWER in told:
        assert found.clock.due_on == told[Promise.ANSWER]


@in_any_case
def test_staff_may_say_late_what_is_owed_and_nothing_else(
    db: Session, columns: dict[str, Any], today: date
) -> None:
    row, head = a_matter(db, columns)
    told = told_of(promises.owed(db, row))
    for promise in Promise:
        new_on = CALENDAR.add(max(today, told.get(promise, today)), 2)
        act = an_act(db, row, head, today)
        try:
            delay_notices.send_delay_notice(act, promise=promise, new_on=new_on, reason="Ill.")
        except Incomplete:
            assert promise not in told
        else:
            said = {item.promise: item.moved for item in promises.owed(db, row) if item.moved}
            assert (said[promise].old_on, said[promise].new_on) == (told[promise], new_on)
            assert {late.promise: late.new_on for late in seen(db, row, today)}[promise] == new_on


@in_any_case
def test_a_closed_day_moves_what_is_owed_and_nothing_else(
    db: Session, columns: dict[str, Any], today: date
) -> None:
    row, _head = a_matter(db, columns)
    day = CALENDAR.add(MONDAY, 1 + today.day)  # somewhere before or after today
    stored = {promise: getattr(row, name) for promise, name in STORED_IN.items()}
    open_days = [item for item in promises.owed(db, row) if item.by >= today]
    working_days.close_day(db, day, "A coronation", now=moment(today).now, today=today)
    moves = {open_day.day_of for open_day in open_days if open_day.since < day <= open_day.by}
    for promise, name in STORED_IN.items():
        assert (getattr(row, name) != stored[promise]) is (promise in moves)
    db.rollback()


def seen(db: Session, row: Case, today: date) -> tuple[Any, ...]:
    return case_status.status(db, row.id, today=today).delays


@in_any_case
def test_the_figures_count_as_broken_what_is_owed_and_past(
    db: Session, columns: dict[str, Any], today: date
) -> None:
    row, _head = a_matter(db, columns)
    facts, clocks = case_state.facts_of(row), CLOCKS[row.kind]
    for promise, day in told_of(promises.owed(db, row)).items():
        kept = kept_in_time(promise, facts, clocks, today=today)
        assert kept is (False if day < today else None)

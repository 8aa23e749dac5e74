"""What is asked for behind the secret words: nothing changes yet. Paragraph 20a (ruling R28)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.requests import TASKS, Asked, RequestState
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.domain.people import Role
from kids_feedback.services.case import follow_ups, notifications
from kids_feedback.services.case.asked import requests as kept
from kids_feedback.services.child import case_status, replies, requests
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Request
from tests.make import CALENDAR, NOW, a_complaint, a_compliment
from tests.services.acts import (
    BY_EMAIL,
    MONDAY,
    a_childs_act,
    a_head,
    a_manager,
    last_line,
    sent_to,
    wording,
)

TUESDAY = date(2026, 3, 3)
BY_PHONE = {"method": "phone", "phone": "07700 900123", "phone_else": "hang_up"}
NEW = {"method": "phone", "phone": "07700 999666", "phone_whose": "mine"}
GIVEN = {Asked.STOP: None, Asked.WAY: NEW, Asked.SUPPORTER: {"supporter": "no"}}
READ = {"stage": Stage.ALLOCATED, "acknowledged_on": MONDAY}


def a_case(db: Session, **columns: Any) -> Case:
    """Add a complaint that goes on in court, of a child whom a manager rings."""
    how = {"method": Method.PHONE, "contact": BY_PHONE, "supporter": "known"}
    helped: dict[str, Any] = {"helper": {"supporter_name": "Gran"}}
    if "manager" not in columns:
        helped["manager"] = a_manager(db, email="max@example.org")
    return a_complaint(db, **{**READ, **how, **helped, **columns})


def waits(db: Session, row: Case) -> set[FollowUp]:
    return {item.what for item in follow_ups.waiting(db, row)}


def ask(db: Session, row: Case, what: Asked, today: date = MONDAY) -> None:
    requests.ask_for(a_childs_act(db, row, today), what, GIVEN[what])


@pytest.mark.parametrize("what", list(TASKS))
def test_the_old_holds_until_somebody_has_made_sure_of_it(db: Session, what: Asked) -> None:
    row = a_case(db)
    before = (row.stage, row.kind, row.next_step, row.next_due_on, row.contact_by, row.talk_by)
    old = (row.method, row.contact, row.supporter, row.helper, row.stopped_on)
    ask(db, row, what)
    assert (row.method, row.contact, row.supporter, row.helper, row.stopped_on) == old
    assert before == (
        row.stage, row.kind, row.next_step, row.next_due_on, row.contact_by, row.talk_by,
    )  # fmt: skip
    (found,) = kept.entries(db, row)
    assert (found.what, found.asked_on, found.given) == (what, MONDAY, GIVEN[what] or {})
    assert row.requested_on == MONDAY


@pytest.mark.parametrize("what", list(TASKS))
def test_it_is_somebodys_task_and_who_has_the_case_is_told_barely(db: Session, what: Asked) -> None:
    row = a_case(db)
    ask(db, row, what)
    (task,) = follow_ups.waiting(db, row)
    assert (task.what, task.owner) == (TASKS[what], Role.LOCAL_MANAGER)
    assert task.due_on == CALENDAR.add(MONDAY, 3)
    assert sent_to(db) == ["max@example.org"]
    assert row.follow_up_by == task.due_on, "so that it stands in the queue"


def test_no_mail_goes_the_new_way_and_what_waits_goes_the_old_one(db: Session) -> None:
    row = a_case(db, method=Method.EMAIL, contact=BY_EMAIL, manager=None)
    notifications.notify_child(db, row, wording, now=NOW)
    new = {"method": "email", **BY_EMAIL, "email": "dad@example.org"}
    requests.ask_for(a_childs_act(db, row), Asked.WAY, new)
    notifications.notify_child(db, row, wording, now=NOW)
    db.flush()
    assert set(sent_to(db)) == {"robin@example.org"}


def test_the_same_twice_is_asked_for_once_and_another_takes_its_place(db: Session) -> None:
    row = a_case(db)
    ask(db, row, Asked.WAY)
    ask(db, row, Asked.WAY)
    other = {**NEW, "phone": "07700 111222"}
    requests.ask_for(a_childs_act(db, row), Asked.WAY, other)
    (found,) = kept.entries(db, row)
    assert found.given == other
    states = sorted(item.state for item in db.scalars(select(Request)))
    assert states == [RequestState.REPLACED, RequestState.WAITS]
    assert waits(db, row) == {FollowUp.WAY_REQUESTED}


def test_the_child_takes_it_back_and_staff_hear_of_that(db: Session) -> None:
    row = a_case(db)
    ask(db, row, Asked.WAY)
    ask(db, row, Asked.STOP)
    requests.take_back(a_childs_act(db, row, TUESDAY), Asked.WAY)
    assert [item.what for item in kept.entries(db, row)] == [Asked.STOP]
    assert waits(db, row) == {FollowUp.STOP_REQUESTED, FollowUp.REQUEST_TAKEN_BACK}
    ended = [it for it in follow_ups.of_case(db, row) if it.what is FollowUp.WAY_REQUESTED]
    assert [it.outcome for it in ended] == [Outcome.TAKEN_BACK]
    before = row.version
    requests.take_back(a_childs_act(db, row, TUESDAY), Asked.WAY)
    assert row.version == before, "a second press says nothing new"
    for what, on in ((Asked.SUPPORTER, MONDAY), (Asked.WAY, TUESDAY + timedelta(days=1))):
        with pytest.raises(StepNotOpen):
            requests.take_back(a_childs_act(db, row, on), what)
    replies.resume(a_childs_act(db, row, TUESDAY))
    assert (kept.entries(db, row), row.requested_on) == ((), None)


def test_where_there_never_was_a_way_it_is_said_again_on_another_day(db: Session) -> None:
    row = a_case(db, method=Method.NONE, contact={"method": "none"})
    ask(db, row, Asked.WAY)
    (task,) = follow_ups.waiting(db, row)
    assert (task.what, task.owner) == (FollowUp.TO_ASK_AGAIN, Role.HEAD_OF_PRACTICE)
    ask(db, row, Asked.WAY)
    requests.say_again(a_childs_act(db, row), Asked.WAY)
    assert waits(db, row) == {FollowUp.TO_ASK_AGAIN}, "the same day is no other day"
    (shown,) = requests.waiting(db, row, MONDAY)
    assert (shown.is_asked_first, shown.may_say_again) == (False, False)
    (shown,) = requests.waiting(db, row, TUESDAY)
    assert shown.may_say_again
    ask(db, row, Asked.WAY, TUESDAY)
    assert kept.entries(db, row)[0].asked_again_on == TUESDAY
    assert waits(db, row) == {FollowUp.TO_ASK_AGAIN, FollowUp.ASKED_AGAIN}
    assert row.method is Method.NONE, "the Head of Practice decides"


def test_what_is_told_on_two_days_is_the_same_thing(db: Session) -> None:
    """Another number on the second day is asked for the first time."""
    row = a_case(db, method=Method.HERE, contact={"method": "here"})
    ask(db, row, Asked.WAY)
    requests.ask_for(a_childs_act(db, row, TUESDAY), Asked.WAY, {**NEW, "phone": "07700 1"})
    assert kept.entries(db, row)[0].asked_again_on is None
    assert FollowUp.ASKED_AGAIN not in waits(db, row)


def test_a_way_that_is_not_safe_is_used_no_more_from_that_moment(db: Session) -> None:
    head = a_head(db)
    row = a_case(db, method=Method.EMAIL, contact=BY_EMAIL)
    notifications.notify_child(db, row, wording, now=NOW)
    requests.say_not_safe(a_childs_act(db, row))
    requests.say_not_safe(a_childs_act(db, row))
    assert notifications.notify_child(db, row, wording, now=NOW) is None
    assert sent_to(db) == sorted([head.email or "", "max@example.org"])
    (task,) = follow_ups.waiting(db, row)
    assert (task.what, task.due_on) == (FollowUp.WAY_NOT_SAFE, MONDAY), "that same day"
    assert row.contact == BY_EMAIL, "and it is not lost"
    assert not requests.waiting(db, row, MONDAY)
    status = case_status.status(db, row.id, today=MONDAY)
    assert (status.way_not_used, status.may_say_not_safe) == (True, False)


def test_on_a_sunday_it_is_that_sundays_task(db: Session) -> None:
    row = a_case(db)
    requests.say_not_safe(a_childs_act(db, row, date(2026, 3, 8)))
    assert [item.due_on for item in follow_ups.waiting(db, row)] == [date(2026, 3, 8)]


def test_whoever_takes_a_request_back_makes_no_way_safe_again(db: Session) -> None:
    row = a_case(db)
    ask(db, row, Asked.WAY)
    requests.say_not_safe(a_childs_act(db, row))
    requests.take_back(a_childs_act(db, row), Asked.WAY)
    with pytest.raises(StepNotOpen):
        requests.take_back(a_childs_act(db, row), Asked.NOT_SAFE)
    assert row.way_not_used is not None


def test_nothing_is_asked_for_of_what_is_over_or_praise(db: Session) -> None:
    for row in (a_complaint(db, stage=Stage.CLOSED, closed_on=MONDAY), a_compliment(db)):
        for what in TASKS:
            with pytest.raises(StepNotOpen):
                ask(db, row, what)
    with pytest.raises(StepNotOpen):
        requests.say_not_safe(a_childs_act(db, a_case(db, method=Method.HERE, contact=None)))


def test_the_line_of_the_history_says_nothing_of_what_was_given(db: Session) -> None:
    row = a_case(db)
    ask(db, row, Asked.WAY)
    line = last_line(db, row, "way_requested")
    assert (line.person_id, line.facts, line.note) == (None, {"told": 1}, None)


def test_who_has_only_just_sent_it_adds_what_was_left_out_and_nothing_else(db: Session) -> None:
    missing = a_case(db, method=Method.PHONE, contact=None)
    requests.add_missing(a_childs_act(db, missing), BY_PHONE)
    assert (missing.contact, missing.requested_on) == (BY_PHONE, None)
    assert waits(db, missing) == {FollowUp.CONTACT_CHANGED}
    none = a_case(db, method=Method.NONE, contact={"method": "none"}, manager=None)
    for row in (missing, none):
        before = row.contact
        requests.add_missing(a_childs_act(db, row), NEW)
        assert (row.contact, row.requested_on) == (before, MONDAY)

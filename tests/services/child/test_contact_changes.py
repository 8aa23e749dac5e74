"""A child changes how we get in touch, and who comes along."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.submission import Wish
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.services.case import case_state, notifications
from kids_feedback.services.child import contact_changes
from kids_feedback.services.site import outbox
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.outbox import Message
from tests.make import NOW, a_complaint, a_compliment
from tests.services.acts import (
    BY_EMAIL,
    a_childs_act,
    a_head,
    a_manager,
    goes_to,
    last_line,
    post,
    sent_to,
    wording,
)

LATER = date(2026, 3, 16)  # two weeks on: what was promised at first has passed
BY_PHONE = {"method": "phone", "phone": "07700 900123", "phone_else": "ask"}
READ = {"stage": Stage.ALLOCATED, "acknowledged_on": date(2026, 3, 3)}


def change(db: Session, row: Case, **changed: Any) -> None:
    how = {"method": Method.PHONE, "details": BY_PHONE, **changed}
    contact_changes.change_contact(a_childs_act(db, row, LATER), promises=Allowances(), **how)


def test_the_new_way_replaces_the_old_one(db: Session) -> None:
    row = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL)
    change(db, row)
    assert (row.method, row.contact) == (Method.PHONE, BY_PHONE)
    line = last_line(db, row, "contact_changed")
    assert (line.person_id, line.facts, line.note) == (None, {"method": "phone", "told": 0}, None)


def test_no_clock_moves(db: Session) -> None:
    row = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL)
    before = (row.contact_by, row.talk_by, row.read_by)
    change(db, row)
    assert (row.contact_by, row.talk_by, row.read_by) == before


def test_who_wanted_no_contact_is_promised_it_from_that_day_on(db: Session) -> None:
    row = a_complaint(db, method=Method.NONE, **READ)
    assert row.next_step is Step.WRITE
    change(db, row)
    assert (row.contact_by, row.talk_by) == (date(2026, 3, 17), date(2026, 3, 30))
    assert {item.since for item in case_state.owed_of(row)} == {LATER}
    assert (row.next_step, row.next_due_on) == (Step.LOG_ATTEMPT, date(2026, 3, 17))
    assert last_line(db, row, "contact_changed").facts["contact_by"] == "2026-03-17"


def test_who_wants_us_just_to_know_is_promised_nothing(db: Session) -> None:
    row = a_complaint(db, method=Method.NONE, wish=Wish.JUST_KNOW, **READ)
    before = row.contact_by
    change(db, row)
    assert row.contact_by == before


def test_a_child_may_say_that_nobody_gets_in_touch(db: Session) -> None:
    row = a_complaint(db, method=Method.PHONE, contact=BY_PHONE, **READ)
    change(db, row, method=Method.NONE, details={"method": "none"})
    assert (row.method, row.next_step) == (Method.NONE, Step.WRITE)


def test_what_waits_to_go_the_old_way_does_not_go(db: Session) -> None:
    head = a_head(db)
    row = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL)
    somebody_else = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL)
    for item in (row, somebody_else):
        notifications.notify_child(db, item, wording, now=NOW)
    db.flush()
    change(db, row)
    waiting = {
        (item.case_id, to) for item in db.scalars(select(Message)) for to in goes_to(db, item)
    }
    assert waiting == {(somebody_else.id, "robin@example.org"), (row.id, head.email)}


def test_the_same_address_again_keeps_what_waits(db: Session) -> None:
    row = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL)
    notifications.notify_child(db, row, wording, now=NOW)
    change(db, row, method=Method.EMAIL, details=BY_EMAIL)
    assert sent_to(db) == ["robin@example.org"]


def test_what_could_not_be_sent_goes_to_the_new_address(db: Session) -> None:
    row = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL)
    letter = notifications.notify_child(db, row, wording, now=NOW)
    assert letter is not None
    outbox.failed(db, letter, NOW, code="address_wrong", permanent=True)
    assert outbox.failed_for(db, row.id)
    change(db, row, method=Method.EMAIL, details={**BY_EMAIL, "email": "new@example.org"})
    assert outbox.failed_for(db, row.id) == []
    assert post(db, NOW + timedelta(days=30)) == ["new@example.org"]


@pytest.mark.parametrize("now_said", [{"email_says": "bare"}, {"email_shared": "yes"}])
def test_what_waits_does_not_say_who_we_are_once_the_child_forbids_it(
    db: Session, now_said: dict[str, str]
) -> None:
    row = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL)
    notifications.notify_child(db, row, wording, now=NOW)
    change(db, row, method=Method.EMAIL, details={**BY_EMAIL, **now_said})
    assert sent_to(db) == []


def test_the_manager_is_told_barely(db: Session) -> None:
    manager = a_manager(db)
    change(db, a_complaint(db, manager=manager, **READ))
    assert sent_to(db) == [manager.email]


def test_whoever_looked_before_notices(db: Session) -> None:
    row = a_complaint(db)
    before = row.version
    change(db, row)
    assert row.version > before


def test_a_child_changes_who_comes_along(db: Session) -> None:
    manager = a_manager(db)
    row = a_complaint(
        db, manager=manager, supporter="known", helper={"supporter_name": "Gran"}, **READ
    )
    details = {"supporter": "help_find"}
    contact_changes.change_supporter(a_childs_act(db, row), supporter="help_find", details=details)
    assert (row.supporter, row.helper) == ("help_find", details)
    assert last_line(db, row, "supporter_changed").facts == {"told": 1}
    assert sent_to(db) == [manager.email]


def test_what_is_over_is_not_changed(db: Session) -> None:
    closed = a_complaint(db, stage=Stage.CLOSED, closed_on=LATER)
    for row in (closed, a_compliment(db)):
        with pytest.raises(StepNotOpen):
            change(db, row)
    with pytest.raises(NotFound):
        contact_changes.change_supporter(a_childs_act(db, "none-such"), supporter="no", details={})

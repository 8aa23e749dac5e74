"""What follows where a child is not reached by email. docs/procedure.md, paragraph 33."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.services.case import notifications
from kids_feedback.services.casework import sending, undelivered
from kids_feedback.services.site import mail_progress, outbox
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.casework import FollowUpRow
from tests.make import LONDON, NOW, a_complaint, a_person, person_of
from tests.services.acts import BY_EMAIL, a_head, a_manager, lines, sent_to, wording
from tests.services.alarming import a_desk


def test_who_has_the_case_follows_up_once_that_its_child_cannot_be_emailed(db: Session) -> None:
    manager = a_manager(db)
    row = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL, manager=manager)
    letter = notifications.notify_child(db, row, wording, now=NOW)
    assert letter is not None
    for code, permanent in (("timeout", False), ("recipient_550", True), ("recipient_550", True)):
        undelivered.not_sent(db, letter, NOW, code=code, permanent=permanent, zone=LONDON)
    assert sent_to(db) == sorted(["robin@example.org", str(manager.email)])
    assert lines(db, row) == ["email_failed"]
    waits = db.scalars(select(FollowUpRow)).one()
    assert (waits.what, waits.due_on) == (FollowUp.EMAIL_FAILED, date(2026, 3, 3))


def test_who_has_the_case_follows_up_what_was_tried_for_three_days(db: Session) -> None:
    row = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL, manager=a_manager(db))
    letter = notifications.notify_child(db, row, wording, now=NOW)
    assert letter is not None
    (now, days) = (NOW, 0)
    while not lines(db, row):
        assert "robin@example.org" in [to.to for to in sending.take(db, now=now, zone=LONDON)]
        undelivered.not_sent(db, letter, now, code="timeout", permanent=False, zone=LONDON)
        now, days = now + timedelta(days=1), days + 1
    assert (lines(db, row), days) == (["email_failed"], 4)
    assert db.scalars(select(FollowUpRow)).one().what is FollowUp.EMAIL_FAILED
    assert mail_progress.failed_for(db, row.id)[0].given_up_at == now - timedelta(days=1)


def test_a_letter_that_can_never_be_written_is_followed_up_at_once(db: Session) -> None:
    row = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL, manager=a_manager(db))
    letter = notifications.notify_child(db, row, wording, now=NOW)
    assert letter is not None
    undelivered.not_sent(db, letter, NOW, code="address_wrong", permanent=True, zone=LONDON)
    assert lines(db, row) == ["email_failed"]


def stuck(db: Session) -> tuple[Case, Case]:
    """Add two cases of which mail does not get through: to the child, and to the manager."""
    child = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL)
    notifications.notify_child(db, child, wording, now=NOW)
    to_staff = a_complaint(db, manager=a_manager(db))
    notifications.notify(db, to_staff, None, now=NOW + timedelta(minutes=1))
    for message in sending.take(db, now=NOW + timedelta(minutes=1), zone=LONDON):
        outbox.failed(db, message.id, NOW, code="recipient_550", permanent=True)
    return child, to_staff


def test_customer_service_sees_of_which_case_it_is_and_for_whom(db: Session) -> None:
    child, to_staff = stuck(db)
    found = undelivered.stuck_for(db, person_of(a_desk(db)))
    assert [(item.to, item.message.to_child) for item in found] == [
        (None, True),
        ("Max Manager", False),
    ]
    assert {(item.received_on, item.area) for item in found} == {(child.received_on, "East")}
    assert [item.case_id for item in found] == [None, None], "not theirs to open"
    head = a_head(db, last_resort=Fallback.LAST_RESORT)
    found = undelivered.stuck_for(db, person_of(head))
    assert [item.case_id for item in found] == [child.id, to_staff.id]


def test_nobody_sees_a_message_of_a_complaint_about_themselves(db: Session) -> None:
    child, _ = stuck(db)
    desk = a_desk(db)
    db.add(PersonComplainedAbout(case_id=child.id, person_id=desk.id))
    (line,) = undelivered.stuck_for(db, person_of(desk))
    assert line.to == "Max Manager"
    assert undelivered.try_again(db, person_of(desk), NOW) == 1
    assert [item.case_id for item in mail_progress.stuck(db)] == [child.id]


@pytest.mark.parametrize("role", [Role.HEAD_OF_PRACTICE, Role.LOCAL_MANAGER, Role.ADMINISTRATOR])
def test_only_who_looks_after_messages_has_them_tried_again(db: Session, role: Role) -> None:
    stuck(db)
    with pytest.raises(NotFound):
        undelivered.try_again(db, person_of(a_person(db, role=role)), NOW)
    assert len(mail_progress.stuck(db)) == 2
    named = a_person(db, role=Role.HEAD_OF_PRACTICE, last_resort=Fallback.LAST_RESORT)
    someone = replace(person_of(named), last_resort=Fallback.LAST_RESORT)
    assert undelivered.try_again(db, someone, NOW) == 2
    assert mail_progress.stuck(db) == []

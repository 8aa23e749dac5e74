"""To whom mail goes is worked out as it goes. docs/procedure.md, paragraphs 31, 31a and 33."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import literal_column, select, update
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.services.case import notifications
from kids_feedback.services.casework import addressing, undelivered
from kids_feedback.services.site import mail_progress, outbox
from kids_feedback.services.site.mail_progress import Progress
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import PersonRow
from tests.make import LONDON, NOW, a_complaint, a_message, a_person
from tests.services.acts import BY_EMAIL, a_head, a_manager, lines, post, wording
from tests.services.alarming import a_desk

AN_HOUR = timedelta(hours=1)
SUBJECT = notifications.STAFF_NOTIFICATION.subject


def closed(db: Session, row: Case, manager: PersonRow, other: PersonRow) -> None:
    manager.closed_at = NOW


def away(db: Session, row: Case, manager: PersonRow, other: PersonRow) -> None:
    manager.away_on, manager.deputy_id = NOW.date(), other.id


def given_on(db: Session, row: Case, manager: PersonRow, other: PersonRow) -> None:
    row.manager_id = other.id


def barred(db: Session, row: Case, manager: PersonRow, other: PersonRow) -> None:
    db.add(PersonComplainedAbout(case_id=row.id, person_id=manager.id))


def line_manager_of_whom_it_is_about(
    db: Session, row: Case, manager: PersonRow, other: PersonRow
) -> None:
    worker = a_person(db, "Wanda Worker", line_manager=manager)
    db.add(PersonComplainedAbout(case_id=row.id, person_id=worker.id))


def taken_back(db: Session, row: Case, manager: PersonRow, other: PersonRow) -> None:
    row.manager_id = None


def not_routed(db: Session, row: Case, manager: PersonRow, other: PersonRow) -> None:
    row.manager_id = row.area_code = None


@pytest.mark.parametrize(
    ("change", "instead"),
    [
        (closed, "head"),
        (away, "other"),
        (given_on, "other"),
        (barred, "head"),
        (line_manager_of_whom_it_is_about, "head"),
        (taken_back, "head"),
        (not_routed, "desk"),
    ],
)
@pytest.mark.parametrize("after_a_try", [False, True])
def test_who_cannot_take_the_step_any_more_gets_nothing_and_who_can_does(
    db: Session, change: Callable[..., None], instead: str, *, after_a_try: bool
) -> None:
    people = {"head": a_head(db), "other": a_manager(db, "Olga Other"), "desk": a_desk(db)}
    manager = a_manager(db)
    row = a_complaint(db, manager=manager)
    assert notifications.notify(db, row, None, now=NOW) == 1
    now = NOW
    if after_a_try:
        assert try_in_vain(db) == [manager.email]
        now += AN_HOUR
    change(db, row, manager, people["other"])
    assert post(db, now) == [people[instead].email]
    assert post(db, now + AN_HOUR) == []


def try_in_vain(db: Session) -> list[str]:
    """Have everything refused that is due."""
    to = post(db)
    for message in db.scalars(select(Message)):
        message.sent_at = None
        outbox.failed(db, message.id, NOW, code="timeout", permanent=False)
    return to


def test_a_new_address_gets_what_waited_and_the_old_one_nothing(db: Session) -> None:
    manager = a_manager(db)
    notifications.notify(db, a_complaint(db, manager=manager), None, now=NOW)
    try_in_vain(db)
    manager.email = "new@example.org"
    assert post(db, NOW + AN_HOUR) == ["new@example.org"]


def test_each_of_several_gets_it_once(db: Session) -> None:
    one, two = a_head(db), a_head(db, "Hugo Head")
    notifications.notify(db, a_complaint(db), None, now=NOW)
    assert post(db) == sorted([str(one.email), str(two.email)])
    assert post(db, NOW + AN_HOUR) == []


def test_who_stands_in_gets_it_once_and_who_got_it_not_again(db: Session) -> None:
    one, two, deputy = a_head(db), a_head(db, "Hugo Head"), a_manager(db, "Dee Deputy")
    row = a_complaint(db)
    notifications.notify(db, row, None, now=NOW)
    try_in_vain(db)
    for head in (one, two):
        head.away_on, head.deputy_id = NOW.date(), deputy.id
    assert post(db, NOW + AN_HOUR) == [deputy.email]
    third = a_head(db, "Hope Head")
    notifications.notify(db, row, None, now=NOW + 2 * AN_HOUR)
    assert post(db, NOW + 2 * AN_HOUR) == sorted([str(deputy.email), str(third.email)])


def test_what_waits_for_nobody_goes_to_who_stands_in_by_then(db: Session) -> None:
    desk = a_desk(db)
    row = a_complaint(db, next_step=Step.ACKNOWLEDGE, next_owner=Role.HEAD_OF_PRACTICE)
    assert notifications.notify(db, row, Role.HEAD_OF_PRACTICE, now=NOW) == 0
    assert desk.email in post(db)
    assert row.fallback is Fallback.CUSTOMER_SERVICE
    assert lines(db, row) == ["handed_up"]


def test_where_there_is_nobody_at_all_it_is_listed_until_there_is_somebody(db: Session) -> None:
    notifications.notify(db, a_complaint(db), None, now=NOW)
    assert post(db) == []
    (line,) = mail_progress.stuck(db)
    assert line.last_error == "nobody permanent"
    head = a_head(db)
    assert post(db, NOW + AN_HOUR) == [head.email]
    assert mail_progress.stuck(db) == []


def a_letter(db: Session, **contact: Any) -> tuple[Case, str]:
    row = a_complaint(db, method=Method.EMAIL, contact={**BY_EMAIL, **contact})
    letter = notifications.notify_child(db, row, wording, now=NOW)
    assert letter is not None
    return row, letter


def test_a_letter_goes_to_the_address_that_the_child_gives_by_then(db: Session) -> None:
    row, letter = a_letter(db)
    row.contact = {**BY_EMAIL, "email": "new@example.org"}
    assert post(db) == ["new@example.org"]
    assert mail_progress.progress_of(db, [letter]) == {letter: Progress.SENT}


@pytest.mark.parametrize(
    "change",
    [
        {"method": Method.PHONE},
        {"method": Method.HERE},
        {"method": Method.NONE},
        {"method": None},
        {"contact": None},
        {"contact": {**BY_EMAIL, "email_says": "bare"}},
        {"contact": {**BY_EMAIL, "email_shared": "yes"}},
    ],
)
def test_a_letter_does_not_go_where_the_child_no_longer_wants_it(
    db: Session, change: dict[str, Any]
) -> None:
    row, letter = a_letter(db)
    for name, value in change.items():
        setattr(row, name, value)
    assert post(db) == []
    assert mail_progress.progress_of(db, [letter]) == {letter: Progress.STOPPED}


def test_a_bare_letter_goes_although_the_child_now_says_that_nobody_may_name_us(
    db: Session,
) -> None:
    row, _ = a_letter(db, email_says="bare")
    row.contact = {**BY_EMAIL, "email_shared": "yes"}
    assert post(db) == ["robin@example.org"]


def test_mail_about_an_account_goes_to_the_person_and_to_no_account_that_was_closed(
    db: Session,
) -> None:
    person, gone = a_manager(db), a_manager(db, "Gone Manager")
    for who in (person, gone):
        outbox.put(db, subject="Your account", body="Look.", now=NOW, person_id=who.id)
    person.email, gone.closed_at = "new@example.org", NOW
    assert post(db) == ["new@example.org"]
    assert len(db.scalars(select(Message)).all()) == 1


def test_mail_from_before_still_goes_to_whom_it_was_for(db: Session) -> None:
    head, gone = a_head(db), a_head(db, "Gone Head", closed_at=NOW)
    row = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL)
    a_message(db, "robin@example.org", case_id=row.id, to_child=True)
    for to in (head, gone):  # as the migration leaves them
        a_message(db, str(to.email), case_id=row.id, role=Role.LOCAL_MANAGER, subject=SUBJECT)
    assert post(db) == sorted([str(head.email), "robin@example.org"])
    assert post(db, NOW + AN_HOUR) == []


def test_nothing_about_a_case_is_in_mail_to_staff_however_it_was_shared(db: Session) -> None:
    a_head(db), a_head(db, "Hugo Head")
    row = a_complaint(db)
    notifications.notify(db, row, None, now=NOW)
    post(db)
    for message in db.scalars(select(Message)):
        assert (message.subject, message.body) == (SUBJECT, notifications.STAFF_NOTIFICATION.body)
        assert message.to is None, "an address is not kept"


def test_what_is_wrong_with_one_message_is_noted_with_it_and_holds_up_no_other(
    db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, letter = a_head(db), a_letter(db)[1]
    notifications.notify(db, a_complaint(db), None, now=NOW)

    def faulty(row: Case, message: Message) -> str:
        raise LookupError("something nobody thought of, about robin@example.org")

    monkeypatch.setattr(addressing, "_of_child", faulty)
    assert post(db) == [head.email]
    assert db.get_one(Message, letter).last_error == "LookupError temporary"


def test_a_message_that_cannot_be_read_is_listed_and_holds_up_no_other(db: Session) -> None:
    spoilt = a_message(db, "ada@example.org", at=NOW - AN_HOUR).id
    a_message(db, "bob@example.org")
    unread = update(Message).where(Message.id == spoilt)
    db.execute(unread.values(role=literal_column("'spoilt'")))
    db.expire_all()
    assert post(db) == ["bob@example.org"]
    assert [(item.id, item.given_up_at) for item in mail_progress.stuck(db)] == [(spoilt, NOW)]


def test_an_address_that_cannot_be_read_is_followed_up_at_once(db: Session) -> None:
    row, letter = a_letter(db)
    db.execute(update(Case).values(contact_sealed=b"\x01 not what was sealed here"))
    db.expire_all()
    assert "robin@example.org" not in post(db)
    assert db.get_one(Message, letter).given_up_at == NOW
    assert "email_failed" in lines(db, row)


def test_where_no_day_can_be_counted_it_is_listed_all_the_same(db: Session) -> None:
    row, letter = a_letter(db)
    far = datetime(2040, 3, 1, 9, tzinfo=UTC)
    undelivered.not_sent(db, letter, far, code="recipient_550", permanent=True, zone=LONDON)
    assert lines(db, row) == []
    assert [line.id for line in mail_progress.stuck(db)] == [letter]

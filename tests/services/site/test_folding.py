"""Many messages in a short time are one to each member of staff, and what it says is so."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.services.case import notifications
from kids_feedback.services.case.alarms import ALARM_NOTIFICATION
from kids_feedback.services.casework import sending
from kids_feedback.services.casework.folding import WITHIN
from kids_feedback.services.site import mail_progress, outbox
from kids_feedback.services.site.lending import LEASE, Outgoing
from kids_feedback.services.site.mail_progress import Progress
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.outbox import Message
from tests.make import LONDON, NOW, a_complaint
from tests.services.acts import a_head, a_manager
from tests.services.alarming import a_desk, on_duty, raised

MINUTE = timedelta(minutes=1)
ONE = (notifications.STAFF_NOTIFICATION.subject, notifications.STAFF_NOTIFICATION.body)


def come(db: Session, count: int, now: datetime = NOW) -> list[Case]:
    """Let so many children write to one area."""
    rows = [a_complaint(db) for _ in range(count)]
    for row in rows:
        notifications.notify(db, row, None, now=now)
    return rows


def sent(db: Session, now: datetime = NOW) -> list[tuple[str, str]]:
    """Be the worker until nothing is due; return to whom it sent, and the subject."""
    found: list[Outgoing] = []
    while taken := sending.take(db, now=now, zone=LONDON, limit=1):
        found += taken
        outbox.sent(db, taken[0].id, now)
    return sorted((message.to, message.subject) for message in found)


def several(count: int) -> str:
    return f"{count} new in your queue"


def test_many_are_one_to_each_with_how_many_there_are(db: Session) -> None:
    one, two = a_head(db), a_head(db, "Hugo Head")
    come(db, 7)
    assert sent(db) == sorted([(str(one.email), several(7)), (str(two.email), several(7))])
    assert sent(db, NOW + timedelta(days=1)) == []
    assert all(row.sent_at for row in db.scalars(select(Message)))


def test_the_first_goes_at_once_and_a_flood_after_it_in_one_every_few_minutes(db: Session) -> None:
    head = a_head(db)
    subjects = []
    for turn in range(120):
        now = NOW + turn * timedelta(seconds=10)
        come(db, 1, now)
        subjects += [subject for _, subject in sent(db, now)]
    assert subjects == [ONE[0], several(60)]
    assert sent(db, NOW + 2 * WITHIN) == [(head.email, several(59))]
    assert sent(db, NOW + timedelta(days=1)) == []


def test_one_says_no_number_and_neither_do_several_of_one_case(db: Session) -> None:
    a_head(db)
    (row,) = come(db, 1)
    notifications.notify(db, row, None, now=NOW + MINUTE)
    ((message,),) = [sending.take(db, now=NOW + MINUTE, zone=LONDON)]
    assert (message.subject, message.body) == ONE


def test_what_it_says_is_of_what_is_theirs_and_open_when_it_goes(db: Session) -> None:
    head, manager = a_head(db), a_manager(db)
    rows = come(db, 6)
    db.add(PersonComplainedAbout(case_id=rows[0].id, person_id=head.id))
    rows[1].stage, rows[1].closed_on = Stage.CLOSED, NOW.date()
    rows[2].manager_id = manager.id
    notifications.notify(db, rows[2], None, now=NOW)
    assert (head.email, several(4)) in sent(db)


def test_an_alarm_is_never_folded_and_never_waits(db: Session) -> None:
    a_desk(db)
    head = on_duty(db, a_head(db))
    rows = come(db, 3)
    assert sent(db) == [(head.email, several(3))]
    come(db, 3)
    for row in rows:
        raised(db, row)
    told = sent(db, NOW + MINUTE)
    assert told.count((str(head.email), ALARM_NOTIFICATION.subject)) == 3
    assert {subject for _, subject in told} == {ALARM_NOTIFICATION.subject}


def test_a_letter_to_a_child_and_mail_about_an_account_are_not_folded(db: Session) -> None:
    head = a_head(db)
    come(db, 2)
    for _ in range(3):
        outbox.put(db, subject=ONE[0], body="Look.", now=NOW, person_id=head.id)
    assert sorted(sent(db)) == sorted([(head.email, several(2)), *[(head.email, ONE[0])] * 3])


def test_what_was_folded_goes_though_the_worker_dies(db: Session) -> None:
    head = a_head(db)
    come(db, 3)
    (lost,) = sending.take(db, now=NOW, zone=LONDON)
    assert sending.take(db, now=NOW + MINUTE, zone=LONDON) == []
    come(db, 1, NOW + MINUTE)
    assert sent(db, NOW + LEASE + MINUTE) == [(head.email, several(4))]
    assert sent(db, NOW + timedelta(days=1)) == []
    assert db.get_one(Message, lost.id).sent_at


@pytest.mark.parametrize("permanent", [True, False])
def test_what_is_refused_goes_together_later_and_each_has_its_end(
    db: Session, *, permanent: bool
) -> None:
    head = a_head(db)
    come(db, 3)
    (first,) = sending.take(db, now=NOW, zone=LONDON)
    outbox.failed(db, first.id, NOW, code="recipient_550", permanent=permanent)
    assert sending.take(db, now=NOW, zone=LONDON) == [], "the others wait with it"
    assert sent(db, NOW + timedelta(hours=1)) == [(head.email, several(3))]
    come(db, 3, NOW + timedelta(days=1))
    (first,) = sending.take(db, now=NOW + timedelta(days=1), zone=LONDON)
    outbox.failed(
        db, first.id, NOW + timedelta(days=1), code="address_wrong", permanent=True
    )  # which is given up
    (second,) = sending.take(db, now=NOW + timedelta(days=1), zone=LONDON)
    assert (second.id != first.id, second.subject) == (True, several(2))


def test_a_message_that_was_folded_is_on_its_way_and_then_sent(db: Session) -> None:
    a_head(db)
    come(db, 2)
    ids = list(db.scalars(select(Message.id)))
    (message,) = sending.take(db, now=NOW, zone=LONDON)
    assert set(mail_progress.progress_of(db, ids).values()) == {Progress.ON_ITS_WAY}
    outbox.sent(db, message.id, NOW)
    assert set(mail_progress.progress_of(db, ids).values()) == {Progress.SENT}

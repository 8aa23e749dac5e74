"""Messages on their way out, on both databases."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.services.casework import sending
from kids_feedback.services.site import mail_progress, outbox
from kids_feedback.services.site.lending import LEASE, Outgoing
from kids_feedback.services.site.mail_progress import Progress
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.outbox import Message
from tests.conftest import SetClock
from tests.make import LONDON, a_complaint, a_message

ADA = "ada@example.org"


def put(db: Session, clock: SetClock, **more: Any) -> str:
    made = a_message(db, ADA, clock(), **more).id
    db.commit()
    return made


def take(db: Session, clock: SetClock, limit: int = 20) -> list[Outgoing]:
    return sending.take(db, now=clock(), zone=LONDON, limit=limit)


def leased(db: Session, clock: SetClock, limit: int = 20) -> list[str]:
    found = [message.id for message in take(db, clock, limit)]
    db.commit()
    return found


def fail(db: Session, clock: SetClock, message_id: str, *, permanent: bool = False) -> None:
    outbox.failed(db, message_id, clock(), code="data_451", permanent=permanent)
    db.commit()


def test_a_worker_gets_everything_it_needs_to_send(db: Session, clock: SetClock) -> None:
    message_id = put(db, clock, language="cy")
    (message,) = take(db, clock)
    assert message == Outgoing(
        id=message_id, to=ADA, subject="A message", body="Please look.", language="cy"
    )


def test_a_message_in_a_log_line_shows_neither_address_nor_words(
    db: Session, clock: SetClock
) -> None:
    message_id = put(db, clock)
    (message,) = take(db, clock)
    assert repr(message) == f"Outgoing(id='{message_id}')"


def test_a_message_is_not_sent_when_the_act_it_tells_of_fails(
    transactions: Transactions, clock: SetClock
) -> None:
    def act() -> None:
        with transactions() as session:
            a_message(session, ADA, clock())
            raise LookupError

    with pytest.raises(LookupError):
        act()
    with transactions() as session:
        assert take(session, clock) == []


def test_nobody_else_gets_a_message_while_one_worker_has_it(db: Session, clock: SetClock) -> None:
    message_id = put(db, clock)
    assert leased(db, clock) == [message_id]
    clock.at += LEASE - timedelta(seconds=1)
    assert leased(db, clock) == []
    clock.forward(seconds=1)
    assert leased(db, clock) == [message_id]


def test_two_workers_at_once_get_different_messages(
    transactions: Transactions, clock: SetClock, database: str
) -> None:
    if database == "sqlite":
        pytest.skip("there the second waits for the first")
    with transactions() as session:
        for _ in range(4):
            a_message(session, ADA, clock())
    with transactions() as one, transactions() as other:
        other.execute(text("SET LOCAL lock_timeout = '1s'"))
        first = {message.id for message in take(one, clock, 2)}
        second = {message.id for message in take(other, clock, 2)}
    assert len(first | second) == 4


def test_a_message_waits_for_its_time(db: Session, clock: SetClock) -> None:
    message_id = put(db, clock, not_before=clock() + timedelta(hours=7))
    assert leased(db, clock) == []
    assert mail_progress.oldest_waiting_age(db, clock()) == timedelta(0)
    clock.forward(hours=7)
    assert leased(db, clock) == [message_id]


def test_a_sent_message_never_goes_again(db: Session, clock: SetClock) -> None:
    message_id = put(db, clock)
    leased(db, clock)
    outbox.sent(db, message_id, clock())
    fail(db, clock, message_id)  # a second worker, whose lease had run out
    clock.forward(days=1)
    assert leased(db, clock) == []
    assert mail_progress.stuck(db) == []
    row = db.get_one(Message, message_id, populate_existing=True)
    assert (row.sent_at, row.last_error) == (clock() - timedelta(days=1), None)


def test_waits_grow_to_an_hour_and_stay_there(db: Session, clock: SetClock) -> None:
    message_id = put(db, clock)
    waits = []
    for _ in range(9):
        assert leased(db, clock) == [message_id]
        fail(db, clock, message_id)
        next_try_at = db.get_one(Message, message_id, populate_existing=True).not_before
        waits.append((next_try_at - clock()) / timedelta(minutes=1))
        clock.at = next_try_at
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_people_see_within_the_hour_that_a_message_does_not_get_through(
    db: Session, clock: SetClock
) -> None:
    child = a_complaint(db, method=Method.EMAIL, contact={"email": ADA})
    message_id = put(db, clock, case_id=child.id, to_child=True)
    put_at = clock()
    while not mail_progress.stuck(db):
        leased(db, clock)
        fail(db, clock, message_id)
        clock.at = db.get_one(Message, message_id, populate_existing=True).not_before
    (line,) = mail_progress.stuck(db)
    assert line == mail_progress.Stuck(
        id=message_id,
        case_id=child.id,
        created_at=put_at,
        attempts=6,
        next_try_at=clock(),
        last_error="data_451 temporary",
        to_child=True,
    )
    assert clock() - put_at - timedelta(minutes=32) < timedelta(hours=1)


def test_people_see_at_once_that_an_address_does_not_exist(db: Session, clock: SetClock) -> None:
    message_id = put(db, clock)
    leased(db, clock)
    fail(db, clock, message_id, permanent=True)
    (line,) = mail_progress.stuck(db)
    assert (line.last_error, line.next_try_at) == (
        "data_451 permanent",
        clock() + timedelta(hours=1),
    )
    clock.forward(hours=1)
    assert leased(db, clock) == [message_id]
    outbox.sent(db, message_id, clock())
    assert mail_progress.stuck(db) == []


def test_new_messages_go_before_those_that_failed(db: Session, clock: SetClock) -> None:
    bad = put(db, clock)
    leased(db, clock)
    fail(db, clock, bad)
    clock.forward(hours=1)
    new = put(db, clock)
    assert leased(db, clock, limit=1) == [new]
    assert leased(db, clock, limit=1) == [bad]


def test_an_address_that_cannot_be_opened_holds_up_nobody(db: Session, clock: SetClock) -> None:
    spoilt = [put(db, clock) for _ in range(3)]
    db.execute(update(Message).values(to_sealed=b"\x01 not what was sealed here"))
    db.commit()
    db.expunge_all()
    clock.forward(seconds=1)
    good = put(db, clock)
    assert leased(db, clock, limit=1) == [good]
    assert {line.id: line.last_error for line in mail_progress.stuck(db)} == dict.fromkeys(
        spoilt, "cannot_open permanent"
    )


def test_an_outbox_that_nobody_empties_grows_old(db: Session, clock: SetClock) -> None:
    assert mail_progress.oldest_waiting_age(db, clock()) == timedelta(0)
    put(db, clock)
    clock.forward(minutes=7)
    put(db, clock)
    assert mail_progress.oldest_waiting_age(db, clock()) == timedelta(minutes=7)


def test_one_dead_address_does_not_make_the_outbox_look_old(db: Session, clock: SetClock) -> None:
    message_id = put(db, clock)
    leased(db, clock)
    fail(db, clock, message_id, permanent=True)
    clock.forward(minutes=59)
    assert mail_progress.oldest_waiting_age(db, clock()) == timedelta(0)


def test_marking_a_message_that_is_gone_changes_nothing(db: Session, clock: SetClock) -> None:
    outbox.sent(db, "gone", clock())
    outbox.failed(db, "gone", clock(), code="timeout", permanent=False)
    assert mail_progress.stuck(db) == []


def test_how_far_a_message_has_got_is_read_from_its_own_row(db: Session, clock: SetClock) -> None:
    waits, gone, later, dead, stopped = [put(db, clock) for _ in range(5)]
    outbox.sent(db, gone, clock())
    fail(db, clock, later)
    fail(db, clock, dead, permanent=True)
    db.delete(db.get_one(Message, stopped))
    db.flush()
    assert mail_progress.progress_of(db, []) == {}
    assert mail_progress.progress_of(db, {waits, gone, later, dead, stopped}) == {
        waits: Progress.ON_ITS_WAY,
        gone: Progress.SENT,
        later: Progress.ON_ITS_WAY,
        dead: Progress.FAILED,
        stopped: Progress.STOPPED,
    }
    outbox.sent(db, dead, clock())
    assert mail_progress.progress_of(db, {dead}) == {dead: Progress.SENT}


def test_a_child_who_cannot_be_emailed_is_known_by_the_row_alone(
    db: Session, clock: SetClock
) -> None:
    row, other = a_complaint(db), a_complaint(db)
    letter = put(db, clock, case_id=row.id, to_child=True)
    to_staff = put(db, clock, case_id=row.id)
    elsewhere = put(db, clock, case_id=other.id, to_child=True)
    now = clock()
    refused = partial(outbox.failed, db, now=now, code="recipient_550", permanent=True)
    assert outbox.failed(db, letter, now, code="timeout", permanent=False) is None
    assert mail_progress.failed_for(db, row.id) == []
    assert refused(message_id=letter) is db.get_one(Message, letter)
    assert refused(message_id=letter) is None, "said once"
    assert refused(message_id=to_staff) is db.get_one(Message, to_staff)
    outbox.sent(db, elsewhere, now)
    assert refused(message_id=elsewhere) is None
    assert [message.id for message in mail_progress.failed_for(db, row.id)] == [letter]
    assert mail_progress.failed_for(db, other.id) == []
    outbox.withdraw(db, row.id)
    assert set(db.scalars(select(Message.id))) == {to_staff, elsewhere}
    assert mail_progress.failed_for(db, row.id) == []

"""Every message has an end: it went, was withdrawn, or is given up for somebody to see to."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from kids_feedback.services.site import mail_progress, outbox
from kids_feedback.services.site.lending import LEASE
from kids_feedback.services.site.mail_progress import Progress
from kids_feedback.services.site.outbox import GIVEN_UP_AFTER
from kids_feedback.storage.tables.outbox import Message
from tests.conftest import SetClock
from tests.make import a_message
from tests.services.site.test_outbox import ADA, leased, take


@pytest.fixture
def message(db: Session, clock: SetClock) -> Message:
    return a_message(db, ADA, clock())


def fail(
    db: Session,
    message: Message,
    clock: SetClock,
    code: str = "timeout",
    *,
    permanent: bool = False,
) -> Message | None:
    news = outbox.failed(db, message.id, clock(), code=code, permanent=permanent)
    db.commit()
    return news


def try_until_given_up(db: Session, message: Message, clock: SetClock) -> int:
    tries = 0
    while message.given_up_at is None:
        clock.at = max(clock.at, message.not_before)
        assert leased(db, clock) == [message.id]
        news = fail(db, message, clock)
        assert (news is message) is (message.given_up_at is not None), "news once, at the end"
        tries += 1
    return tries


def test_what_cannot_go_is_given_up_after_three_days_and_kept(
    db: Session, message: Message, clock: SetClock
) -> None:
    begun = clock()
    tries = try_until_given_up(db, message, clock)
    assert timedelta(days=3) <= clock() - begun <= timedelta(days=3, hours=1)
    assert tries <= 3 * 24 + mail_progress.OFTEN + 1
    assert mail_progress.progress_of(db, [message.id]) == {message.id: Progress.FAILED}
    (line,) = mail_progress.stuck(db)
    assert line.given_up_at == clock()
    clock.forward(days=400)
    assert leased(db, clock) == []
    assert mail_progress.oldest_waiting_age(db, clock()) == timedelta(0), "/readyz is about workers"


def test_three_days_count_from_the_first_try_so_that_a_long_outage_ends_nothing(
    db: Session, message: Message, clock: SetClock
) -> None:
    clock.forward(days=30)
    assert leased(db, clock) == [message.id]
    fail(db, message, clock)
    assert message.given_up_at is None
    assert mail_progress.stuck(db) == []


@pytest.mark.parametrize("code", ["address_wrong", "cannot_write", "cannot_open"])
def test_what_can_never_go_ends_at_once(
    db: Session, message: Message, clock: SetClock, code: str
) -> None:
    leased(db, clock)
    assert fail(db, message, clock, code, permanent=True) is message
    assert message.given_up_at == clock()
    clock.forward(days=1)
    assert leased(db, clock) == []


def test_a_message_whose_workers_all_died_is_given_up_too(
    db: Session, message: Message, clock: SetClock
) -> None:
    tries = 0
    while leased(db, clock):
        clock.at += LEASE
        tries += 1
    assert message.given_up_at == clock()
    assert message.last_error == "worker_died temporary"
    assert tries == pytest.approx(GIVEN_UP_AFTER / LEASE, abs=1)


def test_a_silence_after_a_refusal_takes_back_no_refusal(
    db: Session, message: Message, clock: SetClock
) -> None:
    assert fail(db, message, clock, "recipient_550", permanent=True) is message
    assert fail(db, message, clock) is None
    assert message.last_error == "recipient_550 permanent"
    assert fail(db, message, clock, "recipient_550", permanent=True) is None, "no news"


def test_whoever_asks_for_it_has_it_tried_again_for_another_three_days(
    db: Session, message: Message, clock: SetClock
) -> None:
    try_until_given_up(db, message, clock)
    assert outbox.try_again(db, [message.id], clock()) == 1
    assert mail_progress.progress_of(db, [message.id]) == {message.id: Progress.ON_ITS_WAY}
    assert mail_progress.stuck(db) == []
    begun = clock()
    try_until_given_up(db, message, clock)
    assert clock() - begun >= GIVEN_UP_AFTER
    outbox.try_again(db, [message.id], clock())
    (taken,) = take(db, clock)
    outbox.sent(db, taken.id, clock())
    db.refresh(message)
    assert (message.given_up_at, message.last_error) == (None, None)
    assert outbox.try_again(db, [message.id], clock()) == 0, "it went"


def test_of_a_try_that_another_has_followed_nothing_is_noted(
    db: Session, message: Message, clock: SetClock
) -> None:
    (slow,) = take(db, clock)
    clock.at += LEASE
    (other,) = take(db, clock)
    late = outbox.failed(
        db, slow.id, clock(), code="recipient_550", permanent=True, attempt=slow.attempt
    )
    assert late is None
    assert message.last_error is None
    assert leased(db, clock) == [], "the other still has it"
    outbox.failed(db, other.id, clock(), code="timeout", permanent=False, attempt=other.attempt)
    assert message.last_error == "timeout temporary"

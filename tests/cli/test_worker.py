"""The worker, on both databases: each message once, and a bad one in nobody's way."""

import logging
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.cli.worker import _Stop, _Work, run
from kids_feedback.domain.case.safety import USUAL
from kids_feedback.domain.errors import DatabaseUnavailable
from kids_feedback.gateways.mail import MailRefused
from kids_feedback.services.site import outbox, visits
from kids_feedback.storage.db import Transactions, engine_for
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.safety import Alarm
from kids_feedback.storage.tables.visits import Visit
from tests.conftest import KEYS, SetClock
from tests.make import NOW, a_complaint
from tests.services.alarming import a_desk, raised

POISON = "poison@example.org"
ADA = "ada@example.org"


class Tray:
    """A way out that remembers what went, and refuses the poison."""

    def __init__(self, refusal: Exception | None = None) -> None:
        self.ids: list[str] = []
        self.refusal = refusal or MailRefused("recipient_550", permanent=True)

    def send(
        self, message_id: str, to: str, subject: str, body: str, *, now: datetime, language: str
    ) -> None:
        if to == POISON:
            raise self.refusal
        self.ids.append(message_id)


def put(transactions: Transactions, *addresses: str, at: datetime = NOW) -> list[str]:
    with transactions() as session:
        return [
            outbox.put(session, to=to, subject="A message", body="Please look.", now=at)
            for to in addresses
        ]


def unsent(transactions: Transactions) -> list[str]:
    with transactions.reading() as session:
        return list(session.scalars(select(Message.id).where(Message.sent_at.is_(None))))


def test_everything_that_waits_is_sent_once(transactions: Transactions, clock: SetClock) -> None:
    ids, tray = put(transactions, *[ADA] * 3), Tray()
    for _ in range(2):
        run(transactions, tray, clock, once=True)
        clock.forward(hours=2)
    assert sorted(tray.ids) == sorted(ids)
    assert unsent(transactions) == []


def test_two_workers_at_once_send_each_message_once(
    transactions: Transactions, clock: SetClock
) -> None:
    ids = put(transactions, *[ADA] * 30)
    tray, together = Tray(), Barrier(2)

    def work() -> None:
        together.wait()
        run(transactions, tray, clock, once=True)

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(tray.ids) == sorted(ids)
    assert unsent(transactions) == []


@pytest.mark.parametrize(
    "refusal",
    [
        MailRefused("recipient_550", permanent=True),
        MailRefused("timeout", permanent=False),
        UnicodeError(f"something nobody thought of, about {POISON}"),
    ],
    ids=["refused for good", "refused for now", "a fault of ours"],
)
def test_one_poison_among_twenty_delays_no_other(
    transactions: Transactions,
    clock: SetClock,
    caplog: pytest.LogCaptureFixture,
    refusal: Exception,
) -> None:
    poison, *others = put(transactions, POISON, *[ADA] * 19)
    tray = Tray(refusal)
    with caplog.at_level(logging.INFO):
        run(transactions, tray, clock, once=True)
    assert sorted(tray.ids) == sorted(others)
    assert unsent(transactions) == [poison]
    assert poison in caplog.text
    assert "example.org" not in caplog.text
    assert "Please look" not in caplog.text


def test_a_poison_that_brings_its_worker_down_delays_no_other(
    transactions: Transactions, clock: SetClock
) -> None:
    class Down(BaseException):
        """No handler stops it."""

    class Bomb(Tray):
        def send(
            self, message_id: str, to: str, subject: str, body: str, *, now: datetime, language: str
        ) -> None:
            if to == POISON:
                raise Down
            super().send(message_id, to, subject, body, now=now, language=language)

    (poison,) = put(transactions, POISON)
    clock.forward(seconds=1)
    others, tray = put(transactions, *[ADA] * 19, at=clock()), Bomb()
    with pytest.raises(Down):
        run(transactions, tray, clock, once=True)
    run(transactions, tray, clock, once=True)  # the next worker, at once
    assert sorted(tray.ids) == sorted(others)
    assert unsent(transactions) == [poison]


def _die_between_send_and_mark(url: str, at: datetime, said: Path) -> None:
    class Last:
        def send(
            self, message_id: str, to: str, subject: str, body: str, *, now: datetime, language: str
        ) -> None:
            said.write_text(message_id)
            os.kill(os.getpid(), signal.SIGKILL)

    run(Transactions(engine_for(url), KEYS), Last(), lambda: at, once=True)


def test_after_a_crash_between_send_and_mark_the_same_message_goes_again(
    transactions: Transactions, clock: SetClock, database_url: str, tmp_path: Path
) -> None:
    ids = put(transactions, ADA)
    transactions.engine.dispose()
    said = tmp_path / "said"
    victim = multiprocessing.get_context("spawn").Process(
        target=_die_between_send_and_mark, args=(database_url, clock(), said)
    )
    victim.start()
    victim.join()
    assert victim.exitcode == -signal.SIGKILL
    tray = Tray()
    clock.forward(minutes=1)
    run(transactions, tray, clock, once=True)
    assert tray.ids == []
    clock.forward(minutes=1)
    run(transactions, tray, clock, once=True)
    assert [said.read_text()] == tray.ids == ids
    assert unsent(transactions) == []


def test_children_can_send_while_a_slow_mail_server_is_waited_for(
    transactions: Transactions, clock: SetClock
) -> None:
    class Slow(Tray):
        def send(
            self, message_id: str, to: str, subject: str, body: str, *, now: datetime, language: str
        ) -> None:
            super().send(message_id, to, subject, body, now=now, language=language)
            if len(self.ids) == 1:
                put(transactions, ADA)  # would time out if the worker held its transaction

    put(transactions, ADA)
    tray = Slow()
    run(transactions, tray, clock, once=True)
    assert len(tray.ids) == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_stop_finishes_the_message_in_hand(
    transactions: Transactions, clock: SetClock, number: signal.Signals
) -> None:
    class Told(Tray):
        def send(
            self, message_id: str, to: str, subject: str, body: str, *, now: datetime, language: str
        ) -> None:
            signal.raise_signal(number)
            super().send(message_id, to, subject, body, now=now, language=language)

    first, *rest = put(transactions, ADA, ADA)
    tray, before = Told(), signal.getsignal(number)
    run(transactions, tray, clock)
    assert len(tray.ids) == 1
    assert set(unsent(transactions)) == {first, *rest} - set(tray.ids)
    assert signal.getsignal(number) is before


class Flaky(Transactions):
    """A database that does not answer the next ``failures`` times."""

    failures = 0

    @contextmanager
    def __call__(self) -> Iterator[Session]:
        if self.failures:
            self.failures -= 1
            raise DatabaseUnavailable
        with super().__call__() as session:
            yield session


class Cut(Tray):
    """A way out that works, but then the database is gone for a while."""

    def __init__(self, database: Flaky, failures: int) -> None:
        super().__init__()
        self.database, self.failures = database, failures

    def send(
        self, message_id: str, to: str, subject: str, body: str, *, now: datetime, language: str
    ) -> None:
        super().send(message_id, to, subject, body, now=now, language=language)
        self.database.failures = self.failures


@pytest.fixture
def flaky(transactions: Transactions) -> Flaky:
    return Flaky(transactions.engine, KEYS)


def test_a_mark_is_tried_until_the_database_answers(flaky: Flaky, clock: SetClock) -> None:
    ids, tray = put(flaky, ADA), Cut(flaky, failures=2)
    run(flaky, tray, clock, once=True, pause=0)
    assert tray.ids == ids
    assert unsent(flaky) == []


def test_a_mark_is_not_tried_beyond_the_lease(flaky: Flaky, clock: SetClock) -> None:
    def hurried() -> datetime:
        clock.forward(seconds=30)
        return clock()

    put(flaky, ADA)
    with pytest.raises(DatabaseUnavailable):
        run(flaky, Cut(flaky, failures=100), hurried, once=True, pause=0)


def test_a_worker_waits_for_a_database_that_does_not_answer(flaky: Flaky, clock: SetClock) -> None:
    class Last(Tray):
        def send(
            self, message_id: str, to: str, subject: str, body: str, *, now: datetime, language: str
        ) -> None:
            signal.raise_signal(signal.SIGTERM)
            super().send(message_id, to, subject, body, now=now, language=language)

    ids, tray = put(flaky, ADA), Last()
    flaky.failures = 3
    run(flaky, tray, clock, pause=0)
    assert tray.ids == ids


def test_old_visits_are_erased_about_each_minute(
    transactions: Transactions, clock: SetClock
) -> None:
    def visit(token: str) -> None:
        with transactions() as session:
            visits.keep(session, token, {"draft": "words"}, now=clock())

    def kept() -> int:
        with transactions.reading() as session:
            return len(session.scalars(select(Visit.id)).all())

    class LongAgo(Tray):
        """Time flies while a message goes."""

        def send(
            self, message_id: str, to: str, subject: str, body: str, *, now: datetime, language: str
        ) -> None:
            super().send(message_id, to, subject, body, now=now, language=language)
            clock.forward(hours=3)

    visit("first")
    clock.forward(hours=3)
    visit("second")
    put(transactions, ADA)
    tray = LongAgo()
    assert kept() == 2
    run(transactions, tray, clock, once=True)
    assert kept() == 0
    assert clock() - NOW == timedelta(hours=6)


def test_an_alarm_is_repeated_until_somebody_decides(
    transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as session:
        a_desk(session)
        alarm = raised(session, a_complaint(session), clock())
    tray, seen = Tray(), []
    for _ in range(5):
        run(transactions, tray, clock, once=True)
        seen.append(len(tray.ids))
        clock.forward(minutes=15)
    assert seen == [1, 1, 2, 2, 3]
    with transactions() as session:
        kept = session.get_one(Alarm, alarm.id)
        kept.decided_at, kept.next_round_at = clock(), None
    clock.forward(hours=1)
    run(transactions, tray, clock, once=True)
    assert len(tray.ids) == 3


def test_what_each_day_asks_is_done_at_once_and_then_once_a_day(
    transactions: Transactions, clock: SetClock
) -> None:
    work = _Work(transactions, Tray(), clock, lambda: done.append(clock()), USUAL, _Stop(), 0)
    done: list[datetime] = []
    for _ in range(50):
        work.step()
        clock.forward(hours=1)
    assert done == [NOW, NOW + timedelta(days=1), NOW + timedelta(days=2)]

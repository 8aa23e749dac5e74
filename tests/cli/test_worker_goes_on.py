"""How the worker goes on, on both databases.

It is told to stop, it waits for a database that does not answer, and each minute and each day ask
for something.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.cli.alerting import Alerts
from kids_feedback.cli.worker import _Stop, _Work, run
from kids_feedback.domain.case.safety import USUAL
from kids_feedback.domain.errors import CannotOpen, DatabaseUnavailable, EditConflict
from kids_feedback.services.case import alarms
from kids_feedback.services.casework import sending, undelivered
from kids_feedback.services.site import visits
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.safety import Alarm
from kids_feedback.storage.tables.visits import Visit
from tests.cli.conftest import ADA, POISON, Tray, put, unsent
from tests.conftest import KEYS, SetClock
from tests.make import NOW, a_complaint
from tests.services.alarming import a_desk, raised


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


def test_who_acts_on_the_case_at_the_same_time_brings_no_worker_down(
    transactions: Transactions, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def conflicting(act: Callable[..., Any]) -> Callable[..., Any]:
        turns = iter([True, False, True, False, False, False])

        def once(*args: Any, **kwargs: Any) -> Any:
            if next(turns):
                raise EditConflict
            return act(*args, **kwargs)

        return once

    monkeypatch.setattr(sending, "take", conflicting(sending.take))
    monkeypatch.setattr(undelivered, "not_sent", conflicting(undelivered.not_sent))
    (poison,) = put(transactions, POISON)
    run(transactions, Tray(), clock, once=True)
    with transactions.reading() as session:
        assert session.get_one(Message, poison).last_error == "recipient_550 permanent"


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


def failing(error: Exception) -> Callable[..., Any]:
    def act(*args: object, **named: object) -> Any:
        raise error

    return act


@pytest.mark.parametrize("error", [EditConflict(), CannotOpen("a place"), RuntimeError("Wagtail")])
@pytest.mark.parametrize("errand", [(alarms, "repeat"), (visits, "erase_old")])
def test_an_errand_that_fails_keeps_no_mail_from_going(
    transactions: Transactions,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    errand: tuple[Any, str],
    error: Exception,
) -> None:
    monkeypatch.setattr(*errand, failing(error))
    ids, tray = put(transactions, ADA), Tray()
    run(transactions, tray, clock, failing(error), once=True)
    assert tray.ids == ids
    assert f"an errand failed: {type(error).__name__}" in caplog.text
    assert "Wagtail" not in caplog.text


def test_a_clock_that_is_put_back_makes_no_alarm_wait(
    transactions: Transactions, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[datetime] = []
    work = _Work(transactions, Tray(), clock, lambda: None, USUAL, _Stop(), 0, Alerts(Tray(), ()))
    monkeypatch.setattr(work, "repeat_alarms", lambda: done.append(clock()))
    clock.forward(days=400)  # as a machine may that has just started
    work.step()
    clock.forward(days=-400)
    work.step()
    clock.forward(seconds=30)
    work.step()
    clock.forward(seconds=30)
    work.step()
    assert done == [NOW + timedelta(days=400), NOW, NOW + timedelta(minutes=1)]


def test_what_each_day_asks_is_done_at_once_and_then_once_a_day(
    transactions: Transactions, clock: SetClock
) -> None:
    work = _Work(
        transactions,
        Tray(),
        clock,
        lambda: done.append(clock()),
        USUAL,
        _Stop(),
        0,
        Alerts(Tray(), ()),
    )
    done: list[datetime] = []
    for _ in range(50):
        work.step()
        clock.forward(hours=1)
    assert done == [NOW, NOW + timedelta(days=1), NOW + timedelta(days=2)]


def test_what_fails_is_done_again_with_the_next_step(
    transactions: Transactions, clock: SetClock
) -> None:
    def daily() -> None:
        done.append(clock())
        if len(done) == 1:
            raise DatabaseUnavailable

    done: list[datetime] = []
    work = _Work(transactions, Tray(), clock, daily, USUAL, _Stop(), 0, Alerts(Tray(), ()))
    with pytest.raises(DatabaseUnavailable):
        work.step()
    for _ in range(3):
        clock.forward(hours=1)
        work.step()
    assert done == [NOW, NOW + timedelta(hours=1)]


def test_who_runs_the_site_hears_of_an_errand_that_fails_once_an_hour(
    transactions: Transactions, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarms, "repeat", failing(RuntimeError("Wagtail")))
    tray = Tray()
    told = Alerts(tray, ("duty@example.org",))
    work = _Work(transactions, tray, clock, lambda: None, USUAL, _Stop(), 0, told)
    for minutes, mails in ((0, 1), (5, 1), (50, 1), (6, 2)):
        clock.forward(minutes=minutes)
        work.step()
        assert len(tray.ids) == mails
    assert "repeat_alarms" in tray.bodies[-1]
    assert "Wagtail" not in "".join(tray.bodies)

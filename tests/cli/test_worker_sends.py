"""What the worker sends, on both databases: each message once, and a bad one in nobody's way."""

import logging
import multiprocessing
import os
import signal
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Barrier, Thread

import pytest

from kids_feedback.cli.worker import run
from kids_feedback.config import Smtp
from kids_feedback.gateways.mail import TIMEOUT, WHOLE, MailRefused, SmtpMail
from kids_feedback.services.site.lending import LEASE
from kids_feedback.storage.db import Transactions, engine_for
from tests.cli.conftest import ADA, POISON, Tray, put, unsent
from tests.conftest import KEYS, SetClock
from tests.gateways.talker import a_talker
from tests.make import NOW

HASTE = 100  # how much faster than life a test with real waits goes


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


def test_two_workers_and_a_server_that_is_slow_with_each_answer_make_one_copy(
    transactions: Transactions,
) -> None:
    """Six answers of 25 seconds each, a hundred times as fast; so are the clock and each limit."""
    begun = time.monotonic()

    def now() -> datetime:
        return NOW + HASTE * timedelta(seconds=time.monotonic() - begun)

    put(transactions, ADA)
    with a_talker(lambda said: 25 / HASTE if said != "QUIT" else 0) as (port, taken):
        smtp = Smtp(host="127.0.0.1", port=port, security="none", sender="us@example.org")
        mail = SmtpMail(smtp, timeout=TIMEOUT / HASTE * 3, whole=WHOLE / HASTE)
        work = partial(run, transactions, mail, now, once=True)
        workers = [Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
            time.sleep(0.1)
        while now() - NOW < 2 * LEASE:
            run(transactions, mail, now, once=True)
            time.sleep(0.1)
        for worker in workers:
            worker.join()
    assert len(taken) == 1
    assert unsent(transactions) == []


def test_a_lease_is_longer_than_any_delivery() -> None:
    assert timedelta(seconds=WHOLE) + timedelta(seconds=TIMEOUT) < LEASE


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
    clock.at += LEASE - timedelta(seconds=1)
    run(transactions, tray, clock, once=True)
    assert tray.ids == []
    clock.forward(seconds=1)
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

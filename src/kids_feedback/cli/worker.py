"""The worker: sends what waits in the outbox, repeats alarms, and does what each day asks."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import FrameType

from sqlalchemy.orm import Session

from kids_feedback.cli.alerting import ALL_ROWS, ROWS, Alerts
from kids_feedback.domain.case.safety import USUAL, Watch
from kids_feedback.domain.errors import DatabaseUnavailable, EditConflict
from kids_feedback.gateways.mail import Mail, MailRefused
from kids_feedback.services.accounts import known_places
from kids_feedback.services.case import alarms
from kids_feedback.services.case.alarms import When
from kids_feedback.services.casework import sending, undelivered
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.site import budgets, lending, mixing, outbox, visits
from kids_feedback.services.site.lending import Outgoing
from kids_feedback.storage.db import Transactions

ERASE_EVERY = timedelta(minutes=1)
LOOK_EVERY = timedelta(minutes=1)
ALARMS_EVERY = timedelta(minutes=1)
LOOK_THROUGH_EVERY = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)
AFTER_A_FAULT = timedelta(minutes=1)
log = logging.getLogger(__name__)


def run(
    transactions: Transactions,
    mail: Mail,
    now: Callable[[], datetime],
    daily: Callable[[], None] = lambda: None,
    *,
    watch: Watch = USUAL,
    alert_to: tuple[str, ...] = (),
    once: bool = False,
    pause: float = 1.0,
) -> None:
    """Work until SIGTERM or SIGINT; the message in hand is finished first. Run as many as you like.

    Args:
        daily: what is done at once, and then once a day.
        watch: when people look to a child who may not be safe.
        alert_to: the addresses of whoever runs the site, for when it cannot do its work.
        once: stop when nothing is due any more.
        pause: seconds to wait when nothing is due.

    Raises:
        DatabaseUnavailable: with ``once``, the database does not answer. Otherwise it waits for it.
    """
    with _told_to_stop() as stop:
        alerts = Alerts(mail, alert_to, ALL_ROWS if once else ROWS)
        work = _Work(transactions, mail, now, daily, watch, stop, pause, alerts)
        while not stop.told:
            try:
                busy = work.step()
            except DatabaseUnavailable:
                if once:
                    raise
                log.warning("the database does not answer")
                busy = False
            if not busy:
                if once:
                    return
                time.sleep(pause)


@dataclass
class _Stop:
    """A plain flag: a signal may come at any instant, so its handler can take no lock."""

    told: bool = False


@dataclass
class _Work:
    transactions: Transactions
    mail: Mail
    now: Callable[[], datetime]
    daily: Callable[[], None]
    watch: Watch
    stop: _Stop
    pause: float
    alerts: Alerts
    next_at: dict[Callable[[], None], datetime] = field(default_factory=dict)

    def step(self) -> bool:
        """Do what is due; say whether there may be more.

        One message at a time: what befalls it, a crash of this worker too, holds up no other.
        """
        self.do_every(LOOK_EVERY, self.look)
        self.do_every(ERASE_EVERY, self.erase)
        self.do_every(ALARMS_EVERY, self.repeat_alarms)
        self.do_every(ONE_DAY, self.daily)
        self.do_every(ONE_DAY, self.mix)
        self.do_every(LOOK_THROUGH_EVERY, self.look_through)
        try:
            with self.transactions() as session:
                due = sending.take(session, now=self.now(), zone=self.watch.zone, limit=1)
        except EditConflict:  # somebody acts on the case of that message: it is due again at once
            return True
        for message in due:
            self.send(message)
        return bool(due)

    def do_every(self, pause: timedelta, act: Callable[[], None]) -> None:
        """Do it at once, and then so often. While the database is away it waits with the rest.

        Whatever else is wrong with one errand keeps no other from being done, and no mail from
        going: it is tried again in a minute. A clock that is put back makes none of them wait.
        """
        now = self.now()
        next_at = self.next_at.get(act, now)
        if now < next_at <= now + pause:
            return
        try:
            act()
        except DatabaseUnavailable:
            raise
        except Exception as error:
            # Its text may hold what a child wrote: not logged.
            log.error("an errand failed: %s in %s", type(error).__name__, act.__name__)
            self.alerts.failed(act.__name__, now)
            pause = min(pause, AFTER_A_FAULT)
        self.next_at[act] = now + pause

    def look(self) -> None:
        self.alerts.look(self.transactions, self.now())

    def look_through(self) -> None:
        self.alerts.look_through(self.transactions, self.now())

    def erase(self) -> None:
        with self.transactions() as session:
            visits.erase_old(session, now=self.now())
            budgets.erase_old(session, now=self.now())
            known_places.erase_old(session, today=self.now().date())

    def mix(self) -> None:
        with self.transactions() as session:
            mixing.mix(session, today=self.now().astimezone(self.watch.zone).date())

    def repeat_alarms(self) -> None:
        with self.transactions() as session:
            calendar = working_days.calendar_now(session)
            when = When(now=self.now(), calendar=calendar, watch=self.watch)
            told = alarms.repeat(session, when)
        if told:
            log.warning("alarms that nobody has answered: %d", told)

    def send(self, message: Outgoing) -> None:
        try:
            self.mail.send(
                message.id,
                message.to,
                message.subject,
                message.body,
                now=self.now(),
                language=message.language,
            )
        except MailRefused as refused:
            self.fail(message, refused.code, permanent=refused.permanent)
        except Exception as error:
            # Whatever it is, it belongs to this message. Its text may hold an address: not logged.
            self.fail(message, type(error).__name__, permanent=False)
        else:
            self.mark(lambda session: outbox.sent(session, message.id, self.now()))
            log.info("sent %s", message.id)

    def fail(self, message: Outgoing, code: str, *, permanent: bool) -> None:
        self.mark(
            lambda session: undelivered.not_sent(
                session,
                message.id,
                self.now(),
                code=code,
                permanent=permanent,
                zone=self.watch.zone,
                attempt=message.attempt,
            )
        )
        log.warning("not sent %s: %s", message.id, code)

    def mark(self, act: Callable[[Session], None]) -> None:
        """Try until it is written: a message that went but is not marked would go again.

        Once the lease is over that cannot be helped, and others wait.
        """
        lease_over = self.now() + lending.LEASE
        while True:
            try:
                with self.transactions() as session:
                    return act(session)
            except EditConflict:  # somebody acts on the case that is to be followed up
                if self.now() >= lease_over:
                    raise
            except DatabaseUnavailable:
                if self.stop.told or self.now() >= lease_over:
                    raise
                log.warning("the database does not answer")
                time.sleep(self.pause)


@contextmanager
def _told_to_stop() -> Iterator[_Stop]:
    """Give a flag that SIGTERM and SIGINT set. Only a main thread hears signals."""
    stop = _Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def tell(number: int, frame: FrameType | None) -> None:
        stop.told = True

    before = {item: signal.signal(item, tell) for item in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for signal_number, handler in before.items():
            signal.signal(signal_number, handler)

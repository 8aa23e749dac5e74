"""Tells whoever runs the site that it cannot do its work, what was lost, or that many guess.

It is mail that needs no database.
"""

import logging
import secrets
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kids_feedback.domain.errors import DatabaseUnavailable
from kids_feedback.gateways.mail import Mail, MailRefused
from kids_feedback.services import readiness
from kids_feedback.services.accounts import turns
from kids_feedback.services.child import way_back
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.encryption import BEGINNING, unreadable

REPEAT = timedelta(hours=1)
ONE_DAY = timedelta(days=1)
ROWS = 2_000  # looked through at a time, so that no mail and no alarm waits for it
ALL_ROWS = 1_000_000_000
WRITING, SPACE = "writing", "space"
_SAID = {
    WRITING: "Nothing can be written to its database. Children are asked to try again later.",
    SPACE: "The disk of its database is nearly full. Soon nothing can be kept.",
}
_GUESSED = {
    "words": "Many secret words are being tried, more than children mistype.",
    "sign-in": "Many try to sign in and fail, more than staff mistype.",
}
_FAILED = (
    "A task of its worker fails: {}. The log says by what kind of fault. It is tried again each"
    " minute, and nothing else waits for it."
)
_LOST = (
    "Something that it keeps cannot be read any more. Pages say so in its place, and go on.\n"
    "How many values, by table and column: {}.\n"
    "Is every key in the key file? Else take what was lost from a copy of the database."
)
_SUBJECT = "A service of yours needs you"
log = logging.getLogger(__name__)


@dataclass
class Alerts:
    """What is wrong is told at once, each hour while it lasts, and when it is over."""

    mail: Mail
    to: tuple[str, ...]
    rows: int = ROWS
    _wrong: frozenset[str] = field(default=frozenset())
    _told_at: datetime | None = None
    _after: tuple[str, str] = BEGINNING  # the row that was looked at last
    _lost: Counter[str] = field(default_factory=Counter)  # since the beginning
    _last: dict[str, datetime] = field(default_factory=dict)  # when each kind was told

    def look(self, transactions: Transactions, now: datetime) -> None:
        """See whether the site can keep what children send; tell if not."""
        wrong = set()
        if not readiness.can_write(transactions):
            wrong.add(WRITING)
        if not readiness.has_space(transactions.engine):
            wrong.add(SPACE)
        self.tell(frozenset(wrong), now)
        with suppress(DatabaseUnavailable):
            self.look_for_guesses(transactions, now)

    def look_for_guesses(self, transactions: Transactions, now: datetime) -> None:
        """See whether many guess, from wherever; tell each hour while they do."""
        with transactions.reading() as session:
            many = {
                "words": way_back.many_miss(session, now),
                "sign-in": turns.many_miss(session, now),
            }
        for what in (what for what, found in many.items() if found):
            if self._is_due(what, now, REPEAT):
                self._say(_GUESSED[what], now)

    def failed(self, errand: str, now: datetime) -> None:
        """Tell of an errand of the worker that fails, each hour while it does."""
        if self._is_due(errand, now, REPEAT):
            self._say(_FAILED.format(errand), now)

    def look_through(self, transactions: Transactions, now: datetime) -> None:
        """See whether the next rows that are sealed can be read; tell what not, once a day a kind.

        After the last rows it begins again, so that all that is kept is looked at over and over.
        A kind is a column of a table. What stood there, whose it is and which row it is are not
        said: pages say so in its place, and the log of the site which row it was.
        """
        try:
            with transactions.reading() as session:
                found, last = unreadable(session, after=self._after, most=self.rows)
        except DatabaseUnavailable:
            return  # which ``look`` tells
        self._lost = found + (Counter() if self._after == BEGINNING else self._lost)
        self._after = last
        new = {kind: self._lost[kind] for kind in found if self._is_due(kind, now, ONE_DAY)}
        if not new:
            return
        said = "; ".join(f"{kind}: {number}" for kind, number in sorted(new.items()))
        log.warning("what is kept cannot be read: %s", said)
        for address in self.to:
            self._send(address, _LOST.format(said), now)

    def tell(self, wrong: frozenset[str], now: datetime) -> None:
        """Mail what is wrong, unless it was told within the hour."""
        again = self._told_at is None or now - self._told_at >= REPEAT
        if wrong == self._wrong and not (wrong and again):
            return
        self._wrong, self._told_at = wrong, now
        said = [_SAID[each] for each in sorted(wrong)] or ["It can do its work again."]
        self._say("\n".join(said), now)

    def _is_due(self, what: str, now: datetime, every: timedelta) -> bool:
        """Say whether it was not told for so long. By that it is told now."""
        last = self._last.get(what)
        if last is not None and last <= now < last + every:
            return False
        self._last[what] = now
        return True

    def _say(self, said: str, now: datetime) -> None:
        log.error("for whoever runs the site: %s", said.replace("\n", " "))
        for address in self.to:
            self._send(address, said, now)

    def _send(self, address: str, body: str, now: datetime) -> None:
        try:
            name = f"alert-{secrets.token_urlsafe(9)}"
            self.mail.send(name, address, _SUBJECT, body + "\n", now=now, language="en")
        except MailRefused as refused:
            log.error("not sent to whoever runs the site: %s", refused.code)

"""Tells whoever runs the site that it cannot do its work, by mail that needs no database."""

import logging
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kids_feedback.gateways.mail import Mail, MailRefused
from kids_feedback.services import readiness
from kids_feedback.storage.db import Transactions

REPEAT = timedelta(hours=1)
WRITING, SPACE = "writing", "space"
_SAID = {
    WRITING: "Nothing can be written to its database. Children are asked to try again later.",
    SPACE: "The disk of its database is nearly full. Soon nothing can be kept.",
}
_SUBJECT = "A service of yours needs you"
log = logging.getLogger(__name__)


@dataclass
class Alerts:
    """What is wrong is told at once, each hour while it lasts, and when it is over."""

    mail: Mail
    to: tuple[str, ...]
    _wrong: frozenset[str] = field(default=frozenset())
    _told_at: datetime | None = None

    def look(self, transactions: Transactions, now: datetime) -> None:
        """See whether the site can keep what children send; tell if not."""
        wrong = set()
        if not readiness.can_write(transactions):
            wrong.add(WRITING)
        if not readiness.has_space(transactions.engine):
            wrong.add(SPACE)
        self.tell(frozenset(wrong), now)

    def tell(self, wrong: frozenset[str], now: datetime) -> None:
        """Mail what is wrong, unless it was told within the hour."""
        again = self._told_at is None or now - self._told_at >= REPEAT
        if wrong == self._wrong and not (wrong and again):
            return
        self._wrong, self._told_at = wrong, now
        said = [_SAID[each] for each in sorted(wrong)] or ["It can do its work again."]
        log.error("for whoever runs the site: %s", " ".join(said))
        for address in self.to:
            self._send(address, "\n".join(said), now)

    def _send(self, address: str, body: str, now: datetime) -> None:
        try:
            name = f"alert-{secrets.token_urlsafe(9)}"
            self.mail.send(name, address, _SUBJECT, body + "\n", now=now, language="en")
        except MailRefused as refused:
            log.error("not sent to whoever runs the site: %s", refused.code)

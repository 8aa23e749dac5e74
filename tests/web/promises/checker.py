"""The checker: holds every sentence that a page or a mail says to the fact behind it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from kids_feedback.services.case.alarms import ALARM_NOTIFICATION
from kids_feedback.services.case.notifications import STAFF_NOTIFICATION
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.outbox import Message
from tests.counting import uncounted
from tests.make import LONDON
from tests.web import house_rules
from tests.web.promises.facts import Fact, nothing_sent
from tests.web.promises.for_both import FOR_BOTH
from tests.web.promises.for_children import FOR_CHILDREN
from tests.web.promises.for_requests import FOR_REQUESTS
from tests.web.promises.for_staff import FOR_STAFF
from tests.web.promises.reading import Said, said_by, said_in
from tests.web.promises.stored import World, world

BOUND: dict[str, Fact] = FOR_CHILDREN | FOR_STAFF | FOR_BOTH | FOR_REQUESTS
_PREVIEW = "/late"  # staff see there what the child will read, before it is so
MADE_BY_HAND = {  # rows that a test made have no history, and a child may send a second time
    "Done: We read it on %(day)s.",
    "Not safe: read it and decide",
    *(sentence for sentence, fact in FOR_CHILDREN.items() if fact is nothing_sent),
}


class Checker:
    """Reads what is said, and keeps what it has found: what was true, and what was not.

    Where ``by_hand``, a test made the rows: what only a whole life leaves behind is not asked for.
    """

    def __init__(
        self, transactions: Transactions, now: Callable[[], datetime], *, by_hand: bool = False
    ) -> None:
        self._transactions = transactions
        self._now = now
        self._by_hand = by_hand
        self.said: set[str] = set()
        self.lies: list[str] = []

    def page(self, soup: BeautifulSoup, path: str) -> None:
        """Read a page, as it was answered just now."""
        preview = path.endswith(_PREVIEW)
        self._hold(said_in(soup, FOR_STAFF if preview else BOUND), path)

    def mails(self) -> None:
        """Read every mail that is written, to whomever."""
        with self._transactions.reading() as db:
            seen = world(db, self._today)
            for row in db.scalars(select(Message)):
                self._judge(said_by([row.body.strip()], BOUND), "a mail", seen)
                if not _may_be_sent(row, seen):
                    self.lies.append(f"a mail: {row.subject}")

    @property
    def _today(self) -> date:
        return self._now().astimezone(LONDON).date()

    def _hold(self, sentences: Iterable[Said], where: str) -> None:
        found = list(sentences)
        if found:
            with uncounted(), self._transactions.reading() as db:
                self._judge(found, where, world(db, self._today))

    def _judge(self, sentences: Iterable[Said], where: str, seen: World) -> None:
        for said in sentences:
            if self._by_hand and (not seen.cases or said.sentence in MADE_BY_HAND):
                continue
            if BOUND[said.sentence](seen, said):
                self.said.add(said.sentence)
            else:
                self.lies.append(f"{where}: {said.text}")


def read_by(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a checker read every page that is held to the house rules."""
    check = house_rules.check

    def with_promises(soup: BeautifulSoup, path: str) -> None:
        check(soup, path)
        checker.page(soup, path)

    monkeypatch.setattr(house_rules, "check", with_promises)


def _may_be_sent(row: Message, seen: World) -> bool:
    """Say whether there is what a mail to staff says: something in a queue, or an alarm."""
    of = [it for it in seen.cases if it.case.id == row.case_id]
    if row.subject == ALARM_NOTIFICATION.subject:
        return any(it.alarms for it in of)
    return row.subject != STAFF_NOTIFICATION.subject or bool(of)

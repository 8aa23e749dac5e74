"""A child who has come back, and a manager who offered to meet.

Told on Monday 2 March 2026, a talk by 16 March.
"""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.meetings import Meeting
from tests.make import NOW, a_visit
from tests.services.casework.meeting_room import Room
from tests.web.conftest import COOKIE, visitor
from tests.web.page import Page, Visitor, follow, get, submit

WHEN, WHERE, CHECK = "/back/meet/when", "/back/meet/where", "/back/meet/check"
Act = Callable[[Room], object]


class Child:
    """A child who has come back, and the room in which a manager offered to meet."""

    def __init__(self, app: Flask, transactions: Transactions, look: str = "words") -> None:
        self._transactions = transactions
        with transactions() as db:
            room = Room(db, {"supporter": "known"})
            room.offer()
            self.case_id, self._room = room.row.id, room
        self._look = look
        self.client: Visitor = visitor(app)
        self.come_back(NOW)

    def come_back(self, now: datetime) -> None:
        """Enter the secret words: visits do not last for days."""
        with self._transactions() as db:
            cookie = a_visit(db, now, mine=self.case_id, look=self._look)
        self.client.set_cookie(COOKIE, cookie)

    def staff(self, act: Act) -> None:
        """Let the manager act."""
        with self._transactions() as db:
            self._room.db = db
            act(self._room)

    def open(self, path: str) -> Page:
        return get(self.client, path)

    def pick(self, start: str, place: str, **words: str) -> Page:
        """Go to the check page."""
        page = submit(self.client, self.open(WHEN), pick=start, other=words.get("wish", ""))
        page = submit(
            self.client, follow(self.client, page), pick=place, other=words.get("somewhere", "")
        )
        return follow(self.client, page)

    def confirm(self, page: Page) -> Page:
        return submit(self.client, page, to=CHECK)

    def calendar(self, page: Page) -> dict[str, str]:
        """Return what a calendar reads of the file that the page offers."""
        file = submit(self.client, page, to="/back/meet/calendar").response.text
        return dict(line.split(":", 1) for line in file.splitlines())

    def now(self) -> Page:
        return self.open("/back/now")

    def kept(self) -> Meeting:
        with self._transactions.reading() as db:
            row = db.query(Meeting).filter_by(case_id=self.case_id).one()
            _ = row.starts_at  # opened while the keys are at hand
            db.expunge(row)
            return row


@pytest.fixture
def robin(app: Flask, transactions: Transactions) -> Child:
    return Child(app, transactions)


def iso(start: str) -> str:
    return f"{start}:00+00:00"


WEDNESDAY = iso("2026-03-04T10:00")
THURSDAY = iso("2026-03-05T16:00")

"""A visitor who walks through pages of the child's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.make import (
    a_visit,
)
from tests.web.visits import writing

Walk = Callable[["Walker"], Iterator[str]]


@dataclass(frozen=True)
class Walker:
    """A visitor who can be turned into any other, and a site that can be broken."""

    page: Page
    url: str
    transactions: Transactions
    clock: SetClock
    monkeypatch: pytest.MonkeyPatch
    how: dict[str, str]  # language and look

    def is_somebody(self, **state: Any) -> None:
        """Go on as a visitor of whom the server remembers this."""
        with self.transactions() as db:
            token = a_visit(db, now=self.clock(), **self.how, **state)
        self.page.context.add_cookies([{"name": "id", "value": token, "url": self.url}])

    def is_writing(self, door: str, **kept: Any) -> None:
        """Go on as a visitor who is writing a message; ``kept`` are parts of its draft."""
        self.is_somebody(**writing(self.clock(), door, **kept))

    def forgets(self) -> None:
        """Go on with a page whose visit is gone."""
        self.page.context.clear_cookies()

    def opens(self, path: str) -> str:
        self.page.goto(path)
        return path

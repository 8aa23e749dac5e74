"""A store that can be made to fail at any statement or commit, and a press meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from kids_feedback.web.kit import context
from kids_feedback.web.kit.forms import is_typed
from tests.web.page import Page, Value, Visitor, submit

Fields = dict[str, str]
UNHEARD = "unheard"


@dataclass
class Store:
    """The store of a site, which can be made to fail."""

    engine: Engine
    left: int | None = None  # statements or commits until it fails; None: it works
    failed: int = 0
    at: str = "statement"

    def strike(self, what: str) -> None:
        if self.left is None:
            return
        if self.left == 0 and (what == self.at or self.failed):
            self.failed += 1
            raise OperationalError("", {}, Exception("it does not answer"))
        self.left -= what == self.at and self.left > 0

    @contextmanager
    def failing(self, at: str, after: int) -> Iterator[None]:
        self.at, self.left, self.failed = at, after, 0
        try:
            yield
        finally:
            self.left = None


@pytest.fixture
def store(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with app.app_context():
        engine: Any = context.site().transactions.engine
    made = Store(engine)
    commit = engine.dialect.do_commit

    def committed(connection: Any) -> None:
        made.strike("commit")
        commit(connection)
        made.strike(UNHEARD)

    def stated(*_: object) -> None:
        made.strike("statement")

    monkeypatch.setattr(engine.dialect, "do_commit", committed)
    event.listen(engine, "before_cursor_execute", stated)
    yield made
    event.remove(engine, "before_cursor_execute", stated)


def somewhere(dice: Random) -> tuple[str, int]:
    """Return where it fails: at a statement, at a commit, or with the answer to a commit."""
    at = dice.choice(("statement", "commit", UNHEARD))
    return at, int(dice.expovariate(0.15)) if at == "statement" else dice.randrange(2)


def shown(page: Page) -> set[str]:
    """Return each text that stands in a field where it can be changed."""
    fields = page.soup.select("main textarea:not([readonly]), main input:not([type=hidden])")
    return {
        part.get_text().removeprefix("\n") if part.name == "textarea" else str(part.get("value"))
        for part in fields
    }


def typed(fields: dict[str, Value]) -> set[str]:
    """Return the texts among what is sent."""
    texts = {(name, value) for name, value in fields.items() if isinstance(value, str)}
    return {value for name, value in texts if value.strip() and is_typed(name, value)}


def press_while_it_fails(
    store: Store, client: Visitor, send: Callable[[], Page], words: set[str], at: str, after: int
) -> Page:
    """Press a button while the store fails; where that is said, look for the words and press again.

    Once is enough: the page that comes is what a store that works would have answered.
    """
    with store.failing(at, after):
        sent = send()
    if sent.status == 503:
        assert words <= shown(sent), (sent.path, at, after, words - shown(sent))
        assert int(sent.response.headers["Retry-After"]) > 0
        sent = submit(client, sent, to=str(sent.found("main form[method=post]")["action"]))
    return sent

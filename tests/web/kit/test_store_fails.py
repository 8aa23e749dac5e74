"""The store fails at any statement of any journey: the words stay, and one more press sends them.

What fails is one statement or one commit, and from then on all of them, until the page is there.
"Unheard" is the commit that was made, but whose answer is lost: it must not be made twice.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select
from sqlalchemy.exc import OperationalError

from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.leaves import Leaf
from kids_feedback.web.kit import context
from kids_feedback.web.kit.forms import is_typed
from tests import sample
from tests.make import an_office
from tests.web.conftest import visitor
from tests.web.page import Page, Visitor, follow, get, submit

Fields = dict[str, str]
JOURNEYS: dict[str, tuple[str, list[Fields]]] = {
    "a complaint": (
        "/p/1",
        [
            {"topics": "unkind"},
            {"happened": "Wagtail"},
            {"remedies": "sorry"},
            {"wish": "look_into"},
            {"name": "Pip"},
            {"age": "9"},
            {"worker": "Ostrich", "town": "Leeds"},
            {"method": "email"},
            {"email": "pip@example.org"},
            {"supporter": "known"},
            {"supporter_name": "Gran", "supporter_party": "no"},
            {"needs": "quiet"},
            {"share": "yes"},
            {},
        ],
    ),
    "praise": (
        "/p/31",
        [
            {"topics": "kind"},
            {"happened": "Nightingale"},
            {"pass_on": "with_name", "name": "Pip"},
            {},
        ],
    ),
    "a leaf": ("/leaf", [{"shape": "oak", "words": "Linnet"}, {"where": "us"}]),
}


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
        made.strike("unheard")

    def stated(*_: object) -> None:
        made.strike("statement")

    monkeypatch.setattr(engine.dialect, "do_commit", committed)
    event.listen(engine, "before_cursor_execute", stated)
    yield made
    event.remove(engine, "before_cursor_execute", stated)


def shown(page: Page) -> set[str]:
    """Return each text that stands in a field where it can be changed."""
    fields = page.soup.select("main textarea:not([readonly]), main input:not([type=hidden])")
    return {
        part.get_text().removeprefix("\n") if part.name == "textarea" else str(part.get("value"))
        for part in fields
    }


def press(child: Visitor, page: Page, fields: Fields) -> Page:
    to = page.path if len(page.soup.select("form[method=post]")) > 1 else None
    return submit(child, page, to=to, **fields)


def walked(child: Visitor, store: Store, journey: str, dice: Random) -> int:
    """Take one journey, with a store that fails once on the way; return how often it struck."""
    first, steps = JOURNEYS[journey]
    breaks, at = dice.randrange(len(steps)), dice.choice(("statement", "commit", "unheard"))
    after = int(dice.expovariate(0.4)) if at == "statement" else 0
    page, struck = get(child, first), 0
    for number, fields in enumerate(steps):
        if number == breaks:
            with store.failing(at, after):
                sent = press(child, page, fields)
            struck += store.failed
            if sent.status == 503:
                typed = {value for name, value in fields.items() if is_typed(name, value)}
                assert typed <= shown(sent), (journey, number, at, after)
                assert int(sent.response.headers["Retry-After"]) > 0
                sent = submit(child, sent)
        else:
            sent = press(child, page, fields)
        assert sent.status == 303, (journey, number, at, after, sent.status, sent.text)
        with store.failing(at, after) if number == breaks else nullcontext():
            page = follow(child, sent)
        if page.status == 503:
            page = get(child, page.links()["Try again"])
        assert page.status == 200, (journey, number, at, after, page.text)
    return struck


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("journey", JOURNEYS)
def test_whatever_fails_the_words_stay_and_one_press_sends_them(
    app: Flask, store: Store, transactions: Transactions, journey: str
) -> None:
    dice, struck, times = sample.dice(f"failing {journey}"), 0, sample.many(small=4, full=334)
    with transactions() as db:
        an_office(db)
    for _ in range(times):
        struck += walked(visitor(app), store, journey, dice) > 0
    with transactions.reading() as db:
        kept = {table: db.scalar(select(func.count()).select_from(table)) for table in (Case, Leaf)}
    assert sum(number or 0 for number in kept.values()) == times
    assert struck > times / 4

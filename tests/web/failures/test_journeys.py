"""The store fails at any statement of any journey: the words stay, and one more press sends them.

What fails is one statement or one commit, and from then on all of them, until the page is there.
"Unheard" is the commit that was made, but whose answer is lost: it must not be made twice.
"""

from contextlib import nullcontext
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select

from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.leaves import Leaf
from kids_feedback.web.kit.forms import is_typed
from tests import sample
from tests.make import an_office
from tests.web.conftest import visitor
from tests.web.failures.failing import Fields, Store, shown, store
from tests.web.page import Page, Visitor, follow, get, submit

__all__ = ["store"]  # a fixture
JOURNEYS: dict[str, tuple[str, list[Fields]]] = {
    "a complaint": (
        "/p/1",
        [
            {"topics": "unkind"},
            {"happened": "Wagtail"},
            {"remedies": "sorry", "wish": "look_into"},
            {"name": "Pip", "age": "9", "worker": "Ostrich", "town": "Leeds"},
            {"method": "email", "supporter": "known"},
            {"email": "pip@example.org"},
            {"email_shared": "no"},
            {"supporter_name": "Gran"},
            {"supporter_party": "no"},
            {"needs": "quiet", "share": "yes"},
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

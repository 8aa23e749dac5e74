"""A browser that sends and sends is asked to wait, and keeps every word. No network is."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.web.kit import context
from tests.conftest import SetClock
from tests.make import a_kiosk
from tests.web.child.test_drafts import enter
from tests.web.child.test_journey import SCRIPTS, next_page
from tests.web.conftest import visitor
from tests.web.page import Page, Visitor, follow, get, post, submit


@pytest.fixture(autouse=True)
def few(app: Flask) -> Iterator[None]:
    """Two from a browser, four from a screen that others use too."""
    with app.app_context():
        here = context.site()
        settings = replace(here.settings, sends_an_hour=2, sends_an_hour_shared=4)
        context.install(app, replace(here, settings=settings))
    yield
    context.install(app, here)


def presses_send(child: Visitor) -> Page:
    page = next_page(child, enter(child), topics=["unfair", "not_listened"])
    page = next_page(child, page, happened=SCRIPTS)
    page = next_page(child, page, remedies=["sorry"], wish="look_into", send_now="1")
    return submit(child, page, to="/check")


def how_many(transactions: Transactions) -> int:
    with transactions() as db:
        return db.scalar(select(func.count()).select_from(Case)) or 0


@pytest.mark.parametrize("look", ["words", "pictures"])
def test_after_many_the_words_stay_and_one_press_sends_them_later(
    child: Visitor, transactions: Transactions, clock: SetClock, look: str
) -> None:
    for _ in range(2):
        assert presses_send(child).location == "/done"
    presses_send(child)
    post(child, "/look", look=look)
    page = submit(child, get(child, "/check"), to="/check")
    assert page.status == 429
    assert page.response.headers["Retry-After"] == "1800"
    assert "You can press Send again at 09:30." in page.text
    assert "0808" in page.text, "and whom to ring"
    assert SCRIPTS.replace("\n", " ") in page.text
    changed = next_page(child, follow(child, submit(child, page, to="/check", change="2")))
    assert changed.path == "/check"
    assert submit(child, changed, to="/check").status == 429
    assert how_many(transactions) == 2
    clock.forward(minutes=30)
    assert submit(child, changed, to="/check").location == "/done"
    assert how_many(transactions) == 3


def test_another_browser_behind_the_same_address_does_not_wait(
    app: Flask, transactions: Transactions
) -> None:
    for _ in range(12):
        assert presses_send(visitor(app)).location == "/done"
    assert how_many(transactions) == 12


def test_who_is_not_safe_never_waits(child: Visitor, transactions: Transactions) -> None:
    for _ in range(2):
        presses_send(child)
    assert presses_send(child).status == 429
    post(child, "/stop")
    page = next_page(child, enter(child))
    page = next_page(child, page, happened="She shouted.", not_safe=["not_safe"])
    page = next_page(child, page, wish="look_into", send_now="1")
    assert submit(child, page, to="/check").location == "/done"


def test_a_shared_screen_has_a_limit_of_its_own(
    app: Flask, transactions: Transactions, clock: SetClock
) -> None:
    """Each child on it begins anew, so it is the screen that is counted."""
    with transactions() as db:
        tokens = [a_kiosk(db, clock()), a_kiosk(db, clock())]

    def on(token: str) -> Visitor:
        client = visitor(app)
        client.set_cookie("__Host-screen", token)
        return client

    for _ in range(4):
        assert presses_send(on(tokens[0])).location == "/done"
    page = presses_send(on(tokens[0]))
    assert page.status == 429
    assert "You can press Send again at 09:15." in page.text
    assert "words stay" not in page.text, "it clears itself before"
    assert presses_send(on(tokens[1])).location == "/done"


def test_leaves_are_counted_too(child: Visitor, clock: SetClock) -> None:
    def leave(words: str) -> Page:
        page = follow(child, submit(child, get(child, "/leaf"), to="/leaf", words=words))
        return submit(child, page, to="/leaf/where", where="us")

    assert [leave("One").status, leave("Two").status] == [303, 303]
    page = leave("Three")
    assert page.status == 429
    assert "You can press Send again at 09:30." in page.text
    clock.forward(minutes=30)
    assert submit(child, page, to="/leaf/where").location == "/leaf/thanks"


def test_what_is_kept_of_it_ends_with_the_visit(child: Visitor) -> None:
    for _ in range(2):
        presses_send(child)
    get(child, "/leave")
    assert presses_send(child).location == "/done"

"""How the office was today: three taps, of which each can be left out."""

from flask import Flask
from sqlalchemy import select

from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.leaves import OfficeDay
from tests.make import a_visit, an_office
from tests.web.conftest import COOKIE, visitor
from tests.web.page import Visitor, follow, get, submit

SENT = {"key": "k", "public": True, "office": "eastham"}


def kept(transactions: Transactions) -> list[tuple[str, str | None, str | None, str | None]]:
    with transactions.reading() as db:
        return [
            (row.office_code, row.friendly, row.greeted, row.on_time)
            for row in db.scalars(select(OfficeDay))
        ]


def after_a_leaf(app: Flask, transactions: Transactions) -> Visitor:
    """Return somebody who just left a leaf for Eastham's tree."""
    with transactions() as db:
        an_office(db)
        cookie = a_visit(db, leaf_sent=SENT)
    client = visitor(app)
    client.set_cookie(COOKIE, cookie)
    return client


def test_a_child_taps_what_they_like(app: Flask, transactions: Transactions) -> None:
    client = after_a_leaf(app, transactions)
    assert get(client, "/leaf/thanks").links()["How was the office today?"] == "/today"
    page = get(client, "/today")
    assert not page.soup.select("select")
    thanks = follow(client, submit(client, page, friendly="yes", on_time="a_bit"))
    assert thanks.heading == "Thank you"
    assert kept(transactions) == [("eastham", "yes", None, "a_bit")]


def test_a_double_tap_counts_once(app: Flask, transactions: Transactions) -> None:
    client = after_a_leaf(app, transactions)
    page = get(client, "/today")
    for _ in range(2):
        assert submit(client, page, friendly="no").status == 303
    assert len(kept(transactions)) == 1


def test_who_taps_nothing_is_thanked_and_not_counted(
    app: Flask, transactions: Transactions
) -> None:
    client = after_a_leaf(app, transactions)
    assert submit(client, get(client, "/today")).status == 303
    assert kept(transactions) == []


def test_where_nobody_knows_the_office_the_child_picks_it(
    child: Visitor, transactions: Transactions
) -> None:
    with transactions() as db:
        an_office(db)
    page = get(child, "/today")
    again = submit(child, page, greeted="yes")
    assert again.status == 422
    assert "Pick which office it was" in again.text
    submit(child, again, office="eastham")
    assert kept(transactions) == [("eastham", None, "yes", None)]


def test_a_look_aside_keeps_the_taps(app: Flask, transactions: Transactions) -> None:
    client = after_a_leaf(app, transactions)
    aside = submit(client, get(client, "/today"), friendly="no", go="language")
    follow(client, aside)
    submit(client, get(client, "/today"))
    assert kept(transactions) == [("eastham", "no", None, None)]


def test_a_forged_key_or_answer_is_nothing(app: Flask, transactions: Transactions) -> None:
    client = after_a_leaf(app, transactions)
    page = get(client, "/today")
    assert submit(client, page, friendly="yes", key="x" * 300).status == 400
    assert submit(client, page, friendly="splendid").status == 303
    assert kept(transactions) == []

"""Whoever only looks at a form is not remembered, and their form is theirs all the same."""

import pytest
from sqlalchemy import func, select

from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.visits import Visit
from tests.conftest import SetClock
from tests.make import a_kiosk
from tests.web.conftest import COOKIE, visitor
from tests.web.page import Visitor, follow, get, submit


def visits(transactions: Transactions) -> int:
    with transactions.reading() as db:
        return db.scalar(select(func.count()).select_from(Visit)) or 0


@pytest.mark.parametrize("path", ["/p/1", "/back", "/account/sign-in", "/look", "/leaf"])
def test_a_look_at_a_form_writes_nothing(
    child: Visitor, transactions: Transactions, path: str
) -> None:
    for _ in range(3):
        get(child, "/")
        get(child, path)
    assert visits(transactions) == 0


def test_what_is_sent_first_begins_the_visit_under_another_cookie(
    child: Visitor, transactions: Transactions
) -> None:
    page = get(child, "/p/1")
    looked = child.get_cookie(COOKIE)
    assert looked is not None
    other_page = get(child, "/look")
    submit(child, page, topics="unkind")
    kept = child.get_cookie(COOKIE)
    assert kept is not None
    assert kept.value != looked.value
    assert visits(transactions) == 1
    assert submit(child, other_page, look="pictures").status == 303  # its form is still good


def test_a_form_is_good_only_with_the_cookie_that_came_with_it(child: Visitor) -> None:
    mine, other = get(child, "/leaf"), visitor(child.application)
    get(other, "/leaf")
    page = submit(other, mine, shape="oak", words="Wagtail")
    assert page.status == 400
    assert "Wagtail" in page.response.text


def test_leaving_takes_the_cookie_away(child: Visitor, transactions: Transactions) -> None:
    get(child, "/p/1")
    get(child, "/leave")
    assert child.get_cookie(COOKIE) is None
    assert visits(transactions) == 0


def test_a_kiosk_keeps_each_visit_as_its_next_user_is_somebody_else(
    child: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        child.set_cookie("__Host-screen", a_kiosk(db, clock()))
    page = get(child, "/p/1")
    assert visits(transactions) == 1
    clock.forward(minutes=30)
    assert follow(child, submit(child, page, topics="unkind")).path == "/kiosk/cleared"

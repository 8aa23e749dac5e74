"""What a child asked for and has not got yet, on the page behind the words. Paragraph 20a (R28)."""

from typing import Any

import pytest

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.requests import Asked
from kids_feedback.services.case.asked import requests
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.conftest import SetClock
from tests.web.child.back.test_case_status import WORDS, a_child_with_words, come_back
from tests.web.page import Page, Visitor, get, submit

OLD = {"method": "phone", "phone": "07700 900999", "phone_else": "hang_up"}
NOW, NOT_SAFE = "/back/now", "/back/not-safe-now"
FIRST = "We'll ask you first, when we talk with you."


def a_child(client: Visitor, transactions: Transactions, **columns: Any) -> str:
    how = {"method": Method.PHONE, "contact": OLD, **columns}
    case = a_child_with_words(transactions, **how)
    come_back(client, " ".join(WORDS))
    return case


def stored(transactions: Transactions, case: str) -> Case:
    with transactions.reading() as db:
        row = db.get_one(Case, case)
        assert row.contact in (OLD, None), "the old way stays"
        db.expunge(row)
        return row


def waits(transactions: Transactions, case: str) -> list[Asked]:
    with transactions.reading() as db:
        return [item.what for item in requests.waiting(db, db.get_one(Case, case))]


def note(page: Page) -> str:
    return " ".join(page.texts(".note"))


def test_a_stop_is_asked_for_and_can_be_taken_back(
    child: Visitor, transactions: Transactions
) -> None:
    case = a_child(child, transactions)
    done = submit(child, get(child, "/back/stop"))
    assert done.heading == "Thank you. You asked us to stop."
    assert f"{FIRST} Until then, nothing changes." in done.text
    assert stored(transactions, case).stopped_on is None
    page = get(child, NOW)
    assert f"You asked us to stop on Monday 2 March. {FIRST}" in note(page)
    assert "We have stopped" not in page.text
    assert "Stop looking into it" not in page.links(), "it is asked for already"
    done = submit(child, page, to="/back/take-back", what="stop")
    assert done.heading == "Thank you. Everything stays as it was."
    assert waits(transactions, case) == []
    assert "You took that back on Monday 2 March." in get(child, NOW).text


def test_what_is_none_of_the_requests_is_not_there(
    child: Visitor, transactions: Transactions
) -> None:
    a_child(child, transactions)
    submit(child, get(child, "/back/stop"))
    page = get(child, NOW)
    for what in ("", "not_safe", "everything"):
        assert submit(child, page, to="/back/take-back", what=what).status == 404


def test_where_no_way_leads_to_the_child_they_say_it_again_on_another_day(
    child: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    case = a_child(child, transactions, method=Method.NONE, contact=None)
    done = submit(child, get(child, "/back/stop"))
    assert "Tell us again here on another day. Then the manager's boss will decide." in done.text
    assert "Yes, I still want that" not in get(child, NOW).text
    clock.forward(days=1)
    come_back(child, " ".join(WORDS))
    page = get(child, NOW)
    assert "Yes, I still want that" in page.text
    done = submit(child, page, to="/back/ask-again", what="stop")
    assert "You said it again on Tuesday 3 March. Now the manager's boss will decide." in done.text
    assert "Yes, I still want that" not in get(child, NOW).text
    assert stored(transactions, case).stopped_on is None


@pytest.mark.parametrize("look", ["words", "pictures"])
def test_the_way_is_not_safe_is_one_tick(
    child: Visitor, transactions: Transactions, look: str
) -> None:
    case = a_child(child, transactions, look=look)
    page = get(child, NOT_SAFE)
    assert "900999" not in page.response.text
    missed = submit(child, page)
    assert (missed.status, "Tick the box, or go back" in missed.text) == (422, True)
    assert stored(transactions, case).way_not_used is None
    done = submit(child, missed, not_safe="y")
    assert done.heading == "Thank you. We have stopped using it."
    assert stored(transactions, case).way_not_used == "not_safe"
    assert get(child, NOT_SAFE).location == NOW, "there is nothing more to say"
    assert NOT_SAFE not in get(child, NOW).links().values()


def test_it_is_offered_where_another_way_is_asked_for(
    child: Visitor, transactions: Transactions
) -> None:
    a_child(child, transactions)
    assert NOT_SAFE in get(child, NOW).links().values()
    done = submit(child, get(child, "/back/change/8"), method="here")
    assert NOT_SAFE in done.links().values()
    submit(child, get(child, NOT_SAFE), not_safe="y")
    shown = note(get(child, NOW))
    assert "We do not use the first way any more." in shown
    assert "First we will look for a safe way to ask you." in shown


def test_a_child_whom_we_reach_only_here_has_no_such_way(
    child: Visitor, transactions: Transactions
) -> None:
    a_child(child, transactions, method=Method.HERE, contact=None)
    assert get(child, NOT_SAFE).location == NOW

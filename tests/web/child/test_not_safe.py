"""What a child who may not be safe reads. docs/procedure.md, paragraph 12 (R19)."""

from datetime import UTC, datetime

import pytest

from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.make import an_area
from tests.services.alarming import a_desk, alarmed
from tests.web.child.back.test_case_status import WORDS, a_child_with_words, come_back
from tests.web.child.test_journey import begin, next_page
from tests.web.page import Page, Visitor, follow, get, submit

FRIDAY = datetime(2026, 3, 6, 15, 30, tzinfo=UTC)
SATURDAY = datetime(2026, 3, 7, 11, 0, tzinfo=UTC)


def complained(child: Visitor) -> Page:
    """Send a complaint with the tick; return the page with the secret words."""
    page = next_page(child, begin(child))
    assert "Is somebody hurting you" in page.text
    page = next_page(child, page, happened="She shouted.", not_safe=["not_safe"])
    assert "you can tell Childline now" in page.text
    page = next_page(child, page, wish="look_into", send_now="1")
    return follow(child, submit(child, page, to="/check"))


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        pytest.param(FRIDAY, "Somebody will look at it today.", id="friday"),
        pytest.param(
            SATURDAY,
            "Today is Saturday 7 March. Somebody will look at it on Monday 9 March.",
            id="saturday",
        ),
    ],
)
def test_a_complaint_with_the_tick_alarms_and_says_when_somebody_looks(
    child: Visitor, transactions: Transactions, clock: SetClock, moment: datetime, says: str
) -> None:
    clock.at = moment
    with transactions() as db:
        desk = a_desk(db)
    page = complained(child)
    assert says in page.text
    note = page.texts(".note")[0]
    assert note.index("999") < note.index("Childline") < note.index("will look at it")
    assert page.texts(".path .now")[0] in says
    assert page.soup.select(".help details[open]")
    assert "a person has read it by now" not in page.text
    with transactions.reading() as db:
        assert alarmed(db) == [desk.email]


def test_without_the_tick_nothing_is_said(child: Visitor, transactions: Transactions) -> None:
    with transactions() as db:
        a_desk(db)
    page = next_page(child, begin(child))
    page = next_page(child, page, happened="I am not safe.")
    assert page.soup.select(".note") == []
    with transactions.reading() as db:
        assert alarmed(db) == []


def test_where_there_is_nobody_the_child_is_not_told_that_somebody_looks(child: Visitor) -> None:
    page = complained(child)
    assert "There is nobody here now who can look at it." in page.text
    assert "Somebody will look" not in page.text


def test_on_the_way_back_a_tick_needs_no_words(
    child: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    a_child_with_words(transactions)
    with transactions() as db:
        a_desk(db)
        an_area(db).outside_hours = "Duty team: 01234 567890"
    come_back(child, " ".join(WORDS))
    assert "Somebody will look" not in get(child, "/back/now").text
    clock.at = SATURDAY
    come_back(child, " ".join(WORDS))
    page = submit(child, get(child, "/back/more"), not_safe="y")
    assert page.heading == "Thank you. We have got it."
    assert "Somebody will look at it on Monday 9 March." in page.text
    assert "Until then: Duty team: 01234 567890" in page.text
    assert "Somebody will look at it on Monday 9 March." in get(child, "/back/now").text

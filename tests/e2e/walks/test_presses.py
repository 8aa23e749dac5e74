"""How often a child must press, from the first page until it is sent."""

from playwright.sync_api import Locator, Page
from sqlalchemy import select

from kids_feedback.domain.case.submission import Answers, Kind
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.e2e.pages.child import Check, Done, Question, Start

MOST_FOR_A_COMPLIMENT = 5
MOST_FOR_FEELINGS = 8


class Finger:
    """Presses, and counts."""

    def __init__(self) -> None:
        self.presses = 0

    def press(self, what: Locator) -> None:
        self.presses += 1
        what.click()


def sent(transactions: Transactions) -> tuple[Kind, Answers]:
    """Return the one thing that was sent."""
    with transactions.reading() as db:
        row = db.scalars(select(Case)).one()
        return row.kind, {"topics": row.topics, **(row.statement or {})}


def test_a_compliment_takes_five_presses_at_most(
    any_page: Page, transactions: Transactions
) -> None:
    finger, start = Finger(), Start.open(any_page)
    finger.press(start.link("/first/2"))
    finger.press(start.link("/p/31"))
    praise = Question(any_page)
    finger.press(praise.control("topics", "kind"))
    finger.press(praise.button("send_now"))
    finger.press(Check(any_page).send_button)
    assert len(Done(any_page).words) == 4
    assert finger.presses <= MOST_FOR_A_COMPLIMENT
    kind, told = sent(transactions)
    assert (kind, told["topics"]) == (Kind.COMPLIMENT, ["kind"])


def test_feelings_without_typing_take_eight_presses_at_most(
    any_page: Page, transactions: Transactions
) -> None:
    finger, start = Finger(), Start.open(any_page)
    finger.press(start.link("/first/3"))
    finger.press(start.link("/p/41"))
    feelings = Question(any_page)
    finger.press(feelings.control("feelings", "sad"))
    finger.press(feelings.next_button)
    finger.press(Question(any_page).control("reasons", "worker"))
    finger.press(Question(any_page).button("send_now"))
    finger.press(Check(any_page).send_button)
    assert len(Done(any_page).words) == 4
    assert finger.presses <= MOST_FOR_FEELINGS
    kind, told = sent(transactions)
    assert kind == Kind.FEELINGS
    assert (told["feelings"], told["reasons"]) == (["sad"], ["worker"])

"""How often a child must press, and how many pages they see, until it is sent."""

from playwright.sync_api import Locator, Page
from sqlalchemy import select

from kids_feedback.domain.case.submission import Answers, Kind
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.e2e.pages.child import Before, Check, Done, Question, Start

MOST_FOR_A_COMPLIMENT = 5
MOST_FOR_FEELINGS = 7
MOST_FOR_A_SHORT_COMPLAINT = 8
MOST_FOR_A_WHOLE_COMPLAINT = 23
MOST_PAGES_IN_SHORT, MOST_PAGES_IN_FULL = 5, 10  # between the first door and "thank you"

WHOLE: list[tuple[dict[str, str], dict[str, str]]] = [  # what is typed, and what is pressed
    ({}, {"topics": "unfair"}),
    ({"happened": "Nobody asked me."}, {}),
    ({"better": "Ask me."}, {"remedies": "sorry", "wish": "look_into"}),
    ({"name": "Pip", "worker": "Sam Ostrich", "town": "Leeds"}, {"age": "9"}),
    ({}, {"method": "phone", "supporter": "help_find"}),
    ({"phone": "0116 496 0000", "phone_time": "At six"}, {"phone_when": "evening"}),
    ({}, {"phone_whose": "mine", "phone_else": "ask", "phone_message": "no"}),
    ({}, {"needs": "quiet", "share": "yes"}),
]


class Finger:
    """Presses, and counts."""

    def __init__(self) -> None:
        self.presses = self.pages = 0

    def press(self, what: Locator) -> None:
        self.presses += 1
        what.click()

    def on(self, what: Locator) -> Question:
        """Press what leads to another page with a question."""
        self.leave(what)
        return Question(what.page)

    def leave(self, what: Locator) -> None:
        """Press what leads to another page."""
        self.pages += 1
        with what.page.expect_navigation():
            self.press(what)


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
    assert len(Done(any_page).words) == 5
    assert finger.presses <= MOST_FOR_A_COMPLIMENT
    kind, told = sent(transactions)
    assert (kind, told["topics"]) == (Kind.COMPLIMENT, ["kind"])


def test_feelings_without_typing_take_seven_presses_at_most(
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
    assert len(Done(any_page).words) == 5
    assert finger.presses <= MOST_FOR_FEELINGS
    kind, told = sent(transactions)
    assert kind == Kind.FEELINGS
    assert (told["feelings"], told["reasons"]) == (["sad"], ["worker"])


def test_a_short_complaint_takes_eight_presses_on_five_pages(
    any_page: Page, transactions: Transactions
) -> None:
    finger, start = Finger(), Start.open(any_page)
    finger.press(start.link("/first/1"))
    question = finger.on(Before(any_page).way_on)
    finger.press(question.control("topics", "unfair"))
    question = finger.on(question.next_button)
    question = finger.on(question.fill_in(happened="Nobody asked me.").next_button)
    finger.press(question.control("wish", "look_into"))
    finger.leave(question.button("send_now"))
    finger.leave(Check(any_page).first_send_button)
    assert len(Done(any_page).words) == 5
    assert finger.presses <= MOST_FOR_A_SHORT_COMPLAINT
    assert finger.pages <= MOST_PAGES_IN_SHORT
    kind, told = sent(transactions)
    assert (kind, told["happened"]) == (Kind.COMPLAINT, "Nobody asked me.")


def test_a_complaint_answered_in_full_takes_ten_pages(
    any_page: Page, transactions: Transactions
) -> None:
    finger, start = Finger(), Start.open(any_page)
    finger.press(start.link("/first/1"))
    question = finger.on(Before(any_page).way_on)
    for typed, picked in WHOLE:
        question.fill_in(**typed)
        for name, code in picked.items():
            finger.press(question.control(name, code))
        if picked.get("share"):
            break
        question = finger.on(question.next_button)
    finger.leave(question.next_button)
    finger.leave(Check(any_page).first_send_button)
    assert len(Done(any_page).words) == 5
    assert finger.presses <= MOST_FOR_A_WHOLE_COMPLAINT
    assert finger.pages <= MOST_PAGES_IN_FULL
    kind, told = sent(transactions)
    assert kind == Kind.COMPLAINT
    answered = {name for row in WHOLE for part in row for name in part}
    with transactions.reading() as db:
        row = db.scalars(select(Case)).one()
        kept = {**told, **(row.contact or {}), **(row.helper or {}), "age": row.age_band}
    assert answered - set(kept) == {"name"}  # which has a place of its own

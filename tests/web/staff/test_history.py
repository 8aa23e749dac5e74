"""What the history of a case says of the day and the hour, and once a text has been erased."""

from datetime import UTC, datetime

from sqlalchemy import select

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.events import add_event
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from tests.make import a_person
from tests.services.acts import MONDAY
from tests.web.conftest import SignIn
from tests.web.page import Page, get
from tests.web.staff.pages import a_given_case, address, some_staff

NINE = datetime(2026, 3, 2, 9, 4, tzinfo=UTC)
TRIED = {"way": "phone", "result": "no_answer"}


def a_case_with(transactions: Transactions, signed_in: SignIn, *steps: Step) -> tuple[Page, str]:
    """Add a case with a line for each step; return its page, and its id."""
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
        for step in steps:
            facts = TRIED if step is Step.LOG_ATTEMPT else {}
            who = a_person(db, "Hal Hour").id
            add_event(
                db, case, step, person_id=who, now=NINE, today=MONDAY, facts=facts, note="Rang."
            )
    client = signed_in(staff.manager)
    return get(client, address(case)), case.id


def hints(page: Page) -> list[str]:
    return page.texts(".timeline .hint")[:-1]  # the last one is of the beginning


def test_the_hour_stands_where_somebody_may_ask_for_it_and_nowhere_else(
    signed_in: SignIn, transactions: Transactions
) -> None:
    page, _ = a_case_with(transactions, signed_in, Step.CLOSE, Step.LOG_ATTEMPT, Step.SAFEGUARDING)
    assert hints(page) == [
        "Mon 2 Mar 2026, 09:04 · Hal Hour",
        "Mon 2 Mar 2026, 09:04 · Hal Hour",
        "Mon 2 Mar 2026 · Hal Hour",
    ]


def test_a_look_keeps_its_hour(signed_in: SignIn, transactions: Transactions) -> None:
    page, _ = a_case_with(transactions, signed_in, Step.OPEN_STATEMENT)
    assert "Opened what the child said. Mon 2 Mar 2026, 09:04 · Hal Hour" in page.text


def test_of_a_line_whose_text_was_erased_it_stands_that_there_was_one(
    signed_in: SignIn, transactions: Transactions
) -> None:
    page, case_id = a_case_with(transactions, signed_in, Step.LOG_ATTEMPT, Step.CLOSE)
    assert "No answer" in page.text
    with transactions() as db:
        tried = select(Event).where(Event.what == Step.LOG_ATTEMPT.value)
        db.scalars(tried).one().text = None
        manager, case = db.get_one(Case, case_id).manager, db.get_one(Case, case_id)
    assert manager is not None
    page = get(signed_in(manager), address(case))
    assert "No answer" not in page.text
    assert "What was done here has been erased." in page.text
    assert hints(page)[-1] == "Mon 2 Mar 2026, 09:04 · Hal Hour"

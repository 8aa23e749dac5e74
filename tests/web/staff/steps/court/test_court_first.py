"""Where the court comes before every other step, and where only its day does."""

from datetime import date

from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.make import a_hearing
from tests.web.conftest import SignIn
from tests.web.page import get
from tests.web.staff.pages import a_talked_case, address, some_staff

MONDAY, HEARING = date(2026, 3, 2), date(2026, 3, 13)


def test_nobody_asks_for_the_next_hearing_before_the_one_that_is_listed(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        told = a_hearing(HEARING, told_complaint_on=MONDAY, told_doing_on=MONDAY)
        case = a_talked_case(db, staff, ongoing=True, hearings=[told], court_asked_on=HEARING)
    client = signed_in(staff.manager)
    step, due = get(client, "/staff/queue").texts(".queue tbody td")[:2]
    assert step == "Write the answer After the hearing, ask for the next one by Tue 17 Mar"
    assert due.startswith("Tue 17 Mar"), "that day sorts the row"
    page = get(client, address(case))
    assert list(page.links(".identity a")) == ["Write the answer"]
    assert (
        "After the hearing on Friday 13 March, find out by Tuesday 17 March when the next one is."
    ) in page.texts(".standing")[0]
    clock.forward(days=12)
    client = signed_in(staff.manager)
    step, due = get(client, "/staff/queue").texts(".queue tbody td")[:2]
    assert step == "Ask for the next hearing Then: Write the answer"
    assert due.startswith("Tue 17 Mar")
    page = get(client, address(case))
    assert list(page.links(".identity a")) == ["Ask for the next hearing"]
    assert "After the hearing on" not in page.text

"""When the work with a child ended: a late complaint is asked about, and never refused."""

from datetime import date

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.web.conftest import SignIn
from tests.web.page import get
from tests.web.staff.pages import (
    a_case,
    a_given_case,
    address,
    history,
    now,
    open_words,
    saved,
    some_staff,
    take,
)


def test_a_late_complaint_asks_what_was_special_and_goes_on(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_case(db)  # it came in on 2 March 2026
    client = signed_in(staff.head)
    ended = {"ended_on": "2025-08-31"}  # in time until 28 February
    refused = take(client, case, "ended", **ended)
    assert (refused.status, refused.texts(".wrong")) == (422, [("Enter something here first.")])
    assert now(transactions, case).ended_on is None

    assert saved(client, take(client, case, "ended", **ended, circumstances="They were ill."))
    page = get(client, address(case)).text
    assert "31 Aug 2025. This is a late complaint, and is handled like any other." in page
    assert "They were ill." in page
    assert "I have read it" in open_words(client, case).text
    assert now(transactions, case).stage is Stage.RECEIVED


def test_one_in_time_needs_no_reason_and_the_day_can_be_taken_back(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    client = signed_in(staff.manager)
    assert saved(client, take(client, case, "ended", ended_on="2025-09-02"))
    assert now(transactions, case).ended_on == date(2025, 9, 2)
    assert "came late" not in get(client, address(case)).text
    assert saved(client, take(client, case, "ended"))
    assert now(transactions, case).ended_on is None
    assert "Our involvement with the child is ongoing." in get(client, address(case)).text
    assert history(transactions, case) == ["say_ended", "say_ended"]


def test_work_cannot_have_ended_on_a_day_to_come(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    page = take(signed_in(staff.manager), case, "ended", ended_on="2026-03-03")
    assert page.status == 422
    assert page.texts(".wrong") == ["That date is in the future."]

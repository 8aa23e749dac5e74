"""Why the court need not hear of what a child stopped. docs/procedure.md, paragraph 51."""

from datetime import date

from kids_feedback.storage.db import Transactions
from tests.make import a_hearing
from tests.web.conftest import SignIn
from tests.web.page import follow, get, submit
from tests.web.staff.pages import a_given_case, address, some_staff

MONDAY = date(2026, 3, 2)
ENDS, STANDS = "/step/court-duty-ends", "/step/court-duty-restored"
NOT_NEEDED = "The court need not be told: the child stopped the complaint"


def test_the_head_says_why_on_a_page_that_the_court_page_leads_to(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        hearings = [a_hearing(date(2026, 3, 20))]
        case = a_given_case(db, staff, ongoing=True, stopped_on=MONDAY, hearings=hearings)
    client = signed_in(staff.head)
    court = get(client, address(case, "/court"))
    assert address(case, ENDS) in court.links().values()
    page = get(client, address(case, ENDS))
    assert submit(client, page, to=address(case, ENDS), reason="").status == 422
    assert (
        follow(
            client, submit(client, page, to=address(case, ENDS), reason="The judge knows.")
        ).status
        == 200
    )
    shown = get(client, address(case))
    assert NOT_NEEDED in shown.text
    assert "Tell the court" not in shown.texts(".standing")[0]
    assert "Said why the court need not be told of what the child stopped." in shown.text
    assert "The judge knows." in shown.text
    court = get(client, address(case, "/court"))
    assert address(case, STANDS) in court.links().values()
    page = get(client, address(case, STANDS))
    assert (
        follow(
            client, submit(client, page, to=address(case, STANDS), reason="A new hearing.")
        ).status
        == 200
    )
    assert NOT_NEEDED not in get(client, address(case)).text


def test_a_manager_is_not_asked(signed_in: SignIn, transactions: Transactions) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff, ongoing=True, stopped_on=MONDAY)
    client = signed_in(staff.manager)
    assert address(case, ENDS) not in get(client, address(case, "/court")).links().values()

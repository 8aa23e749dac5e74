"""The court page."""

from datetime import date

import pytest

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.conftest import SetClock
from tests.make import a_complaint
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, follow, get, submit
from tests.web.staff.pages import a_given_case, address, history, now, saved, some_staff


def send(client: Visitor, case: Case, part: str, **fields: str) -> Page:
    page = get(client, address(case, "/court"))
    return submit(client, page, to=address(case, f"/court/{part}"), **fields)


def standing(client: Visitor, case: Case) -> str:
    return get(client, address(case)).texts(".standing")[0]


def test_the_court_is_told_in_two_parts_and_goes_quiet(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    client = signed_in(staff.manager)
    assert "Find out whether there are ongoing court proceedings" in standing(client, case)
    assert saved(client, send(client, case, "hearing", hearing_on="2026-03-13")) == "Saved."
    text = standing(client, case)
    assert "Tell the court both parts by Thursday 12 March" in text
    assert "Due in 8 working days" in text
    send(client, case, "told", complaint_on="2026-03-02")
    assert "Tell the court both parts" in standing(client, case)
    send(client, case, "told", doing_on="2026-03-02")
    assert "The court has been told both parts in time." in standing(client, case)
    assert "Tell the court" not in get(client, "/staff/queue").text
    assert saved(client, send(client, case, "child"))
    assert "Told the child that the court will know." in get(client, address(case)).text
    assert "The child has been told" not in get(client, address(case, "/court")).texts("button")


def test_a_moved_hearing_opens_the_sum_again(signed_in: SignIn, transactions: Transactions) -> None:
    told = {"told_complaint_on": date(2026, 3, 2), "told_doing_on": date(2026, 3, 2)}
    with transactions() as db:
        staff = some_staff(db)
        hearing = {"hearing_on": date(2026, 3, 13), "told_for_on": date(2026, 3, 13)}
        case = a_given_case(db, staff, ongoing=True, **hearing, **told)
    client = signed_in(staff.manager)
    page = follow(client, send(client, case, "hearing", hearing_on="2026-03-27"))
    assert "The hearing is on Fri 27 Mar 2026, not on Fri 13 Mar 2026." in page.text
    assert "Tell the court both parts by Thursday 26 March" in page.text


def test_a_late_notice_cannot_be_overlooked(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff, ongoing=True, hearing_on=date(2026, 3, 4))
    clock.forward(days=3)
    client = signed_in(staff.manager)
    page = get(client, address(case))
    assert page.texts(".flag") == ["The court was not told before the hearing"]
    assert page.links(".identity a") == {"Tell the court": address(case, "/court")}


@pytest.mark.parametrize(
    ("part", "fields", "wrong"),
    [
        ("ongoing", {}, ["Pick one"]),
        ("hearing", {}, ["Enter the date, or tick that no hearing is listed"]),
        (
            "hearing",
            {"hearing_on": "2026-03-13", "none_listed": "y"},
            ["Enter the date, or tick that no hearing is listed"],
        ),
        ("hearing", {"hearing_on": "2026-02-01"}, ["Choose a date from Mon 2 Mar 2026 to"]),
        ("told", {}, ["Enter something here first.", "Enter something here first."]),
        (
            "told",
            {"doing_on": "2026-03-09"},
            ["Choose a date from Mon 2 Mar 2026 to Mon 2 Mar 2026."],
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    signed_in: SignIn,
    transactions: Transactions,
    part: str,
    fields: dict[str, str],
    wrong: list[str],
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    page = send(signed_in(staff.manager), case, part, **fields)
    assert page.status == 422
    assert len(page.texts(".wrong")) == len(wrong)
    for said, expected in zip(page.texts(".wrong"), wrong, strict=True):
        assert said.startswith(expected)
    assert history(transactions, case) == []


def test_no_case_means_nobody_to_tell(signed_in: SignIn, transactions: Transactions) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    client = signed_in(staff.head)
    send(client, case, "ongoing", ongoing="no", note="Asked the office.")
    assert now(transactions, case).ongoing is False
    text = get(client, address(case)).text
    assert "The court need not be told: there are no ongoing proceedings." in text
    assert "There are no ongoing court proceedings. Asked the office." in text
    page = get(client, address(case, "/court"))
    assert page.soup.select_one("input[name=ongoing][value=no][checked]")


def test_a_hearing_can_be_taken_off_the_list(signed_in: SignIn, transactions: Transactions) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff, ongoing=True, hearing_on=date(2026, 3, 13))
    client = signed_in(staff.manager)
    page = follow(client, send(client, case, "hearing", hearing_on="", none_listed="y"))
    assert "No hearing is listed." in page.text
    assert "There are ongoing proceedings. Find out when the next hearing is" in page.text


def test_customer_service_reads_but_does_not_act(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        case = a_complaint(db, area=None)
    page = get(signed_in(Role.CUSTOMER_SERVICE), address(case, "/court"))
    assert page.status == 200
    assert [form["action"] for form in page.soup.select("main form")] == [address(case, "/safety")]

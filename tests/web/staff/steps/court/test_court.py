"""The court page."""

from datetime import date

import pytest

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.conftest import SetClock
from tests.make import a_complaint, a_hearing, a_note
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, follow, get, submit
from tests.web.staff.pages import (
    a_given_case,
    a_talked_case,
    address,
    history,
    now,
    saved,
    some_staff,
)

MONDAY = date(2026, 3, 2)


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
        case = a_given_case(db, staff, court_asked_on=MONDAY)
    client = signed_in(staff.manager)
    asked = "Find out by Wednesday 4 March whether there are ongoing court proceedings"
    assert asked in standing(client, case)
    hearing = send(client, case, "hearing", hearing_on="2026-03-13", hearing_at="10:30")
    assert saved(client, hearing) == "Saved."
    text = standing(client, case)
    assert "Tell the court both parts by Thursday 12 March" in text
    assert "the hearing is on Friday 13 March, 10:30." in text
    assert "Due in 8 working days" in text
    send(client, case, "told", complaint_on="2026-03-02")
    assert "Tell the court what we are doing by Thursday 12 March" in standing(client, case)
    send(client, case, "told", doing_on="2026-03-02")
    assert "The court has been told both parts in time" in standing(client, case)
    assert "Tell the court" not in get(client, "/staff/queue").text
    assert saved(client, send(client, case, "child"))
    assert "Told the child that the court will know." in get(client, address(case)).text
    assert "The child has been told" not in get(client, address(case, "/court")).texts("button")
    clock.forward(days=12)
    client = signed_in(staff.manager)
    asked = "The hearing on Friday 13 March, 10:30 is over. Find out by Tuesday 17 March"
    assert asked in standing(client, case)


def test_finding_out_is_on_the_row_with_its_day_and_late_like_the_rest(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_talked_case(db, staff, name="Robin", court_asked_on=MONDAY)
    client = signed_in(staff.manager)
    row = get(client, "/staff/queue").texts("tbody td")
    assert row[0] == "Find out about the court Then: Write the answer"
    assert row[1].startswith("Wed 4 Mar")
    assert get(client, address(case)).links(".identity a") == {
        "Find out about the court": address(case, "/court")
    }
    clock.forward(days=4)
    client = signed_in(staff.manager)
    assert "1 is overdue." in get(client, "/staff/queue").text
    assert get(client, address(case)).texts(".flag") == ["Find out about the court: overdue"]


def test_another_date_never_wipes_a_missed_hearing(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        hearing = a_hearing(date(2026, 3, 4))
        case = a_given_case(db, staff, ongoing=True, hearings=[hearing])
    clock.forward(days=7)
    client = signed_in(staff.manager)
    assert saved(client, send(client, case, "hearing", hearing_on="2026-03-27"))
    send(client, case, "told", complaint_on="2026-03-09", doing_on="2026-03-09")
    text = standing(client, case)
    assert "told both parts in time: the hearing is on Friday 27 March." in text
    late = "The hearing on Wednesday 4 March came before the court was told. It was told on"
    assert late in text
    court = get(client, address(case, "/court")).text
    assert late in court
    assert "That date has passed: say below whether it was held." in court
    assert saved(client, send(client, case, "hearing", hearing_on="", none_listed="y"))
    assert late in standing(client, case)


def test_a_moved_hearing_opens_the_sum_again(signed_in: SignIn, transactions: Transactions) -> None:
    told = {"told_complaint_on": MONDAY, "told_doing_on": MONDAY}
    with transactions() as db:
        staff = some_staff(db)
        hearing = a_hearing(date(2026, 3, 13), **told)
        case = a_given_case(db, staff, ongoing=True, hearings=[hearing])
    client = signed_in(staff.manager)
    changed = send(
        client, case, "change", hearing_id=hearing.id, state="moved", moved_to="2026-03-27"
    )
    page = follow(client, changed)
    assert "The hearing on Fri 13 Mar 2026 was moved to Fri 27 Mar 2026." in page.text
    assert "Tell the court what we are doing by Thursday 26 March" in page.text


def test_a_slip_is_put_right_with_a_reason(signed_in: SignIn, transactions: Transactions) -> None:
    with transactions() as db:
        staff = some_staff(db)
        hearing = a_hearing(date(2026, 3, 13))
        case = a_given_case(db, staff, ongoing=True, hearings=[hearing])
    client = signed_in(staff.manager)
    slip = {"hearing_id": hearing.id, "state": "mistyped", "moved_to": "2026-03-31"}
    page = send(client, case, "change", **slip)
    assert page.texts(".wrong") == ["Enter something here first."]
    assert page.soup.select_one("input[name=moved_to][value='2026-03-31']")
    page = follow(client, send(client, case, "change", **slip, reason="31, not 13."))
    said = "The date Fri 13 Mar 2026 was a slip: the hearing is on Tue 31 Mar 2026. 31, not 13."
    assert said in page.text
    assert "A slip: the right date is Tue 31 Mar 2026." in get(client, address(case, "/court")).text


def test_a_day_in_the_past_is_asked_about(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff, ongoing=True)
    clock.forward(days=7)
    client = signed_in(staff.manager)
    page = send(client, case, "hearing", hearing_on="2026-03-04")
    assert page.texts(".wrong") == [
        "That day has passed: was it held, or is it a slip? Tick that it has been held, or put "
        "the date right."
    ]
    assert saved(client, send(client, case, "hearing", hearing_on="2026-03-04", was_held="y"))
    text = standing(client, case)
    assert "The hearing on Wednesday 4 March came before the court was told both parts." in text
    assert "Tell it now. Due today" in text


def test_a_note_never_says_that_no_case_goes_on_unless_somebody_did(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        note = a_note(db, acknowledged_on=MONDAY)
    client = signed_in(staff.head)
    for page in (get(client, address(note)), get(client, address(note, "/court"))):
        assert "The court is not told of it: this is not a complaint." in page.text
        assert "no ongoing" not in page.text


def test_a_late_notice_cannot_be_overlooked(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        hearing = a_hearing(date(2026, 3, 4))
        case = a_given_case(db, staff, ongoing=True, hearings=[hearing])
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
        ("hearing", {"hearing_on": "2026-03-13", "hearing_at": "ten"}, ["That is not a time."]),
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
        hearing = a_hearing(date(2026, 3, 13))
        case = a_given_case(db, staff, ongoing=True, hearings=[hearing])
    client = signed_in(staff.manager)
    page = follow(client, send(client, case, "hearing", hearing_on="", none_listed="y"))
    said = "The hearing on Fri 13 Mar 2026 does not take place. No hearing is listed."
    assert said in page.text
    assert "There are ongoing proceedings. Find out by Monday 16 March when the next" in page.text


def test_customer_service_reads_but_does_not_act(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        case = a_complaint(db, area=None)
    page = get(signed_in(Role.CUSTOMER_SERVICE), address(case, "/court"))
    assert page.status == 200
    assert [form["action"] for form in page.soup.select("main form")] == [address(case, "/safety")]

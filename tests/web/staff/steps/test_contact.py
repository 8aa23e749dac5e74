"""Reaching a child as they asked, and what is said where somebody does it another way."""

from datetime import UTC, datetime

import pytest

from kids_feedback.domain.case.contact import Method
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.conftest import SetClock
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, get, submit
from tests.web.staff.pages import (
    RULES,
    Staff,
    a_given_case,
    address,
    history,
    saved,
    some_staff,
    take,
)


def a_number(client: Visitor, case: Case) -> Page:
    page = get(client, address(case, "/contact"))
    return submit(client, page, to=page.path, read="y")


def a_child_with_a_phone(transactions: Transactions, **contact: object) -> tuple[Staff, Case]:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff, contact={**RULES, **contact})
    return staff, case


def test_a_number_is_rung_from_the_page_at_the_time_the_child_asked_for(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    staff, case = a_child_with_a_phone(transactions, phone="07700 (900) 123")
    clock.at = datetime(2026, 3, 2, 16, tzinfo=UTC)
    page = a_number(signed_in(staff.manager), case)
    assert [link["href"] for link in page.soup.select("a[href^='tel:']")] == ["tel:07700900123"]
    assert "Ring anyway" not in page.text


def test_outside_that_time_the_page_says_so_at_the_number_and_asks_why(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = a_child_with_a_phone(transactions, phone_when=["evening"])
    client = signed_in(staff.manager)
    page = a_number(client, case)
    assert "The child asked for: Evenings. It is 09:00 on Monday 2 March now." in page.text
    assert not page.soup.select("a[href^='tel:']")
    there = address(case, "/contact/now")
    refused = submit(client, page, to=there, reason=" ")
    assert refused.status == 422
    assert refused.texts(".wrong")[0] == "Say why you ring now"
    assert not refused.soup.select("a[href^='tel:']")
    rung = submit(client, page, to=there, reason="Their school asked us to ring now.")
    assert len(rung.soup.select("a[href^='tel:']")) == 1
    assert history(transactions, case)[-2:] == ["rang_outside_hours", "opened_contact"]
    text = get(client, address(case)).text
    assert "Rang outside the times for ringing this child. Their school asked us" in text


@pytest.mark.parametrize("asked", [[], ["any_time"]])
def test_at_night_it_is_no_time_that_the_child_asked_for_where_they_asked_for_none(
    signed_in: SignIn, transactions: Transactions, clock: SetClock, asked: list[str]
) -> None:
    staff, case = a_child_with_a_phone(transactions, phone_when=asked)
    clock.at = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)
    page = a_number(signed_in(staff.manager), case)
    assert "Not at a time for ringing children" in page.text
    assert "a child is rung from 8 in the morning to 8 in the evening" in page.text
    assert "that the child asked for" not in page.text
    assert not page.soup.select("a[href^='tel:']")


def test_a_try_another_way_says_what_the_child_chose_and_asks_why(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        at_home = {"letter_where": "home", "letter_address": "1 High Street"}
        case = a_given_case(db, staff, method=Method.LETTER, contact=at_home)
    client = signed_in(staff.manager)
    tried = {"way": "phone", "result": "another_time"}
    page = take(client, case, "attempt", **tried)
    assert page.status == 422
    assert page.texts(".wrong") == ["Say why it was not the way that the child chose"]
    assert "The child chose: By letter." in page.text
    assert saved(client, take(client, case, "attempt", **tried, why_way="They rang us."))
    text = get(client, address(case)).text
    assert "It was not the way that the child chose. They rang us." in text
    assert "We promised to contact the child by" in text, "it is not kept by that"
    agreed = {**tried, "why_way": "They rang us.", "child_agreed": "y"}
    assert saved(client, take(client, case, "attempt", **agreed))
    assert "We promised to offer a talk by" in get(client, address(case)).text


def test_tries_are_counted_on_the_case_and_the_next_one_stands_in_the_queue(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    staff, case = a_child_with_a_phone(transactions)
    client = signed_in(staff.manager)
    tried = {"way": "phone", "result": "no_answer"}
    assert saved(client, take(client, case, "attempt", **tried, next_attempt_on="2026-03-03"))
    clock.forward(days=1)
    client = signed_in(staff.manager)
    assert "Try again to reach the child Tue 3 Mar Due today" in get(client, "/staff/queue").text
    assert saved(client, take(client, case, "attempt", **tried, next_attempt_on="2026-03-10"))
    text = get(client, address(case)).text
    assert "Tried 2 times to reach the child, last on Tue 3 Mar 2026." in text
    assert "Next attempt Tue 10 Mar" in get(client, "/staff/queue").text


@pytest.mark.parametrize("party", ["yes", "no", "not_sure"])
def test_the_supporter_is_named_as_what_they_are_and_checked(
    signed_in: SignIn, transactions: Transactions, party: str
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        helper = {"supporter": "known", "supporter_name": "Pebble", "supporter_party": party}
        case = a_given_case(db, staff, supporter="known", helper=helper)
    client = signed_in(staff.manager)
    text = a_number(client, case).text
    assert "Supporter's name Pebble" in text
    assert "Part of the court case, as the child says" in text
    assert saved(client, take(client, case, "supporter", result="checking", note="Asked Ada."))
    assert saved(client, take(client, case, "supporter", result="party"))
    shown = "They are part of the court case: the child needs somebody else"
    assert f"Checked by Max Manager on Mon 2 Mar 2026 {shown}" in a_number(client, case).text
    page = get(client, address(case)).text
    assert f"Supporter checked {shown}" in page
    assert "Checked the supporter. We are still checking. Asked Ada." in page

"""Staff see what was asked for behind the secret words beside what holds. Paragraph 20a (R28)."""

from typing import Any

import pytest

from kids_feedback.domain.case.requests import Asked
from kids_feedback.services.child import requests
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.services.acts import a_childs_act
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, get, submit
from tests.web.staff.pages import PHONE, Staff, a_given_case, address, now, saved, some_staff, take

NEW = "07700 999666"
BY_PHONE = {"method": "phone", "phone": NEW, "phone_else": "hang_up"}
ASKED = "asked for on Mon 2 Mar 2026 on the page behind the secret words."
NOT_SAFE = "Do not use it: no call, no letter, no email."


@pytest.fixture
def staff(transactions: Transactions) -> Staff:
    with transactions() as db:
        return some_staff(db)


def a_case(transactions: Transactions, staff: Staff, **columns: Any) -> Case:
    """Add a case whose child is said to ask for another number, and another supporter."""
    with transactions() as db:
        case = a_given_case(db, staff, helper={"supporter_name": "Ms Hill"}, **columns)
        requests.ask_for(a_childs_act(db, case), Asked.WAY, BY_PHONE)
        who = {"supporter": "known", "supporter_name": "Dad", "supporter_link": "other"}
        requests.ask_for(a_childs_act(db, case), Asked.SUPPORTER, who)
        return case


def opened(client: Visitor, case: Case) -> Page:
    page = get(client, address(case, "/contact"))
    assert NEW not in page.response.text, "nor the old one: the rules come first"
    return submit(client, page, to=address(case, "/contact"), read="y")


def test_both_ways_stand_where_staff_ring_and_only_the_old_one_is_rung(
    signed_in: SignIn, transactions: Transactions, staff: Staff
) -> None:
    case, client = a_case(transactions, staff), signed_in(staff.manager)
    first = get(client, address(case, "/contact")).text
    assert f"Another way to reach the child: {ASKED}" in first
    assert f"Another supporter: {ASKED}" in first
    assert "Keep to the first way, and ask the child by it." in first
    page = opened(client, case)
    told = page.text
    order = ["use this", PHONE, "Not to be used yet", "Dad", "yet. Another way", NEW]
    assert [told.index(part) for part in order] == sorted(told.index(part) for part in order)
    assert "Ms Hill" in told
    dials = [link for link in page.links().values() if link.startswith("tel:")]
    assert "tel:" + NEW.replace(" ", "") not in dials


def test_of_a_way_that_is_not_safe_the_page_says_so_in_red_and_nobody_rings(
    signed_in: SignIn, transactions: Transactions, staff: Staff
) -> None:
    case = a_case(transactions, staff)
    with transactions() as db:
        requests.say_not_safe(a_childs_act(db, case.id))
    client = signed_in(staff.manager)
    page = get(client, address(case, "/contact"))
    assert NOT_SAFE in " ".join(page.texts(".flag"))
    page = opened(client, case)
    assert NOT_SAFE in " ".join(page.texts(".flag"))
    assert "Do not use: what the child told us first" in page.text
    assert PHONE in page.text
    assert not [link for link in page.links().values() if link.startswith("tel:07700")]
    assert "Ring anyway? Say why." not in page.text
    links = page.links()
    assert links["Find another way to the child"] == address(case, "/step/another-way")
    assert "Ask the child about what was asked for" not in links


def test_the_task_stands_in_the_queue_until_the_child_was_asked(
    signed_in: SignIn, transactions: Transactions, staff: Staff
) -> None:
    case, client = a_case(transactions, staff), signed_in(staff.manager)
    queue = get(client, "/staff/queue").text
    assert "Another way to reach the child is asked for: ask the child first" in queue
    page = get(client, address(case, "/step/request"))
    assert "it may not be the child" in page.text
    ways = {field["value"] for field in page.soup.select("input[name=way]")}
    assert ways == {"phone"}, "the way that was safe first, and no other"
    which = {
        label.get_text(" ", strip=True): str(field["value"])
        for field in page.soup.select("input[name=which]")
        if (label := field.find_parent("label"))
    }
    (number,) = [code for text, code in which.items() if text.startswith("Another way")]
    said = {"which": number, "said": "yes"}
    missed = take(client, case, "request", **said)
    assert missed.status == 422
    assert "Choose how you spoke with the child" in missed.text
    early = take(client, case, "request", **said, way="phone", spoke_on="2026-03-01")
    assert early.status == 422
    done = take(client, case, "request", **said, way="phone", spoke_on="2026-03-02")
    saved(client, done)
    assert now(transactions, case).requested_on is not None, "the supporter still waits"
    told = get(client, address(case)).text
    assert "Another way to reach the child, as was asked for on Mon 2 Mar 2026: yes" in told
    assert "The child was asked on Mon 2 Mar 2026. By phone." in told
    page = opened_again(client, case)
    assert PHONE not in page.text
    assert NEW in page.text


def opened_again(client: Visitor, case: Case) -> Page:
    return submit(
        client, get(client, address(case, "/contact")), to=address(case, "/contact"), read="y"
    )


def test_two_people_decide_about_a_way_that_is_not_safe(
    signed_in: SignIn, transactions: Transactions, staff: Staff
) -> None:
    case = a_case(transactions, staff)
    with transactions() as db:
        requests.say_not_safe(a_childs_act(db, case.id))
    manager, head = signed_in(staff.manager), signed_in(staff.head)
    said = {"found": "asked", "by": "school", "spoke_on": "2026-03-02", "note": "At school."}
    saved(manager, take(manager, case, "another-way", **said))
    refused = take(manager, case, "confirm-way", said="yes")
    assert refused.status == 422
    assert "Another person has to decide: this takes two people." in refused.text
    why = take(head, case, "confirm-way", said="no")
    assert (why.status, "Write why not" in why.text) == (422, True)
    saved(head, take(head, case, "confirm-way", said="yes"))
    assert now(transactions, case).way_not_used is None
    assert NEW in opened_again(manager, case).text

"""Checking who a child is against the case file, on the pages where it matters."""

import pytest

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.identity import Identity
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, follow, get, submit
from tests.web.staff.pages import (
    ANSWER,
    Staff,
    a_given_case,
    a_talked_case,
    address,
    open_words,
    staff_with,
    step,
    take,
    write,
)

BEFORE = "Before you say anything about the case: check who it is"
FIRST = "First check who the child is against the case file"
WHO = {"result": "found", "who": "Case 12, Robin Moss"}
NOT_THERE = {"result": "not_found", "note": "No Robin there."}


def links(page: Page) -> set[str]:
    return {str(link["href"]) for link in page.soup.select("main a[href]")}


def written(
    signed_in: SignIn, transactions: Transactions, **columns: object
) -> tuple[Staff, Case, Visitor, Visitor]:
    """Return an answer that waits to be approved by somebody who has read what the child said."""
    staff, case = staff_with(transactions, a_talked_case, **{"identity": None, **columns})
    manager, head = signed_in(staff.manager), signed_in(staff.head)
    write(manager, case, "check", **ANSWER)
    open_words(head, case)
    return staff, case, manager, head


def test_the_page_where_staff_ring_says_that_it_comes_first(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_given_case, identity=None, identity_on=None)
    client = signed_in(staff.manager)
    page = get(client, address(case, "/contact"))
    assert BEFORE in page.text
    assert "Nobody has checked it yet." in page.text
    assert address(case, "/step/identity") in links(page)
    shown = submit(client, page, to=address(case, "/contact"), read="y")
    assert "07700 900123" in shown.text, "it keeps nobody from ringing"
    assert BEFORE in shown.text

    take(client, case, "identity", **WHO)
    page = get(client, address(case, "/contact"))
    assert BEFORE not in page.text
    assert "Checked on Mon 2 Mar 2026. Found in the case file." in page.text
    assert address(case, "/step/identity") in links(page), "it can be put right"


def test_the_case_page_has_the_state_and_who_said_so(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_given_case, identity=None, identity_on=None)
    client = signed_in(staff.manager)
    page = get(client, address(case))
    assert "Check who it is against the case file" in page.text
    page = follow(client, take(client, case, "identity", **NOT_THERE))
    assert "Checked on Mon 2 Mar 2026. Not found in the case file." in page.text
    assert (
        "The child was not found in the case file Head of Practice, by Thu 5 Mar 2026"
        in " ".join(page.text.split())
    )
    assert "Checked who the child is against the case file. Not found" in page.text
    assert "No Robin there." in page.text
    assert "Max Manager" in page.text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose what you found"),
        ({"result": "found", "note": "x"}, "Write who this child is in the case file"),
        ({"result": "not_sure", "who": "x"}, "Write where you looked, or why you are not sure"),
        ({"result": "without_case", "who": "x"}, "Not a valid choice"),
    ],
)
def test_what_is_missing_is_said_beside_it(
    signed_in: SignIn, transactions: Transactions, sent: dict[str, str], said: str
) -> None:
    staff, case = staff_with(transactions, a_given_case, identity=None)
    page = take(signed_in(staff.manager), case, "identity", **sent)
    assert page.status == 422
    assert said in page.text
    kept = {str(box["name"]): box.text.strip() for box in page.soup.select("main textarea")}
    assert all(kept[name] == words for name, words in sent.items() if name != "result")


def test_the_answer_waits_with_a_sentence_and_a_way(
    signed_in: SignIn, transactions: Transactions
) -> None:
    _, case, manager, head = written(signed_in, transactions)
    page = get(head, address(case, "/answer/preview"))
    assert BEFORE in page.text
    assert address(case, "/step/identity") in links(page)
    refused = submit(head, page, to=page.path, go="approve")
    assert refused.status == 422
    assert FIRST in refused.text
    take(head, case, "identity", **WHO)
    page = get(head, address(case, "/answer/preview"))
    assert "Approve it only if nothing about the case is in it." not in page.text
    assert submit(head, page, to=page.path, go="approve").status == 303
    assert BEFORE not in step(manager, case, "deliver").text


def test_the_head_decides_and_is_reminded_when_approving(
    signed_in: SignIn, transactions: Transactions
) -> None:
    _, case, manager, head = written(signed_in, transactions)
    take(manager, case, "identity", **NOT_THERE)
    page = get(head, address(case, "/answer/preview"))
    assert address(case, "/step/without-case") in links(page)
    assert take(head, case, "without-case").status == 422
    assert take(head, case, "without-case", reason="Nobody fits.").status == 303
    page = get(head, address(case, "/answer/preview"))
    assert "Approve it only if nothing about the case is in it." in page.text
    assert submit(head, page, to=page.path, go="approve").status == 303
    assert take(manager, case, "deliver", how="here").status == 303


def test_an_approved_answer_is_not_delivered_in_doubt(
    signed_in: SignIn, transactions: Transactions
) -> None:
    _, case, manager, head = written(signed_in, transactions, identity=Identity.FOUND)
    page = get(head, address(case, "/answer/preview"))
    submit(head, page, to=page.path, go="approve")
    take(manager, case, "identity", **NOT_THERE)
    page = step(manager, case, "deliver")
    assert BEFORE in page.text
    refused = submit(manager, page, to=page.path, how="here")
    assert refused.status == 422
    assert FIRST in refused.text
    with transactions() as db:
        assert db.get_one(Case, case.id).stage is Stage.APPROVED


def test_who_writes_to_the_child_says_that_the_case_is_not_in_it(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, a_given_case, identity=None, method=Method.HERE)
    client = signed_in(staff.manager)
    page = get(client, address(case, "/message"))
    assert BEFORE in page.text
    refused = submit(client, page, to=page.path, text="We saw your mum.")
    assert refused.status == 422
    assert "Tick that nothing about the case is in it, or check who it is first." in refused.text
    assert "We saw your mum." in refused.text
    sent = submit(client, refused, to=page.path, text="Hello.", nothing_of_case="y")
    assert "Nothing about the case is in it, as who wrote it said." in follow(client, sent).text

    take(client, case, "identity", **WHO)
    page = get(client, address(case, "/message"))
    assert not page.soup.select("[name=nothing_of_case]")
    assert submit(client, page, to=page.path, text="We saw your mum.").status == 303

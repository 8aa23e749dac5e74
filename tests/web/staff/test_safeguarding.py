"""A child who may not be safe, on staff's pages. docs/procedure.md, paragraph 12 (R19)."""

import pytest
from flask import Flask

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.services.casework import sending, undelivered
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.make import LONDON, NOW, a_note
from tests.services.acts import post as post_mail
from tests.services.alarming import a_desk, on_duty, raised
from tests.web.conftest import SignIn
from tests.web.page import get, post, submit
from tests.web.staff.pages import (
    Staff,
    a_case,
    address,
    history,
    now,
    open_words,
    saved,
    some_staff,
    step,
    take,
)

DECIDED = {"decision": "spoken", "note": "She is at Gran's."}


@pytest.fixture
def staff(transactions: Transactions) -> Staff:
    with transactions() as db:
        found = some_staff(db)
        on_duty(db, found.head)
        return found


@pytest.fixture
def case(transactions: Transactions, staff: Staff) -> Case:
    with transactions() as db:
        row = a_case(db)
        raised(db, row, NOW)
        return row


def test_it_stands_on_every_page_and_leads_to_the_words(
    signed_in: SignIn, staff: Staff, case: Case
) -> None:
    head = signed_in(staff.head)
    for more in ("", "/contact", "/court", "/safety"):
        page = get(head, address(case, more))
        assert "Not safe: decide today" in page.texts("h1")[0]
        assert page.texts(".flag")[0].startswith("This child may not be safe.")
        assert page.links(".identity a") == {
            "Not safe: read it and decide": address(case, "/words")
        }


def test_to_acknowledge_it_does_not_end_it_and_a_decision_does(
    signed_in: SignIn, transactions: Transactions, staff: Staff, case: Case
) -> None:
    head = signed_in(staff.head)
    assert saved(head, take(head, case, "read"))
    assert "Not safe: decide today" in get(head, address(case)).texts("h1")[0]
    page = get(head, address(case, "/safety"))
    assert "An email is on its way to Hana Head." in page.text
    with transactions() as db:
        post_mail(db)
    page = get(head, address(case, "/safety"))
    assert "Told by email: Hana Head." in page.text
    assert "On duty now: Hana Head." in page.text
    decide = address(case, "/safety/decision")
    empty = submit(head, page, to=decide)
    assert empty.status == 422
    assert empty.texts(".summary a")[0] == "Choose what was done"
    assert "The decision is recorded." in saved(head, submit(head, page, to=decide, **DECIDED))
    assert not now(transactions, case).read_today
    page = get(head, address(case, "/safety"))
    assert "Decided about the child's safety: Spoken with the child." in page.text
    assert "She is at Gran's." in page.text
    assert "Not safe: decide today" not in page.texts("h1")[0]


def test_the_page_says_who_could_not_be_emailed(
    signed_in: SignIn, transactions: Transactions, staff: Staff, case: Case
) -> None:
    with transactions() as db:
        for message in sending.take(db, now=NOW, zone=LONDON):
            undelivered.not_sent(
                db, message.id, NOW, code="recipient_550", permanent=True, zone=LONDON
            )
    page = get(signed_in(staff.head), address(case, "/safety"))
    assert "We could not email Hana Head. Nobody could be told." in page.text
    assert "Told by email" not in page.text


def test_a_mistaken_decision_is_put_right_with_a_reason(
    signed_in: SignIn, transactions: Transactions, staff: Staff, case: Case
) -> None:
    head, decide = signed_in(staff.head), address(case, "/safety/decision")
    open_words(head, case)
    submit(head, get(head, address(case, "/safety")), to=decide, **DECIDED)
    page = get(head, address(case, "/safety"))
    other = {"decision": "handed_over", "note": "To Dee."}
    refused = submit(head, page, to=decide, **other)
    assert refused.status == 422
    assert refused.texts(".wrong") == ["Say why the earlier decision is put right"]
    assert "To Dee." in refused.text
    assert saved(head, submit(head, page, to=decide, **other, reason="A slip."))
    assert history(transactions, case)[-2:] == ["safety_decided", "safety_decided"]
    assert "was put right: Handed over to safeguarding." in get(head, page.path).text


def test_nobody_decides_before_the_words_are_open(
    signed_in: SignIn, transactions: Transactions, staff: Staff, case: Case
) -> None:
    head = signed_in(staff.head)
    page = get(head, address(case, "/safety"))
    assert "Open what the child said first." in page.text
    refused = post(head, address(case, "/safety/decision"), **DECIDED)
    assert (refused.status, now(transactions, case).read_today) == (422, True)


def test_the_button_that_says_read_stands_under_the_words_alone(
    signed_in: SignIn, transactions: Transactions, staff: Staff
) -> None:
    with transactions() as db:
        case = a_case(db)
    head = signed_in(staff.head)
    assert get(head, address(case)).links(".identity a") == {
        "Acknowledge it": address(case, "/words")
    }
    assert step(head, case, "read").location == address(case, "/words")
    assert "I have read it" not in get(head, address(case, "/words")).text
    refused = post(head, address(case, "/step/read"), seen="1")
    assert refused.status == 422
    assert "Open what the child said first." in refused.text
    assert "I have read it" in open_words(head, case).texts("button")


def test_it_is_not_closed_before(
    signed_in: SignIn, transactions: Transactions, staff: Staff
) -> None:
    with transactions() as db:
        note = a_note(db, stage=Stage.ACKNOWLEDGED)
        raised(db, note)
    refused = take(signed_in(staff.head), note, "close")
    assert refused.status == 422
    assert "First record what was decided about their safety." in refused.text


def test_who_is_told_finds_it_in_their_queue_and_decides(
    app: Flask, signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        desk, row = a_desk(db), a_case(db, name="Robin")
        raised(db, row)
    client = signed_in(desk)
    assert "Robin" in get(client, "/staff/queue").text
    open_words(client, row)
    page = get(client, address(row, "/safety"))
    submit(client, page, to=address(row, "/safety/decision"), **DECIDED)
    assert "Robin" not in get(client, "/staff/queue").text or not now(transactions, row).read_today

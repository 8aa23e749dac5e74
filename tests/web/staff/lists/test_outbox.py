"""Messages that are stuck and, in a demonstration, all that went out."""

from dataclasses import replace
from pathlib import Path

import pytest

from kids_feedback.config import Settings
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.gateways.mail import FolderMail
from kids_feedback.services.case import notifications
from kids_feedback.services.casework import sending
from kids_feedback.services.site import outbox
from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.make import LONDON, NOW, a_complaint, a_message
from tests.services.acts import BY_EMAIL, a_head, a_manager, wording
from tests.web.conftest import SignIn
from tests.web.page import get, post, submit

EVERYBODY = [Role.HEAD_OF_PRACTICE, Role.LOCAL_MANAGER, Role.CUSTOMER_SERVICE]


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """In earnest, unless a test asks: ``parametrize("settings", ["demo"], indirect=True)``."""
    demo = tmp_path / "mail" if getattr(request, "param", "") == "demo" else None
    return replace(settings, demo=demo)


def test_customer_service_sees_what_is_stuck_without_address_or_words(
    signed_in: SignIn, transactions: Transactions
) -> None:
    client = signed_in(Role.CUSTOMER_SERVICE)
    assert "No message is stuck." in get(client, "/staff/messages").text
    with transactions() as db:
        made = a_message(db, "ada@example.org", subject="Secret", body="Words").id
        sending.take(db, now=NOW, zone=LONDON)
        outbox.failed(db, made, NOW, code="recipient_550", permanent=True)
    page = get(client, "/staff/messages")
    assert "The address was refused" in page.text
    for hidden in ("ada@example.org", "Secret", "Words", made):
        assert hidden not in page.response.text


def test_customer_service_reads_in_its_queue_that_some_are_stuck_and_tries_them_again(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    client = signed_in(Role.CUSTOMER_SERVICE)
    assert "stuck" not in get(client, "/staff/queue").text
    with transactions() as db:
        row = a_complaint(db, manager=a_manager(db))
        notifications.notify(db, row, None, now=NOW)
        (message,) = sending.take(db, now=NOW, zone=LONDON)
        outbox.failed(db, message.id, NOW, code="address_wrong", permanent=True)
    queue = get(client, "/staff/queue")
    assert queue.links()["One message is stuck"] == "/staff/messages"
    page = get(client, "/staff/messages")
    for said in ("Max Manager", "Received on Mon 2 Mar 2026.", "East", "Given up on Mon 2 Mar"):
        assert said in page.text
    assert row.id not in page.response.text, "not theirs to open"
    done = submit(client, page, to="/staff/messages/again")
    assert "One message is being tried again." in get(client, done.location).text
    assert "stuck" not in get(client, "/staff/queue").text
    with transactions() as db:
        assert len(sending.take(db, now=clock(), zone=LONDON)) == 1


def test_who_is_named_for_the_last_resort_sees_them_and_opens_the_case(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        head = a_head(db, last_resort=Fallback.LAST_RESORT)
        row = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL)
        notifications.notify_child(db, row, wording, now=NOW)
        (message,) = sending.take(db, now=NOW, zone=LONDON)
        outbox.failed(db, message.id, NOW, code="recipient_550", permanent=True)
    page = get(signed_in(head), "/staff/messages")
    assert "The child" in page.text
    assert page.links()["Received on Mon 2 Mar 2026."] == f"/staff/case/{row.id}"
    assert "robin@example.org" not in page.response.text


@pytest.mark.parametrize(
    "role", [Role.HEAD_OF_PRACTICE, Role.LOCAL_MANAGER, Role.ADMINISTRATOR], ids=str
)
def test_nobody_else_has_them_tried_again(signed_in: SignIn, role: Role) -> None:
    assert post(signed_in(role), "/staff/messages/again").status == 404


def test_nobody_else_sees_what_is_stuck(signed_in: SignIn) -> None:
    for role in (Role.HEAD_OF_PRACTICE, Role.LOCAL_MANAGER, Role.ADMINISTRATOR):
        client = signed_in(role)
        assert get(client, "/staff/messages").status == 404
    assert "Messages" not in get(signed_in(Role.LOCAL_MANAGER), "/staff/queue").texts("nav a")


def test_in_earnest_no_message_can_be_read(signed_in: SignIn) -> None:
    assert get(signed_in(Role.CUSTOMER_SERVICE), "/staff/messages/some-id").status == 404


@pytest.mark.parametrize("settings", ["demo"], indirect=True)
@pytest.mark.parametrize("role", EVERYBODY, ids=str)
def test_a_demonstration_shows_what_it_would_have_sent(
    signed_in: SignIn, settings: Settings, role: Role
) -> None:
    client = signed_in(role)
    assert "No message yet." in get(client, "/staff/messages").text
    folder = settings.demo
    assert folder is not None
    FolderMail(folder).send(
        "one", "ada@example.org", "You have a new message", "Come\nback.", now=NOW, language="en"
    )
    listed = get(client, "/staff/messages")
    assert "ada@example.org" in listed.text
    page = get(client, listed.links()["You have a new message"])
    assert page.heading == "You have a new message"
    assert "Come back." in page.text
    for nowhere in ("two", "..", "..%2Fone"):
        assert get(client, f"/staff/messages/{nowhere}").status == 404
    assert "Messages" in get(client, "/staff/queue").texts("nav a")

"""Messages that are stuck and, in a demonstration, all that went out."""

from dataclasses import replace
from pathlib import Path

import pytest

from kids_feedback.config import Settings
from kids_feedback.domain.people import Role
from kids_feedback.gateways.mail import FolderMail
from kids_feedback.services.site import outbox
from kids_feedback.storage.db import Transactions
from tests.make import NOW
from tests.web.conftest import SignIn
from tests.web.page import get

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
        made = outbox.put(db, to="ada@example.org", subject="Secret", body="Words", now=NOW)
        outbox.lease(db, now=NOW)
        outbox.failed(db, made, NOW, code="recipient_550", permanent=True)
    page = get(client, "/staff/messages")
    assert "The address was refused" in page.text
    for hidden in ("ada@example.org", "Secret", "Words", made):
        assert hidden not in page.response.text


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

"""The one-time links of a demonstration, and that there are none elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from kids_feedback.config import Settings
from kids_feedback.domain.people import Role
from kids_feedback.services.accounts import accounts
from kids_feedback.storage.db import Transactions
from kids_feedback.web.kit import context
from tests import make
from tests.app import an_app
from tests.conftest import SetClock
from tests.web.conftest import visitor
from tests.web.page import Page, Visitor, get, post

ELSEWHERE = (
    "have-your-say.example",
    "192.168.1.7:8000",
    "localhost.example.org",
    "127.0.0.1.example.org",
)


@pytest.fixture
def demonstration(settings: Settings, clock: SetClock, tmp_path: Path) -> Iterator[Flask]:
    """One that answers even to names of others: the link must not lean on being asked rightly."""
    hosts = (*ELSEWHERE, *settings.trusted_hosts)
    site = an_app(replace(settings, demo=tmp_path, trusted_hosts=hosts), clock)
    site.config["PREFERRED_URL_SCHEME"] = "https"
    site.test_client_class = Visitor
    yield site
    with site.app_context():
        context.site().transactions.engine.dispose()


@pytest.fixture
def link(transactions: Transactions, clock: SetClock) -> str:
    with transactions() as db:
        person = make.a_person(db, "Ada Moss", role=Role.ADMINISTRATOR)
        return f"/account/demo/{accounts.one_time_link(db, person.id, now=clock())}"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "localhost:8000"])
def test_the_link_signs_in_once(demonstration: Flask, link: str, host: str) -> None:
    client, site = visitor(demonstration), f"https://{host}"
    asked = Page(client.get(link, base_url=site), link)
    assert "You will be Ada Moss: Administrator" in asked.text
    done = Page(client.post(link, base_url=site, data={"csrf_token": asked.token}), link)
    assert Page(client.get(done.location, base_url=site), link).heading == "People"
    assert client.get(link, base_url=site).status_code == 404


def test_looking_at_the_link_signs_nobody_in(demonstration: Flask, link: str) -> None:
    client = visitor(demonstration)
    for _ in range(2):
        assert get(client, link).status == 200
    assert get(client, "/account/").location == "/account/sign-in"


def test_there_is_no_such_link_without_a_demonstration(child: Visitor, link: str) -> None:
    assert get(child, link).status == 404
    get(child, "/account/sign-in")
    assert post(child, link).status == 404
    assert get(child, "/account/").location == "/account/sign-in"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        *((host, "127.0.0.1") for host in ELSEWHERE),
        ("localhost", "192.168.1.7"),
        ("localhost", ""),
    ],
)
def test_nobody_else_on_the_network_uses_the_link(
    demonstration: Flask, link: str, host: str, address: str
) -> None:
    client, site = visitor(demonstration), f"https://{host}"
    client.environ_base["REMOTE_ADDR"] = address
    token = Page(client.get("/account/sign-in", base_url=site), "/account/sign-in").token
    assert client.get(link, base_url=site).status_code == 404
    assert client.post(link, base_url=site, data={"csrf_token": token}).status_code == 404
    assert get(visitor(demonstration), link).status == 200, "the link is still unused"


def test_a_made_up_link_is_not_there(demonstration: Flask, link: str) -> None:
    assert get(visitor(demonstration), f"{link}x").status == 404

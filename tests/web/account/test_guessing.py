"""Whoever guesses is told to wait, with what they typed still there; an owner is not."""

import logging
from dataclasses import replace

import pytest
from flask import Flask

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.people import PersonRow
from kids_feedback.web.kit import context
from kids_feedback.web.kit.network import asking
from tests.conftest import SetClock
from tests.services.accounts.newcomers import ADA, PASSWORD, code_at, somebody, wrong_code
from tests.web.conftest import SignIn, visitor
from tests.web.page import Page, Visitor, get, submit

SIGN_IN = "/account/sign-in"
PLACE = "__Host-place"


@pytest.fixture
def ada(transactions: Transactions) -> PersonRow:
    with transactions() as db:
        return somebody(db, role=Role.ADMINISTRATOR)


def at(app: Flask, address: str, **headers: str) -> Visitor:
    client = visitor(app)
    client.environ_base |= {"REMOTE_ADDR": address, **headers}
    return client


def tries(client: Visitor, code: str, *, email: str = ADA, password: str = PASSWORD) -> Page:
    return submit(client, get(client, SIGN_IN), email=email, password=password, code=code)


@pytest.mark.parametrize("email", [ADA, "eve@example.org"])
def test_who_guesses_is_told_to_wait_and_the_address_stays(
    app: Flask, ada: PersonRow, clock: SetClock, caplog: pytest.LogCaptureFixture, email: str
) -> None:
    guesser = at(app, "203.0.113.7")
    with caplog.at_level(logging.WARNING):
        pages = [tries(guesser, "123456", email=email, password="wrong one") for _ in range(30)]
    assert [page.status for page in pages] == [422] * 12 + [429] * 18
    last = pages[-1]
    assert last.found("input[name=email]")["value"] == email
    assert "Please wait a little" in last.text
    assert last.response.headers["Retry-After"] == "10"
    assert "wrong one" not in last.response.text
    assert "a sign-in was not judged" in caplog.text
    assert "203.0.113.7" not in caplog.text


def test_what_a_stranger_spends_is_not_her_own_where_she_is_known(
    app: Flask, ada: PersonRow, clock: SetClock
) -> None:
    """Finding 7b: with the password and wrong codes, from another address and from her own."""
    hers = at(app, "192.0.2.1")
    assert tries(hers, code_at(clock())).status == 303
    strangers = [at(app, "203.0.113.7"), at(app, "192.0.2.1")]
    for _ in range(20):
        for stranger in strangers:
            assert tries(stranger, wrong_code(clock())).status in {422, 429}
        clock.forward(seconds=30)
        hers.delete_cookie("__Host-id")
        assert tries(hers, code_at(clock())).status == 303


def test_a_browser_is_known_by_a_cookie_that_names_no_one(
    app: Flask, ada: PersonRow, clock: SetClock
) -> None:
    client = visitor(app)
    tries(client, wrong_code(clock()))
    assert client.get_cookie(PLACE) is None, "who does not get in gets none"
    tries(client, code_at(clock()))
    kept = client.get_cookie(PLACE)
    assert kept
    assert len(kept.value) == 43
    assert kept.http_only
    clock.forward(minutes=1)
    client.delete_cookie("__Host-id")
    tries(client, code_at(clock()))
    again = client.get_cookie(PLACE)
    assert again
    assert again.value == kept.value


@pytest.mark.parametrize("path", ["/account/password", "/account/new-codes"])
def test_the_password_is_not_guessed_from_inside_either(
    signed_in: SignIn, ada: PersonRow, path: str
) -> None:
    client = signed_in(ada)
    guess = {"current": "guess", "code": "123456", "password": "wet chairs sing well"}
    pages = [submit(client, get(client, path), to=path, **guess) for _ in range(20)]
    assert [page.status for page in pages] == [422] * 12 + [429] * 8
    assert pages[-1].response.headers["Retry-After"] == "10"
    assert "Please wait a little" in pages[-1].text


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (0, "198.51.100.9", "192.0.2.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "made up, 198.51.100.9", "198.51.100.9"),
        (2, "made up, 198.51.100.9, 203.0.113.7", "198.51.100.9"),
        (1, "", "unknown"),
        (9, "198.51.100.9", "198.51.100.9"),
        (1, "\u0661, <script>", "unknown"),
    ],
)
def test_who_asks_is_who_our_own_proxies_say(
    app: Flask, proxies: int, forwarded: str, network: str
) -> None:
    """What stands before what they added, anybody can write."""
    here = {"REMOTE_ADDR": "192.0.2.1"}
    headers = {"X-Forwarded-For": forwarded.encode().decode("latin-1")}
    with app.test_request_context("/", headers=headers, environ_base=here):
        site = context.site()
        context.install(app, replace(site, settings=replace(site.settings, proxies=proxies)))
        assert asking() == network
        context.install(app, site)

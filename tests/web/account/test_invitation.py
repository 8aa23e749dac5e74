"""Coming in for the first time."""

import re
from html import unescape

import pyotp
import pytest
from flask import Flask

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.people import PersonRow
from tests import make
from tests.conftest import SetClock
from tests.services.accounts.newcomers import PASSWORD, an_invitation
from tests.web.conftest import visitor
from tests.web.page import Page, Visitor, follow, get, submit

SIGN_IN = "/account/sign-in"
SET_UP = "/account/invitation"


@pytest.fixture
def link(transactions: Transactions, clock: SetClock) -> str:
    return a_link(transactions, clock, "Bo Reed")


def a_link(transactions: Transactions, clock: SetClock, name: str) -> str:
    with transactions() as db:
        address = f"{name.split()[0].lower()}@example.org"
        row = make.a_person(db, name, role=Role.ADMINISTRATOR, email=address)
        return f"{SET_UP}/{an_invitation(db, row, clock())}"


def opened(client: Visitor, link: str) -> Page:
    return follow(client, get(client, link))


def code_of(page: Page, clock: SetClock) -> str:
    """Return what a phone shows that read the page's picture."""
    return pyotp.TOTP(secret_of(page)).at(clock())


def secret_of(page: Page) -> str:
    found = re.search(
        r"secret=(\w+)", unescape(page.links()["On this phone? Open the app from here."])
    )
    assert found
    return found[1]


def set_up(client: Visitor, page: Page, clock: SetClock, **changed: str) -> Page:
    right = {"password": PASSWORD, "code": code_of(page, clock)}
    return submit(client, page, to=SET_UP, **{**right, **changed})


def test_bo_sets_up_an_account_and_signs_in_with_it(
    app: Flask, child: Visitor, link: str, clock: SetClock
) -> None:
    page = opened(child, link)
    assert "Bo Reed, you will sign in with bo@example.org" in page.text
    codes = follow(child, set_up(child, page, clock))
    assert codes.heading == "Your recovery codes"
    assert len(codes.texts("main li")) == 10
    assert get(child, "/people/").status == 200
    clock.forward(seconds=30)
    later = visitor(app)
    fields = {"email": "bo@example.org", "password": PASSWORD, "code": code_of(page, clock)}
    assert submit(later, get(later, SIGN_IN), **fields).status == 303


def test_the_token_does_not_stay_in_the_address_or_the_page(child: Visitor, link: str) -> None:
    assert get(child, link).location == SET_UP
    assert link.rpartition("/")[2] not in opened(child, link).response.text


def test_the_picture_and_the_letters_say_the_same(child: Visitor, link: str) -> None:
    page = opened(child, link)
    assert "".join(page.texts("code span")) == secret_of(page)
    assert page.texts("svg[role=img] title") == ["Picture for the authenticator app to read"]


def test_recovery_codes_are_shown_once(child: Visitor, link: str, clock: SetClock) -> None:
    done = set_up(child, opened(child, link), clock)
    follow(child, done)
    assert get(child, "/account/recovery-codes").location == "/account/"


def test_an_invitation_is_good_once(app: Flask, child: Visitor, link: str, clock: SetClock) -> None:
    page = opened(child, link)
    late = visitor(app)
    late_page = opened(late, link)
    set_up(child, page, clock)
    for used in (set_up(late, late_page, clock), get(visitor(app), link)):
        assert used.status == 410
        assert used.heading == "This invitation has been used"
        assert used.links()["Sign in"] == "/account/sign-in"
        assert "Bo" not in used.text, "whose it was is not said"


def test_an_invitation_ends_after_a_day(child: Visitor, link: str, clock: SetClock) -> None:
    clock.forward(hours=24)
    assert get(child, link).status == 404


@pytest.mark.parametrize("path", [SET_UP, f"{SET_UP}/made-up", f"{SET_UP}/%00"])
def test_nobody_sets_up_an_account_uninvited(child: Visitor, path: str) -> None:
    assert get(child, path).status == 404


def test_what_the_form_says_does_not_decide_whose_account_it_is(
    app: Flask, child: Visitor, link: str, transactions: Transactions, clock: SetClock
) -> None:
    other = a_link(transactions, clock, "Cleo Finch")
    with transactions.reading() as db:
        rows = {row.name: row.id for row in db.query(PersonRow)}
    page = opened(child, link)
    set_up(
        child,
        page,
        clock,
        person=rows["Cleo Finch"],
        email="cleo@example.org",
        token=other.rpartition("/")[2],
        secret=pyotp.random_base32(),
    )
    assert get(child, "/account/").texts(".person bdi") == ["Bo Reed"]
    with transactions.reading() as db:
        kept = {row.name: row.password_hash is not None for row in db.query(PersonRow)}
    assert kept == {"Bo Reed": True, "Cleo Finch": False}
    assert get(visitor(app), other).status == 303, "Cleo's invitation is still unused"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "short"}, "Use 12 characters or more"),
        ({"password": "bo reed at home"}, "Leave out your name"),
        ({"password": ""}, "Use 12 characters or more"),
        ({"code": ""}, "Write the code that your phone shows"),
        ({"code": "12"}, "That code is not right"),
    ],
)
def test_a_mistake_keeps_the_phone_that_was_set_up(
    child: Visitor, link: str, clock: SetClock, changed: dict[str, str], said: str
) -> None:
    page = opened(child, link)
    wrong = {"password": PASSWORD, "code": "12", **changed, "csrf_token": page.token}
    answer = child.post(SET_UP, data=wrong)
    assert answer.status_code == 303
    with child.session_transaction() as kept:
        assert kept["refused"]["fields"] == {}, "neither password nor code is kept"
    refused = set_up(child, page, clock, **changed)
    assert refused.status == 422
    assert said in refused.text
    assert code_of(refused, clock) == code_of(page, clock)
    assert set_up(child, refused, clock).status == 303


def test_a_page_left_open_can_be_sent_again(child: Visitor, link: str, clock: SetClock) -> None:
    page = opened(child, link)
    stale = set_up(child, page, clock, csrf_token="from yesterday")
    assert stale.status == 400
    assert "Nothing was changed" in stale.text
    assert set_up(child, stale, clock).status == 303

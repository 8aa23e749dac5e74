"""Somebody is invited, sets up a phone, signs out and in again, and looks after people."""

import re
from dataclasses import replace

import pyotp
import pytest
from playwright.sync_api import Page, expect

from kids_feedback.config import Settings, Smtp
from kids_feedback.domain.people import Role
from kids_feedback.services.casework import sending
from kids_feedback.storage.db import Transactions
from tests import make
from tests.conftest import SetClock
from tests.e2e.conftest import OpenPage
from tests.e2e.tools import axe
from tests.make import LONDON
from tests.services.accounts.newcomers import ADA, PASSWORD, an_invitation, somebody


class Phone:
    """An authenticator app that read the page's letters."""

    def __init__(self, page: Page, clock: SetClock) -> None:
        self.secret = re.sub(r"\s", "", page.locator("main code").inner_text())
        self._clock = clock

    def shows(self) -> str:
        return pyotp.TOTP(self.secret).at(self._clock())


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A site that sends mail, so that nobody is shown a link."""
    return replace(settings, smtp=Smtp(host="127.0.0.1"))


def link_in_the_mail_to(address: str, transactions: Transactions, clock: SetClock) -> str:
    """Return the path of the link in the mail that goes there."""
    with transactions() as db:
        due = sending.take(db, now=clock(), zone=LONDON)
    (body,) = [one.body for one in due if one.to == address]
    found = re.search(r"/account/invitation/\S+", body)
    assert found is not None
    return found[0]


def test_an_invited_administrator_gets_in_and_invites_the_next(
    open_page: OpenPage,
    javascript: bool,  # noqa: FBT001 - a fixture's name
    transactions: Transactions,
    clock: SetClock,
) -> None:
    page = open_page(java_script_enabled=javascript)
    check = axe.check if javascript else _nothing  # axe is a script
    with transactions() as db:
        make.an_office(db)
        row = make.a_person(db, role=Role.ADMINISTRATOR, email=ADA)
        token = an_invitation(db, row, clock())

    page.goto(f"/account/invitation/{token}")
    expect(page.get_by_role("heading", name="Set up your account")).to_be_visible()
    check(page)
    phone = Phone(page, clock)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Code", exact=True).fill(phone.shows())
    page.get_by_role("button", name="Set up").click()

    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    check(page)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", name="People", exact=True)).to_be_visible()
    check(page)
    page.get_by_role("button", name="Sign out").click()

    clock.forward(seconds=30)
    page.get_by_label("Email address").fill(ADA)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Code").fill(phone.shows())
    page.get_by_role("button", name="Sign in").click()

    page.get_by_role("link", name="Add a person").click()
    check(page)
    page.get_by_label("Name").fill("Bo Reed")
    page.get_by_role("radio", name="Local manager").check()
    page.get_by_label("Email address").fill("bo@example.org")
    page.get_by_role("checkbox", name="Eastham").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Bo Reed")).to_be_visible()
    expect(page.locator("main")).to_contain_text("An invitation waits to be sent")
    assert "/account/invitation/" not in page.content(), "only Bo sees the link"
    page.get_by_role("link", name="What happened to this account").click()
    expect(page.get_by_role("heading", name="Account record")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Was invited.")
    check(page)

    bo = open_page(java_script_enabled=javascript)
    bo.goto(link_in_the_mail_to("bo@example.org", transactions, clock))
    expect(bo.get_by_role("heading", name="Set up your account")).to_be_visible()


def test_pages_of_an_account_are_for_everybody(
    open_page: OpenPage, transactions: Transactions
) -> None:
    with transactions() as db:
        row = somebody(db, role=Role.ADMINISTRATOR)
    page = open_page(visit={"person": row.id})
    for name in ("account/", "account/password", "account/new-codes", "account/visits", "people/"):
        page.goto(f"/{name}")
        axe.check_in_all_colours(page)


def test_a_miss_is_said_at_the_top(page: Page, transactions: Transactions) -> None:
    with transactions() as db:
        somebody(db)
    page.goto("/account/sign-in")
    page.get_by_label("Email address").fill(ADA)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Code").fill("12")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("That did not work")
    axe.check(page)


def _nothing(page: Page) -> None:
    """Look at nothing."""

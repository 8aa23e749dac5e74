"""What goes wrong on the pages of staff is said in their own frame, and nothing typed is lost."""

import pytest
from flask import Flask

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.people import PersonRow
from tests.conftest import SetClock
from tests.make import a_kiosk, a_visit
from tests.web.conftest import COOKIE, SignIn, visitor
from tests.web.page import Page, Visitor, get, post, submit
from tests.web.staff.pages import a_given_case, address, some_staff

PREFIXES = ("staff", "people", "account", "board", "secretary")
TYPED = "Robin seemed afraid on the phone."


def is_for_staff(page: Page) -> bool:
    """Say whose frame it is: the child's has a way to leave, and Childline."""
    of_child = page.soup.select("[data-leave], .help")
    of_staff = page.soup.select(".topbar .sections")
    assert bool(of_child) != bool(of_staff), "one of the two"
    return bool(of_staff)


@pytest.mark.parametrize("first", PREFIXES)
def test_an_address_that_is_none_says_so_in_the_frame_of_its_readers(
    child: Visitor, signed_in: SignIn, first: str
) -> None:
    page = get(child, f"/{first}/nothing/here")
    assert (page.status, is_for_staff(page)) == (404, True)
    assert page.links()["Sign in"] == "/account/sign-in"
    page = get(signed_in(Role.ADMINISTRATOR), f"/{first}/nothing/here")
    assert (page.status, is_for_staff(page)) == (404, True)
    assert page.links()["Your account"] == "/account/"


@pytest.mark.parametrize("path", ["/nothing", "/p/99", "/staffing", "/o/%00"])
def test_a_child_stays_in_the_frame_of_children(child: Visitor, path: str) -> None:
    page = get(child, path)
    assert page.status in (303, 404)
    assert page.status == 303 or not is_for_staff(page)


def test_a_screen_of_children_never_leaves_their_frame(
    child: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        child.set_cookie("__Host-screen", a_kiosk(db, clock()))
    assert not is_for_staff(get(child, "/staff/nothing"))


def test_every_kind_of_error_is_in_that_frame(
    app: Flask, signed_in: SignIn, transactions: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    client = signed_in(staff.manager)
    wrong = [
        get(client, "/people/"),  # not theirs
        get(client, address(case, "/nothing")),
        post(client, "/staff/queue"),  # 405
        post(client, address(case, "/words"), csrf_token="old"),  # of an earlier page
        post(client, address(case, "/step/contact"), note="x" * 3_000_000),  # 413
    ]
    monkeypatch.setitem(app.view_functions, "staff.queue", broken)
    wrong.append(get(client, "/staff/queue"))
    assert [page.status for page in wrong] == [404, 404, 405, 400, 413, 500]
    assert all(is_for_staff(page) for page in wrong)


def broken() -> str:
    raise RuntimeError


broken.policy = frozenset(Role)  # type: ignore[attr-defined]


def test_try_again_works_at_once_after_signing_in(
    app: Flask, signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    path = address(case, "/safety/decision")
    manager = signed_in(staff.manager)
    submit(manager, get(manager, address(case)), to=address(case, "/safety"))
    submit(manager, get(manager, address(case, "/words")), to=address(case, "/words"))
    form = get(manager, address(case, "/safety"))
    client = visitor(app)  # whose visit has died since
    lost = submit(client, form, to=path, decision="spoken", note=TYPED)
    assert (lost.status, is_for_staff(lost)) == (400, True)
    assert "You were signed out." in lost.text
    assert TYPED in lost.text
    again = submit(client, lost, to=path)
    assert again.status == 400, "nobody has signed in yet"
    signs_in(app, client, staff.manager, transactions, clock)
    assert submit(client, lost, to=path).status in (200, 303)
    assert submit(client, lost, to=path).status == 400, "the way around is good once"
    assert TYPED in get(client, address(case)).text


def signs_in(
    app: Flask, client: Visitor, who: PersonRow, transactions: Transactions, clock: SetClock
) -> None:
    """Sign in as the account's pages do, whose own tests try passwords and codes."""
    with client.session_transaction() as kept:
        resend = kept["resend"]
    with transactions() as db:
        token = a_visit(db, now=clock(), person=who.id, resend=resend)
    client.set_cookie(COOKIE, token)

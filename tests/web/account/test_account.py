"""Signing in and out, and one's own account."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import event

from kids_feedback.domain.people import Role
from kids_feedback.services.accounts import accounts, passwords, people
from kids_feedback.services.accounts.people import Particulars
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.people import PersonRow
from kids_feedback.web.kit import context
from tests import make
from tests.conftest import SetClock
from tests.services.accounts.newcomers import (
    ADA,
    PASSWORD,
    an_administrator,
    code_at,
    somebody,
    wrong_code,
)
from tests.web.conftest import COOKIE, SignIn, visitor
from tests.web.page import Page, Visitor, follow, get, post, submit

SIGN_IN = "/account/sign-in"
NEW = "brand new and long"


@pytest.fixture
def ada(transactions: Transactions) -> PersonRow:
    with transactions() as db:
        return somebody(db, role=Role.ADMINISTRATOR)


def signing_in(client: Visitor, code: str, *, email: str = ADA, password: str = PASSWORD) -> Page:
    return submit(client, get(client, SIGN_IN), email=email, password=password, code=code)


def cookie(client: Visitor) -> str:
    found = client.get_cookie(COOKIE)
    return found.value if found else ""


def test_ada_signs_in_and_is_where_her_work_begins(
    child: Visitor, ada: PersonRow, clock: SetClock
) -> None:
    done = signing_in(child, code_at(clock()))
    assert (done.status, done.location) == (303, "/people/")
    assert follow(child, done).heading == "People"


def test_signing_in_changes_the_cookie_and_forgets_what_was_before(
    child: Visitor, app: Flask, ada: PersonRow, clock: SetClock
) -> None:
    post(child, "/look", theme="night")
    before, token = cookie(child), child.token
    signing_in(child, code_at(clock()))
    assert cookie(child) not in ("", before)
    old = visitor(app)
    old.set_cookie(COOKIE, before)
    assert get(old, "/account/").location == SIGN_IN, "the old cookie opens nothing"
    assert child.post("/account/visits", data={"csrf_token": token}).status_code == 400
    assert get(child, "/account/").texts("html.theme-night"), "the look stays"


def test_every_kind_of_miss_gets_the_same_bytes(
    app: Flask, ada: PersonRow, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        somebody(db, "Cleo", email="cat@example.org").closed_at = clock()
        make.a_person(db, "Dee", role=Role.ADMINISTRATOR, email="dee@example.org")
    right, wrong = code_at(clock()), wrong_code(clock())
    answers = {
        _bare(app, email=email, password=password, code=code)
        for email, password, code in (
            ("eve@example.org", PASSWORD, right),
            (ADA, "not the password", right),
            (ADA, PASSWORD, wrong),
            ("cat@example.org", PASSWORD, right),
            ("dee@example.org", PASSWORD, right),
        )
    }
    assert len(answers) == 1
    assert "That did not work." in answers.pop()


def _bare(app: Flask, **fields: str) -> str:
    client = visitor(app)
    page = submit(client, get(client, SIGN_IN), **fields)
    assert page.status == 422
    assert fields["password"] not in page.response.text
    return (
        page.response.text.replace(page.token, "")
        .replace(fields["email"], "")
        .replace(fields["code"], "")
    )


def test_every_kind_of_miss_writes_as_much_so_that_time_tells_nothing(
    child: Visitor, ada: PersonRow, clock: SetClock
) -> None:
    written: list[str] = []
    braked = []
    with child.application.app_context():
        engine = context.site().transactions.engine
    event.listen(engine, "before_cursor_execute", lambda *seen: written.append(seen[2]))
    for fields in (
        {"email": "eve@example.org"},
        {"email": ADA, "password": "not the password"},
        {"email": ADA, "code": wrong_code(clock())},
    ):
        page = get(child, SIGN_IN)
        written.clear()
        submit(child, page, **{"password": PASSWORD, "code": code_at(clock()), **fields})
        writes = [sql for sql in written if sql.startswith(("INSERT", "UPDATE"))]
        assert len([sql for sql in writes if " brake " not in sql]) == 1
        braked.append([sql for sql in written if " brake" in sql])
    assert braked[0] == braked[1] == braked[2]


def test_ten_strangers_do_not_keep_ada_out(
    app: Flask, child: Visitor, ada: PersonRow, clock: SetClock
) -> None:
    stranger = visitor(app)
    for _ in range(10):
        assert signing_in(stranger, "123456", password="guessed and wrong").status == 422
    assert signing_in(child, code_at(clock())).status == 303


def test_somebody_who_has_her_password_shows_up_in_the_news(
    app: Flask, child: Visitor, ada: PersonRow, clock: SetClock
) -> None:
    thief = visitor(app)
    for _ in range(4):
        signing_in(thief, wrong_code(clock()))
    assert signing_in(child, code_at(clock())).status == 422, "the next code waits a second"
    clock.forward(seconds=1)
    home = follow(child, signing_in(child, code_at(clock())))
    assert "change your password now" in home.text
    assert "change your password now" not in get(child, "/account/").text


def test_an_empty_form_says_what_to_write(child: Visitor) -> None:
    page = post(child, SIGN_IN)
    assert page.status == 422
    assert page.texts(".summary li") == [
        "Write your email address",
        "Write your password",
        "Write a code",
    ]


def test_a_page_left_open_can_be_sent_again(
    child: Visitor, ada: PersonRow, clock: SetClock
) -> None:
    fields = {"email": ADA, "password": PASSWORD, "code": code_at(clock())}
    stale = post(child, SIGN_IN, **{**fields, "csrf_token": "from yesterday"})
    assert stale.status == 400
    assert "Nothing was changed" in stale.text
    assert PASSWORD not in stale.response.text
    assert submit(child, stale, **fields).status == 303


def test_signing_out_ends_the_visit_and_clears_the_device(
    app: Flask, child: Visitor, ada: PersonRow, clock: SetClock
) -> None:
    home = follow(child, signing_in(child, code_at(clock())))
    kept = cookie(child)
    out = submit(child, home, to="/account/sign-out")
    assert out.location == SIGN_IN
    assert out.response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert cookie(child) == ""
    back = visitor(app)
    back.set_cookie(COOKIE, kept)
    assert get(back, "/account/").location == SIGN_IN


def test_no_other_site_signs_anybody_out(signed_in: SignIn, ada: PersonRow) -> None:
    client = signed_in(ada)
    assert client.post("/account/sign-out").status_code == 400
    assert get(client, "/account/").status == 200


def test_whoever_is_out_already_can_press_sign_out(child: Visitor) -> None:
    assert child.post("/account/sign-out").headers["Location"] == SIGN_IN


@pytest.mark.parametrize("path", ["/account/", "/account/password", "/account/visits", "/people/"])
def test_nobody_sees_an_account_without_signing_in(child: Visitor, path: str) -> None:
    assert get(child, path).location == SIGN_IN


@pytest.mark.parametrize("role", Role)
def test_everybody_who_signs_in_has_an_account_page(signed_in: SignIn, role: Role) -> None:
    client = signed_in(role)
    for path in ("/account/", "/account/password", "/account/new-codes", "/account/visits"):
        assert get(client, path).status == 200


def test_ada_changes_her_password_and_every_other_browser_is_out(
    signed_in: SignIn, ada: PersonRow, clock: SetClock
) -> None:
    here, elsewhere = signed_in(ada), signed_in(ada)
    before = cookie(here)
    form = get(here, "/account/password")
    done = submit(
        here, form, to="/account/password", current=PASSWORD, code=code_at(clock()), password=NEW
    )
    assert "Your password is changed" in follow(here, done).text
    assert cookie(here) != before
    assert get(elsewhere, "/account/").location == SIGN_IN
    clock.forward(seconds=30)
    assert signing_in(elsewhere, code_at(clock())).status == 422
    clock.forward(seconds=30)
    assert signing_in(elsewhere, code_at(clock()), password=NEW).status == 303


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"current": "a wrong password"}, "That did not work"),
        ({"code": "000"}, "That did not work"),
        ({"password": "too short"}, "Use 12 characters or more"),
        ({"password": "Password12345"}, "one of the first that others would try"),
        ({"password": "ada moss is here"}, "Leave out your name"),
    ],
)
def test_a_password_is_not_changed_without_proof_or_for_a_weak_one(
    signed_in: SignIn, ada: PersonRow, clock: SetClock, change: dict[str, str], said: str
) -> None:
    client = signed_in(ada)
    right = {"current": PASSWORD, "code": code_at(clock()), "password": NEW}
    form = get(client, "/account/password")
    page = submit(client, form, to="/account/password", **{**right, **change})
    assert page.status == 422
    assert said in page.text
    assert signing_in(client, code_at(clock())).status == 303, "the old one is still good"


def test_new_recovery_codes_are_shown_once(
    signed_in: SignIn, ada: PersonRow, clock: SetClock
) -> None:
    client = signed_in(ada)
    form = get(client, "/account/new-codes")
    done = submit(client, form, to="/account/new-codes", current=PASSWORD, code=code_at(clock()))
    codes = follow(client, done).texts("main li")
    assert len(codes) == 10
    assert get(client, "/account/recovery-codes").location == "/account/"
    assert signing_in(client, codes[0]).status == 303
    assert signing_in(client, codes[0]).status == 422


def test_ada_ends_her_other_visits(signed_in: SignIn, ada: PersonRow) -> None:
    here, elsewhere = signed_in(ada), signed_in(ada)
    page = get(here, "/account/visits")
    assert len(page.texts("main li")) == 2
    done = submit(here, page, to="/account/visits")
    assert len(follow(here, done).texts("main li")) == 1
    assert get(elsewhere, "/account/").location == SIGN_IN


@pytest.mark.parametrize("change", ["role", "place", "password", "closed"])
def test_a_visit_dies_with_the_next_request(
    signed_in: SignIn, transactions: Transactions, clock: SetClock, change: str
) -> None:
    with transactions() as db:
        by = an_administrator(db)
        make.an_office(db, "westham", area="west")
        row = somebody(db, "Bo Reed", role=Role.LOCAL_MANAGER)
        row.offices = [make.an_office(db)]
    present = Particulars(
        name="Bo Reed", role=Role.LOCAL_MANAGER, email=ADA, offices=frozenset({"eastham"})
    )
    client = signed_in(row)
    assert get(client, "/account/").status == 200
    with transactions() as db:
        if change == "role":
            people.change(db, by, row.id, replace(present, role=Role.CUSTOMER_SERVICE))
        elif change == "place":
            people.change(db, by, row.id, replace(present, offices=frozenset({"westham"})))
        elif change == "password":
            accounts.set_password(db, make.person_of(row), passwords.hashed(NEW), now=clock())
        else:
            people.close(db, by, row.id, now=clock())
    assert get(client, "/account/").location == SIGN_IN


def test_a_visit_ends_after_half_an_hour_without_a_page(
    signed_in: SignIn, ada: PersonRow, clock: SetClock
) -> None:
    client = signed_in(ada)
    clock.forward(minutes=30)
    assert get(client, "/account/").status == 200
    clock.forward(minutes=31)
    assert get(client, "/account/").location == SIGN_IN

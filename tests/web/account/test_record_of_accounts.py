"""The record of accounts: what administrators and Heads of Practice see of it, and who does not."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from kids_feedback.config import Settings, Smtp
from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.people import Role
from kids_feedback.services.organisation import account_events
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.people import AccountEvent, PersonRow
from kids_feedback.web.record import routes as record
from tests import make
from tests.conftest import SetClock
from tests.services.accounts.newcomers import ADA, PASSWORD, code_at, somebody
from tests.web.conftest import SignIn, visitor
from tests.web.page import Page, Visitor, follow, get, submit

RECORD, SIGN_IN = "/record/", "/account/sign-in"


@pytest.fixture
def alma(signed_in: SignIn, transactions: Transactions) -> Visitor:
    with transactions() as db:
        row = make.a_person(db, "Alma", role=Role.ADMINISTRATOR, email="alma@example.org")
    return signed_in(row)


@pytest.fixture
def bo(transactions: Transactions) -> PersonRow:
    with transactions() as db:
        return make.a_person(db, "Bo Reed", role=Role.LOCAL_MANAGER, email="bo@example.org")


@pytest.fixture
def head(signed_in: SignIn, transactions: Transactions) -> Visitor:
    with transactions() as db:
        row = make.a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE, email="hana@example.org")
    return signed_in(row)


def change(alma: Visitor, row: PersonRow, **fields: str) -> Page:
    path = f"/people/{row.id}"
    return submit(alma, get(alma, path), to=path, **fields)


def rows(page: Page) -> list[str]:
    return page.texts("main tbody tr")


def test_a_head_of_practice_sees_what_an_administrator_did_in_their_area(
    alma: Visitor, bo: PersonRow, head: Visitor
) -> None:
    change(alma, bo, email="thief@example.org", role="head_of_practice", areas="east")
    found = rows(get(head, RECORD))
    assert any(
        "The role was changed from Local manager to Head of Practice. Alma" in row for row in found
    )
    assert any(
        "changed from bo@example.org to thief@example.org. Alma Monday 2 March 2026, 09:00" in row
        for row in found
    )
    assert get(head, "/staff/queue").links(".sections a")["Account record"] == RECORD


def test_another_areas_lines_are_not_there(
    alma: Visitor, bo: PersonRow, signed_in: SignIn, transactions: Transactions
) -> None:
    change(alma, bo, name="Bo Reeder")
    with transactions() as db:
        west = make.a_person(db, "Wes", role=Role.HEAD_OF_PRACTICE, areas=["west"])
    client = signed_in(west)
    assert "Reed" not in get(client, RECORD).text
    assert get(client, f"{RECORD}?person={bo.id}").status == 404
    assert get(client, f"{RECORD}?person=made-up").status == 404


def test_the_record_of_one_person(alma: Visitor, bo: PersonRow, head: Visitor) -> None:
    change(alma, bo, name="Bo Reeder")
    get(head, RECORD)
    page = get(head, f"{RECORD}?person={bo.id}")
    assert sorted(rows(page)) == [
        "Bo Reeder Somebody looked at this record. Hana Head Monday 2 March 2026, 09:00",
        "Bo Reeder The name was changed from Bo Reed to Bo Reeder. Alma Monday 2 March 2026, 09:00",
    ]
    assert page.links()["Show everybody"] == RECORD


def test_of_somebody_without_a_line_an_administrator_sees_that(
    alma: Visitor, bo: PersonRow, head: Visitor
) -> None:
    page = get(alma, get(alma, f"/people/{bo.id}").links()["What happened to this account"])
    assert (page.status, "account of Bo Reed" in page.text) == (200, True)
    assert get(head, f"{RECORD}?person={bo.id}").status == 200, "the look is a line"


def test_a_look_is_kept_once_an_hour(
    head: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    kept = []
    for minutes in (0, 25, 25, 25):
        clock.forward(minutes=minutes)
        get(head, RECORD)
        with transactions.reading() as db:
            kept.append(len(db.scalars(select(AccountEvent.what)).all()))
    assert kept == [1, 1, 1, 2]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.HEAD_OF_PRACTICE}))
def test_it_is_there_for_nobody_else(signed_in: SignIn, role: Role) -> None:
    assert get(signed_in(role), RECORD).status == 404


@pytest.mark.parametrize("query", ["?person=%00", "?page=0", "?page=x", "?person=" + "x" * 300])
def test_an_odd_address_is_not_there(alma: Visitor, query: str) -> None:
    assert get(alma, RECORD + query).status == 404


def test_a_long_record_has_pages(
    alma: Visitor, bo: PersonRow, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        for number in range(60):
            what = AccountAct.NAME_CHANGED
            facts = {"from": "Bo", "to": f"Bo {number}"}
            account_events.record(db, what, now=clock(), person_id=bo.id, facts=facts)
            clock.forward(seconds=1)
    page = get(alma, RECORD)
    assert len(rows(page)) == 50
    assert "Page 1 of 2" in page.text
    assert "Nobody who was signed in" in rows(page)[5]
    assert len(rows(get(alma, f"{RECORD}?page=2"))) == 11


def test_a_line_that_cannot_be_read_says_so_in_its_place(
    alma: Visitor, bo: PersonRow, transactions: Transactions
) -> None:
    change(alma, bo, name="Bo Reeder")
    with transactions() as db:
        for line in db.scalars(select(AccountEvent)):
            line.facts_sealed = b"\x01 broken"
    page = get(alma, RECORD)
    assert page.status == 200
    assert "changed from cannot be read to cannot be read" in page.text


@pytest.mark.parametrize("what", AccountAct)
def test_every_line_has_its_sentence(app: Flask, what: AccountAct) -> None:
    with app.test_request_context("/"):
        said = record.sentence(what, {"from": "", "to": "x"})
    assert said
    assert "%" not in said


def test_signing_in_and_not_is_kept(
    app: Flask, alma: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        somebody(db)
    client = visitor(app)
    for password in ("guessed and wrong", PASSWORD):
        fields = {"email": ADA, "password": password, "code": code_at(clock())}
        submit(client, get(client, SIGN_IN), **fields)
    found = " ".join(rows(get(alma, RECORD)))
    assert "Ada Moss Signed in. Ada Moss" in found
    assert "Ada Moss Somebody tried to sign in with a wrong password. Times: 1." in found


def test_without_mail_whoever_looks_after_accounts_is_told_at_their_next_sign_in(
    app: Flask, alma: Visitor, bo: PersonRow, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        somebody(db, role=Role.HEAD_OF_PRACTICE)
        db.flush()
        ada = db.scalars(select(PersonRow).where(PersonRow.name == "Ada Moss")).one()
        ada.areas = [make.an_area(db, "east")]
    page = follow(alma, submit(alma, get(alma, f"/people/{bo.id}"), to=f"/people/{bo.id}/invite"))
    assert "This site sends no mail, so the link is shown here." in page.text

    client = visitor(app)
    fields = {"email": ADA, "password": PASSWORD, "code": code_at(clock())}
    home = follow(client, submit(client, get(client, SIGN_IN), **fields))
    assert "Accounts were changed since you last looked" in home.text
    found = " ".join(rows(get(client, home.links()["See what happened"])))
    assert "The link of their invitation was shown to whoever made it. Alma" in found
    clock.forward(seconds=31)
    fields["code"] = code_at(clock())
    client = visitor(app)
    done = submit(client, get(client, SIGN_IN), **fields)
    assert done.location == "/staff/queue", "they have looked"


class TestWithMail:
    """A site that sends mail."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, smtp=Smtp(host="127.0.0.1"))

    def test_an_administrator_never_sees_the_link(
        self, alma: Visitor, bo: PersonRow, transactions: Transactions
    ) -> None:
        path = f"/people/{bo.id}"
        done = submit(alma, get(alma, path), to=f"{path}/invite")
        assert done.location == path
        page = follow(alma, done)
        assert "An invitation waits to be sent to their email address." in page.text
        assert "/account/invitation/" not in page.response.text
        assert get(alma, f"{path}/link").location == path

    def test_a_head_of_practice_is_led_to_work(
        self, app: Flask, alma: Visitor, transactions: Transactions, clock: SetClock
    ) -> None:
        with transactions() as db:
            row = somebody(db, role=Role.ADMINISTRATOR)
        change(alma, row, name="Ada Mosses")
        client = visitor(app)
        fields = {"email": ADA, "password": PASSWORD, "code": code_at(clock())}
        assert submit(client, get(client, SIGN_IN), **fields).location == "/people/"

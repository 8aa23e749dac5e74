"""Administrators look after who works here."""

import pytest
from flask import Flask
from sqlalchemy import select

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.people import PersonRow
from tests import make
from tests.conftest import SetClock
from tests.services.accounts.newcomers import somebody
from tests.web.conftest import SignIn, visitor
from tests.web.page import Page, Visitor, follow, get, submit

NEW = "/people/new"
BO: dict[str, str | list[str]] = {
    "name": "Bo Reed",
    "role": "local_manager",
    "email": "Bo@Example.org",
    "offices": ["eastham"],
    "areas": ["west"],
}


@pytest.fixture
def alma(signed_in: SignIn, transactions: Transactions) -> Visitor:
    with transactions() as db:
        make.an_office(db)
        make.an_office(db, "westham", area="west")
        row = make.a_person(db, "Alma", role=Role.ADMINISTRATOR, email="alma@example.org")
    return signed_in(row)


def adding(alma: Visitor, **changed: str | list[str]) -> Page:
    return submit(alma, get(alma, NEW), to=NEW, **{**BO, **changed})


def kept(transactions: Transactions, name: str) -> PersonRow:
    with transactions.reading() as db:
        row = db.scalars(select(PersonRow).where(PersonRow.name == name)).one()
        assert row.areas is not None
        assert row.offices is not None
        return row


def test_alma_invites_bo_and_bo_opens_the_link(
    app: Flask, alma: Visitor, transactions: Transactions
) -> None:
    page = follow(alma, adding(alma))
    (address,) = page.texts("main code")
    assert "Give this link to Bo Reed, and to nobody else" in page.text
    assert address.startswith("http://127.0.0.1:8000/account/invitation/")
    bo = kept(transactions, "Bo Reed")
    assert (bo.email, bo.role) == ("bo@example.org", Role.LOCAL_MANAGER)
    assert [office.code for office in bo.offices] == ["eastham"]
    assert bo.areas == []
    client = visitor(app)
    invited = follow(client, get(client, address.removeprefix("http://127.0.0.1:8000")))
    assert invited.heading == "Set up your account"


def test_a_link_is_shown_once(alma: Visitor) -> None:
    done = adding(alma)
    assert follow(alma, done).texts("main code")
    assert get(alma, done.location or "").status == 303


def test_a_practitioner_is_added_without_an_invitation(
    alma: Visitor, transactions: Transactions
) -> None:
    page = follow(alma, adding(alma, role="practitioner", email=""))
    assert page.texts("main tbody th") == ["Bo Reed"]
    assert kept(transactions, "Bo Reed").role is None


def test_the_list_tells_who_has_not_come_yet(alma: Visitor) -> None:
    adding(alma)
    page = get(alma, "/people/")
    assert page.texts("main tbody tr") == [
        "Alma Administrator Not set up yet No one place",
        "Bo Reed Local manager Not set up yet Eastham",
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "  "}, "Write their name"),
        ({"name": "x" * 81}, "Use 80 letters or fewer"),
        ({"role": ""}, "Choose a role"),
        ({"email": ""}, "Write an email address, such as name@example.org"),
        ({"email": "bo at work"}, "There is a space in that email address."),
        ({"email": "bo@example,org"}, "An email address can't have “,” there."),
        ({"email": "bo@example.org."}, "There is a dot too many in that email address."),
        ({"email": "zoë@example.org"}, "We can't send email to an address with “ë” in it."),
        ({"email": "ALMA@example.org"}, "Somebody already has that email address."),
        ({"offices": []}, "Choose the offices that this local manager works in"),
        ({"role": "head_of_practice", "areas": []}, "Choose the areas"),
    ],
)
def test_a_form_with_a_mistake_comes_back_as_it_was(
    alma: Visitor, changed: dict[str, str | list[str]], said: str
) -> None:
    page = adding(alma, **changed)
    assert page.status == 422
    assert any(line.startswith(said) for line in page.texts(".summary li")), page.texts(".summary")
    if "name" not in changed:
        assert page.soup.select("input[name=name][value='Bo Reed']")


@pytest.mark.parametrize(
    "changed", [{"offices": ["atlantis"]}, {"role": "king"}, {"line_manager": "nobody"}]
)
def test_what_is_not_on_offer_is_refused(
    alma: Visitor, changed: dict[str, str | list[str]]
) -> None:
    assert adding(alma, **changed).status == 422


def test_alma_changes_where_bo_works_and_bo_is_signed_out(
    alma: Visitor, signed_in: SignIn, transactions: Transactions
) -> None:
    follow(alma, adding(alma))
    row = kept(transactions, "Bo Reed")
    bo = signed_in(row)
    assert get(bo, "/account/").status == 200
    path = f"/people/{row.id}"
    page = get(alma, path)
    assert [box["value"] for box in page.soup.select("[name=offices][checked]")] == ["eastham"]
    submit(alma, page, to=path, offices=["westham"])
    assert get(bo, "/account/").location == "/account/sign-in"
    assert [office.code for office in kept(transactions, "Bo Reed").offices] == ["westham"]


def test_alma_says_who_bos_line_manager_is(alma: Visitor, transactions: Transactions) -> None:
    with transactions() as db:
        head = make.a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE)
    adding(alma, line_manager=head.id)
    assert kept(transactions, "Bo Reed").line_manager_id == head.id


def test_alma_closes_an_account_and_opens_it_again(
    app: Flask, alma: Visitor, signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        row = somebody(db)
    ada, path = signed_in(row), f"/people/{row.id}"
    submit(alma, get(alma, path), to=f"{path}/close")
    assert get(ada, "/account/").location == "/account/sign-in"
    assert get(alma, "/people/?show=closed").texts("main tbody th") == ["Ada Moss"]
    page = get(alma, path)
    assert "This account is closed" in page.text
    assert follow(alma, submit(alma, page, to=f"{path}/invite")).texts("main code")
    assert kept(transactions, "Ada Moss").closed_at is None


def test_alma_cannot_shut_herself_out(
    alma: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    path = f"/people/{kept(transactions, 'Alma').id}"
    page = get(alma, path)
    assert [form["action"] for form in page.soup.select("main form")] == [path]
    fields = {"csrf_token": page.token}
    assert alma.post(f"{path}/close", data=fields).status_code == 409
    assert alma.post(f"{path}/invite", data=fields).status_code == 404
    assert submit(alma, page, to=path, role="customer_service").status == 409
    assert get(alma, "/people/").status == 200


def test_an_administrator_sees_no_case(alma: Visitor) -> None:
    assert get(alma, "/people/").links(".sections a") == {
        "People": "/people/",
        "Duty list": "/people/duty",
        "Account record": "/record/",
        "Closed days": "/closed-days/",
        "Shared devices": "/staff/devices",
    }


@pytest.mark.parametrize("query", ["?show=nobody&page=0", "?page=٣", "?page=99999", "?page=-1"])
def test_an_odd_address_shows_a_list_anyway(alma: Visitor, query: str) -> None:
    assert get(alma, f"/people/{query}").status == 200


@pytest.mark.parametrize("person", ["made-up", "%00", "x" * 300])
def test_nobody_is_there_by_that_name(alma: Visitor, person: str) -> None:
    assert get(alma, f"/people/{person}").status == 404


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_these_pages_are_not_there_for_anybody_else(
    signed_in: SignIn, transactions: Transactions, role: Role
) -> None:
    with transactions() as db:
        other = make.a_person(db, "Pat Practitioner")
    client = signed_in(role)
    token = get(client, "/account/password").token
    for path in ("/people/", NEW, f"/people/{other.id}", f"/people/{other.id}/link"):
        assert get(client, path).status == 404
    for path in (NEW, f"/people/{other.id}", f"/people/{other.id}/close"):
        assert client.post(path, data={"csrf_token": token}).status_code == 404

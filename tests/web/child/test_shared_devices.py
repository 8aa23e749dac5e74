"""Staff make this screen a kiosk, close one from afar, or hand this screen to a child."""

import pytest
from sqlalchemy import select

from kids_feedback.domain.people import Role
from kids_feedback.services.organisation import shared_devices
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.shared_devices import Device
from tests.conftest import SetClock
from tests.make import a_person, an_office, person_of
from tests.services.accounts.newcomers import ADA, PASSWORD, code_at, somebody
from tests.web.conftest import SignIn
from tests.web.page import Visitor, follow, get, post, submit

SCREEN = "__Host-screen"


def only_row(transactions: Transactions) -> Device:
    with transactions.reading() as db:
        row = db.scalars(select(Device)).one()
        db.expunge(row)
        return row


def has(client: Visitor, cookie: str) -> bool:
    return client.get_cookie(cookie) is not None


def test_a_manager_makes_this_screen_a_kiosk_and_is_signed_out(
    signed_in: SignIn, transactions: Transactions
) -> None:
    client = signed_in(Role.LOCAL_MANAGER)
    page = get(client, "/staff/devices")
    assert "Office: Eastham" in page.text
    made = submit(client, page, to="/staff/devices", name=" Reception, left ")
    assert made.location == "/kiosk"
    assert follow(client, made).soup.select("body.screen-kiosk")
    assert get(client, "/staff/queue").location == "/account/sign-in"
    row = only_row(transactions)
    assert (row.name, row.office_code, row.closed_at) == ("Reception, left", "eastham", None)


def test_a_head_of_practice_says_which_office(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        for code in ("eastham", "eastby"):
            an_office(db, code)
        an_office(db, "westham", area="west")
    client = signed_in(Role.HEAD_OF_PRACTICE)
    page = get(client, "/staff/devices")
    assert page.texts("option") == ["Pick an office", "Eastby", "Eastham"]
    again = submit(client, page, to="/staff/devices", name="Desk")
    assert again.status == 422
    assert "Choose the office" in again.text
    submit(client, again, to="/staff/devices", office="eastby")
    assert only_row(transactions).office_code == "eastby"


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\x00b"])
def test_a_screen_needs_a_name_that_fits(signed_in: SignIn, name: str) -> None:
    client = signed_in(Role.LOCAL_MANAGER)
    page = submit(client, get(client, "/staff/devices"), to="/staff/devices", name=name)
    assert page.status == 422
    assert not has(client, SCREEN)


@pytest.mark.parametrize("office", ["westham", "nowhere"])
def test_nobody_makes_a_screen_of_an_office_that_is_not_theirs(
    signed_in: SignIn, transactions: Transactions, office: str
) -> None:
    with transactions() as db:
        an_office(db, "westham", area="west")
    client = signed_in(Role.LOCAL_MANAGER)
    get(client, "/staff/devices")
    assert post(client, "/staff/devices", name="Desk", office=office).status == 404
    assert post(client, "/staff/lend", office=office).status == 404
    assert not has(client, SCREEN)


def test_a_manager_of_another_office_neither_sees_nor_closes_a_kiosk(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        an_office(db, "westham", area="west")
        near = person_of(a_person(db, role=Role.LOCAL_MANAGER))
        far = a_person(db, role=Role.LOCAL_MANAGER, offices=["westham"])
        shared_devices.register(db, near, office="eastham", name="Desk", now=clock())
    client = signed_in(far)
    assert "There is no kiosk yet." in get(client, "/staff/devices").text
    kiosk = only_row(transactions)
    assert post(client, f"/staff/devices/{kiosk.id}/close").status == 404
    assert only_row(transactions).closed_at is None


def test_an_administrator_sets_up_screens_and_hands_none_over(signed_in: SignIn) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    assert get(client, "/people/").links(".sections a")["Shared devices"] == "/staff/devices"
    assert get(client, "/staff/devices").status == 200
    assert get(client, "/staff/lend").status == 404


def test_a_worker_gives_the_screen_to_a_child_and_is_gone_from_it(
    signed_in: SignIn, transactions: Transactions
) -> None:
    client = signed_in(Role.LOCAL_MANAGER)
    assert get(client, "/staff/queue").links(".sections a")["Lend this device"] == "/staff/lend"
    given = submit(client, get(client, "/staff/lend"), to="/staff/lend")
    assert given.location == "/first/3"
    assert "Max-Age" not in given.response.headers["Set-Cookie"].split(SCREEN)[-1]
    page = follow(client, given)
    assert page.soup.select("body.screen-lent dialog[data-warn='120'][data-left='3600']")
    assert get(client, "/staff/queue").location == "/account/sign-in"
    assert only_row(transactions).made_by is None
    submit(client, get(client, "/p/41"), feelings="happy")
    asked = get(client, "/p/7")
    assert [box["value"] for box in asked.soup.select("[name=worker]")] == [""]


def test_who_is_finished_with_a_tablet_leaves_it_a_childs(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        an_office(db)
    client = signed_in(Role.HEAD_OF_PRACTICE)
    submit(client, get(client, "/staff/lend"), to="/staff/lend", office="eastham")
    page = get(client, "/kiosk/cleared")
    assert page.heading == "All clear"
    assert get(client, page.links()["Start again"]).soup.select("body.screen-lent")


def test_signing_in_takes_a_tablet_back(
    signed_in: SignIn, transactions: Transactions, clock: SetClock
) -> None:
    client = signed_in(Role.LOCAL_MANAGER)
    submit(client, get(client, "/staff/lend"), to="/staff/lend")
    with transactions() as db:
        somebody(db, role=Role.LOCAL_MANAGER)
    page = get(client, "/account/sign-in")
    submit(client, page, email=ADA, password=PASSWORD, code=code_at(clock()))
    assert get(client, "/staff/queue").status == 200
    assert not has(client, SCREEN)
    with transactions.reading() as db:
        assert db.scalars(select(Device)).all() == []


def test_after_an_hour_a_tablet_is_nobodys_and_what_was_written_is_gone(
    signed_in: SignIn, clock: SetClock
) -> None:
    client = signed_in(Role.LOCAL_MANAGER)
    submit(client, get(client, "/staff/lend"), to="/staff/lend")
    submit(client, get(client, "/p/41"), feelings="happy")
    for _ in range(14):
        clock.forward(minutes=4)
        submit(client, get(client, "/p/43"), to="/p/43", happened="Wagtail")
    left_open = get(client, "/p/43")
    clock.forward(minutes=4)
    late = submit(client, left_open, to="/p/43", happened="Bullfinch")
    assert late.location == "/kiosk/cleared"
    assert "Bullfinch" not in late.response.text
    page = get(client, "/p/43")
    assert "Wagtail" not in page.response.text
    assert not page.soup.select("body[class]")
    assert not has(client, SCREEN)
    assert get(client, "/kiosk/cleared").heading == "All clear"

"""A kiosk: made by staff, known by its cookie, and forgetful."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.leaves import OfficeDay
from kids_feedback.storage.tables.shared_devices import Device
from kids_feedback.storage.tables.visits import Visit
from tests.conftest import SetClock
from tests.make import a_kiosk, a_person, a_visit, an_office
from tests.web.conftest import COOKIE, SignIn, visitor
from tests.web.page import Page, Visitor, follow, get, submit

SCREEN = "__Host-screen"


@pytest.fixture
def kiosk(app: Flask, transactions: Transactions, clock: SetClock) -> Visitor:
    """The browser of a kiosk in Eastham."""
    with transactions() as db:
        token = a_kiosk(db, clock())
    client = visitor(app)
    client.set_cookie(SCREEN, token)
    return client


def cookie(client: Visitor, name: str) -> str | None:
    found = client.get_cookie(name)
    return found.value if found else None


def tell(client: Visitor) -> Page:
    """Write on the first two questions."""
    page = submit(client, get(client, "/p/1"), topics="unkind")
    return submit(client, follow(client, page), happened="Wagtail")


def visits(transactions: Transactions) -> int | None:
    with transactions.reading() as db:
        return db.scalar(select(func.count()).select_from(Visit))


def test_the_welcome_remembers_nothing_and_speaks_every_language(
    kiosk: Visitor, transactions: Transactions
) -> None:
    page = get(kiosk, "/kiosk")
    assert page.heading == "Hello. Tell us how we did.", "a shared screen starts in Pictures"
    assert page.links()["Start"] == "/"
    assert page.links()["How was the office today?"] == "/today"
    assert page.soup.select("[lang=ar][dir=rtl].button")
    assert not page.soup.select("script[src*=shared]")
    assert visits(transactions) == 0
    arabic = follow(kiosk, get(kiosk, "/kiosk/in/ar"))
    assert arabic.soup.select("html[lang=ar][dir=rtl]")
    assert arabic.soup.select("script[src*=shared]")
    assert follow(kiosk, get(kiosk, "/kiosk/in/xx")).soup.select("html[lang=ar]")


def test_the_welcome_keeps_the_kiosk_a_kiosk(kiosk: Visitor) -> None:
    before = cookie(kiosk, SCREEN)
    sent = get(kiosk, "/kiosk").response.headers["Set-Cookie"]
    assert sent.startswith(f"{SCREEN}={before};")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=34560000"} <= set(
        sent.split("; ")
    )


def test_the_welcome_shows_the_next_child_nothing_of_the_one_before(kiosk: Visitor) -> None:
    tell(kiosk)
    assert get(kiosk, "/kiosk").location == "/kiosk/cleared"
    assert "Wagtail" not in get(kiosk, "/p/2").response.text


def test_who_looked_and_went_back_to_the_welcome_finds_it_there(kiosk: Visitor) -> None:
    get(kiosk, "/kiosk/in/cy")
    get(kiosk, "/p/1")
    assert get(kiosk, "/kiosk").soup.select("html[lang=cy]")


@pytest.mark.parametrize("path", ["/kiosk", "/kiosk/in/ar"])
def test_a_childs_own_phone_has_no_welcome_of_a_kiosk(child: Visitor, path: str) -> None:
    page = get(child, path)
    assert page.location in ("/", "/kiosk")
    assert get(child, "/").soup.select("html[lang=en]")


@pytest.mark.parametrize("path", ["/", "/first/1", "/p/1", "/back", "/today", "/leaf", "/nothing"])
def test_nothing_leads_away_from_a_kiosk(kiosk: Visitor, path: str) -> None:
    page = get(kiosk, path)
    hrefs = [str(link["href"]) for link in page.soup.select("a[href]")]
    assert all(href.startswith(("/", "#")) for href in hrefs)
    assert "/leave" not in hrefs
    assert page.texts("a[data-leave]") == ["I'm finished", "I'm finished"]
    assert page.soup.select("body.screen-kiosk dialog#still")
    for box in page.soup.select("textarea, input[type=text]"):
        wanted = {"autocomplete": "off", "autocorrect": "off", "spellcheck": "false"}
        assert wanted.items() <= box.attrs.items()


@pytest.mark.parametrize("path", ["/kiosk/cleared", "/leave", "/finish"])
def test_who_is_finished_leaves_nothing_and_the_kiosk_stays_one(
    kiosk: Visitor, transactions: Transactions, path: str
) -> None:
    before = cookie(kiosk, SCREEN)
    tell(kiosk)
    page = get(kiosk, path)
    if page.location:
        assert page.location == "/kiosk/cleared"
        assert page.response.headers["Clear-Site-Data"] == '"cache", "storage"'
        page = follow(kiosk, page)
    assert page.heading == "All clear"
    assert page.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert page.links()["Start again"] == "/kiosk"
    assert visits(transactions) == 0
    assert (cookie(kiosk, COOKIE), cookie(kiosk, SCREEN)) == (None, before)
    assert get(kiosk, "/check").status == 404


def test_a_kiosk_knows_its_office_and_asks_no_town(
    kiosk: Visitor, transactions: Transactions
) -> None:
    tell(kiosk)
    page = get(kiosk, "/p/7")
    assert page.soup.select("[name=worker]")
    assert not page.soup.select("[name=town]")
    submit(kiosk, get(kiosk, "/p/4"), to="/p/4", wish="just_know")
    submit(kiosk, get(kiosk, "/check"), to="/check")
    with transactions.reading() as db:
        assert db.scalars(select(Case.office_code)).all() == ["eastham"]


def test_the_taps_of_a_kiosk_go_to_its_office(kiosk: Visitor, transactions: Transactions) -> None:
    page = get(kiosk, "/today")
    assert not page.soup.select("[name=office]")
    submit(kiosk, page, friendly="yes")
    with transactions.reading() as db:
        assert db.scalars(select(OfficeDay.office_code)).all() == ["eastham"]


def test_without_scripts_the_server_forgets_after_five_minutes(
    kiosk: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    page = follow(kiosk, tell(kiosk))
    clock.forward(minutes=5, seconds=1)
    late = submit(kiosk, page, better="Bullfinch")
    assert late.location == "/kiosk/cleared"
    assert visits(transactions) == 0
    assert follow(kiosk, late).heading == "All clear"
    assert "Wagtail" not in get(kiosk, "/p/2").response.text


def test_a_link_of_a_visit_that_has_died_leads_to_all_clear(
    kiosk: Visitor, clock: SetClock
) -> None:
    tell(kiosk)
    clock.forward(minutes=6)
    assert get(kiosk, "/who-sees").location == "/kiosk/cleared"
    assert get(kiosk, "/who-sees").status == 200


def test_a_page_left_open_sends_nothing_once_the_visit_is_over(kiosk: Visitor) -> None:
    page = follow(kiosk, tell(kiosk))
    get(kiosk, "/kiosk/cleared")
    late = submit(kiosk, page, better="Bullfinch")
    assert late.location == "/kiosk/cleared"
    assert "Bullfinch" not in late.response.text


def test_who_is_only_writing_is_not_forgotten(kiosk: Visitor, clock: SetClock) -> None:
    page = follow(kiosk, tell(kiosk))
    for _ in range(3):
        clock.forward(minutes=4)
        assert kiosk.get("/kiosk/still").status_code == 200
    assert submit(kiosk, page, better="Bullfinch", wish="ask").location == "/p/5"


def test_half_an_hour_after_the_first_answer_it_is_over_and_this_is_said_before(
    kiosk: Visitor, clock: SetClock
) -> None:
    page = follow(kiosk, tell(kiosk))
    assert page.soup.select("dialog")[0]["data-left"] == "1800"
    for _ in range(6):
        clock.forward(minutes=4, seconds=20)
        page = get(kiosk, "/p/3")
    assert "this screen will clear in 4 minutes" in page.text
    clock.forward(minutes=4)
    assert submit(kiosk, page, better="Bullfinch").location == "/kiosk/cleared"


def test_who_presses_send_in_the_last_moment_has_sent(kiosk: Visitor, clock: SetClock) -> None:
    tell(kiosk)
    submit(kiosk, get(kiosk, "/p/4"), to="/p/4", wish="just_know")
    for _ in range(6):
        clock.forward(minutes=4, seconds=15)
        get(kiosk, "/check")
    clock.forward(minutes=4, seconds=15)
    check = get(kiosk, "/check")
    clock.forward(seconds=16)
    assert submit(kiosk, check, to="/check").location == "/done"


def test_a_double_tap_on_send_still_gets_the_secret_words(kiosk: Visitor) -> None:
    tell(kiosk)
    submit(kiosk, get(kiosk, "/p/4"), to="/p/4", wish="just_know")
    check = get(kiosk, "/check")
    before = cookie(kiosk, COOKIE)
    first = submit(kiosk, check, to="/check")
    after = cookie(kiosk, COOKIE)
    kiosk.set_cookie(COOKIE, before or "")
    words = follow(kiosk, submit(kiosk, check, to="/check")).texts(".slip li")
    kiosk.set_cookie(COOKIE, after or "")
    page = follow(kiosk, first)
    assert page.texts(".slip li") == words
    assert "Ask at the desk for paper and a pen" in page.text
    assert not page.soup.select("[data-copy]"), "the next child could paste them"


def test_who_is_finished_after_sending_leaves_no_visit_behind(
    kiosk: Visitor, transactions: Transactions
) -> None:
    tell(kiosk)
    submit(kiosk, get(kiosk, "/p/4"), to="/p/4", wish="just_know")
    submit(kiosk, get(kiosk, "/check"), to="/check")
    assert visits(transactions) == 2  # the earlier one answers a double tap
    get(kiosk, "/kiosk/cleared")
    assert visits(transactions) == 0


def test_there_is_time_to_copy_the_secret_words(kiosk: Visitor) -> None:
    tell(kiosk)
    submit(kiosk, get(kiosk, "/p/4"), to="/p/4", wish="just_know")
    done = follow(kiosk, submit(kiosk, get(kiosk, "/check"), to="/check"))
    assert done.soup.select("dialog")[0]["data-warn"] == "180"
    assert get(kiosk, "/").soup.select("dialog")[0]["data-warn"] == "60"
    assert not done.soup.select("[data-print]")


def test_a_guessed_cookie_is_an_own_phone_and_is_deleted(child: Visitor) -> None:
    child.set_cookie(SCREEN, "guessed")
    page = get(child, "/")
    assert not page.soup.select("body[class], dialog")
    assert page.texts("a[data-leave]")[0] == "Leave this page"
    assert cookie(child, SCREEN) is None


def test_a_closed_kiosk_is_an_own_phone_and_forgets_what_was_written(
    kiosk: Visitor, transactions: Transactions, signed_in: SignIn
) -> None:
    tell(kiosk)
    manager = signed_in(Role.HEAD_OF_PRACTICE)
    page = get(manager, "/staff/devices")
    (form,) = page.soup.select("form[action$='/close']")
    assert "Closed" in follow(manager, submit(manager, page, to=str(form["action"]))).text
    after = get(kiosk, "/p/2")
    assert "Wagtail" not in after.response.text
    assert not after.soup.select("body[class]")
    assert cookie(kiosk, SCREEN) is None


def test_staff_sign_in_on_a_kiosk_and_out_again_and_it_stays_one(
    app: Flask, kiosk: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        person = a_person(db, role=Role.LOCAL_MANAGER)
        kiosk.set_cookie(COOKIE, a_visit(db, now=clock(), person=person.id))
    page = get(kiosk, "/staff/devices")
    assert "(this device)" in page.text
    assert not page.soup.select("dialog")
    out = submit(kiosk, page, to="/account/sign-out")
    assert out.location == "/kiosk"
    assert "cookies" not in out.response.headers["Clear-Site-Data"]
    assert get(kiosk, "/").soup.select("body.screen-kiosk")


def test_a_demonstration_alone_has_a_kiosk_at_one_press(child: Visitor) -> None:
    assert get(child, "/account/demo-kiosk").status == 404


def test_no_kiosk_of_a_demonstration_is_made_elsewhere(
    child: Visitor, transactions: Transactions
) -> None:
    with transactions() as db:
        an_office(db)
    page = get(child, "/look")
    assert child.post("/account/demo-kiosk", data={"csrf_token": page.token}).status_code == 404
    with transactions.reading() as db:
        assert db.scalars(select(Device)).all() == []

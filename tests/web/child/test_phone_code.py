"""The secret words on a slip, and on a child's own phone."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from kids_feedback.storage.db import Transactions
from kids_feedback.web.rendering import qr
from tests.conftest import SetClock
from tests.make import a_visit
from tests.web import conftest
from tests.web.conftest import COOKIE
from tests.web.page import Page, Visitor, get, submit

WORDS = ["apple", "river", "cloud", "spoon"]
RECEIPT = {
    "words": WORDS,
    "kind": "complaint",
    "read_by": "2026-03-03",
    "contact_by": "2026-03-05",
    "pass_on_by": "2026-03-05",
    "wants_contact": True,
}
Shown = Callable[[], str]


@pytest.fixture
def done(child: Visitor, transactions: Transactions) -> Visitor:
    """A child who has sent a complaint just now."""
    with transactions() as db:
        child.set_cookie(COOKIE, a_visit(db, receipt=RECEIPT))
    return child


@pytest.fixture
def phone(app: Flask) -> Visitor:
    return conftest.visitor(app)


@pytest.fixture
def shown(done: Visitor, monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Press for a code; return the path that it holds."""
    held: list[str] = []

    def note(address: str) -> object:
        held.append(address)
        return real(address)

    real = qr.code_of
    monkeypatch.setattr("kids_feedback.web.child.sending.phone_code.code_of", note)

    def press() -> str:
        page = submit(done, get(done, "/done"), to="/done/code")
        assert page.soup.select_one("main svg.qr")
        assert not any(word in page.text for word in WORDS)
        return held[-1].removeprefix("http://127.0.0.1:8000")

    return press


def words_on(page: Page) -> list[str]:
    return page.texts(".slip li")


def test_the_slip_has_the_words_and_the_address(done: Visitor) -> None:
    page = get(done, "/done")
    slip = page.found("ol.slip")
    assert (slip["dir"], slip["lang"], slip["translate"]) == ("ltr", "en", "no")
    assert "Type them in this order, from 1 to 4." in page.text
    assert page.texts(".plain-slip") == ["apple river cloud spoon haveyoursay.example"]


def test_a_phone_of_the_childs_own_can_copy_them(done: Visitor) -> None:
    page = get(done, "/done")
    assert page.texts("[data-copy]") == ["Copy them"]
    assert "paper and a pen" not in page.text


def test_a_phone_gets_the_words_at_a_press(shown: Shown, phone: Visitor) -> None:
    page = get(phone, shown())
    assert words_on(page) == []
    assert words_on(submit(phone, page)) == WORDS


def test_the_history_of_the_phone_does_not_tell_of_secret_words(
    shown: Shown, phone: Visitor
) -> None:
    page = get(phone, shown())
    titles = {item.title for item in (page, submit(phone, page), submit(phone, page))}
    assert titles == {"Come back · Have your say"}


def test_a_code_works_once(shown: Shown, phone: Visitor) -> None:
    path = shown()
    page = get(phone, path)
    submit(phone, page)
    again = submit(phone, page)
    assert (again.status, again.heading) == (404, "This code has stopped working")


def test_looking_at_the_address_does_not_use_it_up(shown: Shown, phone: Visitor) -> None:
    path = shown()
    get(phone, path)
    page = get(phone, path)
    assert words_on(submit(phone, page)) == WORDS


def test_a_code_ends_after_two_minutes(shown: Shown, phone: Visitor, clock: SetClock) -> None:
    path = shown()
    clock.forward(minutes=2, seconds=1)
    assert submit(phone, get(phone, path)).status == 404


def test_another_press_makes_another_code(shown: Shown, phone: Visitor) -> None:
    first, second = shown(), shown()
    assert first != second
    assert words_on(submit(phone, get(phone, second))) == WORDS


def test_the_address_holds_no_word(shown: Shown) -> None:
    assert re.fullmatch(r"/get/[A-Za-z0-9_-]{22}", shown())


def test_a_visit_is_no_code(done: Visitor, phone: Visitor) -> None:
    cookie = done.get_cookie(COOKIE)
    assert cookie is not None
    page = submit(phone, get(phone, f"/get/{cookie.value}"))
    assert page.status == 404
    assert words_on(page) == []


def test_without_a_receipt_there_is_no_code(child: Visitor) -> None:
    get(child, "/back")
    response = child.post("/done/code", data={"csrf_token": child.token})
    assert response.location == "/back"


def test_a_new_code_ends_the_one_before(shown: Shown, phone: Visitor) -> None:
    first, second = shown(), shown()
    assert submit(phone, get(phone, first)).status == 404
    assert submit(phone, get(phone, second)).texts(".slip li") == WORDS

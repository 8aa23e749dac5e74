"""How pages look goes with the visit, unless the reader's own phone is to remember it."""

import pytest

from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.make import a_kiosk
from tests.web.page import Visitor, get, submit

LOOK = "__Host-look"  # the cookie


def choose(child: Visitor, *, remember: bool) -> None:
    tick = {"remember": "1"} if remember else {}
    submit(child, get(child, "/look"), look="pictures", theme="night", **tick)
    language = get(child, "/language")
    submit(child, language, language="cy", **tick)


def looks(child: Visitor) -> tuple[bool, str]:
    page = get(child, "/")
    return "look-pictures theme-night" in page.response.text, str(page.found("html")["lang"])


def test_finish_forgets_how_pages_look(child: Visitor) -> None:
    choose(child, remember=False)
    assert looks(child) == (True, "cy")
    get(child, "/finish")
    assert looks(child) == (False, "en")
    assert child.get_cookie(LOOK) is None


def test_a_phone_that_is_to_remember_it_does(child: Visitor) -> None:
    choose(child, remember=True)
    get(child, "/finish")
    assert looks(child) == (True, "cy")
    cookie = child.get_cookie(LOOK)
    assert cookie is not None
    assert cookie.value == "cy.pictures.night.0.normal"
    assert cookie.http_only
    assert get(child, "/look").found("#remember").has_attr("checked")


def test_what_is_changed_on_the_first_page_is_remembered_too(child: Visitor) -> None:
    choose(child, remember=True)
    submit(child, get(child, "/"), to="/look", look="words")
    get(child, "/finish")
    assert "look-words" in get(child, "/").response.text


def test_leaving_in_a_hurry_leaves_nothing(child: Visitor) -> None:
    choose(child, remember=True)
    child.get("/leave", headers={"Sec-Purpose": "prefetch"})
    assert child.get_cookie(LOOK) is not None, "a browser that only looks ahead deletes nothing"
    child.get("/leave")
    assert child.get_cookie(LOOK) is None
    assert looks(child) == (False, "en")


def test_the_tick_can_be_taken_away(child: Visitor) -> None:
    choose(child, remember=True)
    get(child, "/look")
    child.post("/look", data={"csrf_token": child.token, "asks": "1", "look": "pictures"})
    assert child.get_cookie(LOOK) is None


@pytest.mark.parametrize("said", ["", "....", "xx.pictures.pink.9.", "a" * 4000, "cy.<b>.night"])
def test_a_cookie_that_somebody_changed_is_harmless(child: Visitor, said: str) -> None:
    child.set_cookie(LOOK, said)
    page = get(child, "/")
    assert page.response.status_code == 200
    assert "<b>." not in page.response.text


def test_a_shared_screen_starts_in_pictures_and_remembers_nothing(
    child: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    child.set_cookie(LOOK, "cy.words.night.0.normal")
    with transactions() as db:
        child.set_cookie("__Host-screen", a_kiosk(db, clock()))
    page = get(child, "/")
    assert "look-pictures theme-device" in page.response.text
    assert not get(child, "/look").soup.select("#remember")
    submit(child, get(child, "/look"), look="words", remember="1")
    assert child.get_cookie(LOOK) is None
    assert "look-words" in get(child, "/").response.text

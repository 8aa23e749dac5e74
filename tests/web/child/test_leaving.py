"""Leaving ends a child's visit and nothing else, and only where the child means it."""

import pytest

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.make import a_kiosk, a_person, a_visit
from tests.web.conftest import COOKIE, SignIn
from tests.web.page import Page, Visitor, follow, get, submit

WAYS = ("/leave", "/finish", "/kiosk/cleared")


def tell(child: Visitor) -> Page:
    """Write on the first questions; return the page to check."""
    submit(child, get(child, "/p/1"), topics="unkind")
    submit(child, get(child, "/p/2"), happened="Wagtail")
    submit(child, get(child, "/p/4"), wish="just_know")
    return get(child, "/check")


@pytest.mark.parametrize("path", WAYS)
def test_a_machine_that_looks_where_the_link_leads_deletes_nothing(
    child: Visitor, path: str
) -> None:
    tell(child)
    child.head(path)
    assert "Wagtail" in get(child, "/p/2").response.text


@pytest.mark.parametrize("path", WAYS)
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_who_is_sent_there_by_another_site_is_asked_first(
    child: Visitor, path: str, site: str
) -> None:
    tell(child)
    asked = child.get(path, headers={"Sec-Fetch-Site": site})
    assert "If you leave, what you wrote here will be gone." in asked.text
    assert "Wagtail" in get(child, "/p/2").response.text
    left = child.get(path, headers={"Sec-Fetch-Site": "same-origin"})
    assert left.status_code in (200, 303)
    assert child.get_cookie(COOKIE) is None


@pytest.mark.parametrize("path", WAYS)
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Sec-Purpose", "prefetch"),
        ("Sec-Purpose", "prefetch;prerender"),
        ("Purpose", "prefetch"),
        ("X-Moz", "prefetch"),
    ],
)
def test_a_browser_that_looks_ahead_deletes_nothing(
    child: Visitor, path: str, header: str, value: str
) -> None:
    tell(child)
    child.get(path, headers={header: value})
    assert "Wagtail" in get(child, "/p/2").response.text


@pytest.mark.parametrize("path", WAYS)
@pytest.mark.parametrize("referrer", ["https://evil.test/", "https://{host}.evil.test/", "//[x"])
def test_an_old_browser_says_only_that_it_comes_from_another(
    child: Visitor, path: str, referrer: str
) -> None:
    host = tell(child).response.request.host
    asked = child.get(path, headers={"Referer": referrer.format(host=host)})
    assert "If you leave, what you wrote here will be gone." in asked.text


@pytest.mark.parametrize("path", WAYS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_old_browser_that_comes_from_us_leaves(child: Visitor, path: str, scheme: str) -> None:
    host = tell(child).response.request.host
    left = child.get(path, headers={"Referer": f"{scheme}://{host}/p/2"})
    assert "If you leave" not in left.text


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_back_leads_to_where_the_child_was_though_tls_ends_in_front_of_us(
    child: Visitor, scheme: str
) -> None:
    host = tell(child).response.request.host
    page = child.get("/who-sees", headers={"Referer": f"{scheme}://{host}/p/2"})
    assert 'href="/p/2"' in page.text


@pytest.mark.parametrize("path", WAYS)
def test_who_has_told_nothing_is_not_asked(child: Visitor, path: str) -> None:
    get(child, "/look")
    left = child.get(path, headers={"Sec-Fetch-Site": "cross-site"})
    assert "If you leave" not in left.text


@pytest.mark.parametrize("path", WAYS)
def test_whoever_is_signed_in_stays_so(signed_in: SignIn, path: str) -> None:
    manager = signed_in(Role.LOCAL_MANAGER)
    tell(manager)
    get(manager, path)
    assert get(manager, "/staff/queue").status == 200
    assert get(manager, "/check").status == 404


def test_the_welcome_of_a_kiosk_signs_out_whoever_walked_away(
    child: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        child.set_cookie("__Host-screen", a_kiosk(db, clock()))
        person = a_person(db, role=Role.LOCAL_MANAGER)
        token = a_visit(db, now=clock(), person=person.id)
    child.set_cookie(COOKIE, token)
    assert get(child, "/staff/queue").status == 200
    assert get(child, "/kiosk").location == "/kiosk"
    assert get(child, "/kiosk").status == 200
    assert get(child, "/staff/queue").location == "/account/sign-in"
    child.set_cookie(COOKIE, token)
    assert get(child, "/staff/queue").location == "/account/sign-in", "its cookie opens nothing"


def words_of(child: Visitor) -> list[str]:
    return get(child, "/done").texts(".slip li")


@pytest.mark.parametrize("beside", ["/look", "/language", "/who-sees"])
def test_the_words_are_shown_until_the_next_page_is_opened(child: Visitor, beside: str) -> None:
    words = follow(child, submit(child, tell(child), to="/check")).texts(".slip li")
    assert len(words) == 5
    get(child, beside)
    assert words_of(child) == words
    get(child, "/")
    page = get(child, "/done")
    assert page.texts(".slip li") == []
    assert not set(words) & set(page.texts("bdi"))
    assert "Your secret words are not shown here any more" in page.text


def test_they_stay_while_the_child_says_so(child: Visitor) -> None:
    done = follow(child, submit(child, tell(child), to="/check"))
    words = done.texts(".slip li")
    stays = follow(child, submit(child, done, to="/done/words", stay="1"))
    get(child, "/")
    assert words_of(child) == words
    follow(child, submit(child, stays, to="/done/words", hide="1"))
    assert words_of(child) == []


def test_nothing_else_opens_by_the_receipt_once_they_are_hidden(child: Visitor) -> None:
    done = follow(child, submit(child, tell(child), to="/check"))
    get(child, "/")
    assert submit(child, done, to="/done/code").location == "/back"

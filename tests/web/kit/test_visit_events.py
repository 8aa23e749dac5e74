"""What the pages leave of a visit that keeps something of everything, or nonsense."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.people import Role
from kids_feedback.services.site import tokens, visits
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.people import PersonRow
from kids_feedback.storage.tables.visits import Visit as Row
from kids_feedback.web.kit.sessions import Visits
from kids_feedback.web.visit.kept import Event
from tests.conftest import SetClock
from tests.make import a_kiosk, a_visit, an_office
from tests.services.accounts.newcomers import ADA, PASSWORD, code_at, somebody
from tests.web.child.back.test_case_status import WORDS, a_child_with_words
from tests.web.conftest import COOKIE, visitor
from tests.web.kit.test_visit import HALF, Wider
from tests.web.page import Page, Visitor, follow, get, post, submit
from tests.web.routes import a_world, routes_of, token
from tests.web.visits import DRAFT, EVERYTHING, OUTLIVES

MESSAGE = {"drafts"}
COUNTED = {"sends_back_at": "2026-03-02T09:10:00+00:00"}  # one more than was kept
STAFF = {"person", "visit"}
SENSELESS: dict[str, Any] = {  # each of the right shape
    "language": "zz",
    "from": "zz",
    "office": "nowhere",
    "drafts": [
        {
            **DRAFT,
            "key": "",
            "answers": {"topics": ["zz"], "happened": ["zz"], "wish": "zz", "method": "zz"},
            "drawing": {
                "strokes": "zz",
                "spots": {"sun": 99},
                "answers": {"picture_stickers": ["sun", "zz"], "picture_place": "zz"},
                "paper": True,
            },
        }
    ],
    "mine": "nobody",
    "leaf": {"key": "l", "where": "zz", "office": "nowhere", "words": "Hello"},
    "leaf_sent": {"key": "l", "public": True, "office": "nowhere"},
    "today": {"friendly": "zz"},
    "changing": {"method": "zz"},
}
MADE = {"shape": "heart", "picture": "none"}  # of the leaf that is sent


class Browser:
    """A browser that comes to a site whose visits keep one more preference."""

    def __init__(self, app: Flask, transactions: Transactions, clock: SetClock) -> None:
        app.session_interface = Visits(Wider)
        self._transactions, self._clock = transactions, clock
        self.client = visitor(app)
        self.client.token = token()

    def keeps(self, **state: Any) -> str:
        """Let it have a visit that keeps this; return its cookie."""
        with self._transactions() as db:
            cookie = a_visit(db, self._clock(), **state)
        self.client.set_cookie(COOKIE, cookie)
        return cookie

    def has(self, cookie: str | None = None) -> dict[str, Any] | None:
        """Return what is kept under a cookie, or under the one it has now; None: nothing."""
        if cookie is None:
            found = self.client.get_cookie(COOKIE)
            cookie = found.value if found else ""
        with self._transactions.reading() as db:
            kept = visits.recall(db, cookie, now=self._clock(), shared=True)
        return (
            {item: kept.state[item] for item in kept.state if item != "earlier"} if kept else None
        )


@pytest.fixture
def browser(app: Flask, transactions: Transactions, clock: SetClock) -> Browser:
    return Browser(app, transactions, clock)


def everything(*without: str, **more: Any) -> dict[str, Any]:
    kept = {name: value for name, value in EVERYTHING.items() if name not in without}
    return {**kept, "font": "easy", **more}


def survivors(state: dict[str, Any], event: Event) -> dict[str, Any]:
    stays = OUTLIVES[event] | ({"font"} if "look" in OUTLIVES[event] else set())
    return {name: value for name, value in state.items() if name in stays}


def without_draft(state: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in state.items() if name != "drafts"}


def send(client: Visitor) -> Page:
    """Send what the visit keeps, from the page to check."""
    sent = submit(client, get(client, "/check"), to="/check")
    assert sent.location == "/done"
    return sent


def looks(state: dict[str, Any]) -> dict[str, Any]:
    names = ("language", "look", "theme", "size", "space", "font")
    return {name: state[name] for name in names}


def test_sending_leaves_the_receipt_and_how_pages_look(browser: Browser) -> None:
    state = everything(*STAFF)
    earlier = browser.keeps(**state)
    send(browser.client)
    now = browser.has() or {}
    left = {"receipt": now["receipt"], "sent_draft": DRAFT["id"], **COUNTED}
    assert now == {**survivors(without_draft(state), Event.SENT), **left}
    assert len(now["receipt"]["words"]) == 5
    sent = {"key": DRAFT["id"], "receipt": now["receipt"]}
    assert browser.has(earlier) == {**looks(state), "sent": sent}


def test_a_second_tap_on_send_gets_the_words_in_the_same_language(browser: Browser) -> None:
    earlier = browser.keeps(**everything(*STAFF))
    first = send(browser.client)
    later = browser.client.get_cookie(COOKIE)
    assert later is not None
    browser.client.set_cookie(COOKIE, earlier)
    again = follow(browser.client, post(browser.client, "/check", key=DRAFT["id"]))
    assert again.soup.select("html[lang=cy]")
    browser.client.set_cookie(COOKIE, later.value)
    assert follow(browser.client, first).texts(".slip li") == again.texts(".slip li")


def test_the_cookie_from_before_sending_opens_nothing_once_the_other_has_come(
    browser: Browser,
) -> None:
    earlier = browser.keeps(**everything(*STAFF))
    assert len(follow(browser.client, send(browser.client)).texts(".slip li")) == 5
    browser.client.set_cookie(COOKIE, earlier)
    assert get(browser.client, "/done").location == "/back"
    assert browser.has(earlier) is None


def test_a_leaf_leaves_all_else_under_another_cookie(browser: Browser) -> None:
    state = everything(*STAFF, *MESSAGE)
    earlier = browser.keeps(**state)
    assert post(browser.client, "/leaf/where", where="us").location == "/leaf/thanks"
    sent = {"key": "l" * 22, "public": False, "office": "eastham", **MADE}
    assert browser.has() == {**survivors(state, Event.LEAF_SENT), "leaf_sent": sent, **COUNTED}
    assert browser.has(earlier) == {**looks(state), "leaf_sent": sent}


def test_a_leaf_beside_a_message_leaves_the_message(browser: Browser) -> None:
    state = everything(*STAFF)
    cookie = browser.keeps(**state)
    post(browser.client, "/leaf/where", where="us")
    sent = {"key": "l" * 22, "public": False, "office": "eastham", **MADE}
    kept = {**state, "leaf_sent": sent, **COUNTED}
    del kept["leaf"]
    assert browser.has(cookie) == kept


def test_deleting_a_message_leaves_all_else(browser: Browser) -> None:
    state = everything(*STAFF)
    earlier = browser.keeps(**state)
    assert post(browser.client, "/stop").status == 200
    left = survivors(without_draft(state), Event.STOPPED)
    assert (browser.has(), browser.has(earlier)) == (left, None)


def test_coming_back_opens_that_case_alone(browser: Browser, transactions: Transactions) -> None:
    case = a_child_with_words(transactions)
    state = everything(*STAFF)
    earlier = browser.keeps(**state)
    assert post(browser.client, "/back", words=" ".join(WORDS)).location == "/back/now"
    assert browser.has() == {**survivors(state, Event.CAME_BACK), "mine": case}
    assert browser.has(earlier) is None


@pytest.mark.parametrize("path", ["/leave", "/finish", "/kiosk/cleared"])
def test_leaving_leaves_nothing(browser: Browser, transactions: Transactions, path: str) -> None:
    browser.keeps(**everything(*STAFF))
    get(browser.client, path)
    with transactions.reading() as db:
        assert db.scalars(select(Row)).all() == []


def test_a_kiosk_keeps_how_it_looks_until_somebody_began_something(
    browser: Browser, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        browser.client.set_cookie("__Host-screen", a_kiosk(db, clock()))
    only_looked = {**looks(everything()), "from": "/look"}
    only_looked |= {name: EVERYTHING[name] for name in ("csrf", "resend")}
    cookie = browser.keeps(**only_looked)
    assert get(browser.client, "/kiosk").status == 200
    assert browser.has(cookie) == only_looked
    for name in set(EVERYTHING) - set(only_looked) - STAFF:
        cookie = browser.keeps(**only_looked, **{name: EVERYTHING[name]})
        assert get(browser.client, "/kiosk").location == "/kiosk/cleared", name
        assert browser.has(cookie) is None, name


def test_signing_in_leaves_how_pages_look(
    browser: Browser, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        person = somebody(db)
    state = everything(*STAFF)
    earlier = browser.keeps(**state)
    fields = {"email": ADA, "password": PASSWORD, "code": code_at(clock())}
    assert post(browser.client, "/account/sign-in", **fields).location == "/staff/queue"
    now = browser.has() or {}
    assert now == {**survivors(state, Event.SIGNED_IN), "person": person.id, "visit": now["visit"]}
    assert browser.has(earlier) is None


@pytest.fixture
def ada(transactions: Transactions) -> PersonRow:
    with transactions() as db:
        an_office(db)
        return somebody(db, role=Role.LOCAL_MANAGER)


def sign_out(client: Visitor, person: PersonRow, db: Session) -> None:
    assert post(client, "/account/sign-out").location == "/account/sign-in"


def close_the_account(client: Visitor, person: PersonRow, db: Session) -> None:
    db.get_one(PersonRow, person.id).role = None
    db.commit()
    assert get(client, "/account/").location == "/account/sign-in"


@pytest.mark.parametrize("end", [sign_out, close_the_account])
def test_signing_out_leaves_nothing(
    browser: Browser,
    ada: PersonRow,
    db: Session,
    end: Callable[[Visitor, PersonRow, Session], None],
) -> None:
    earlier = browser.keeps(**everything(person=ada.id))
    end(browser.client, ada, db)
    assert (browser.has(), browser.has(earlier)) == (None, None)


def test_one_more_preference_is_chosen_where_the_others_are(browser: Browser) -> None:
    browser.keeps(csrf=EVERYTHING["csrf"])
    post(browser.client, "/look", look="pictures", font="easy", size="99", answers="x")
    now = browser.has() or {}
    assert now == {"csrf": EVERYTHING["csrf"], "look": "pictures", "font": "easy"}


GARBLED = (
    *(dict.fromkeys(EVERYTHING, odd) for odd in (7, "x", [["x"]], {"key": 7})),
    *({**EVERYTHING, **{name: odd[at % len(odd)] for name, odd in HALF.items()}} for at in (0, 1)),
    *(
        {**EVERYTHING, **SENSELESS, "drafts": [{**SENSELESS["drafts"][0], "door": door}]}
        for door in ("wrong", "good", "feel")
    ),
)


@pytest.mark.parametrize("stored", GARBLED)
def test_what_cannot_be_read_breaks_no_page(
    app: Flask, transactions: Transactions, clock: SetClock, stored: dict[str, Any]
) -> None:
    with transactions() as db:
        world = a_world(db)
    for route in routes_of(app, world):
        if route.blueprint in ("child", "account"):
            client, cookie = visitor(app), tokens.new()
            with transactions() as db:
                visits.keep(db, cookie, {}, now=clock())
                db.query(Row).filter_by(person_id=None).one().state = stored
            client.set_cookie(COOKIE, cookie)
            fields = {"csrf_token": token()} if route.changes else None
            answer = client.open(route.path, method=route.method, data=fields)
            assert answer.status_code < 500, f"{route}: {answer.status_code}"
            with transactions() as db:
                db.query(Row).delete()

"""The next child at a kiosk finds nothing of the last one, whichever way that one left.

Three children in a row: in ``make test`` they write in every box there is between them, each behind
a door of their own; in ``make test-all`` each of them does, and more of the history is looked at.
Over HTTPS, as browsers keep pages differently without it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from kids_feedback.domain.case.submission import Door
from kids_feedback.services.site import visits
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.visits import Visit
from kids_feedback.web.questions.catalogue import BY_NUMBER, OF_DOOR, asked_on, together
from kids_feedback.web.questions.model import Text
from tests import sample
from tests.conftest import SetClock
from tests.e2e.conftest import OpenPage
from tests.e2e.pages.child import Check
from tests.e2e.pages.kiosk import AllClear, Still, Welcome, let_pass
from tests.e2e.tools.left_behind import ALL_IT_HOLDS, places, told
from tests.make import a_kiosk

DOORS = (Door.WRONG, Door.GOOD, Door.FEEL)
DRAWING, LEAF = "/draw", "/leaf"
LAST = "/back"  # where each child stands with words that are not sent
TO_TYPE_IN = "main textarea:visible, main input:is([type=text], [type=tel], [type=email]):visible"
KEPT = """async () => [
    localStorage.length, sessionStorage.length, document.cookie,
    ...await caches.keys(), ...(await indexedDB.databases()).map((each) => each.name),
    ...(await navigator.serviceWorker.getRegistrations()).map((each) => each.scope),
]"""


@pytest.fixture
def kiosk(
    open_secure_page: OpenPage,
    secure_site_url: str,
    transactions: Transactions,
    clock: SetClock,
    javascript: bool,  # noqa: FBT001 - a fixture's name
) -> Page:
    with transactions() as db:
        token = a_kiosk(db, clock())
    page = open_secure_page(java_script_enabled=javascript)
    cookie: Any = {"name": "__Host-screen", "value": token, "url": secure_site_url}
    page.context.add_cookies([cookie])
    if javascript:
        page.clock.install()
    return page


def says_so(page: Page, clock: SetClock, *, javascript: bool) -> list[str]:
    """Press "I'm finished", with words in the box."""
    with page.expect_navigation():
        page.get_by_role("link", name="I'm finished").last.click()
    assert AllClear(page).heading == "All clear"
    return []


def walks_away(page: Page, clock: SetClock, *, javascript: bool) -> list[str]:
    """Leave words in the box. Without scripts it is the next child's press that clears them."""
    if javascript:
        let_pass(page, "01:01")
        expect(Still(page).box).to_be_visible()
        with page.expect_navigation():
            let_pass(page, "00:31")
    else:
        clock.forward(minutes=5, seconds=1)
        with page.expect_navigation():
            page.get_by_role("button", name="Go", exact=True).last.click()
    assert AllClear(page).heading == "All clear"
    return []


def sends(page: Page, clock: SetClock, *, javascript: bool) -> list[str]:
    """Send it, and leave the secret words on the screen."""
    page.goto("/check")
    words = [f">{word}<" for word in Check(page).send().words]
    return words + says_so(page, clock, javascript=javascript)


def behind(*doors: Door) -> list[str]:
    """Return the questions there."""
    return [f"/p/{screen.number}" for door in doors for screen in OF_DOOR[door]]


def boxes_at(path: str) -> int:
    """Return how many boxes there are to type in; a kiosk knows its office and asks no town."""
    number = path.removeprefix("/p/")
    if not number.isdigit():
        return 1
    asked = asked_on(together(BY_NUMBER[int(number)])).values()
    texts = [item.name for item in asked if isinstance(item, Text)]
    return len([name for name in texts if name != "town"])


# How each child leaves, and where they have written until then.
BETWEEN_THEM = (
    (says_so, [*behind(Door.GOOD), LEAF]),
    (walks_away, [*behind(Door.WRONG), DRAWING]),
    (sends, behind(Door.FEEL)),
)
EACH = tuple(
    (leaves, [*behind(door), DRAWING, LEAF]) for leaves, _ in BETWEEN_THEM for door in DOORS
)
CHILDREN = sample.many(small=BETWEEN_THEM, full=EACH)
BOXES = sum(boxes_at(path) for _, paths in CHILDREN for path in (*paths, LAST))
# Places back in the history: the last child's walk meets those of the others, too.
MOST = sample.many(
    small={says_so: 6, walks_away: 6, sends: 12}, full={says_so: 8, walks_away: 8, sends: 16}
)


@pytest.mark.long
def test_three_children_in_a_row_leave_nothing(
    kiosk: Page,
    transactions: Transactions,
    clock: SetClock,
    javascript: bool,  # noqa: FBT001 - a fixture's name
) -> None:
    typed: list[str] = []
    words: list[str] = []
    for number, (leaves, writes_at) in enumerate(CHILDREN, start=1):
        typed += tell(kiosk, number, writes_at)
        before = [str(cookie.get("value")) for cookie in kiosk.context.cookies()]
        words += leaves(kiosk, clock, javascript=javascript)
        assert remembered(transactions, before, clock) == []
        held = everywhere(kiosk, MOST[leaves])
        found = [line for place in held for line in place if told(line, [*typed, *words])]
        assert not found, "\n".join(found)
    assert len(typed) == BOXES
    assert AllClear(kiosk).start_again().start().heading == "Tell us how we did"


def remembered(transactions: Transactions, cookies: list[str], clock: SetClock) -> list[object]:
    """Return what the server still knows: under those cookies, or of any word in any visit.

    A page that was turned away from before it came may leave a visit behind that says nothing.
    """
    with transactions.reading() as db:
        found = [visits.recall(db, token, now=clock(), shared=True) for token in cookies]
        states = [str(row.state) for row in db.scalars(select(Visit))]
    return [*filter(None, found), *(state for state in states if "canary" in state)]


def tell(page: Page, number: int, paths: Sequence[str]) -> list[str]:
    """Write a word of its own in every box at those places; stand on one more with it unsent."""
    Welcome.open(page).start()
    typed: list[str] = []
    for path in paths:
        typed += write(page, path, f"{number}{path.replace('/', '')}")
    return [*typed, *write(page, LAST, f"{number}last", send=False)]


def write(page: Page, path: str, name: str, *, send: bool = True) -> Iterator[str]:
    """Fill in what there is to type, and send it."""
    page.goto(path)
    boxes = page.locator(TO_TYPE_IN).all()
    if not boxes:
        if page.get_by_role("checkbox").count() == 0:
            return
        page.get_by_role("checkbox").first.check()
    for at, box in enumerate(boxes):
        canary = f"canary{name}x{at}"
        if box.get_attribute("type") == "tel":
            canary = f"0{sum(map(ord, name)):04}55{at}12345"
        elif box.get_attribute("type") == "email":
            canary = f"{canary}@example.org"
        box.fill(canary)
        yield canary
    if send:
        with page.expect_navigation():
            page.locator("main form button[type=submit]:not([name])").first.click()


def everywhere(page: Page, most: int) -> Iterator[list[str]]:
    """Yield all that the browser holds: in its history, in its stores, in a tab opened again."""
    session = page.context.new_cdp_session(page)
    entries = session.send("Page.getNavigationHistory")["entries"]
    yield [f"{entry['title']} {entry['url']}" for entry in entries]
    assert [cookie.get("name") for cookie in page.context.cookies()] == ["__Host-screen"]
    assert page.evaluate(KEPT) == [0, 0, ""]
    for place in places(page, most):
        yield place.splitlines()
    again = page.context.new_page()
    for path in ("/p/2", "/p/43", "/check", "/draw", "/leaf", "/done", "/back", "/back/now"):
        again.goto(path)
        yield str(again.evaluate(ALL_IT_HOLDS)).splitlines()
    again.close()
    page.goto("/kiosk/cleared")

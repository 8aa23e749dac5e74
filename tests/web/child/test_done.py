"""What a child is promised when it is sent, and on the way back: only what can be kept."""

from collections.abc import Callable

import pytest

from kids_feedback.domain.child.shared_devices import RULES, DeviceKind
from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.make import a_kiosk
from tests.web.page import Page, Visitor, follow, get, submit

BY = "Tuesday 3 March"
LOOKS = ("words", "pictures")
WAYS = {  # what was chosen and given, what is said, what is missing
    "phone": ({"phone": "0116 496 0000"}, f"A manager will ring you by {BY}.", ""),
    "email": ({"email": "kid@example.org"}, f"A manager will email you by {BY}.", ""),
    "letter": ({"letter_where": "office"}, f"A manager will send you a letter by {BY}.", ""),
    "here": ({}, f"A manager will write to you here by {BY}.", ""),
    "no number": ({}, f"A manager will write to you here by {BY}.", "phone"),
    "no email": ({}, f"A manager will write to you here by {BY}.", "email"),
    "no address": ({"letter_where": "home"}, f"write to you here by {BY}.", "letter"),
    "nothing": ({}, f"A manager will write to you here by {BY}.", "reach you"),
}
METHOD = {"no number": "phone", "no email": "email", "no address": "letter", "nothing": ""}
DETAILS = {"phone": 10, "letter": 11, "email": 12}
Send = Callable[..., Page]


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest, child: Visitor) -> str:
    chosen = str(request.param)
    submit(child, get(child, "/look"), to="/look", look=chosen)
    return chosen


def complain(child: Visitor, method: str, details: dict[str, str]) -> Page:
    """Send a complaint with a way to get in touch; return the page after it."""
    submit(child, get(child, "/p/1"), topics=["unfair"])
    submit(child, get(child, "/p/4"), wish="look_into")
    submit(child, get(child, "/p/8"), method=method)
    if method in DETAILS:
        submit(child, get(child, f"/p/{DETAILS[method]}"), **details)
    return follow(child, submit(child, get(child, "/check"), to="/check"))


def come_back(child: Visitor, done: Page) -> Page:
    words = " ".join(done.texts(".slip li"))
    return follow(child, submit(child, get(child, "/back"), words=words))


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("way", WAYS)
def test_it_says_how_we_get_in_touch_or_that_we_cannot(child: Visitor, way: str) -> None:
    details, said, missing = WAYS[way]
    done = complain(child, METHOD.get(way, way), details)
    for page in (done, come_back(child, done)):
        assert said in page.text
        notes = page.texts(".note")
        assert bool(notes) is bool(missing), notes
        assert all("Tell us how" in note for note in notes)


def test_what_is_missing_can_be_added_and_then_it_says_so(child: Visitor) -> None:
    done = complain(child, "phone", {})
    assert "We don't have a phone number for you, so we can't ring you yet." in done.text
    page = follow(child, submit(child, done, to="/done/reach"))
    page = follow(child, submit(child, page, method="phone"))
    refused = submit(child, page)
    assert (refused.status, bool(refused.texts(".summary li"))) == (422, True)
    page = follow(child, submit(child, refused, phone="0116 496 0000"))
    thanks = submit(child, page)
    again = get(child, thanks.links()["See your secret words"])
    assert f"A manager will ring you by {BY}." in again.text
    assert again.texts(".note") == []
    assert again.texts(".slip li") == done.texts(".slip li")


@pytest.mark.usefixtures("look")
def test_who_wants_no_contact_has_a_day_too(child: Visitor) -> None:
    done = complain(child, "none", {})
    assert "Your answer will be here by Monday 16 March." in done.text
    back = come_back(child, done)
    assert "Next: Your answer will be here by Monday 16 March." in back.text
    assert "Your answer will be here by Monday 16 March." in back.texts(".path")[0]


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize(
    ("pass_on", "said", "not_said"),
    [
        (
            "no",
            "A manager will keep a note of it by Thursday 5 March. We won't tell them.",
            "pass it on|pass this on|passed it",
        ),
        ("without_name", "on by Thursday 5 March", "We won't tell them"),
        ("with_name", "on by Thursday 5 March", "We won't tell them"),
    ],
)
def test_praise_is_passed_on_as_the_child_said(
    child: Visitor, pass_on: str, said: str, not_said: str
) -> None:
    submit(child, get(child, "/p/31"), topics=["kind"])
    page = follow(child, submit(child, get(child, "/p/33"), pass_on=pass_on))
    done = follow(child, submit(child, page, to="/check"))
    assert said in done.text
    back = come_back(child, done)
    for page in (done, back):
        assert not any(part in page.text for part in not_said.split("|"))
    assert ("We won't tell them." in back.text) == (pass_on == "no")


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("path", ["/first/1", "/first/2", "/first/3", "/check"])
def test_each_screen_says_how_soon_it_forgets(
    child: Visitor, transactions: Transactions, clock: SetClock, path: str
) -> None:
    assert "2 hours" in get(child, path).text
    with transactions() as db:
        child.set_cookie("__Host-screen", a_kiosk(db, clock()))
    rules = RULES[DeviceKind.KIOSK]
    seconds = (rules.warn_after + rules.clear_after).seconds
    page = get(child, path).text
    assert f"{seconds} seconds" in page
    assert "2 hours" not in page


@pytest.mark.usefixtures("look")
def test_it_helps_to_tell_us_soon_and_it_is_never_too_late(child: Visitor) -> None:
    back = come_back(child, complain(child, "here", {}))
    for page in (get(child, "/first/1"), back):
        assert "before" in page.text
        assert "it is never too late" in page.text
    assert "never too late" not in get(child, "/first/2").text


@pytest.mark.parametrize("number", [1, 2, 3])
def test_who_reads_it_is_said_with_customer_service(child: Visitor, number: int) -> None:
    pages = (f"/first/{number}", "/who-sees")
    assert all("Customer Service Team" in get(child, path).text for path in pages)
    submit(child, get(child, "/look"), to="/look", look="pictures")
    assert all("small team" in get(child, path).text for path in pages)
    assert "Young people" in get(child, "/who-sees").text

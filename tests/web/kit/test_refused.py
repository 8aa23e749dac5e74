"""A form that is not right comes back by a redirect, with every word, and Back works."""

import pytest
from bs4 import BeautifulSoup

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.submission import Door
from kids_feedback.storage.db import Transactions
from kids_feedback.web.questions.catalogue import OF_DOOR
from tests.conftest import SetClock
from tests.make import NOW
from tests.web.child.back.test_case_status import WORDS, a_child_with_words
from tests.web.page import Value, Visitor, get, post, submit

LONG = "a" * 6_000
CASES: dict[str, dict[str, Value]] = {  # a page, what is typed there, and a box that holds it
    "/p/2": {"happened": LONG},
    "/p/10": {"phone": "12", "phone_when": ["evening"], "phone_time": "At six"},
    "/p/12": {"email": "no sign"},
    "/p/32": {"worker": "x" * 100},
    "/draw": {"picture_words": LONG},
    "/leaf": {"words": LONG},
    "/back": {"words": "apple river"},
    "/back/more": {"words": LONG},
    "/back/how": {"words": LONG},
    "/back/change/10": {"phone": "12"},
}


@pytest.fixture
def known(child: Visitor, transactions: Transactions) -> Visitor:
    """A child who came back, and is writing something else beside."""
    a_child_with_words(transactions)
    post(child, "/back", words=" ".join(WORDS))
    return child


def boxes(page: BeautifulSoup) -> dict[str, str]:
    typed = {str(box["name"]): str(box.get("value", "")) for box in page.select("input[type]")}
    areas = page.select("textarea[name]")
    return typed | {str(box["name"]): box.get_text().removeprefix("\n") for box in areas}


@pytest.mark.parametrize("path", CASES)
def test_every_form_of_a_childs_comes_back_by_a_redirect(known: Visitor, path: str) -> None:
    if path.startswith(("/p", "/draw")):
        submit(known, get(known, "/p/31" if path == "/p/32" else "/p/1"))
    page, given = get(known, path), CASES[path]
    form = next(form for form in page.soup.select("form") if form["action"] == path)
    assert form
    data = {"csrf_token": known.token, **given}
    answer = known.post(path, data=data)
    assert answer.status_code == 303, "so that Back never asks to send it once more"
    back = get(known, answer.location)
    assert back.status == 422
    assert back.title.startswith("Error:")
    assert back.texts(".summary li")
    for name, value in given.items():
        if isinstance(value, str):
            assert boxes(back.soup)[name] == value
    assert get(known, answer.location).texts(".summary li")  # as after another Back
    for name, value in given.items():  # a stranger who opens the page sees none of it
        assert boxes(get(known, path).soup).get(name) != value


def test_what_was_put_right_is_what_back_shows(child: Visitor) -> None:
    post(child, "/p/1")
    refused = child.post("/p/2", data={"csrf_token": child.token, "happened": LONG}).location
    right = submit(child, get(child, refused), happened="Short")
    assert right.location == "/p/3"
    again = get(child, refused)
    assert (again.status, boxes(again.soup)["happened"]) == (200, "Short")


def test_a_stale_page_comes_back_by_a_redirect_where_the_browser_says_that_it_is_ours(
    child: Visitor, clock: SetClock
) -> None:
    post(child, "/p/1")
    token = get(child, "/p/2").token
    clock.forward(hours=3)
    data = {"csrf_token": token, "happened": "Wagtail", "door": "wrong"}
    answer = child.post("/p/2", data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303
    page = get(child, answer.location)
    assert (page.status, boxes(page.soup)["happened"]) == (400, "Wagtail")
    assert "Your words are still here." in page.text
    assert submit(child, page).location == "/p/3"
    assert "Wagtail" in get(child, "/p/2").response.text


def test_a_page_of_two_doors_that_comes_back_is_of_the_door_that_was_taken(
    child: Visitor, clock: SetClock
) -> None:
    number = next(page.number for page in OF_DOOR[Door.FEEL][1:] if page in OF_DOOR[Door.WRONG])
    token = get(child, "/p/1").token
    clock.forward(hours=3)
    data = {"csrf_token": token, "door": "feel"}
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = child.post(f"/p/{number}", data=data, headers=headers)
    page = get(child, answer.location)
    assert [box["value"] for box in page.soup.select("input[name=door]")] == ["feel"]


@pytest.mark.parametrize("site", ["cross-site", "same-site", None])
def test_nothing_is_kept_of_what_another_site_may_have_sent(
    child: Visitor, site: str | None
) -> None:
    post(child, "/p/1")
    headers = {"Sec-Fetch-Site": site} if site else {}
    answer = child.post("/p/2", data={"happened": "Wagtail"}, headers=headers)
    assert answer.status_code == 400
    assert "Wagtail" not in get(child, "/p/2").response.text


def test_what_is_said_of_the_answer_comes_back_beside_it(
    child: Visitor, transactions: Transactions
) -> None:
    """The page of the answer is the result of a press: its address alone shows none."""
    a_child_with_words(transactions, stage=Stage.DELIVERED, delivered_on=NOW.date())
    post(child, "/back", words=" ".join(WORDS))
    page = submit(child, get(child, "/back/answer"))
    data = {"csrf_token": page.token, "of_wants": "not_quite", "words": LONG}
    answer = child.post("/back/answer/points", data=data)
    assert answer.status_code == 303
    back = get(child, answer.location)
    assert (back.status, back.heading) == (422, page.heading)
    assert boxes(back.soup)["words"] == LONG
    assert back.soup.select("input[name=of_wants][value=not_quite][checked]")
    assert get(child, "/back/answer").heading != page.heading
    right = submit(child, back, to="/back/answer/points", words="Short")
    assert right.location == "/back/not-happy"
    assert get(child, answer.location).heading != page.heading, "and no longer then"

"""A child tells us, page by page, with an HTTP client."""

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from kids_feedback.domain.case.submission import Answers, Door, Kind
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.web.questions.catalogue import FIRST, OF_DOOR, PAGES
from kids_feedback.web.questions.model import QuestionPage
from tests.conftest import SetClock
from tests.web.conftest import visitor
from tests.web.page import Page, Visitor, follow, get, submit

SCRIPTS = 'She said "no" & laughed. \U0001f622\nПривіт · مرحبا'


def begin(child: Visitor, number: int = 1) -> Page:
    get(child, "/")
    get(child, "/first/1")
    return get(child, f"/p/{number}")


def next_page(child: Visitor, page: Page, **fields: str | list[str]) -> Page:
    to = "/check" if page.path == "/check" else None  # the page to check can also be stopped
    return follow(child, submit(child, page, to=to, **fields))


def as_far_as_the_wish(child: Visitor, words: str = SCRIPTS) -> Page:
    page = next_page(child, begin(child), topics=["unfair", "not_listened"])
    page = next_page(child, page, happened=words)
    submit(child, page, remedies=["sorry"], go="who")  # the wish stands on the same page
    return get(child, page.path)


def sent(child: Visitor) -> Page:
    page = next_page(child, as_far_as_the_wish(child), wish="look_into", send_now="1")
    return next_page(child, page)


@dataclass
class Sent:
    """What reached us."""

    kind: Kind
    topics: list[str]
    words: Answers | None
    contact: Answers | None


def the_only(transactions: Transactions) -> Sent:
    with transactions() as db:
        row = db.scalars(select(Case)).one()
        return Sent(row.kind, row.topics, row.statement, row.contact)


def test_a_whole_complaint_reaches_us_word_for_word(
    child: Visitor, transactions: Transactions
) -> None:
    page = next_page(child, as_far_as_the_wish(child), wish="look_into")
    page = next_page(child, page, name="Pip", age="9", worker="Sam Ostrich", town="Leeds")
    page = next_page(child, page, method="phone", supporter="known")
    page = next_page(child, page, phone="0116 496 0000")
    page = next_page(child, page, phone_else="hang_up", phone_message="no")
    page = next_page(child, page, supporter_name="Gran")
    page = next_page(child, page, supporter_party="no")
    page = next_page(child, page, needs=["quiet", "language"], share="yes")
    page = next_page(child, page, needs_language="Polski")
    assert page.heading == "Check before you send"
    assert SCRIPTS.split("\n")[0] in page.text
    done = next_page(child, page)
    assert done.heading == "Thank you. We've got it"
    assert len(done.texts(".slip li")) == 5
    assert "We will read it by Tuesday 3 March." in done.text
    with transactions() as db:
        row = db.scalars(select(Case)).one()
        assert (row.statement or {})["happened"] == SCRIPTS
        assert (row.contact or {})["phone"] == "0116 496 0000"
        assert (row.helper or {})["supporter_name"] == "Gran"
        assert (row.name, row.share, row.kind) == ("Pip", True, Kind.COMPLAINT)


def test_every_question_may_be_skipped_but_one(child: Visitor, transactions: Transactions) -> None:
    page = begin(child)
    for _ in range(2):
        page = next_page(child, page, skip="1")
    refused = submit(child, page)
    assert refused.status == 422
    assert refused.title.startswith("Error:")
    assert refused.texts(".summary a") == ["Choose what you want us to do"]
    page = next_page(child, page, wish="ask")
    while page.heading != "Check before you send":
        page = next_page(child, page)
    assert next_page(child, page).heading == "Thank you. We've got it"
    assert the_only(transactions).words == {"wish": "ask"}


def test_that_is_all_sends_it_from_the_wish_on(child: Visitor, transactions: Transactions) -> None:
    sent(child)
    assert the_only(transactions).topics == ["unfair", "not_listened"]


def test_a_press_twice_sends_once_and_shows_the_same_words(
    child: Visitor, transactions: Transactions
) -> None:
    page = next_page(child, as_far_as_the_wish(child), wish="look_into", send_now="1")
    old = child.get_cookie("__Host-id")
    assert old is not None
    first = submit(child, page, to="/check")
    new = child.get_cookie("__Host-id")
    assert new is not None
    child.set_cookie("__Host-id", old.value)  # the second press, before the first was answered
    second = next_page(child, page)
    child.set_cookie("__Host-id", new.value)
    first = follow(child, first)
    assert first.texts(".slip li") == second.texts(".slip li")
    the_only(transactions)


def test_after_sending_the_pages_before_lead_to_the_receipt(child: Visitor) -> None:
    words = sent(child).texts(".slip li")
    for path in ("/p/1", "/p/2", "/p/2/change", "/check", "/draw"):
        page = get(child, path)
        assert page.location == "/done", path
        assert follow(child, page).texts(".slip li") == words


@pytest.mark.parametrize("way_out", ["/leave", "/finish"])
def test_leaving_ends_the_visit_on_the_server(
    child: Visitor, app: Flask, way_out: str, transactions: Transactions
) -> None:
    as_far_as_the_wish(child)
    old = child.get_cookie("__Host-id")
    assert old is not None
    gone = get(child, way_out)
    assert gone.status == 303
    assert gone.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert child.get_cookie("__Host-id") is None
    stranger = visitor(app)
    stranger.set_cookie("__Host-id", old.value)
    assert get(stranger, "/check").status == 404


def test_a_draft_dies_by_itself(child: Visitor, clock: SetClock) -> None:
    as_far_as_the_wish(child)
    clock.forward(hours=2, seconds=1)
    assert get(child, "/p/2").heading == "This page is empty now"


def test_a_stale_page_comes_back_with_every_word(child: Visitor) -> None:
    page = next_page(child, begin(child))
    child.delete_cookie("__Host-id")
    again = submit(child, page, happened=SCRIPTS)
    assert again.status == 400
    assert again.soup.select("textarea")[0].get_text() == "\n" + SCRIPTS
    assert "Your words are still here." in again.text
    page = next_page(child, again)
    assert page.heading == "What would put it right?"


def test_words_that_are_too_long_come_back_whole(child: Visitor) -> None:
    page = next_page(child, begin(child))
    long = "a" * 5001
    refused = submit(child, page, happened=long)
    assert refused.status == 422
    assert long in refused.soup.select("textarea")[0].get_text()
    lines = ("b" * 24 + "\r\n") * 200
    assert submit(child, page, happened=lines[:-2]).status == 303


def test_opening_another_page_keeps_what_is_typed(child: Visitor) -> None:
    page = next_page(child, begin(child))
    aside = next_page(child, page, happened="Half a sen", go="who")
    assert aside.heading == "Who sees what I say?"
    back = get(child, aside.links()["Go back"])
    assert "Half a sen" in back.soup.select("textarea")[0].get_text()
    before = next_page(child, back, go="back")
    assert before.heading == "What is it about?"


def test_look_and_language_are_kept_in_the_visit_only(child: Visitor) -> None:
    page = get(child, "/look")
    page = next_page(child, page, look="pictures", theme="night", size="2", space="wide")
    html = page.soup.select_one("html")
    assert html is not None
    assert {"look-pictures", "theme-night", "size-2", "space-wide"} <= set(html["class"])
    page = next_page(child, get(child, "/language"), language="cy")
    html = page.soup.select_one("html")
    assert html is not None
    assert (html["lang"], html["dir"]) == ("cy", "ltr")
    assert page.texts(".note")


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil", "javascript:1"]
)
def test_nobody_is_sent_elsewhere_by_what_a_form_says(child: Visitor, to: str) -> None:
    page = get(child, "/look")
    assert submit(child, page, back=to).location == "/"


def test_what_lies_off_the_way_is_not_sent(child: Visitor, transactions: Transactions) -> None:
    page = next_page(child, as_far_as_the_wish(child), wish="look_into")
    page = next_page(child, get(child, "/p/8"), method="phone")
    page = next_page(child, page, phone="0116 496 0000")
    get(child, "/p/8")
    page = next_page(child, get(child, "/p/8"), method="here", send_now="1")
    next_page(child, page)
    assert the_only(transactions).contact == {"method": "here"}


def test_somebody_in_the_court_case_cannot_come_along(child: Visitor) -> None:
    as_far_as_the_wish(child)
    page = next_page(child, get(child, "/p/13"), supporter="known")
    page = next_page(child, page, supporter_name="Dad")
    page = next_page(child, page, supporter_party="yes")
    assert page.heading == "Please pick someone else"
    again = next_page(child, page, supporter_instead="again")
    assert again.heading == "Who is it?"
    assert "Dad" not in str(again.soup)
    page = next_page(child, again, supporter_name="Gran")
    page = next_page(child, page, supporter_party="not_sure")
    assert "That's OK. We will check and tell you." in page.text


def test_praise_takes_seven_pages_and_says_when_it_is_passed_on(
    child: Visitor, transactions: Transactions
) -> None:
    get(child, "/")
    first = get(child, "/first/2")
    assert "court" not in " ".join(first.texts("main h2")).casefold()
    page = next_page(child, get(child, "/p/31"), topics=["kind"])
    page = next_page(child, page, happened="She listened.", worker="Sam Ostrich")
    page = next_page(child, page, pass_on="with_name", name="Pip")
    assert page.heading == "Check before you send"
    done = next_page(child, page)
    assert done.heading == "Thank you"
    assert "by Thursday 5 March" in done.text
    assert the_only(transactions).kind is Kind.COMPLIMENT


@pytest.mark.parametrize("path", ["/first/1", "/who-sees", "/p/7"])
def test_a_child_is_told_only_what_we_do_about_who_reads_it(child: Visitor, path: str) -> None:
    """Whether somebody is meant may be open (ruling R21): no page says that they do not read it."""
    as_far_as_the_wish(child)
    text = get(child, path).text
    assert "away from anyone it may be about." in text
    assert "Not the person" not in text
    assert "won't be sent" not in text


def test_stopping_deletes_it_all(child: Visitor) -> None:
    page = next_page(child, as_far_as_the_wish(child), wish="look_into", send_now="1")
    gone = submit(child, page, to="/stop")
    assert gone.heading == "It is deleted"
    assert get(child, "/check").status == 404


@pytest.mark.parametrize("screen", PAGES, ids=lambda screen: screen.id)
def test_no_address_or_title_tells_what_it_is_about(child: Visitor, screen: QuestionPage) -> None:
    door = next(door for door, screens in OF_DOOR.items() if screen in screens)
    submit(child, get(child, f"/p/{FIRST[door].number}"))
    page = get(child, f"/p/{screen.number}")
    place = re.fullmatch(r"Question ([1-9]|1\d) · Have your say", page.title)
    # a page that no answer so far leads to has no place on the way
    assert place or (screen.id[:2] in {"W5", "W7"} or screen.id == "W8l" or door is Door.FEEL)
    assert place or page.title == "A question · Have your say"

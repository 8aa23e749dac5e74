"""What is being written: shown to who wrote it, offered for a while, mixed with nothing."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from kids_feedback.domain.case.submission import Door, Kind
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.web.questions.catalogue import FIRST, OF_DOOR
from tests.conftest import SetClock
from tests.make import a_kiosk
from tests.web.page import Page, Value, Visitor, follow, get, submit

ANNA, BEN = "Anna was here", "Ben was here"
NUMBER = {Door.WRONG: 1, Door.GOOD: 2, Door.FEEL: 3}
WORDS_ON = {Door.WRONG: 2, Door.GOOD: 32, Door.FEEL: 43}


def on(child: Visitor, page: Page, *, to: str | None = None, **fields: Value) -> Page:
    return follow(child, submit(child, page, to=to, **fields))


def enter(child: Visitor, door: Door = Door.WRONG) -> Page:
    """Open the first question of a door, by the links that stand there."""
    first = get(child, get(child, "/").links(".doors a")[label(child, door)])
    return get(child, str(first.found("main .buttons a")["href"]))


def label(child: Visitor, door: Door) -> str:
    links = get(child, "/").links(".doors a")
    return next(text for text, to in links.items() if to == f"/first/{NUMBER[door]}")


def tell(child: Visitor, door: Door, words: str) -> Page:
    """Write on the page of a door where words are written; return the page after it."""
    page = enter(child, door)
    for _ in range(5):
        if page.soup.select("textarea[name=happened]"):
            return on(child, page, happened=words)
        page = on(child, page, skip="1")
    raise AssertionError("nowhere to write")


def every_page(door: Door) -> list[str]:
    questions = [f"/p/{screen.number}" for screen in OF_DOOR[door]]
    return [*questions, *(f"{path}/change" for path in questions), "/check", "/draw"]


@dataclass
class Sent:
    """What reached us."""

    kind: Kind
    name: str
    words: str


def messages(transactions: Transactions) -> list[Sent]:
    with transactions.reading() as db:
        return [
            Sent(row.kind, row.name or "", str((row.statement or {}).get("happened", "")))
            for row in db.scalars(select(Case))
        ]


@pytest.mark.parametrize("door", Door)
def test_who_comes_next_is_asked_and_shown_nothing(child: Visitor, door: Door) -> None:
    tell(child, door, ANNA)
    start = get(child, "/")
    assert "You started telling us something." in start.text
    assert ANNA not in start.response.text
    for path in (f"/first/{NUMBER[door]}", *every_page(door)):
        page = get(child, path)
        assert ANNA not in page.response.text, path
        begins = path in (f"/first/{NUMBER[door]}", first_of(door), f"{first_of(door)}/change")
        assert page.location == "/" or begins, path
    assert ANNA not in enter(child, door).response.text


def first_of(door: Door) -> str:
    return f"/p/{FIRST[door].number}"


@pytest.mark.parametrize("door", Door)
def test_whose_it_is_goes_on_where_they_were(child: Visitor, door: Door) -> None:
    tell(child, door, ANNA)
    start = get(child, "/")
    key = str(start.found("button[name=key]")["value"])
    page = on(child, start, to="/go-on", key=key)
    assert page.path == f"/p/{WORDS_ON[door]}"
    assert ANNA in page.response.text
    assert "You started" not in get(child, on(child, start, to="/go-on").path).text  # "Start again"


def test_who_starts_again_is_not_asked_any_more(child: Visitor) -> None:
    tell(child, Door.WRONG, ANNA)
    start = on(child, get(child, "/"), to="/go-on")
    assert (start.path, start.heading) == ("/", "Have your say")
    assert "You started" not in start.text
    assert get(child, "/p/2").heading == "We put this away to keep it private"


def test_after_a_while_only_a_page_that_is_still_open_leads_there(
    child: Visitor, clock: SetClock
) -> None:
    left_open = tell(child, Door.WRONG, ANNA)
    clock.forward(minutes=15, seconds=1)
    for path in ("/p/2", "/p/3", "/check", "/draw"):
        page = get(child, path)
        assert (page.status, page.heading) == (404, "We put this away to keep it private")
    assert "You started" not in get(child, "/").text
    page = on(child, left_open, better="More of it", wish="ask")
    assert page.path == "/p/5"
    assert ANNA in get(child, "/p/2").response.text


def test_a_page_to_check_that_is_still_open_leads_to_what_is_to_be_changed(
    child: Visitor, clock: SetClock
) -> None:
    page = tell(child, Door.GOOD, ANNA)
    check = on(child, page, pass_on="no")
    clock.forward(minutes=40)
    assert ANNA in follow(child, submit(child, check, to="/check", change="32")).response.text


@pytest.mark.parametrize("door", Door)
def test_a_shared_screen_never_offers_it(
    child: Visitor, transactions: Transactions, clock: SetClock, door: Door
) -> None:
    with transactions() as db:
        child.set_cookie("__Host-screen", a_kiosk(db, clock()))
    tell(child, door, ANNA)
    assert "You started" not in get(child, "/").text
    for path in every_page(door):
        assert ANNA not in get(child, path).response.text


def test_words_for_one_door_are_on_no_page_of_another(
    child: Visitor, transactions: Transactions
) -> None:
    tell(child, Door.WRONG, ANNA)
    page = enter(child, Door.GOOD)
    page = on(child, page, topics=["kind"], send_now="1")
    assert page.path == "/check"
    assert ANNA not in page.response.text
    follow(child, submit(child, page, to="/check"))
    (sent,) = messages(transactions)
    assert (sent.kind, sent.words) == (Kind.COMPLIMENT, "")
    assert "You started telling us something." in get(child, "/").text  # the complaint is there


def test_two_tabs_never_mix_two_children(child: Visitor, transactions: Transactions) -> None:
    anna = tell(child, Door.WRONG, ANNA)
    ben = tell(child, Door.WRONG, BEN)
    for _ in range(2):
        anna = on(child, anna, remedies=["sorry"], wish="look_into", name="A")
        ben = on(child, ben, remedies=["why"], wish="look_into", name="B")
        for tab, other in ((anna, BEN), (ben, ANNA)):
            assert other not in tab.response.text
            assert other not in get(child, str(tab.found("main form")["action"])).response.text
    anna, ben = on(child, anna, send_now="1"), on(child, ben, send_now="1")
    assert (ANNA in anna.text, BEN in anna.text) == (True, False)
    assert (ANNA in ben.text, BEN in ben.text) == (False, True)
    follow(child, submit(child, anna, to="/check"))
    stale = submit(child, ben, to="/check")
    again = get(child, f"/check?d={str(ben.found('#send [name=key]')['value'])[:8]}")
    assert ANNA not in again.response.text
    follow(child, submit(child, again, to="/check"))
    assert stale.location in ("/", "/done", None)
    told = sorted((message.name, message.words) for message in messages(transactions))
    assert told == [("A", ANNA), ("B", BEN)]


def test_a_plain_address_opens_nothing_where_two_are_written(child: Visitor) -> None:
    tell(child, Door.WRONG, ANNA)
    tell(child, Door.WRONG, BEN)
    for path in every_page(Door.WRONG):
        page = get(child, path)
        assert ANNA not in page.response.text
        assert BEN not in page.response.text


@pytest.mark.parametrize("door", Door)
def test_nothing_is_sent_but_what_the_page_to_check_has_shown(
    child: Visitor, transactions: Transactions, app: Flask, door: Door
) -> None:
    tell(child, door, ANNA)
    for screen in OF_DOOR[door]:
        page = get(child, f"/p/{screen.number}")
        for button in ({}, {"skip": "1"}, {"send_now": "1"}):
            submit(child, page, wish="look_into", **button)
            assert messages(transactions) == []
    check = get(child, "/check")
    submit(child, get(child, f"/p/{WORDS_ON[door]}"), happened=BEN)
    again = follow(child, submit(child, check, to="/check"))
    assert "This has changed since you looked at it." in again.text
    assert BEN in again.text
    assert messages(transactions) == []
    submit(child, again, to="/check")
    (sent,) = messages(transactions)
    assert sent.words == BEN


def test_what_is_empty_is_never_thanked_for(
    child: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    page = tell(child, Door.GOOD, ANNA)
    clock.forward(hours=2, minutes=1)
    again = submit(child, page, pass_on="with_name")
    assert again.status == 400
    assert "has been deleted. It was not sent." in again.text
    check = on(child, again)
    refused = follow(child, submit(child, check, to="/check"))
    assert "There is nothing to send yet." in refused.text
    assert messages(transactions) == []


@pytest.mark.parametrize("door", Door)
def test_back_after_sending_leads_to_the_receipt(child: Visitor, door: Door) -> None:
    page = tell(child, door, ANNA)
    last = {Door.WRONG: 4, Door.GOOD: 33, Door.FEEL: 44}[door]
    answered = {"wish": "look_into", "talk": "no", "pass_on": "no"}
    page = on(child, get(child, f"/p/{last}"), send_now="1", **answered)
    words = follow(child, submit(child, page, to="/check")).texts(".slip li")
    assert len(words) == 5
    for path in every_page(door):
        found = get(child, path)
        assert found.location == "/done", path
    assert get(child, "/done").texts(".slip li") == words
    assert enter(child, door).status == 200  # and another message may begin


def test_a_form_that_is_sent_after_its_draft_was_leads_to_the_receipt(child: Visitor) -> None:
    page = tell(child, Door.GOOD, ANNA)
    check = on(child, page, pass_on="no")
    submit(child, check, to="/check")
    for old in (page, check):
        to = "/check" if old is check else None
        assert submit(child, old, to=to).location == "/done"


def test_a_page_whose_token_has_died_says_that_words_are_gone_only_where_they_are(
    child: Visitor,
) -> None:
    left_open = tell(child, Door.WRONG, ANNA)
    check = on(child, enter(child, Door.GOOD), topics=["kind"], send_now="1")
    submit(child, check, to="/check")  # in another tab: a new cookie, and new tokens
    back = submit(child, left_open, better="More")
    assert (back.status, "has been deleted" in back.text) == (400, False)
    assert ANNA in on(child, back, wish="look_into", send_now="1").text

"""A child draws, sticks or takes paper; staff see it with the words. With an HTTP client."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from kids_feedback.assets import asset_dir
from kids_feedback.domain.child.drawing import COLOURS
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.drawings import Drawing
from tests.make import a_complaint, a_person
from tests.web.conftest import SignIn, visitor
from tests.web.page import Page, Visitor, follow, get, post, submit

LINES = "12:100,100 400,300;40:5,5"


def drawing(child: Visitor, number: int = 2, **fields: str) -> Page:
    """Press "draw it" on a question, with what stands on it."""
    get(child, f"/first/{ {2: 1, 32: 2, 43: 3}[number] }")
    first = {2: 1, 32: 31, 43: 41}[number]
    submit(child, get(child, f"/p/{first}"))
    page = submit(child, get(child, f"/p/{number}"), go="draw", **fields)
    assert page.location == "/draw"
    return follow(child, page)


def sent(child: Visitor) -> Page:
    """Answer what must be answered, and send."""
    submit(child, get(child, "/p/4"), wish="look_into", send_now="1")
    return follow(child, submit(child, get(child, "/check"), to="/check"))


@pytest.mark.parametrize(("number", "following"), [(2, "/p/3"), (32, "/p/33"), (43, "/p/44")])
def test_drawing_stands_beside_each_question_that_asks_for_words(
    child: Visitor, number: int, following: str
) -> None:
    page = drawing(child, number, happened="It was like this.")
    assert page.heading == "Draw it"
    assert submit(child, page, strokes=LINES).location == following
    assert "It was like this." in get(child, f"/p/{number}").response.text


def test_what_was_drawn_is_there_again_and_can_be_changed(child: Visitor) -> None:
    page = drawing(child)
    submit(child, page, strokes=LINES, picture_words="This is me & my dog.")
    check = get(child, "/check")
    assert "This is me & my dog." in check.text
    again = follow(child, submit(child, check, to="/check", change="draw"))
    assert again.found("[name=strokes]")["value"] == LINES
    assert submit(child, again, strokes="", picture_words="Gone.").location == "/check"
    assert "Gone." in get(child, "/check").text


def test_stickers_make_a_picture_on_the_server(child: Visitor) -> None:
    page = drawing(child)
    shown = submit(
        child,
        page,
        picture_place="outside",
        picture_stickers=["sun", "house"],
        at_house="6",
        go="show",
    )
    assert shown.location == "/draw#picture"
    page = follow(child, shown)
    image = page.soup.select_one("svg.drawn")
    assert image is not None
    assert image["aria-label"] == "Your picture, with these stickers: Sun, House"
    assert len(image.select("use")) == 3, "the place and two stickers"
    assert page.found("[name=at_house] option[selected]")["value"] == "6"


def test_what_was_drawn_is_shown_as_it_was_drawn(child: Visitor) -> None:
    submit(child, drawing(child), strokes=LINES)
    line, dot = get(child, "/check").soup.select("svg.drawn > polyline")
    assert (line["stroke"], line["points"]) == ("#b3261e", "100,100 400,300")
    assert (dot["stroke"], dot["points"]) == ("#1d5fa8", "5,5 5,5"), "a dot shows"


@pytest.mark.parametrize("strokes", ["x", "99:1,1", "00:1,1;" * 300, "00:9999,1", "\0"])
def test_strokes_that_nobody_drew_are_a_message_and_nothing_worse(
    child: Visitor, strokes: str
) -> None:
    page = submit(child, drawing(child), strokes=strokes, picture_words="I drew my room.")
    assert page.status == 422
    assert "We could not keep your drawing." in page.text
    assert "I drew my room." in page.response.text
    looked = submit(child, page, strokes=strokes, go="look")
    assert looked.location == "/look"
    assert not get(child, "/draw").soup.select("svg.drawn")


def test_more_stickers_than_fit_are_a_message(child: Visitor) -> None:
    many = ["sun", "rain", "tree", "house", "phone", "pet", "me"]
    page = submit(child, drawing(child), picture_stickers=many, at_sun="77")
    assert page.status == 422
    assert "That is more than 6 stickers." in page.text


def test_a_page_that_was_open_too_long_keeps_every_line(app: Flask, child: Visitor) -> None:
    page = drawing(child)
    late = visitor(app)
    again = submit(late, page, strokes=LINES, picture_words="My room.")
    assert again.status == 400
    assert again.found("[name=strokes]")["value"] == LINES
    assert submit(late, again).location == "/p/3"


def test_too_much_said_about_it_waits_until_it_is_sent(child: Visitor) -> None:
    page = drawing(child)
    submit(child, page, picture_words="a" * 501, go="look")
    submit(child, get(child, "/p/4"), wish="look_into", send_now="1")
    assert submit(child, get(child, "/check"), to="/check").location == "/draw/change"


def test_paper_has_letters_that_the_last_page_shows_again(
    child: Visitor, transactions: Transactions
) -> None:
    sheet = follow(child, submit(child, drawing(child), go="paper"))
    letters = sheet.texts(".code")
    assert follow(child, submit(child, sheet)).path == "/p/3"
    assert "You draw it on paper." in get(child, "/check").text
    done = sent(child)
    assert done.texts(".code") == letters
    with transactions() as db:
        slip = db.scalars(select(Case.slip)).one()
    assert slip == letters[0].replace(" ", "")


def test_who_would_rather_draw_here_needs_no_letters(child: Visitor) -> None:
    sheet = follow(child, submit(child, drawing(child), go="paper"))
    assert submit(child, sheet, go="draw").location == "/draw"
    assert get(child, "/draw/paper").location == "/draw"
    assert sent(child).texts(".code") == []


def test_there_is_nothing_to_draw_on_before_the_first_word(child: Visitor) -> None:
    assert get(child, "/draw").status == 404
    assert get(child, "/draw/paper").location == "/draw"


def test_staff_see_the_drawing_with_the_words_and_not_before(
    child: Visitor, signed_in: SignIn, transactions: Transactions
) -> None:
    page = drawing(child)
    submit(child, page, strokes=LINES, picture_stickers=["sad"], picture_words="My room.")
    sent(child)
    with transactions() as db:
        head = a_person(db, role=Role.HEAD_OF_PRACTICE)
        row = db.scalars(select(Case)).one()
        row.area_code = "east"
        case_id, drawing_id = row.id, db.scalars(select(Drawing.id)).one()
    staff = signed_in(head)
    address = f"/staff/case/{case_id}/drawing/{drawing_id}"
    assert staff.get(address).status_code == 404
    words = post(staff, f"/staff/case/{case_id}/words")
    assert "Sad face" in words.text
    assert "My room." in words.text
    assert "A question that we no longer ask" not in words.text
    image = words.soup.select_one("details img")
    assert image is not None
    assert image["src"] == address
    shown = staff.get(address)
    assert (shown.status_code, shown.mimetype) == (200, "image/png")
    assert shown.headers["Cache-Control"] == "no-store"
    assert "Show what the child drew" in words.text


@pytest.mark.parametrize("mine", [True, False])
def test_the_letters_on_a_paper_lead_to_its_case_or_to_nothing(
    signed_in: SignIn, transactions: Transactions, *, mine: bool
) -> None:
    with transactions() as db:
        head = a_person(db, role=Role.HEAD_OF_PRACTICE)
        case_id = a_complaint(db, area="east" if mine else "west", slip="BCDFHJ").id
    staff = signed_in(head)
    page = get(staff, "/staff/queue")
    found = submit(staff, page, to="/staff/paper", slip="bcd fhj")
    if mine:
        assert found.location == f"/staff/case/{case_id}"
    else:
        nothing = submit(staff, page, to="/staff/paper", slip="BBBBBB")
        assert (found.status, found.text) == (422, nothing.text)
        assert "None of your cases has these letters." in found.text


def test_a_colour_is_drawn_as_it_is_kept() -> None:
    sheet = (asset_dir("static") / "css/draw.css").read_text()
    shown = re.findall(r"#ink-\d { background: (#\w+); }", sheet)
    assert tuple(shown) == COLOURS, "the page draws with what it shows, the server with its own"

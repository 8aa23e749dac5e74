"""Draw it: by hand, by stickers with a keyboard alone, or on paper; and staff see it."""

import re

from playwright.sync_api import Page, expect
from sqlalchemy import select

from kids_feedback.domain.child import drawing
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.e2e.conftest import OpenPage
from tests.e2e.pages.child import Check, Done, Question, Start
from tests.e2e.pages.drawing import Draw
from tests.e2e.pages.staff import Queue
from tests.e2e.tools import axe
from tests.make import a_person

DESK = {"width": 1024, "height": 800}


def what_happened(page: Page) -> Question:
    return Start.open(page).something_was_wrong().go_on().skip()


def sent(question: Question) -> Done:
    question.fill_in(wish="look_into").that_is_all()
    return Check(question.page).send()


def head_of_practice(open_page: OpenPage, transactions: Transactions) -> Page:
    with transactions() as db:
        person = a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE)
        for row in db.scalars(select(Case)):
            row.area_code = "east"
    return open_page(visit={"person": person.id}, viewport=DESK)


def test_a_child_draws_and_the_manager_sees_it(
    page: Page, open_page: OpenPage, transactions: Transactions
) -> None:
    draw = Draw.beside(what_happened(page).fill_in(happened="Look:"))
    draw.line((0.1, 0.1), (0.5, 0.5), (0.9, 0.1))
    page.get_by_label("Red").check()
    draw.line((0.2, 0.8), (0.8, 0.8))
    draw.line((0.5, 0.2), (0.5, 0.3))
    draw.has_lines(3)
    assert [line[0] for line in draw.strokes.split(";")] == ["0", "1", "1"]
    draw.undo()
    kept = draw.strokes
    assert kept.count(";") == 1
    draw.start_again()
    assert draw.strokes == ""
    expect(draw.status).to_contain_text("Undo brings it all back.")
    draw.undo()
    assert draw.strokes == kept
    expect(draw.status).to_have_text("Undone.")
    draw.say("It is my room.")
    better = draw.go_on()
    again = Draw.beside(better.back())
    again.has_lines(2)
    assert again.strokes == kept
    sent(again.go_on())

    desk = head_of_practice(open_page, transactions)
    case = Queue.open(desk).case("No name given")
    case.press("Show what the child said")
    expect(case.main).to_contain_text("It is my room.")
    case.main.get_by_text("Show what the child drew").click()
    picture = case.main.get_by_role("img")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 1000)
    axe.check(desk)


def test_undo_takes_stickers_back_too(page: Page) -> None:
    draw = Draw.beside(what_happened(page))
    undo = draw.main.get_by_role("button", name="Undo")
    expect(undo).to_have_attribute("aria-disabled", "true")
    sun = page.get_by_role("checkbox", name="Sun")
    sun.check()
    draw.line((0.1, 0.1), (0.5, 0.5))
    draw.start_again()
    expect(sun).not_to_be_checked()
    draw.undo()
    expect(sun).to_be_checked()
    draw.undo()
    assert draw.strokes == ""
    expect(draw.paper.locator("use")).to_be_visible()
    draw.undo()
    expect(draw.paper.locator("use")).to_have_count(0)
    expect(sun).not_to_be_checked()


def test_a_phone_on_its_side_has_paper_and_tools_on_one_screen(page: Page) -> None:
    draw = Draw.beside(what_happened(page))
    draw.line((0.1, 0.1), (0.5, 0.5))
    kept = draw.strokes
    page.set_viewport_size({"width": 740, "height": 360})
    draw.main.get_by_role("button", name="Start again").scroll_into_view_if_needed()
    page.locator(".board").evaluate("board => scrollTo(0, board.offsetTop)")
    for part in (
        draw.paper,
        page.get_by_label("Red"),
        draw.main.get_by_role("button", name="Start again"),
    ):
        expect(part).to_be_in_viewport(ratio=1)
    draw.line((0.2, 0.8), (0.8, 0.8))
    draw.has_lines(2)
    assert draw.strokes.startswith(kept)
    x, y = map(int, draw.strokes.split(" ")[-1].split(","))
    assert abs(x - 800) + abs(y - 600) < 10, "in the paper's own units, however large it is"


def test_a_dot_is_a_drawing_too(page: Page) -> None:
    draw = Draw.beside(what_happened(page))
    draw.line((0.5, 0.5))
    assert re.fullmatch(r"01:\d+,\d+", draw.strokes)


def test_a_line_that_leaves_the_paper_stays_on_it(page: Page) -> None:
    draw = Draw.beside(what_happened(page))
    draw.line((0.5, 0.5), (1.5, 0.5), (0.5, -0.5))
    draw.go_on()
    assert page.url.endswith("/p/3")


def shows_what_is_sent(draw: Draw) -> None:
    """The paper is the same when the page comes back and draws what it was given."""
    sent, seen = draw.strokes, draw.seen
    again = Draw.beside(draw.go_on().back())
    again.paper.scroll_into_view_if_needed()
    assert again.strokes == sent
    assert again.seen == seen


def test_each_line_belongs_to_the_pointer_that_began_it(page: Page) -> None:
    draw = Draw.beside(what_happened(page))
    draw.line((0.1, 0.1), (0.5, 0.5))
    draw.touch("Start", {0: (0.2, 0.2)})
    draw.touch("Start", {0: (0.2, 0.2), 1: (0.8, 0.2)})
    draw.touch("Move", {0: (0.2, 0.6), 1: (0.8, 0.6)})
    draw.touch("End", {0: (0.2, 0.6)})
    draw.touch("Move", {1: (0.8, 0.9)})
    draw.touch("End", {})
    draw.line((0.1, 0.9), (0.5, 0.9))
    draw.has_lines(4)
    across = [
        [point.split(",")[0] for point in line[3:].split()] for line in draw.strokes.split(";")
    ]
    assert [len(set(line)) for line in across[1:3]] == [1, 1], "each straight down"
    shows_what_is_sent(draw)


def test_a_hand_that_rests_draws_nothing_and_breaks_nothing(page: Page) -> None:
    draw = Draw.beside(what_happened(page))
    draw.paper.scroll_into_view_if_needed()
    draw.touch("Start", {0: (0.6, 0.6)}, wide=160)
    draw.line((0.1, 0.1), (0.5, 0.1))
    draw.touch("Move", {0: (0.6, 0.65)}, wide=160)
    draw.touch("End", {})
    draw.line((0.1, 0.3), (0.5, 0.3))
    draw.has_lines(2)
    shows_what_is_sent(draw)


def test_a_line_that_the_device_ends_stays(page: Page) -> None:
    draw = Draw.beside(what_happened(page))
    draw.paper.scroll_into_view_if_needed()
    draw.touch("Start", {0: (0.2, 0.2)})
    draw.touch("Move", {0: (0.6, 0.6)})
    draw.touch("Cancel", {})
    draw.line((0.1, 0.9), (0.5, 0.9))
    draw.has_lines(2)
    shows_what_is_sent(draw)


def test_a_full_paper_says_so_and_loses_nothing(page: Page) -> None:
    draw = Draw.beside(what_happened(page))
    lines = [f"01:{5 * at},{3 * at} {5 * at},700" for at in range(drawing.MOST_STROKES - 1)]
    page.locator("[name=strokes]").evaluate(
        "(field, text) => { field.value = text }", ";".join(lines)
    )
    again = Draw.beside(draw.go_on().back())
    status = again.status
    again.has_lines(199)
    expect(status).to_be_empty()
    again.line((0.1, 0.9), (0.5, 0.9))
    expect(status).to_contain_text("The paper is full.")
    full = again.strokes
    again.line((0.1, 0.2), (0.5, 0.2))
    again.touch("Start", {0: (0.5, 0.5), 1: (0.7, 0.7)})
    again.touch("End", {})
    expect(status).to_contain_text("The paper is full.")
    assert again.strokes == full
    shows_what_is_sent(again)


def test_a_line_that_fills_the_paper_ends_there(page: Page) -> None:
    draw = Draw.beside(what_happened(page))
    points = " ".join(f"{at % 1000},{at // 10}" for at in range(drawing.MOST_POINTS - 2))
    page.locator("[name=strokes]").evaluate(
        "(field, text) => { field.value = text }", f"01:{points}"
    )
    again = Draw.beside(draw.go_on().back())
    again.line((0.1, 0.95), (0.5, 0.95), (0.9, 0.95))
    expect(again.main.get_by_role("status")).to_contain_text("The paper is full.")
    assert len(again.strokes.replace(";", " ").split()) == drawing.MOST_POINTS
    shows_what_is_sent(again)


def test_stickers_need_neither_a_script_nor_a_mouse(
    any_page: Page, *, javascript: bool, transactions: Transactions
) -> None:
    page = any_page
    draw = Draw.beside(what_happened(page))
    sun = page.get_by_role("checkbox", name="Sun")
    sun.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Where? Sun")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    if javascript:
        expect(draw.paper.locator("use")).to_have_count(2)
        expect(draw.paper.locator("use").first).to_be_visible()
    else:
        show = page.get_by_role("button", name="Show my picture")
        show.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(draw.picture).to_have_accessible_name("Your picture, with these stickers: Sun, Tree")
        expect(draw.picture.locator("use").first).to_be_visible()
    sent(draw.go_on())
    with transactions.reading() as db:
        words = db.scalars(select(Case)).one().statement or {}
    assert words["picture_stickers"] == ["sun", "tree"]


def test_paper_is_tied_to_what_was_sent(
    any_page: Page, open_page: OpenPage, transactions: Transactions
) -> None:
    sheet = Draw.beside(what_happened(any_page)).on_paper()
    letters = sheet.letters
    done = sent(sheet.go_on())
    expect(done.main).to_contain_text(letters)
    desk = head_of_practice(open_page, transactions)
    queue = Queue.open(desk)
    desk.get_by_label("A drawing came in on paper?").fill(letters.lower())
    queue.press("Find the case")
    expect(desk).to_have_url(re.compile("/staff/case/"))

"""A screen that others use too: how staff make one, and how it asks before it clears."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.e2e.conftest import OpenPage
from tests.e2e.pages.child import Question, Start
from tests.e2e.pages.kiosk import AllClear, Still, Welcome, let_pass
from tests.e2e.tools import axe
from tests.make import a_kiosk, a_person

SHORT = """() => [...document.querySelectorAll(
        "a[href], button, summary, select, textarea, label.option, input:not([type=radio])")]
    .filter((each) => each.checkVisibility() && each.offsetParent !== null)
    .filter((each) => !each.matches(".skip, .hidden-text, [type=hidden], [type=checkbox]"))
    .map((each) => [each.textContent.trim(), each.getBoundingClientRect().height])
    .filter(([, height]) => height < document.body.dataset.least)"""


@pytest.fixture
def kiosk(open_page: OpenPage, site_url: str, transactions: Transactions, clock: SetClock) -> Page:
    """A browser in Eastham's reception, whose clock stands still until a test moves it."""
    with transactions() as db:
        token = a_kiosk(db, clock())
    page = open_page()
    cookie: Any = {"name": "screen", "value": token, "url": site_url}
    page.context.add_cookies([cookie])
    page.clock.install(time=0)
    page.clock.pause_at(3600)
    return page


def begin(page: Page) -> Question:
    return Welcome.open(page).start().something_was_wrong().go_on()


def test_a_manager_makes_this_screen_a_kiosk(
    open_page: OpenPage,
    transactions: Transactions,
    javascript: bool,  # noqa: FBT001 - a fixture's name
) -> None:
    with transactions() as db:
        manager = a_person(db, "Mo Manager", role=Role.LOCAL_MANAGER)
    page = open_page(visit={"person": manager.id}, java_script_enabled=javascript)
    page.goto("/staff/queue")
    page.get_by_role("link", name="Shared devices").click()
    if javascript:
        axe.check(page)
    page.get_by_label("What is this device called?").fill("Reception")
    with page.expect_navigation():
        page.get_by_role("button", name="Make this device a kiosk").click()
    start = Welcome(page).speak("ar").start()
    assert start.direction == "rtl"
    page.goto("/staff/queue")
    expect(page.get_by_label("Password")).to_be_visible()


def test_a_worker_gives_the_screen_to_a_child(
    open_page: OpenPage,
    transactions: Transactions,
    javascript: bool,  # noqa: FBT001 - a fixture's name
) -> None:
    with transactions() as db:
        manager = a_person(db, "Mo Manager", role=Role.LOCAL_MANAGER)
    page = open_page(visit={"person": manager.id}, java_script_enabled=javascript)
    page.goto("/staff/queue")
    page.get_by_role("link", name="Lend this device").click()
    if javascript:
        axe.check(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Lend this device").click()
    expect(page.locator("body.screen-lent")).to_be_visible()
    assert "Mo Manager" not in page.content()
    with page.expect_navigation():
        page.get_by_role("link", name="I'm finished").last.click()
    AllClear(page).start_again()


def test_nobody_there_is_asked_and_then_all_is_cleared(kiosk: Page) -> None:
    begin(kiosk).on(topics="unkind").fill_in(happened="Wagtail")
    still = Still(kiosk)
    let_pass(kiosk, "00:45")
    expect(still.box).to_be_hidden()
    let_pass(kiosk, "00:16")
    expect(still.box).to_be_visible()
    expect(still.more_time).to_be_focused()
    expect(still.box).to_contain_text("This screen will clear soon.")
    let_pass(kiosk, "00:20")
    expect(still.box).to_contain_text("this screen will clear in 10 seconds")
    with kiosk.expect_navigation():
        let_pass(kiosk, "00:10")
    assert AllClear(kiosk).heading == "All clear"
    with kiosk.expect_navigation():
        let_pass(kiosk, "01:01")
    Welcome(kiosk)


def test_everybody_can_answer_the_question(kiosk: Page) -> None:
    Start.open_in(kiosk, "ar", "pictures")
    let_pass(kiosk, "01:01")
    expect(Still(kiosk).box).to_be_visible()
    kiosk.clock.resume()
    axe.check(kiosk)


@pytest.mark.parametrize("how", ["press", "Escape"])
def test_who_needs_more_time_gets_it_as_often_as_they_ask(kiosk: Page, how: str) -> None:
    question = begin(kiosk).fill_in(topics="unkind")
    still = Still(kiosk)
    let_pass(kiosk, "01:01")
    for _ in range(11):
        expect(still.box).to_be_visible()
        if how == "press":
            still.more_time.click()
        else:
            kiosk.keyboard.press("Escape")
        expect(still.box).to_be_hidden()
        let_pass(kiosk, "02:40")
        expect(still.box).to_be_hidden()
        let_pass(kiosk, "00:22")
    expect(question.control("topics", "unkind")).to_be_checked()


def test_who_writes_is_left_alone_and_the_server_hears_of_it(kiosk: Page, clock: SetClock) -> None:
    question = begin(kiosk).on(topics="unkind")
    for _ in range(12):
        let_pass(kiosk, "00:50")
        clock.forward(seconds=50)
        question.control("happened").press_sequentially("ab")
        kiosk.wait_for_load_state("networkidle")
    expect(Still(kiosk).box).to_be_hidden()
    question.answer(happened="ab" * 12)
    Question(kiosk)


def test_who_is_finished_says_so_in_the_question(kiosk: Page) -> None:
    begin(kiosk).on(topics="unkind").fill_in(happened="Wagtail")
    let_pass(kiosk, "01:01")
    with kiosk.expect_navigation():
        Still(kiosk).finished.click()
    AllClear(kiosk)


def test_the_end_of_half_an_hour_is_said_five_minutes_before(kiosk: Page, clock: SetClock) -> None:
    begin(kiosk).answer(topics="unkind")
    still = Still(kiosk)
    for _ in range(28):
        let_pass(kiosk, "00:53")
        kiosk.mouse.click(2, 2)
    expect(still.box).to_be_hidden()
    let_pass(kiosk, "00:20")
    expect(still.box).to_contain_text("this screen will clear in 5 minutes")
    still.more_time.click()
    for _ in range(6):
        let_pass(kiosk, "00:45")
        kiosk.mouse.click(2, 2)
    with kiosk.expect_navigation():
        let_pass(kiosk, "00:45")
    AllClear(kiosk)


def test_a_child_who_only_looked_gives_the_next_one_their_own_language(kiosk: Page) -> None:
    Welcome.open(kiosk).speak("ar")
    with kiosk.expect_navigation():
        let_pass(kiosk, "01:01")
    assert AllClear(kiosk).start_again().direction == "ltr"


@pytest.mark.parametrize("look", ["words", "pictures"])
def test_what_is_pressed_on_a_kiosk_is_as_big_as_a_hand(kiosk: Page, look: str) -> None:
    Welcome.open(kiosk)
    small = too_small(kiosk)
    Start.open_in(kiosk, look=look)
    for path in ("/", "/first/1", "/p/1", "/p/2", "/p/6", "/p/10", "/check", "/leaf", "/back"):
        kiosk.goto(path)
        small += [f"{path}: {item}" for item in too_small(kiosk)]
    assert not small, "\n".join(small)


def too_small(page: Page) -> list[str]:
    page.evaluate("() => { document.body.dataset.least = '71.5' }")
    return [str(item) for item in page.evaluate(SHORT)]

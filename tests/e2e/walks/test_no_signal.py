"""No signal: nothing typed is lost, nothing is sent twice, and the secret words still arrive."""

import http.client
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import func, select

from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.e2e.conftest import OpenPage
from tests.e2e.pages.child import Check, Done, Question, Start
from tests.e2e.tools import axe, measure

SAID = "Nobody asked me what I want."


def rows(transactions: Transactions) -> int:
    with transactions.reading() as db:
        return db.scalar(select(func.count()).select_from(Case)) or 0


def to_say(page: Page) -> Question:
    return Start.open(page).something_was_wrong().go_on().skip().fill_in(happened=SAID)


def to_send(page: Page) -> Check:
    to_say(page).next_button.click()
    Question(page).fill_in(wish="look_into").that_is_all()
    return Check(page)


def then_lost(route: Route) -> None:
    """Let the request reach us, and its answer reach nobody."""
    asked = route.request
    there = http.client.HTTPConnection(urlsplit(asked.url).netloc)
    there.request(asked.method, asked.url, asked.post_data, asked.all_headers())
    assert there.getresponse().status == 303
    there.close()
    route.abort()


def press_in_vain(button: Locator) -> None:
    page = button.page
    with page.expect_event("requestfailed"):
        button.click(no_wait_after=True)
    page.wait_for_function("location.protocol === 'chrome-error:'")
    page.unroute_all()


@pytest.mark.parametrize("look", ["words", "pictures"])
def test_what_is_typed_stays_until_it_can_go(open_page: OpenPage, look: str) -> None:
    page = open_page(visit={"look": look})
    question = to_say(page)
    page.context.set_offline(True)
    question.next_button.click()
    told = question.alert
    expect(told).to_be_focused()
    expect(told).to_contain_text("No internet" if look == "pictures" else "You're offline")
    expect(question.control("happened")).to_have_value(SAID)
    assert not measure.faults(page, mirror=True) + axe.strictly(page)

    again = told.get_by_role("button", name="Try again")
    again.click()
    expect(told).to_be_focused()
    page.context.set_offline(False)
    question.press(again)
    expect(Question(page).back().control("happened")).to_have_value(SAID)


def test_what_could_not_go_is_sent_once(page: Page, transactions: Transactions) -> None:
    check = to_send(page)
    page.context.set_offline(True)
    check.send_button.click()
    again = check.alert.get_by_role("button")
    expect(again).to_be_visible()
    assert rows(transactions) == 0
    page.context.set_offline(False)
    with page.expect_navigation():
        again.dblclick()
    assert len(Done(page).words) == 5
    assert rows(transactions) == 1


def test_a_signal_that_went_unnoticed_loses_no_word(page: Page) -> None:
    page.clock.install()
    question = to_say(page)
    page.route("**/*", lambda route: route.abort())
    page.clock.fast_forward(20_000)
    question.next_button.click()
    expect(question.alert).to_be_focused()
    expect(question.control("happened")).to_have_value(SAID)
    page.unroute_all()
    question.press(question.alert.get_by_role("button"))
    assert Question(page).screen.id == "K3"


def test_words_that_took_their_time_go_like_any_other(page: Page) -> None:
    page.clock.install()
    question = to_say(page)
    page.clock.fast_forward(20_000)
    question.press(question.button("skip"))
    assert Question(page).screen.id == "K3", "the button that was pressed is the one that counts"


def test_an_answer_that_got_lost_still_arrives(any_page: Page, transactions: Transactions) -> None:
    check = to_send(any_page)
    any_page.route("**/check", then_lost)
    press_in_vain(check.send_button)
    any_page.go_back()
    done = Done(any_page)
    assert rows(transactions) == 1
    words = " ".join(done.words)
    done.finish().been_here_before().enter(words)


def test_praise_whose_answer_got_lost_is_not_said_twice(
    any_page: Page, transactions: Transactions
) -> None:
    Start.open(any_page).something_was_good().go_on().fill_in(topics="kind").that_is_all()
    any_page.route("**/check", then_lost)
    press_in_vain(Check(any_page).send_button)
    any_page.go_back()  # to the question: what failed stands where the page to check stood
    assert len(Done(any_page).words) == 5
    any_page.goto("/check")
    assert len(Done(any_page).words) == 5
    assert rows(transactions) == 1

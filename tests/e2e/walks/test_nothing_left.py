"""Whoever takes the phone next finds nothing: not by Back, Forward or reload, scripts on or off.

Over HTTPS, as a browser keeps and restores pages differently without it. Without scripts, ``make
test`` tries what is sent, left in the middle or read, and ``make test-all`` each way to leave.
"""

import pytest
from playwright.sync_api import Page, expect

from kids_feedback.config import Settings
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.child.secret_words import fingerprint
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.casework import Answer
from tests import sample
from tests.conftest import SetClock
from tests.e2e.conftest import OpenPage
from tests.e2e.pages.child import Check, Done, Question, Start
from tests.e2e.tools.left_behind import places, settle, told
from tests.make import NOW, a_complaint, a_person

mostly_with_scripts = pytest.mark.parametrize(
    "javascript",
    sample.many(small=[True], full=[True, False]),
    ids=lambda runs: "javascript" if runs else "no javascript",
)
CANARIES = ("Wagtail", "Bullfinch", "Dunnock", "Yaffle")  # words, a wish, a name, an answer


@pytest.fixture
def page(open_secure_page: OpenPage, javascript: bool) -> Page:  # noqa: FBT001 - a fixture's name
    return open_secure_page(java_script_enabled=javascript)


@mostly_with_scripts
def test_the_browser_does_keep_pages(page: Page) -> None:
    """Else the tests below would prove little: before sending, Back brings the words again."""
    tell(page)
    page.go_back(wait_until="commit")
    assert "better=Bullfinch" in settle(page)


def test_after_sending(page: Page) -> None:
    send(page)
    look_everywhere(page, *CANARIES)


def test_after_sending_and_finishing(page: Page) -> None:
    done = send(page)
    words = done.words
    done.finish()
    look_everywhere(page, *CANARIES, *(f">{word}<" for word in words))


def test_after_leaving_in_the_middle_of_a_word(page: Page) -> None:
    question = tell(page).fill_in(name="Dunnock")
    question.press(question.ways_out.last)
    expect(page).to_have_title("Weather")
    look_everywhere(page, *CANARIES)


@mostly_with_scripts
def test_after_leaving_the_first_question(page: Page) -> None:
    question = Start.open(page).something_was_wrong().go_on().fill_in(topics="unkind")
    question.press(question.ways_out.last)
    look_everywhere(page, *CANARIES)


@mostly_with_scripts
def test_after_leaving_with_secret_words_half_typed(page: Page) -> None:
    back = Start.open(page).been_here_before()
    back.box.fill("Wagtail")
    back.press(back.ways_out.last)
    look_everywhere(page, *CANARIES)


@mostly_with_scripts
def test_after_leaving_by_the_first_key(page: Page) -> None:
    tell(page)
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_title("Weather")
    look_everywhere(page, *CANARIES)


@mostly_with_scripts
def test_after_leaving_the_page_with_the_secret_words(page: Page) -> None:
    done = send(page)
    words = done.words
    done.press(done.ways_out.last)
    look_everywhere(page, *CANARIES, *(f">{word}<" for word in words))


@mostly_with_scripts
def test_after_stopping(page: Page) -> None:
    tell(page).that_is_all()
    Check(page).stop()
    look_everywhere(page, *CANARIES)


def test_after_two_hours(page: Page, clock: SetClock) -> None:
    tell(page)
    clock.forward(hours=2, seconds=1)
    forget_kept_pages(page)
    look_everywhere(page, *CANARIES)


def test_after_reading_the_answer(
    page: Page, transactions: Transactions, settings: Settings
) -> None:
    an_answer(transactions, settings)
    now = Start.open(page).been_here_before().enter("apple river cloud spoon")
    answer = now.answer().read()
    expect(answer.main).to_contain_text("Yaffle")
    answer.finish()
    look_everywhere(page, *CANARIES, "apple")


@mostly_with_scripts
def test_there_is_one_cookie_and_it_says_nothing(page: Page) -> None:
    send(page)
    cookies = page.context.cookies()
    assert [cookie.get("name") for cookie in cookies] == ["__Host-id"]
    assert (cookies[0].get("httpOnly"), cookies[0].get("secure")) == (True, True)
    assert (cookies[0].get("sameSite"), cookies[0].get("expires")) == ("Lax", -1)


def tell(page: Page) -> Question:
    """Write on the first three questions; stand on the fourth."""
    question = Start.open(page).something_was_wrong().go_on()
    return (
        question.on(topics="unkind").on(happened="Wagtail").on(better="Bullfinch", wish="look_into")
    )


def send(page: Page) -> Done:
    tell(page).fill_in(name="Dunnock").that_is_all()
    return Check(page).send()


def look_everywhere(page: Page, *canaries: str) -> None:
    """Go back as far as it goes, then forward, and reload at every place."""
    seen = [*places(page)]
    found = [line for place in seen for line in place.splitlines() if told(line, canaries)]
    assert not found, "\n".join(found)
    assert len(seen) > 2


def forget_kept_pages(page: Page) -> None:
    """Drop the pages kept for Back: no browser keeps them for longer than ten minutes."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")


def an_answer(transactions: Transactions, settings: Settings) -> None:
    with transactions() as db:
        manager = a_person(db, "Mo Manager", role=Role.LOCAL_MANAGER)
        row = a_complaint(
            db,
            fingerprint=fingerprint("apple river cloud spoon", settings.words_key),
            manager=manager,
            stage=Stage.DELIVERED,
            delivered_on=NOW.date(),
        )
        parts = {"understanding": "<p>Yaffle</p>"}
        db.add(Answer(case_id=row.id, parts=parts, written_by=manager.id, saved_at=NOW))

"""The pages on which a child says more on the way back."""

import pytest

from kids_feedback.domain.case.answer import READ
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.submission import Kind, Wish
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.casework import Answer, Event
from tests.conftest import SetClock
from tests.make import NOW
from tests.web.child.back.test_case_status import WORDS, a_child_with_words, come_back
from tests.web.page import Page, Visitor, get, submit


@pytest.fixture
def back(child: Visitor, transactions: Transactions) -> Visitor:
    """A child who has come back with the secret words, and has an answer."""
    a_child_with_words(transactions, stage=Stage.DELIVERED, delivered_on=NOW.date())
    come_back(child, " ".join(WORDS))
    return child


def the_answer(child: Visitor) -> Page:
    return submit(child, get(child, "/back/answer"))


def test_a_child_adds_something(child: Visitor, transactions: Transactions) -> None:
    a_child_with_words(transactions)
    come_back(child, " ".join(WORDS))
    page = get(child, get(child, "/back/now").links()["Add something"])
    empty = submit(child, page, words=" ")
    assert (empty.status, empty.texts(".summary a")) == (422, ["Write a few words, or go back"])
    assert submit(child, page, words="And more.").heading == "Thank you. We have got it."


def test_words_survive_a_stale_page(child: Visitor, transactions: Transactions) -> None:
    a_child_with_words(transactions)
    come_back(child, " ".join(WORDS))
    page = get(child, "/back/more")
    child.delete_cookie("__Host-id")
    again = submit(child, page, words="And more.")
    assert again.status == 400
    assert "And more." in again.soup.select("textarea")[0].get_text()


def test_a_child_asks_why_it_is_late(
    child: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    a_child_with_words(transactions)
    clock.forward(days=4)
    come_back(child, " ".join(WORDS))
    page = get(child, "/back/now")
    assert "We are late. We said Tuesday 3 March." in page.text
    assert submit(child, page, to="/back/nudge").status == 200


def test_a_child_stops_it(child: Visitor, transactions: Transactions) -> None:
    a_child_with_words(transactions)
    come_back(child, " ".join(WORDS))
    page = get(child, get(child, "/back/now").links()["Stop looking into it"])
    assert submit(child, page).status == 200
    assert "Stop looking into it" not in get(child, "/back/now").links()


def test_what_was_heard_wrong_in_a_talk_goes_on(child: Visitor, transactions: Transactions) -> None:
    today = NOW.date()
    a_child_with_words(transactions, stage=Stage.TALKED, talk_on=today, stop_asked_on=today)
    come_back(child, " ".join(WORDS))
    page = get(child, "/back/now")
    assert "we heard that you want us to stop. Is that right?" in page.text
    assert submit(child, page, to="/back/resume").heading == "We will look into it."
    after = get(child, "/back/now").text
    assert "Is that right?" not in after
    assert "You said on Monday 2 March that we should look into it." in after


def test_what_was_only_to_be_known_is_looked_into_where_the_child_asks(
    child: Visitor, transactions: Transactions
) -> None:
    a_child_with_words(transactions, kind=Kind.NOTE, wish=Wish.JUST_KNOW, stage=Stage.ACKNOWLEDGED)
    come_back(child, " ".join(WORDS))
    page = get(child, "/back/now")
    assert submit(child, page, to="/back/look-into").heading == "We will look into it."
    after = get(child, "/back/now")
    assert "Please look into it" not in after.text
    assert "Stop looking into it" in after.links()


def test_not_quite_leads_to_what_a_child_can_do(back: Visitor) -> None:
    page = submit(back, the_answer(back), of_understanding="not_quite", words="It was Monday.")
    page = get(back, page.location or "")
    assert page.heading == "Not happy with the answer?"
    assert "You told us on Monday 2 March what we did not get right." in page.text
    assert "is going to read it by" in page.text
    assert submit(back, page, ask="advocate").heading.startswith("We have passed it on.")


def test_one_press_says_that_all_of_it_is_right(back: Visitor, transactions: Transactions) -> None:
    page = the_answer(back)
    assert page.texts(".letter h2")[0] == "What you told us"
    assert page.texts(".signed") == ["Mo Manager"]
    assert page.texts(".verdict > button, .verdict summary") == ["Yes", "Not quite"]
    assert submit(back, page, right="yes").location == "/back/how"
    with transactions() as db:
        (line,) = db.query(Event).filter_by(what="points")
        assert (line.facts["understood"], line.facts["not_quite"]) == (list(READ), [])
    assert submit(back, page, right="not_quite").location == "/back/not-happy"


def test_the_letter_begins_with_what_we_are_sorry_for(
    back: Visitor, transactions: Transactions
) -> None:
    """An answer that was out before there was such a part says nothing of it."""
    assert "What we are sorry for" not in the_answer(back).text
    with transactions() as db:
        answer = db.query(Answer).one()
        answer.parts = {**(answer.parts or {}), "sorry": "<p>Sorry for Monday.</p>"}
    page = the_answer(back)
    assert page.texts(".letter h2")[:2] == ["What we are sorry for", "What you told us"]
    assert page.texts(".letter .answer > div")[0] == "Sorry for Monday."
    assert "What we are sorry for" in " ".join(page.texts(".verdict details legend"))


def test_why_there_is_nothing_to_be_sorry_for_is_not_in_the_letter(
    back: Visitor, transactions: Transactions
) -> None:
    with transactions() as db:
        answer = db.query(Answer).one()
        answer.parts = {**(answer.parts or {}), "not_sorry_because": "<p>All was as agreed.</p>"}
    page = the_answer(back)
    assert "All was as agreed" not in page.text
    assert "sorry for" not in page.text


def test_understood_leads_to_how_we_did(back: Visitor) -> None:
    page = submit(back, the_answer(back), of_understanding="yes")
    page = get(back, page.location or "")
    assert page.heading == "How did we deal with it?"
    done = submit(back, page, listened="a_bit", words="Be quicker.")
    assert done.heading == "Thank you. This helps us do better."


@pytest.mark.parametrize("path", ["/back/more", "/back/stop", "/back/not-happy", "/back/how"])
def test_without_words_there_is_nothing(child: Visitor, path: str) -> None:
    assert get(child, path).location == "/back"


@pytest.mark.parametrize("path", ["/back/more", "/back/how"])
def test_words_wait_until_the_child_has_come_back(
    back: Visitor, transactions: Transactions, path: str
) -> None:
    page = get(back, path)
    back.delete_cookie("__Host-id")
    asked = submit(back, submit(back, page, words="And more."))
    assert (asked.status, asked.heading) == (400, "Please enter your secret words first")
    assert asked.texts("textarea") == ["And more."]
    come_back(back, " ".join(WORDS))  # in another tab
    again = submit(back, asked)
    assert (again.status, again.texts("textarea")) == (400, ["And more."])
    assert submit(back, again).heading.startswith("Thank you.")


def test_what_was_said_of_the_answer_waits_too(back: Visitor) -> None:
    page = the_answer(back)
    back.delete_cookie("__Host-id")
    asked = submit(back, page, of_understanding="not_quite", words="It was Monday.")
    assert (asked.status, asked.heading) == (400, "Please enter your secret words first")
    assert asked.texts("textarea") == ["It was Monday."]
    come_back(back, " ".join(WORDS))
    again = submit(back, asked)
    assert again.texts("textarea") == ["It was Monday."]
    assert submit(back, again).location == "/back/not-happy"

"""A message behind the secret words, from the page where it is written to the one that reads it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.child.secret_words import fingerprint
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Letter
from tests.conftest import SetClock
from tests.web.child.back.test_case_status import KEY, WORDS, a_child_with_words, come_back
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, follow, get, submit
from tests.web.staff.pages import (
    Staff,
    a_given_case,
    address,
    history,
    now,
    open_words,
    saved,
    some_staff,
    take,
)

HELLO = "Hello Robin.\nI am Max <b>. When can we talk?"
LINE = "When can we talk?"
ANSWER = "On Friday. Please write to me here."


@dataclass(frozen=True)
class Desk:
    """A case of a child who left no way but the secret words, and who has it."""

    case: Case
    staff: Staff
    sign_in: SignIn
    max: Visitor
    hana: Visitor

    def later(self) -> "Desk":
        """Return it for those who sign in again, as they do on another day."""
        again = self.sign_in(self.staff.manager), self.sign_in(self.staff.head)
        return replace(self, max=again[0], hana=again[1])

    def page(self) -> Page:
        return get(self.max, address(self.case, "/message"))

    def write(self, text: str = HELLO) -> Page:
        return submit(self.max, self.page(), to=address(self.case, "/message"), text=text)


@pytest.fixture
def desk(transactions: Transactions, signed_in: SignIn) -> Desk:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(
            db,
            staff,
            method=Method.HERE,
            contact={},
            fingerprint=fingerprint(" ".join(WORDS), KEY),
        )
    return Desk(
        case=case,
        staff=staff,
        sign_in=signed_in,
        max=signed_in(staff.manager),
        hana=signed_in(staff.head),
    )


def the_status(child: Visitor) -> Page:
    return follow(child, come_back(child, " ".join(WORDS)))


def in_look(child: Visitor, **choices: Any) -> None:
    """Choose a look or a language, as on the first page."""
    for path, field in (("/look", "look"), ("/language", "language")):
        if field in choices:
            submit(child, get(child, path), to=path, **{field: choices[field]})


def test_a_message_goes_there_and_an_answer_comes_back(
    desk: Desk, child: Visitor, transactions: Transactions
) -> None:
    contact = get(desk.max, address(desk.case, "/contact"))
    assert contact.links()["Write to the child on this website"] == desk.page().path
    assert saved(desk.max, desk.write()).startswith("Saved. The message waits")
    case = get(desk.max, address(desk.case))
    assert "Not opened by the child yet" in case.text
    assert "The next attempt is on Mon 9 Mar 2026." in case.text

    status = the_status(child)
    assert "There is a message for you." in status.text
    assert "Hello Robin" not in str(status.soup)
    assert "We wrote to you on Monday 2 March." in status.text
    waits = get(child, status.links()["Go to your message"])
    assert (waits.heading, "Hello" in waits.text) == ("There is a message for you", False)
    assert "letter_read" not in history(transactions, desk.case), "looking is not opening"
    read = submit(child, waits, to="/back/message")
    assert "Max Manager wrote to you on Monday 2 March" in read.text
    (shown,) = read.soup.select("p.words")
    assert (shown.get_text(), shown["dir"], shown["lang"]) == (HELLO, "auto", "en")
    assert history(transactions, desk.case)[-1] == "letter_read"
    thanks = submit(child, read, to="/back/more", words=ANSWER)
    assert thanks.heading == "Thank you. We have got it."
    assert "Max Manager is going to read it by Tuesday 3 March." in thanks.text

    case = get(desk.max, address(desk.case))
    assert "Opened by the child on Mon 2 Mar 2026" in case.text
    assert "Answered on Mon 2 Mar 2026" in case.text
    assert "The child answered the message of Mon 2 Mar 2026." in case.text
    assert "The child opened the message of Mon 2 Mar 2026." in case.text
    assert ANSWER not in case.text
    words = open_words(desk.max, desk.case)
    assert "Answered on Mon 2 Mar 2026 our message of Mon 2 Mar 2026" in words.text
    assert ANSWER in words.text
    after = the_status(child)
    assert "There is a message for you." not in after.text
    assert "Your messages from us" in after.links()


@pytest.mark.parametrize("look", ["words", "pictures"])
@pytest.mark.parametrize("language", ["en", "ar", "cy"])
def test_it_is_found_and_opened_in_every_look_and_language(
    desk: Desk, child: Visitor, look: str, language: str, transactions: Transactions
) -> None:
    desk.write()
    in_look(child, look=look, language=language)
    status = the_status(child)
    assert status.soup.html is not None
    assert status.soup.html["lang"] == language
    (way,) = [link for link in status.links().values() if link == "/back/message"]
    read = submit(child, get(child, way), to="/back/message")
    assert [words.get_text() for words in read.soup.select("p.words[lang=en]")] == [HELLO]
    assert submit(child, read, to="/back/more", words=ANSWER).status == 200
    with transactions.reading() as db:
        assert db.query(Letter).one().opened_on == date(2026, 3, 2)


def test_without_the_words_there_is_no_message(desk: Desk, child: Visitor) -> None:
    desk.write()
    assert get(child, "/back/message").location == "/back"


def test_nobody_is_led_to_messages_that_were_never_written(
    child: Visitor, transactions: Transactions
) -> None:
    a_child_with_words(transactions)
    come_back(child, " ".join(WORDS))
    assert get(child, "/back/message").status == 404


def test_what_the_child_typed_in_answer_survives_what_is_wrong_with_it(
    desk: Desk, child: Visitor
) -> None:
    desk.write()
    the_status(child)
    read = submit(child, get(child, "/back/message"), to="/back/message")
    wrong = submit(child, read, to="/back/more", words="x" * 2001)
    assert (wrong.status, wrong.texts("textarea")) == (422, ["x" * 2001])
    submit(child, wrong, to="/back/more", words=ANSWER)
    assert "Answered on" in get(desk.max, address(desk.case)).text, "it still answers the message"


def test_what_staff_typed_survives_what_is_wrong_with_it(desk: Desk) -> None:
    assert "Write the message first" in desk.write(" ").text
    long = desk.write("x" * 2001)
    assert (long.status, long.texts("textarea")) == (422, ["x" * 2001])


def test_what_staff_typed_survives_whoever_saved_first(
    desk: Desk, transactions: Transactions
) -> None:
    page = desk.page()
    desk.write("First.")
    again = submit(desk.max, page, to=page.path, text=LINE)
    assert (again.status, again.texts("textarea")) == (409, [LINE])
    assert "Something else was saved meanwhile." in again.text
    assert "First." in again.text
    assert submit(desk.max, again, to=page.path, text=LINE).status == 303
    assert history(transactions, desk.case).count("letter_written") == 2


def test_what_staff_typed_survives_a_stale_page(desk: Desk) -> None:
    page = desk.page()
    desk.max.delete_cookie("__Host-id")
    stale = submit(desk.max, page, to=page.path, text=LINE)
    assert (stale.status, stale.texts("textarea")) == (400, [LINE])


def test_a_message_is_not_logged_as_sent_but_written(
    desk: Desk, transactions: Transactions
) -> None:
    tried = take(
        desk.max,
        desk.case,
        "attempt",
        way="here",
        result="sent",
        next_attempt_on="2026-03-04",
        note="It is there.",
    )
    assert "That is the contact attempt: log nothing here." in tried.text
    assert "It is there." in tried.texts("textarea")
    assert desk.page().path in tried.links().values()
    assert history(transactions, desk.case) == []


def test_no_talk_is_logged_here_that_was_not_here(desk: Desk) -> None:
    talked = take(
        desk.max,
        desk.case,
        "talk",
        talk_on="2026-03-02",
        way="here",
        present="Us",
        wants="Peace.",
        still_wants="yes",
    )
    assert "The child has not opened any message on this website" in talked.text
    assert "Peace." in talked.texts("textarea")


def test_who_says_that_they_wrote_is_led_to_where_that_is_done(
    desk: Desk, child: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    clock.forward(days=9)
    desk = desk.later()
    submit(child, the_status(child), to="/back/nudge")
    said = take(desk.hana, desk.case, "follow-up", outcome="wrote", note="I wrote.")
    assert said.status == 422
    assert "nothing has been written there since" in said.text
    assert "I wrote." in said.texts("textarea")
    page = get(desk.hana, desk.page().path)
    assert submit(desk.hana, page, to=page.path, text="I am Hana. Sorry.").status == 303
    assert take(desk.hana, desk.case, "follow-up", outcome="wrote", note="I wrote.").status == 303
    assert "We wrote to you about it on Wednesday 11 March." in the_status(child).text


def test_the_queue_shows_the_next_try_while_it_waits(
    desk: Desk, child: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    desk.write()
    assert now(transactions, desk.case).next_attempt_on == date(2026, 3, 9)
    clock.forward(days=7)
    desk = desk.later()
    assert "Next attempt" in get(desk.max, "/staff/queue").text
    the_status(child)
    submit(child, get(child, "/back/message"), to="/back/message")
    assert now(transactions, desk.case).next_attempt_on is None
    assert "Next attempt" not in get(desk.max, "/staff/queue").text


def test_a_closed_case_is_written_to_by_the_head(
    desk: Desk, transactions: Transactions, child: Visitor
) -> None:
    with transactions() as db:
        row = db.get_one(Case, desk.case.id)
        row.stage, row.closed_on, row.delivered_on = Stage.CLOSED, date(2026, 3, 2), row.received_on
    page = get(desk.hana, address(desk.case, "/message"))
    assert submit(desk.hana, page, to=page.path, text=HELLO).status == 303
    assert "There is a message for you." in the_status(child).text

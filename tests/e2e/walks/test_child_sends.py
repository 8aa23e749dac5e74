"""A child tells us and comes back, in a browser: scripts on and off, both looks, two directions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from kids_feedback.domain.case.submission import Answers, Kind, PassOn
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.e2e import ways
from tests.e2e.conftest import OpenPage
from tests.e2e.pages.child import Check, ComeBack, Done, Given, Question, Start

SAID = (
    "She said \"no\" and 'be quiet' & laughed <3 \U0001f622\U0001f468\u200d\U0001f467\n"
    "Вона не слухала мене.\n"
    "لم يسألني أحد «ماذا تريد؟»"
)
COMPLAINT: list[tuple[str, Mapping[str, Given]]] = [
    ("K1", {"topics": ["unkind", "not_listened"]}),
    ("K2", {"happened": SAID}),
    ("K3", {"remedies": ["sorry", "why"], "better": "Say “sorry”.", "wish": "look_into"}),
    ("W1", {"name": "Zoë ‏زوي‏ O'Neill", "age": "9", "worker": "Sam Ostrich", "town": "Leeds"}),
    ("W4", {"method": "meet", "supporter": "known"}),
    ("W5m", {"meet_tell": "phone"}),
    ("W5p", {"phone": "0116 496 0000"}),
    ("W5q", {"phone_whose": "mine", "phone_else": "hang_up"}),
    ("W7", {"supporter_name": "Dad"}),
    ("W7p", {"supporter_party": "yes"}),
    ("W7x", {"supporter_instead": "again"}),
    ("W7", {"supporter_name": "Gran", "supporter_link": "grandparent"}),
    ("W7p", {"supporter_party": "no"}),
    ("W8", {"needs": ["quiet", "language"], "share": "yes"}),
    ("W8l", {"needs_language": "Українська"}),
]
PRAISE: list[tuple[str, Mapping[str, Given]]] = [
    ("P1", {"topics": ["kind", "listened"]}),
    ("P2", {"happened": SAID, "worker": "Sam Ostrich"}),
    ("P3", {"pass_on": "with_name", "name": "Zoë"}),
]
TONGUES = {"en": "ltr", "ar": "rtl"}


@dataclass(frozen=True)
class Sent:
    """What reached us, in the child's own words."""

    kind: Kind
    pass_on: PassOn | None
    age: str | None
    share: bool
    name: str
    words: Answers
    contact: Answers
    helper: Answers


def sent(transactions: Transactions) -> Iterator[Sent]:
    with transactions.reading() as db:
        for row in db.scalars(select(Case)):
            yield Sent(
                kind=row.kind,
                pass_on=row.pass_on,
                age=row.age_band,
                share=row.share,
                name=row.name or "",
                words=row.statement or {},
                contact=row.contact or {},
                helper=row.helper or {},
            )


def tell(question: Question, answers: list[tuple[str, Mapping[str, Given]]]) -> None:
    """Answer every question, and see that they come in this order and in this direction."""
    direction = question.direction
    for screen, given in answers:
        at = Question(question.page)
        assert (at.screen.id, at.direction) == (screen, direction)
        at.answer(**given)


@pytest.mark.parametrize(("javascript", "look", "language"), ways.to("says what was wrong"))
def test_a_child_says_what_was_wrong_and_comes_back(
    any_page: Page, language: str, look: str, transactions: Transactions
) -> None:
    start = Start.open_in(any_page, language, look)
    assert start.direction == TONGUES[language]
    tell(start.something_was_wrong().go_on(), COMPLAINT)

    check = Check(any_page)
    again = check.change("W1")
    expect(again.control("name")).to_have_value("Zoë ‏زوي‏ O'Neill")
    again.answer(name="Pip")
    done = Check(any_page).send()
    assert done.direction == TONGUES[language]
    words = done.words
    assert len(set(words)) == 5

    told = list(sent(transactions))
    assert len(told) == 1
    assert (told[0].kind, told[0].name, told[0].share) == (Kind.COMPLAINT, "Pip", True)
    assert told[0].words["happened"] == SAID
    assert told[0].words["better"] == "Say “sorry”."
    assert told[0].contact["phone"] == "0116 496 0000"
    assert told[0].helper["supporter_name"] == "Gran"

    now = done.finish().been_here_before().enter(f" {'-'.join(words).upper()} ")
    expect(now.main.locator(".path").get_by_role("listitem")).to_have_count(4)
    expect(now.main.locator(".path .here .me")).to_have_count(1)
    assert "laughed" not in any_page.content()


@pytest.mark.parametrize(("javascript", "look", "language"), ways.to("says what was good"))
def test_a_child_says_what_was_good_and_comes_back(
    any_page: Page, language: str, look: str, transactions: Transactions
) -> None:
    start = Start.open_in(any_page, language, look)
    tell(start.something_was_good().go_on(), PRAISE)
    done = Check(any_page).send()
    assert done.direction == TONGUES[language]

    told = list(sent(transactions))
    assert len(told) == 1
    assert (told[0].kind, told[0].pass_on) == (Kind.COMPLIMENT, PassOn.WITH_NAME)
    assert (told[0].words["happened"], told[0].name) == (SAID, "Zoë")

    words = " ".join(done.words)
    done.finish().been_here_before().enter(words)


def test_two_sentences_and_that_is_all(any_page: Page, transactions: Transactions) -> None:
    question = Start.open(any_page).something_was_wrong().go_on().skip()
    wish = question.on(happened="It was not fair. Nobody asked me.")
    wish.fill_in(wish="look_into").that_is_all()
    assert len(Check(any_page).send().words) == 5
    assert [message.words["happened"] for message in sent(transactions)] == [
        "It was not fair. Nobody asked me."
    ]


def test_a_double_tap_sends_once(any_page: Page, transactions: Transactions) -> None:
    Start.open(any_page).something_was_good().go_on().fill_in(topics="kind").that_is_all()
    with any_page.expect_navigation(url="**/done"):
        Check(any_page).send_button.dblclick()
    assert len(Done(any_page).words) == 5
    assert len(list(sent(transactions))) == 1


def test_a_detour_or_a_step_back_loses_no_word(any_page: Page) -> None:
    question = Start.open(any_page).something_was_wrong().go_on().skip().fill_in(happened=SAID)
    question.who_sees().go_back()
    expect(Question(any_page).control("happened")).to_have_value(SAID)
    Question(any_page).fill_in(happened=SAID + " 2").look().pick(look="pictures")
    expect(Question(any_page).control("happened")).to_have_value(SAID + " 2")
    Question(any_page).fill_in(happened=SAID + " 3").language().pick("ar")
    expect(Question(any_page).control("happened")).to_have_value(SAID + " 3")
    Question(any_page).fill_in(happened=SAID + " 4").back().answer()
    expect(Question(any_page).control("happened")).to_have_value(SAID + " 4")


def test_the_browsers_own_back_button_is_never_broken(any_page: Page) -> None:
    Start.open(any_page).something_was_wrong().go_on().on(topics="unfair").on(happened=SAID)
    any_page.go_back()
    expect(Question(any_page).control("happened")).to_have_value(SAID)
    any_page.go_back()
    expect(Question(any_page).control("topics", "unfair")).to_be_checked()
    Question(any_page).next_button.click()
    expect(Question(any_page).control("happened")).to_have_value(SAID)


def test_back_over_a_mistake_and_after_sending_shows_what_is_so(any_page: Page) -> None:
    question = Start.open(any_page).something_was_wrong().go_on().skip().skip()
    question.answer()
    Question(any_page).on(wish="look_into").fill_in(name="Zoë").that_is_all()
    any_page.go_back()  # to the name
    any_page.go_back()  # to the page with the mistake: Chrome would ask to send it again
    expect(Question(any_page).control("wish", "look_into")).to_be_checked()
    any_page.goto("/check")
    words = Check(any_page).send().words
    any_page.go_back()
    assert Done(any_page).words == words


def test_what_must_be_answered_is_said_twice_and_leads_there(any_page: Page) -> None:
    question = Start.open(any_page).something_was_wrong().go_on().skip().skip()
    question.answer()
    refused = Question(any_page)
    expect(any_page).to_have_title("Error: Question 3 · Have your say")
    expect(refused.alert).to_contain_text("Choose what you want us to do")
    expect(refused.main.get_by_text("Choose what you want us to do")).to_have_count(2)
    refused.alert.get_by_role("link").click()
    expect(refused.control("wish", "look_into")).to_be_focused()


def test_a_script_reads_the_mistake_out_first(page: Page) -> None:
    question = Start.open(page).something_was_wrong().go_on().skip().skip()
    question.answer()
    expect(Question(page).alert).to_be_focused()


def test_secret_words_that_do_not_match_stay_in_the_box(any_page: Page) -> None:
    back = Start.open(any_page).been_here_before()
    back.type("apple river cloud")
    expect(any_page).to_have_title("Error: Come back · Have your say")
    expect(ComeBack(any_page).box).to_have_value("apple river cloud")
    expect(back.alert.get_by_role("link")).to_have_count(1)


def test_the_last_page_is_more_than_an_end(any_page: Page) -> None:
    question = Start.open(any_page).something_was_wrong().go_on().skip().skip()
    question.fill_in(wish="look_into").that_is_all()
    done = Check(any_page).send()
    expect(done.main).to_contain_text("We will read it by Tuesday 3 March.")
    expect(any_page.get_by_role("complementary")).to_contain_text("0800 1111")
    any_page.reload()
    assert Done(any_page).words == done.words
    done.finish()
    any_page.goto("/done")  # a bookmark
    ComeBack(any_page)


def test_stopping_sends_nothing(any_page: Page, transactions: Transactions) -> None:
    question = Start.open(any_page).something_was_wrong().go_on().skip().on(happened=SAID)
    question.fill_in(wish="ask").that_is_all()
    gone = Check(any_page).stop()
    assert gone.heading == "It is deleted"
    assert list(sent(transactions)) == []
    assert "laughed" not in any_page.content()


def test_what_next_needs_no_script_to_be_printed(open_page: OpenPage) -> None:
    """A button that only a script can work is not there without one."""
    for runs in (True, False):
        page = open_page(java_script_enabled=runs)
        question = Start.open(page).something_was_wrong().go_on().skip().skip()
        question.fill_in(wish="ask").that_is_all()
        Check(page).send()
        page.get_by_text("On paper, or on another phone").click()
        printing = page.get_by_role("button", name="Print a plain slip")
        expect(printing).to_have_count(1 if runs else 0)

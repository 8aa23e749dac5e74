"""How far a child is: what a page says is left is what then comes, and how few pages there are."""

import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from flask import Flask

from kids_feedback.domain.case.submission import Door
from kids_feedback.storage.db import Transactions
from kids_feedback.web.child.drafts import with_answers
from kids_feedback.web.questions import progress
from kids_feedback.web.questions.catalogue import (
    BY_ID,
    CHAPTERS,
    FIRST,
    OF_DOOR,
    answered,
    asked_on,
    still_asked,
    together,
    way,
)
from kids_feedback.web.questions.model import CHECK, Choice, Field, QuestionPage
from kids_feedback.web.questions.progress import Progress
from tests import sample
from tests.web.child.test_journey import as_far_as_the_wish, begin, next_page, the_only
from tests.web.page import Page, Visitor, follow, get, submit

WALKS = sample.many(small=100, full=2_000)
MOST_IN_FULL, MOST_IN_SHORT = 10, 5  # pages, from the first door to "thank you"
AROUND = 2  # of them: what is said before the first word, and the page to check
ABOUT_YOU = {"name": "Pip", "age": "9", "worker": "Sam Ostrich", "town": "Leeds"}
HELP: dict[str, Any] = {"needs": ["quiet"], "share": "yes"}
WAYS: dict[str, list[dict[str, Any]]] = {
    "phone": [
        {"phone": "0116 496 0000", "phone_when": ["evening"], "phone_time": "At six"},
        {"phone_whose": "mine", "phone_else": "ask", "phone_message": "no"},
    ],
    "letter": [{"letter_where": "home", "letter_address": "1 Elm Road"}, {"letter_opener": "me"}],
    "email": [{"email": "pip@example.org"}, {"email_shared": "no", "email_says": "bare"}],
    "here": [],
    "none": [],
}


def an_answer(chance: Random, asked: Field) -> Any:
    if not isinstance(asked, Choice):
        return chance.choice(["", "Wren"])
    codes = [option.code for option in asked.options]
    if asked.buttons:
        return chance.choice(codes)
    picked = chance.sample(codes, chance.randint(0, min(3, len(codes))))
    return picked if asked.many else next(iter(picked), None)


def walk(
    chance: Random, door: Door, answers: dict[str, Any], *, anew: bool
) -> Iterator[tuple[QuestionPage, Progress]]:
    """Go through ``door`` page by page, as a child who answers or skips; yield what each says."""
    page = together(FIRST[door])
    while True:
        said = progress.at(door, answers, page[0])
        assert said is not None
        yield page[0], said
        for screen in page if anew else ():
            given = {asked.name: an_answer(chance, asked) for asked in screen.fields}
            if chance.random() < 0.3 and not isinstance(screen.fields[0], Choice):
                given = {}
            answers.update(dict.fromkeys(asked.name for asked in screen.fields))
            kept = with_answers(answers, screen, given)
            answers.clear()
            answers.update(kept)
        following = page[-1].leads_to(answers)
        if following == CHECK:
            return
        page = together(BY_ID[following])


def in_chapter(door: Door, screen: QuestionPage) -> int:
    return next(place for place, each in enumerate(CHAPTERS[door]) if screen in each.pages)


@pytest.mark.parametrize("door", Door)
def test_what_a_page_says_is_left_is_what_then_comes(door: Door) -> None:
    exact = open_ended = 0
    for seed in range(WALKS):
        chance, answers = sample.dice(f"{door} {seed}"), dict[str, Any]()
        for anew in (True, False):  # and once more, with every answer there
            seen = [*walk(chance, door, answers, anew=anew)]
            chapters = [in_chapter(door, screen) for screen, _said in seen]
            for place, (screen, said) in enumerate(seen):
                came = chapters[place + 1 :].count(chapters[place])
                if said.more:
                    assert came >= said.left, (seed, screen.id)
                    open_ended += 1
                else:
                    assert came == said.left, (seed, screen.id)
                    exact += 1
                assert said.steps.index(progress.NOW) == chapters[place]
                assert len(said.steps) >= chapters[place] + 2
    assert exact > open_ended / 3


@pytest.mark.parametrize("door", Door)
def test_every_question_is_in_one_chapter(door: Door) -> None:
    pages = [screen.id for chapter in CHAPTERS[door] for screen in chapter.pages]
    assert len(set(pages)) == len(pages)
    assert pages == [screen.id for screen in OF_DOOR[door]]


def test_only_an_answer_that_is_still_open_may_add_pages() -> None:
    first = FIRST[Door.WRONG]
    said = [said.more for _page, said in walk(sample.dice("open"), Door.WRONG, {}, anew=False)]
    assert said == [False] * 3 + [True] * 3
    assert progress.at(Door.WRONG, {}, first) == progress.at(Door.WRONG, {"method": "meet"}, first)
    open_ended = progress.at(Door.WRONG, {}, BY_ID["W4"])
    known = {"method": "phone", "supporter": "no", "needs": ["quiet"]}
    told = progress.at(Door.WRONG, known, BY_ID["W4"])
    assert open_ended is not None
    assert told is not None
    assert (open_ended.left, open_ended.more) == (1, True)
    assert (told.left, told.more) == (3, False)
    assert progress.at(Door.WRONG, {}, BY_ID["W7x"]) is None


@pytest.mark.parametrize("method", WAYS)
def test_a_complaint_answered_in_full_takes_ten_pages(
    child: Visitor, transactions: Transactions, method: str
) -> None:
    answers: list[dict[str, Any]] = [
        {"topics": ["unfair"]},
        {"happened": "It was not fair."},
        {"remedies": ["sorry"], "better": "Say sorry", "wish": "look_into"},
        ABOUT_YOU,
        {"method": method, "supporter": "help_find"},
        *WAYS[method],
        HELP,
    ]
    page = begin(child)
    for given in answers:
        asked = {str(box["name"]) for box in page.soup.select("main [name]")}
        assert set(given) <= asked, page.heading
        page = next_page(child, page, **given)
    assert page.path == "/check"
    assert not any("skipped" in fold for fold in page.texts("summary"))
    assert len(answers) + AROUND <= MOST_IN_FULL
    assert next_page(child, page).heading == "Thank you. We've got it"
    contact = the_only(transactions).contact or {}
    assert contact == {"method": method} | {k: v for row in WAYS[method] for k, v in row.items()}


def test_a_short_complaint_takes_five_pages(child: Visitor, transactions: Transactions) -> None:
    pages = [begin(child)]
    for given in ({"topics": ["unfair"]}, {"happened": "It was not fair."}):
        pages.append(next_page(child, pages[-1], **given))
    assert "Do you want to tell us how to reach you?" in pages[-1].text
    assert pages[-1].texts("main .buttons button") == ["Yes", "Later"]
    pages.append(next_page(child, pages[-1], wish="look_into", send_now="1"))
    assert pages[-1].path == "/check"
    assert 1 + len(pages) <= MOST_IN_SHORT
    done = next_page(child, pages[-1])
    assert "You did not tell us how to reach you" in done.text or done.texts(".note")
    assert the_only(transactions).topics == ["unfair"]


def test_the_way_back_and_how_far_it_is_stand_on_one_line(child: Visitor) -> None:
    said = [begin(child)]
    for given in ({}, {}, {"wish": "ask"}, {}, {"method": "phone"}, {}, {}, {}):
        said.append(next_page(child, said[-1], **given))
    assert [page.found(".step p").get_text().strip() for page in said] == [
        "What happened: 2 short pages left",
        "What happened: 1 short page left",
        "What happened: last page",
        "About you: 2 or more pages left",
        "About you: 1 or more pages left",
        "About you: 2 or more pages left",
        "About you: 1 or more pages left",
        "About you: maybe one more page",
        "Last page",
    ]
    assert [page.title.partition(" · ")[0] for page in said] == [
        *(f"Question {number}" for number in range(1, 9)),
        "Check",
    ]
    stones = [[str(stone["class"][0]) for stone in page.soup.select(".stones i")] for page in said]
    assert stones[0] == ["now", "later", "later"]
    assert stones[4] == ["done", "now", "later"]
    assert stones[-1] == ["done", "done", "now"]
    assert all(page.found(".stones")["aria-hidden"] == "true" for page in said)


def test_check_keeps_what_was_skipped_in_one_fold(child: Visitor) -> None:
    check = next_page(child, as_far_as_the_wish(child), wish="look_into", send_now="1")
    assert check.texts("main h2")[0] == "What happened"
    assert "About you" not in check.texts("main h2")
    skipped = [screen for screen in way(Door.WRONG, {}) if screen.id[0] == "W"]
    assert f"You skipped {len(skipped)} questions" in check.texts("summary")
    assert len(check.soup.select(".skipped li")) == len(skipped)
    sends = [button for button in check.soup.select("main button") if button.get_text() == "Send"]
    assert len(sends) == 2
    parts = [str(part) for part in check.soup.select("main button, main dl")]
    assert parts.index(str(sends[0])) < parts.index(str(check.found("dl"))) < len(parts)
    age = next_page(child, check, change="6")
    assert (age.heading, age.path) == ("How old are you?", "/p/6/change")
    again = next_page(child, age, age="9")
    assert again.path == "/check"
    assert f"You skipped {len(skipped) - 1} questions" in again.texts("summary")
    assert "About you" in again.texts("main h2")


def test_back_from_check_opens_the_last_page_on_which_something_was_said(child: Visitor) -> None:
    check = next_page(child, as_far_as_the_wish(child), wish="look_into", send_now="1")
    back = next_page(child, check, go="back")
    assert back.path == "/p/3"
    assert back.soup.select("[name=wish][value=look_into][checked]")
    change = next_page(child, follow(child, submit(child, back, send_now="1")), change="2")
    assert next_page(child, change, go="back").path == "/check"


def test_a_change_asks_for_what_it_opens_and_for_nothing_else(child: Visitor) -> None:
    check = next_page(child, as_far_as_the_wish(child), wish="look_into", send_now="1")
    page = next_page(child, next_page(child, check, change="8"), method="phone")
    assert page.path == "/p/10/change"
    page = next_page(child, page, phone="0116 496 0000")
    assert page.path == "/p/19/change"
    page = next_page(child, page, phone_message="no")
    assert page.path == "/check"
    page = next_page(child, next_page(child, page, change="13"), supporter="known")
    assert page.path == "/p/14/change"


@pytest.mark.parametrize("number", [4, 6, 7, 13, 18])
def test_a_page_of_one_question_from_before_still_takes_its_answer(
    child: Visitor, number: int
) -> None:
    """Whoever was writing while pages were put together goes on where they are."""
    as_far_as_the_wish(child)
    given = {4: "wish", 6: "age", 7: "town", 13: "supporter", 18: "share"}[number]
    value = {4: "ask", 6: "9", 7: "Leeds", 13: "no", 18: "yes"}[number]
    page = next_page(child, get(child, f"/p/{number}"), **{given: value})
    assert page.status == 200
    kept = get(child, f"/p/{number}")
    assert kept.soup.select(f"[name='{given}'][value='{value}']")


def test_what_is_no_longer_asked_is_sent_with_a_draft_from_before(app: Flask) -> None:
    given = {"worker": "", "worker_unknown": ["yes"]}
    assert still_asked(given) == {"worker_unknown": ["yes"]}
    assert "worker_unknown" in asked_on(way(Door.WRONG, given))
    with app.test_request_context():
        told = list(answered(Door.WRONG, given, frozenset({"words"})))
    said = [(page.id, texts) for page, _, texts in told]
    assert said == [("W3", ["I don't know"])]


def test_a_language_is_one_press(child: Visitor, transactions: Transactions) -> None:
    as_far_as_the_wish(child)
    page = next_page(child, get(child, "/p/4"), wish="ask")
    page = next_page(child, get(child, "/p/16"), needs=["language"])
    assert page.heading == "Which language do you speak?"
    assert "Polski" in page.texts(".names button")
    data = {**fields(page), "needs_language": ["Polski", ""]}  # the button, then the empty box
    check = follow(child, submit(child, page, **data))
    assert "Polski" in check.text
    next_page(child, check)
    assert (the_only(transactions).words or {})["needs_language"] == "Polski"


def fields(page: Page) -> dict[str, Any]:
    found = page.soup.select("main input[type=hidden]")
    return {str(field["name"]): str(field["value"]) for field in found}


def test_no_title_says_what_was_asked(child: Visitor) -> None:
    page = begin(child)
    assert re.fullmatch(r"Question 1 · Have your say", page.title)

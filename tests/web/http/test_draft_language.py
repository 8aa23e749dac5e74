"""While nobody has checked a language, every child's page says each sentence in English, too."""

import re
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from kids_feedback.config import Settings
from kids_feedback.storage.db import Transactions
from kids_feedback.web.kit import pairs
from tests.app import an_app
from tests.conftest import SetClock
from tests.make import a_visit
from tests.web.conftest import COOKIE, visitor
from tests.web.page import Page, Visitor, get, submit
from tests.web.routes import a_world, routes_of
from tests.web.visits import writing

DRAFTS = ("cy", "ar")
# One text alone, or there for who reads another language than English, or different each time.
OF_THE_LANGUAGE = (
    "style, script, option, .hidden-text, .hard-words, .languages, .slip, main > .note, "
    "[name=csrf_token]"
)
QUESTIONS = {
    "wrong": [*(f"/p/{number}" for number in range(1, 21)), "/check", "/draw"],
    "good": [f"/p/{number}" for number in range(31, 35)],
    "feel": [f"/p/{number}" for number in range(41, 46)],
}
World = dict[str, object]


@pytest.fixture
def world(transactions: Transactions) -> World:
    with transactions() as db:
        return a_world(db)


def pages(
    app: Flask, transactions: Transactions, clock: SetClock, world: World, **how: str
) -> dict[str, Page]:
    """Return each page that a child can open: back at a case, and writing."""
    routes = [each for each in routes_of(app, world) if each.blueprint == "child"]
    shown = [each.path for each in routes if not each.changes]
    visits: list[tuple[dict[str, Any], list[str]]] = [
        ({"opened_case": str(world["case_id"])}, shown),
        *((writing(clock(), door), [*paths]) for door, paths in QUESTIONS.items()),
    ]
    found: dict[str, Page] = {}
    for state, paths in visits:
        for path in paths:
            page = get(a_reader(app, transactions, clock, **how, **state), path)
            if page.status == 200 and page.response.mimetype == "text/html":
                found[path] = page
    return found


def a_reader(app: Flask, transactions: Transactions, clock: SetClock, **state: Any) -> Visitor:
    with transactions() as db:
        cookie = a_visit(db, now=clock(), **state)
    client = visitor(app)
    client.set_cookie(COOKIE, cookie)
    return client


def one_text(page: Page, dropped: str) -> str:
    """Return what is said to who reads one of the two texts, without its spaces."""
    soup = BeautifulSoup(page.response.text, "html.parser")
    for part in soup.select(f"{OF_THE_LANGUAGE}, {dropped}"):
        part.decompose()
    return re.sub(r"\s", "", soup.body.get_text() if soup.body else "")


@pytest.mark.parametrize(("language", "look"), [("cy", "pictures"), ("ar", "words")])
def test_its_english_is_the_english_page_and_each_sentence_stands_once(
    app: Flask, transactions: Transactions, clock: SetClock, world: World, language: str, look: str
) -> None:
    drafted = pages(app, transactions, clock, world, language=language, look=look)
    english = pages(app, transactions, clock, world, language="en", look=look)
    assert drafted.keys() == english.keys()
    assert len(drafted) > 40
    for path, page in drafted.items():
        assert page.soup.select(".pair"), path
        in_english = one_text(page, ".pair > :first-child")
        assert in_english == one_text(english[path], ".none"), path
        for part in page.soup.select(".pair"):
            halves = part.select(":scope > *")
            assert [half.get("class") for half in halves] == [None, ["english"]], path
        for part in page.soup.select(".english"):
            assert (part["lang"], part["dir"]) == ("en", "ltr"), path
            assert not part.select("a, button, input, [id]"), path
            assert not part.select(".english"), path


@pytest.mark.parametrize("language", DRAFTS)
def test_once_checked_it_says_the_same_alone(
    app: Flask,
    settings: Settings,
    transactions: Transactions,
    clock: SetClock,
    world: World,
    language: str,
) -> None:
    checked = an_app(replace(settings, drafted=frozenset()), clock)
    checked.config["PREFERRED_URL_SCHEME"] = "https"
    checked.test_client_class = Visitor
    alone = pages(checked, transactions, clock, world, language=language)
    drafted = pages(app, transactions, clock, world, language=language)
    for path, page in alone.items():
        assert not page.soup.select(".pair, .english"), path
        assert one_text(page, ".none") == one_text(drafted[path], ".english"), path


def test_a_mistake_that_comes_back_says_both(
    app: Flask, transactions: Transactions, clock: SetClock
) -> None:
    client = a_reader(app, transactions, clock, language="cy")
    again = submit(client, get(client, "/back"), words="")
    assert again.texts(".summary li .english")[0] == "Type your secret words in order."
    assert again.texts("title")[0].startswith("Gwall")


def test_a_page_that_is_not_there_says_both(
    app: Flask, transactions: Transactions, clock: SetClock
) -> None:
    page = get(a_reader(app, transactions, clock, language="cy"), "/nothing-here")
    assert page.status == 404
    assert page.soup.select("h1 .english")


def test_signs_that_somebody_types_are_refused_and_the_rest_comes_back(
    app: Flask, transactions: Transactions, clock: SetClock
) -> None:
    client = a_reader(app, transactions, clock, language="cy")
    typed = f"one{pairs.FIRST} two{pairs.SECOND}"
    again = submit(client, get(client, "/leaf"), words=typed)
    assert "We can't read some of the signs here" in " ".join(again.texts(".summary .english"))
    assert again.texts("textarea") == ["one two"]


def test_the_note_says_that_nobody_has_checked_it(
    app: Flask, transactions: Transactions, clock: SetClock
) -> None:
    said = " ".join(
        get(a_reader(app, transactions, clock, language="cy"), "/").texts("main > .note .english")
    )
    assert "A machine wrote this translation." in said
    assert "The English is under each line." in said

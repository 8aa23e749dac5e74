"""A hard word opens its meaning, on the page where it stands and without a script."""

import pytest
from flask import Flask

from kids_feedback.storage.db import Transactions
from kids_feedback.web.rendering import hard_words as hard_words_module
from kids_feedback.web.rendering.hard_words import ENTRIES, Entry, forms_of, meanings
from tests.conftest import SetClock
from tests.make import a_visit
from tests.web.conftest import COOKIE
from tests.web.page import Page, Visitor, get
from tests.web.visits import writing
from tests.wording import measure

LONGEST = 15  # words of a meaning


def hard_words(page: Page) -> dict[str, str]:
    return dict(
        zip(page.texts(".hard-words dt"), page.texts(".hard-words dd"), strict=True),
    )


def test_a_meaning_is_short_and_made_of_easy_words(app: Flask) -> None:
    with app.test_request_context():
        for entry in ENTRIES:
            found = measure(str(entry.meaning))
            assert found.words <= LONGEST, entry
            assert not found.unusual, entry
            assert not found.busted, entry


def test_no_form_of_a_word_is_explained_twice(app: Flask) -> None:
    with app.test_request_context():
        forms = [form.lower() for entry in ENTRIES for form in forms_of(entry)]
    assert sorted(set(forms)) == sorted(forms)


def test_a_page_explains_the_hard_words_that_stand_there(child: Visitor) -> None:
    page = get(child, "/back")
    assert hard_words(page)["type"] == "To write with keys or on a screen."
    assert page.soup.select_one("details.hard-words:not([open])")


def test_a_page_without_a_hard_word_has_nothing_to_open(child: Visitor) -> None:
    assert not get(child, "/language").soup.select(".hard-words")


def test_what_a_child_wrote_is_not_looked_up(
    child: Visitor, transactions: Transactions, clock: SetClock
) -> None:
    with transactions() as db:
        answers = {"happened": "My interpreter", "name": "Logo"}
        child.set_cookie(COOKIE, a_visit(db, **writing(clock(), answers=answers)))
    for path in ("/check", "/p/2", "/p/5"):
        assert get(child, path).status == 200
        assert not {"interpreter", "logo"} & set(hard_words(get(child, path)))


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Ask an <b>advocate</b>.</p>", {"advocate"}),
        ("<p>Two ADVOCATES&nbsp;came</p>", {"advocate"}),
        ("<p>The Head of\n Practice</p>", {"Head of Practice"}),
        ("<p>The carer&#39;s phone</p>", {"carer"}),
        ("<p>practice, texture, advocated</p>", set()),
        ('<input value="advocate">', set()),
        ('<dd class="words" dir="auto">an advocate</dd><dd>email</dd>', {"email"}),
    ],
)
def test_a_word_is_found_whole_in_any_of_its_forms(app: Flask, html: str, found: set[str]) -> None:
    with app.test_request_context():
        assert {meaning.word for meaning in meanings(html)} == found


def test_a_language_finds_the_forms_of_its_own(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    hard_words_module.sought.cache_clear()
    monkeypatch.setattr(
        hard_words_module, "ENTRIES", (Entry("شكوى، بشكوى، الشكوى", "أنت لست راضيا"),)
    )
    with app.test_request_context():
        found = meanings("<p>هذه هي الشكوى.</p>")
    hard_words_module.sought.cache_clear()
    assert [(row.word, row.meaning) for row in found] == [("شكوى", "أنت لست راضيا")]


def test_secret_words_are_not_looked_up(child: Visitor, transactions: Transactions) -> None:
    receipt = {
        "words": ["browser", "logo", "sticker", "weekend"],
        "kind": "complaint",
        "read_by": "2026-03-03",
        "contact_by": "2026-03-05",
        "pass_on_by": "2026-03-05",
        "wants_contact": True,
    }
    with transactions() as db:
        child.set_cookie(COOKIE, a_visit(db, receipt=receipt))
    page = get(child, "/done")
    assert page.texts(".slip li") == receipt["words"]
    assert not set(page.texts(".slip li")) & set(hard_words(page))

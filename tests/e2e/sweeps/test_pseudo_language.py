"""Every page of the child's in a language that nobody speaks: all of it said, none too narrow."""

import re
from dataclasses import replace
from functools import cache
from itertools import cycle, product
from pathlib import Path

import pytest
from babel import Locale

from kids_feedback.assets import asset_dir
from kids_feedback.config import Settings
from kids_feedback.storage.db import Transactions
from tests import sample
from tests.conftest import SetClock
from tests.e2e.conftest import OpenPage
from tests.e2e.sweeps.test_every_child_page import name_of, report
from tests.e2e.tools import measure, pseudo
from tests.e2e.tools.child_walks import WALKS
from tests.e2e.tools.walker import Walk, Walker
from tests.services.casework.meeting_room import PLACES

# Not ours to translate: what somebody typed, secret words, a language by its own name; names, days.
TYPED = "textarea, [data-own-words], .words, .answer > :not(h2)"
DATA = f"{TYPED}, .slip, .code, [lang]:not(html)"
NAMES = ("Eastham", "Westham", "Mo Manager", *PLACES, r"haveyoursay\.example")
WAYS = {  # from left to right and from right to left
    "eo, pictures": ("eo", "pictures", True),
    "he, words, no javascript": ("he", "words", False),
}
VISITS = sample.many(small=[*zip(WALKS, cycle(WAYS), strict=False)], full=[*product(WALKS, WAYS)])
ATTRIBUTES = ("alt", "aria-label", "title", "placeholder", "data-left", "data-over", "data-lines")
_SAID = """
([data, attributes]) => {
  const page = document.documentElement.cloneNode(true);
  page.querySelectorAll("style, svg").forEach((part) => part.replaceWith(...part.children));
  page.querySelectorAll(`${data}, style, script`).forEach((part) => part.remove());
  const said = [...page.querySelectorAll("*")].flatMap((part) =>
    attributes.map((name) => part.getAttribute(name) ?? ""));
  return [document.title, page.querySelector("body").textContent, ...said];
}
"""


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = asset_dir("translations") / "messages.pot"
    return pseudo.write(template, tmp_path_factory.mktemp("translations"))


@pytest.fixture
def settings(settings: Settings, catalogues: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    def folder(name: str) -> Path:
        return catalogues if name == "translations" else asset_dir(name)

    monkeypatch.setattr("kids_feedback.app.asset_dir", folder)
    return replace(settings, languages=("en", *pseudo.CODES))


@pytest.mark.parametrize(("walk", "way"), VISITS, ids=name_of)
def test_all_of_every_page_is_said_and_none_of_it_too_narrow(
    open_page: OpenPage,
    site_url: str,
    transactions: Transactions,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
    walk: Walk,
    way: str,
) -> None:
    language, look, scripts = WAYS[way]
    how = {"language": language, "look": look, "theme": "day"}
    # The browser asks for it too, so that a visit which is gone leaves the language.
    page = open_page(locale=language, java_script_enabled=scripts)
    walker = Walker(page, site_url, transactions, clock, monkeypatch, how)
    wrong = report({name: faults(walker) for name in walk(walker)})
    assert not wrong, wrong


def faults(walker: Walker) -> list[str]:
    walker.page.locator("body").wait_for()  # the next page may only just begin
    said: list[str] = walker.page.evaluate(_SAID, [DATA, ATTRIBUTES])
    ours = re.compile("|".join([*NAMES, *days(walker.how["language"])]))
    untold = (pseudo.outside(ours.sub("", item)) for item in said)
    return [
        *(f"not translated: {words}" for words in untold if words),
        *measure.overflow(walker.page),
    ]


@cache
def days(code: str) -> list[str]:
    """Return the names of days and months, which come from Babel's own data."""
    locale = Locale.parse(code)
    return [*locale.days["format"]["wide"].values(), *locale.months["format"]["wide"].values()]


def test_its_sentences_are_longer_by_two_fifths() -> None:
    english = "You can write as much or as little as you like."
    assert 1.3 < len(pseudo.said(english)) / len(english) < 1.5


def test_places_to_fill_in_stay_as_they_are() -> None:
    assert pseudo.said("At %(day)s &amp; <b>by</b> me") == "⟦Át %(day)s &amp; <b>bý</b> méé⟧"
    assert pseudo.outside("⟦Ríng ⟦999⟧ now⟧ and then") == "and then"

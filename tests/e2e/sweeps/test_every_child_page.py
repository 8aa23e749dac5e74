"""Every page of the child's, held to what every page must keep: both looks, both directions.

One visit of a page takes all there is to see. ``make test`` visits each page in both looks, both
languages and all colours; ``make test-all`` in each of them together with each other.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import template_rendered
from flask.app import Flask
from jinja2 import Template
from playwright.sync_api import Page

from kids_feedback.storage.db import Transactions
from tests import sample
from tests.conftest import SetClock
from tests.e2e.conftest import OpenPage
from tests.e2e.tools import axe, measure, places, reading
from tests.e2e.tools.child_walks import WALKS, to_open
from tests.e2e.tools.walker import Walk, Walker
from tests.e2e.tools.weight import Scales

LANGUAGES = ("en", "ar")
LOOKS = ("words", "pictures")
COLOURS = (("day", "cream"), ("night", "blue"))  # the first as the page comes, then the other
VISITS = sample.rows(walk=WALKS, look=LOOKS, language=LANGUAGES, colours=COLOURS)
READ = {(walk, look) for walk, look, language, _ in VISITS if language == "en"}


def name_of(value: Walk | str | tuple[str, ...]) -> str:
    """Say in a test's name what it tries."""
    if callable(value):
        return value.__name__
    return value if isinstance(value, str) else " ".join(value)


@pytest.fixture
def walker(
    open_page: OpenPage,
    site_url: str,
    transactions: Transactions,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Walker:
    how = {"language": "en", "look": "words", "theme": "day"}
    return Walker(open_page(), site_url, transactions, clock, monkeypatch, how)


@pytest.mark.long
@pytest.mark.parametrize(("walk", "look", "language", "colours"), VISITS, ids=name_of)
def test_every_page_is_for_everybody(
    walker: Walker, walk: Walk, look: str, language: str, colours: tuple[str, str]
) -> None:
    first, second = colours
    visitor = replace(walker, how={"language": language, "look": look, "theme": first})
    scales = Scales(walker.page)
    places.watch(walker.page)
    wrong = report(
        {
            name: [*scales.faults(look), *faults(name, visitor), *in_colours(second, walker.page)]
            for name in walk(visitor)
        }
    )
    assert not wrong, wrong


@pytest.mark.long
def test_the_walks_leave_no_page_out(walker: Walker) -> None:
    """Each in the look in which the visits above do not read it, so that both are read."""
    opened: set[str | None] = set()
    wrong: dict[str, list[str]] = {}

    def note(_: Flask, template: Template, **__: object) -> None:
        opened.add(template.name)

    with template_rendered.connected_to(note):
        for walk in WALKS:
            look = next((look for look in LOOKS if (walk, look) not in READ), LOOKS[0])
            for name in walk(replace(walker, how={**walker.how, "look": look})):
                wrong[name] = reading.faults(name, walker.page)
    assert to_open() == opened
    assert not report(wrong), report(wrong)


def faults(name: str, walker: Walker) -> list[str]:
    """Return what is wrong with a page as it came."""
    page, in_english = walker.page, walker.how["language"] == "en"
    misplaced = list(places.faults(name, page, walker.how))  # before anything is measured
    too_hard = reading.faults(name, page) if in_english else []
    places.use_letters(page)
    found = [*measure.faults(page, mirror=in_english), *axe.strictly(page), *cookies(page)]
    return [*misplaced, *too_hard, *found]


def in_colours(theme: str, page: Page) -> Iterator[str]:
    """Yield what is wrong with its colours in another theme, and on a device with its own."""
    measure.use_theme(page, theme)
    yield from (f"{theme}: {fault}" for fault in axe.colours(page))
    yield from axe.forced_colours(page)


def cookies(page: Page) -> Iterator[str]:
    names = [cookie["name"] for cookie in page.context.cookies() if cookie["name"] != "screen"]
    if len(names) > 1:
        yield f"more than one cookie: {names}"


def report(found: dict[str, list[str]]) -> str:
    """Say each fault once, with the pages that have it."""
    pages: dict[str, list[str]] = defaultdict(list)
    for name, wrong in found.items():
        for fault in wrong:
            pages[fault].append(name)
    return "\n".join(f"{fault}\n    on {', '.join(names)}" for fault, names in pages.items())

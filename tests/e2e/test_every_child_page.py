"""Every page of the child's, held to what every page must keep: both looks, both directions."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import template_rendered
from flask.app import Flask
from jinja2 import Template
from playwright.sync_api import Page

from kids_feedback.assets import asset_dir
from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.e2e import axe, measure, reading
from tests.e2e.child_walk import WALKS
from tests.e2e.conftest import OpenPage
from tests.e2e.walker import Walk, Walker
from tests.e2e.weight import Scales

LANGUAGES = ("en", "ar")
LOOKS = ("words", "pictures")
THEMES = ("night", "cream", "blue")  # besides the day's colours
FRAMES = {  # that no page shows by itself
    "errors/page.html",
    "child/asked.html",
    "child/late_said.html",
    "child/meet_now.html",
    "child/meet_parts.html",
}


@pytest.fixture
def walker(
    open_page: OpenPage,
    site_url: str,
    transactions: Transactions,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    look: str,
) -> Walker:
    how = {"language": language, "look": look, "theme": "day"}
    return Walker(open_page(), site_url, transactions, clock, monkeypatch, how)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_for_everybody(walker: Walker, walk: Walk) -> None:
    scales, look = Scales(walker.page), walker.how["look"]
    wrong = report({name: [*scales.faults(look), *faults(name, walker)] for name in walk(walker)})
    assert not wrong, wrong


@pytest.mark.parametrize("look", LOOKS[:1])
@pytest.mark.parametrize("language", LANGUAGES[:1])
def test_the_walks_leave_no_page_out(walker: Walker) -> None:
    opened: set[str | None] = set()

    def note(_: Flask, template: Template, **__: object) -> None:
        opened.add(template.name)

    with template_rendered.connected_to(note):
        for walk in WALKS:
            list(walk(walker))
    assert pages() - FRAMES == opened


def faults(name: str, walker: Walker) -> list[str]:
    """Return what is wrong. Colours are those of the look, whatever language it speaks."""
    page, in_english = walker.page, walker.how["language"] == "en"
    too_hard = reading.faults(name, page) if in_english else []  # before anything is measured
    found = [*measure.faults(page, mirror=in_english), *axe.strictly(page), *cookies(page)]
    return [*too_hard, *found, *wrong_colours(page)] if in_english else found


def wrong_colours(page: Page) -> Iterator[str]:
    for theme in THEMES:
        measure.use_theme(page, theme)
        yield from (f"{theme}: {fault}" for fault in axe.colours(page))
    page.emulate_media(forced_colors="active")
    yield from (f"forced colours: {fault}" for fault in axe.colours(page))
    page.emulate_media(forced_colors="none")


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


def pages() -> set[str]:
    root: Path = asset_dir("templates")
    return {
        page.relative_to(root).as_posix()
        for folder in ("child", "errors")
        for page in (root / folder).glob("*.html")
    }

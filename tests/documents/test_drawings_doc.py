"""One drawing, one meaning; each thing to pick has one; docs/drawings.md shows them all."""

import importlib.machinery
import importlib.util
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

SCRIPT = Path(__file__).parents[2] / "script" / "drawings"


@pytest.fixture(scope="module")
def drawings() -> Any:
    """The script that writes docs/drawings.md."""
    loader = importlib.machinery.SourceFileLoader("drawings", str(SCRIPT))
    spec = importlib.util.spec_from_loader("drawings", loader)
    assert spec is not None
    script = importlib.util.module_from_spec(spec)
    loader.exec_module(script)
    return script


@pytest.fixture(scope="module")
def site(drawings: Any) -> Flask:
    """The site on no database at all."""
    made: Flask = drawings.site()
    return made


@pytest.fixture(scope="module")
def sheets(site: Flask, drawings: Any) -> dict[Path, str]:
    """What the page and each sheet of it say, as they are made now."""
    made: dict[Path, str] = drawings.files(site)
    return made


def test_a_drawing_means_one_thing(site: Flask, drawings: Any) -> None:
    """A thing to pick is told from others by its code, which it has wherever it is asked."""
    means = {name: set(said) for name, said in drawings.meanings(site).items()}
    assert {name: said for name, said in means.items() if len(said) > 1} == {}


def test_each_thing_to_pick_has_a_drawing(site: Flask, drawings: Any) -> None:
    """A number says itself. The page shows the drawings in Pictures only."""
    known, without = set(drawings.names(site)), defaultdict[str, set[str]](set)
    for asked in drawings.choices():
        for option in asked.options:
            says_itself = str(option.label.pictures).split()[0].isdigit()
            if not says_itself and drawings.picture_of(asked, option.code) not in known:
                without[asked.name].add(option.code)
    assert not dict(without)


def test_each_picture_is_there_for_something(site: Flask, drawings: Any) -> None:
    pictures = {name for name in drawings.names(site) if name.startswith("icons/")}
    assert not pictures - drawings.meanings(site).keys()


def test_no_page_names_a_drawing_that_is_not_there(site: Flask, drawings: Any) -> None:
    assert drawings.meanings(site).keys() <= set(drawings.names(site))


def test_all_drawings_are_shown(sheets: dict[Path, str]) -> None:
    stale = [path.name for path, text in sheets.items() if path.read_text() != text]
    assert not stale, "run script/drawings"


def test_no_drawing_goes_by_two_names(site: Flask, drawings: Any) -> None:
    (icons, *_) = drawings.HANDS
    drawn = dict(drawings._drawings(site, icons))
    assert len(set(drawn.values())) == len(drawn)


def test_every_drawing_shows_something(site: Flask, drawings: Any) -> None:
    blank = [
        (hand.file, name)
        for hand in drawings.HANDS
        for name, drawn in drawings._drawings(site, hand)
        if not re.search("<(path|circle|ellipse|polyline)", drawn)
    ]
    assert blank == []


def test_a_sheet_has_every_colour_by_day(sheets: dict[Path, str]) -> None:
    for path, text in sheets.items():
        day, _, _ = text.partition(".theme-night")
        used = set(re.findall(r"var\((--[a-z]+)", text))
        assert used <= set(re.findall(r"(--[a-z]+):", day)), path.name

"""``make pictures``: every choice is on some sheet, and what could not be opened is said."""

import logging
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kids_feedback.config import Settings
from kids_feedback.web.visit.visit import Visit
from tests.e2e.pictures import sheets
from tests.e2e.pictures.__main__ import look
from tests.e2e.pictures.choices import CHOICES, SIZES, USUALLY, ways
from tests.e2e.pictures.shots import Shot
from tests.e2e.tools.child_walks import to_open
from tests.e2e.tools.walker import Walker

ONE = ["--look", "words", "--screen", "phone", "--theme", "day", "--language", "en"]


def test_whatever_a_child_may_choose_can_be_looked_at() -> None:
    assert CHOICES["look"] == Visit.look.known
    assert {"device", *CHOICES["theme"]} == set(Visit.theme.known)
    assert CHOICES["language"] == Settings.languages
    assert set(SIZES.values()) <= set(Visit.size.known)


def test_each_combination_has_its_sheets() -> None:
    assert len(ways({})) == len(set(ways({}))) == 2 * 3 * 3 * 2 * 2
    assert len(ways({"language": CHOICES["language"], "look": ["words"]})) == 3 * 3 * 3 * 2


def test_any_two_choices_meet_on_a_few_sheets() -> None:
    few = {frozenset(vars(way).items()) for way in ways({}, few=True)}
    assert len(few) < 12
    for (one, here), (other, there) in product(USUALLY.items(), USUALLY.items()):
        for pair in product(here, there) if one < other else ():
            wanted = set(zip((one, other), pair, strict=True))
            assert any(wanted <= row for row in few), pair


def test_a_sheet_is_made_of_the_pages_that_are_asked_for(
    browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The pages that these walks leave out are named, and so is the walk that broke."""
    logging.disable()
    ended = look(browser, ["start.html", *ONE, "--to", str(tmp_path)], [opening, breaking])
    logging.disable(logging.NOTSET)
    assert [sheet.name for sheet in sorted(tmp_path.glob("*.png"))] == [
        "words-phone-day-en-biggest-01.png",
        "words-phone-day-en-ordinary-01.png",
    ]
    assert (tmp_path / "words-phone-day-en-ordinary-01.png").read_bytes()[16:20] == wide(360)
    said = capsys.readouterr()
    assert said.out.startswith("2 pages opened on 1 visits\n2 pictures on 2 sheets")
    assert "words-phone-day-en-ordinary: breaking at its first page: lost" in said.err
    left = to_open() - {"child/start/start.html", "child/start/look.html"}
    assert said.err.count("not opened in words en: ") == len(left)
    assert ended == 1


def test_a_picture_goes_to_the_shortest_column_and_then_on_the_next_sheet() -> None:
    high = [1_000, 100, 1_000, 1_000, 1_000, 200, 1_000, 1_500]
    shots = [Shot("", "", Path(), 360, height) for height in high]
    first, second = ([heights(column) for column in sheet] for sheet in sheets.laid_out(shots, 360))
    assert first == [[1_000], [100, 200, 1_000], [1_000], [1_000], [1_000]]
    assert second == [[1_500]]


def opening(walker: Walker) -> Iterator[str]:
    walker.is_somebody()
    yield walker.opens("/")
    yield walker.opens("/look")


def breaking(walker: Walker) -> Iterator[str]:
    walker.is_somebody()
    raise AssertionError("lost")
    yield ""


def wide(width: int) -> bytes:
    """Return the width of a sheet of one thumbnail, as a PNG says it."""
    return (width + 2 * sheets.GAP).to_bytes(4)


def heights(column: list[Shot]) -> list[int]:
    return [shot.height for shot in column]

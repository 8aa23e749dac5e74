"""Takes a picture of every page that the walks come to, in every way that is asked for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import template_rendered
from flask.app import Flask
from jinja2 import Template
from playwright.sync_api import Browser, Error, Page

from tests.e2e.pictures.choices import SCREENS, SIZES, Way
from tests.e2e.pictures.visits import empty_database, visiting
from tests.e2e.tools.walker import Walk

# The server does no more than this for a theme and a size: one class for each.
_DRESS = """([theme, size]) => {
  const root = document.documentElement;
  root.className = root.className.replace(/theme-\\w+/, `theme-${theme}`)
    .replace(/size-\\w+/, `size-${size}`);
}"""
_HEIGHT = "document.documentElement.scrollHeight"


@dataclass(frozen=True)
class Shot:
    """One page as it looks in one way."""

    template: str
    page: str  # what the walk calls it
    file: Path
    width: int  # CSS pixels
    height: int


@dataclass
class Taken:
    """All that was seen, and what could not be."""

    shots: dict[Way, list[Shot]] = field(default_factory=lambda: defaultdict(list))
    opened: dict[tuple[str, str, bool], list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )  # the templates of each visit, in the order of the walks
    broken: list[str] = field(default_factory=list)


def take(
    browser: Browser,
    folder: Path,
    walks: Sequence[Walk],
    ways: Iterable[Way],
    wanted: Callable[[str], bool] = lambda _: True,
) -> Taken:
    """Walk all walks once for what only the server can change, and take each page in each way.

    Args:
        folder: what is taken lies here.
        wanted: which pages are taken, by their template and what their walk calls them.
    """
    taken, empty = Taken(), empty_database(folder)
    visits: dict[tuple[str, str, bool], list[Way]] = defaultdict(list)
    for way in ways:
        visits[way.visit].append(way)
    for visit, seen_in in visits.items():
        for walk in walks:
            with visiting(browser, empty, seen_in[0]) as walker, _templates() as rendered:
                try:
                    walker.is_somebody()
                    walker.opens("/")  # once, as its letters are there from the second page on
                    rendered.clear()
                    for page in walk(walker):
                        template = rendered[-1]
                        taken.opened[visit].append(template)
                        if wanted(f"{template} {page}"):
                            _in_each_way(walker.page, (template, page), seen_in, folder, taken)
                except (Error, AssertionError, IndexError) as fault:
                    after = f"after {rendered[-1]}" if rendered else "at its first page"
                    taken.broken.append(f"{seen_in[0].name}: {walk.__name__} {after}: {fault}")
    return taken


def _in_each_way(
    page: Page, called: tuple[str, str], ways: list[Way], folder: Path, taken: Taken
) -> None:
    for way in ways:
        screen = SCREENS[way.screen]
        page.set_viewport_size(screen.viewport)
        page.evaluate(_DRESS, [way.theme, SIZES[way.size]])
        # What stands at the foot of the screen would stand in the middle of a long picture.
        page.set_viewport_size({"width": screen.width, "height": page.evaluate(_HEIGHT)})
        file = folder / f"{way.name}-{len(taken.shots[way])}.jpeg"
        page.screenshot(path=file, full_page=True, type="jpeg", quality=85, scale="css")
        taken.shots[way].append(Shot(*called, file, screen.width, page.evaluate(_HEIGHT)))
    page.set_viewport_size(SCREENS[ways[0].screen].viewport)


@contextmanager
def _templates() -> Iterator[list[str]]:
    """Give a list to which each page's template comes as the site renders it."""
    rendered: list[str] = []

    def note(_: Flask, template: Template, **__: object) -> None:
        rendered.append(template.name or "")

    with template_rendered.connected_to(note):
        yield rendered

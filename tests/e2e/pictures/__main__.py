"""Make contact sheets of every page of a child's, to be looked at one by one: ``make pictures``.

Ends badly where a page could not be opened. Without arguments there are sheets for every
combination of the usual choices, which takes about half an hour.
"""

import argparse
import logging
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.e2e.pictures import sheets
from tests.e2e.pictures.choices import CHOICES, USUALLY, ways
from tests.e2e.pictures.shots import Taken, take
from tests.e2e.tools.child_walks import WALKS, to_open
from tests.e2e.tools.chromium import launch
from tests.e2e.tools.walker import Walk

PLACE = Path(__file__).resolve().parents[3] / "build" / "pictures"
WIDTH = 360  # CSS pixels of a thumbnail
NOT_SHARED = {"errors/stale.html"}  # a shared screen whose visit is over clears itself


def main(arguments: Sequence[str]) -> int:
    """Return how the command ends: 0 where every page was opened."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        logging.disable()  # the walks go to every error there is
        return look(browser, arguments)


def look(browser: Browser, arguments: Sequence[str], walks: Sequence[Walk] = WALKS) -> int:
    """Return how the command ends that uses this browser."""
    asked = _asked(arguments)
    chosen = ways({name: getattr(asked, name) for name in CHOICES}, few=asked.few)
    asked.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        taken = take(browser, Path(folder), walks, chosen, _wanted(asked.pages))
        made = [
            sheet
            for way, shots in taken.shots.items()
            for sheet in sheets.make(browser, asked.to / way.name, shots, asked.width)
        ]
    _say(f"{sum(map(len, taken.opened.values()))} pages opened on {len(taken.opened)} visits")
    _say(f"{sum(map(len, taken.shots.values()))} pictures on {len(made)} sheets in {asked.to}")
    faults = [*taken.broken, *_left_out(taken), *([] if made else ["there is no such page"])]
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make pictures", description=__doc__)
    parser.add_argument(
        "pages", nargs="*", help="part of a template's name or of a page's, such as status.html"
    )
    for name, known in CHOICES.items():
        usual = ", ".join(USUALLY[name])
        parser.add_argument(
            f"--{name}", nargs="+", choices=known, metavar="ONE", help=f"usually {usual}"
        )
    parser.add_argument(
        "--few", action="store_true", help="only so many that any two choices meet on a sheet"
    )
    parser.add_argument("--width", type=int, default=WIDTH, help="of a thumbnail, in pixels")
    parser.add_argument("--to", type=Path, default=PLACE, help="the folder for the sheets")
    return parser.parse_args(arguments)


def _wanted(parts: Sequence[str]) -> Callable[[str], bool]:
    return lambda page: not parts or any(part in page for part in parts)


def _left_out(taken: Taken) -> list[str]:
    """Name the templates that none of the walks came to."""
    return [
        f"not opened in {' '.join(map(str, visit[:2]))}{' on a shared screen' * visit[2]}: {name}"
        for visit, opened in taken.opened.items()
        for name in sorted(to_open() - set(opened) - (NOT_SHARED if visit[2] else set()))
    ]


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

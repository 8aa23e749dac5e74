"""What a page must measure on a small screen, in every setting that a reader may have chosen."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from tests.e2e.conftest import PHONE

NARROWEST: ViewportSize = {"width": 256, "height": 640}  # CSS pixels: 1,024 at 400%


def faults(page: Page, *, mirror: bool) -> list[str]:
    """Return what is wrong with the page's sizes, edges and motion, and what it leaves behind.

    Args:
        page: on a phone's viewport, which it has again afterwards.
        mirror: also turn the writing round, which says something only of a page in English.
    """
    page.evaluate(f"window.measure = {_source()}")
    page.evaluate("measure.open()")
    found = _run(page, "normal", "wide", "big", *(["mirror"] if mirror else []))
    page.set_viewport_size(NARROWEST)
    found += _run(page, "narrow")
    page.set_viewport_size(PHONE)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    found += _run(page, "forced")
    page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    return found


def overflow(page: Page) -> list[str]:
    """Return what lies beside the page or leaves its box, with every fold open."""
    page.evaluate(f"window.measure = {_source()}")
    page.evaluate("measure.open()")
    return _run(page, "narrow")


def use_theme(page: Page, name: str) -> None:
    """Change the colours as the server would: by the one class that says them."""
    page.evaluate("name => measure.theme(name)", name)


def _run(page: Page, *names: str) -> list[str]:
    calls = ", ".join(f"await measure.{name}()" for name in names)
    found: list[str] = page.evaluate(f"async () => [{calls}].flat()")
    return found


@cache
def _source() -> str:
    return Path(__file__).with_name("measure.js").read_text()

"""Where things stand on a page when it comes: nothing jumps, and what is asked is near the top."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Page, ViewportSize

from tests.e2e.conftest import PHONE

MOST_SHIFT = 0.0  # of what browsers add up for whatever moves by itself while a page comes
ORDINARY: ViewportSize = {"width": 360, "height": 740}  # a phone of today
# On a question page: CSS pixels from the top until there is the heading, and the first
# thing to pick, to write in or to press, where nothing has to be said to the child before.
STARTS_BY = {"heading": 130, "first": 230}
_SAID_BEFORE = "main :is(.note, .summary)"  # help for a child who is not safe, or what to mend
_QUESTION = re.compile(r"/p/\d+(/change)?|/back/change/\d+")
_WATCH = """
  window.moved = {sum: 0, parts: []};
  const add = (entries) => entries.filter((entry) => !entry.hadRecentInput).forEach((entry) => {
    moved.sum += entry.value;
    moved.parts.push(...entry.sources.map(({node}) => (node?.outerHTML ?? node?.data ?? "")
      .replace(/\\s+/g, " ").slice(0, 60)));
  });
  moved.observer = new PerformanceObserver((list) => add(list.getEntries()));
  moved.observer.observe({type: "layout-shift", buffered: true});
  moved.settled = async () => {
    await document.fonts.ready;
    for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
    add(moved.observer.takeRecords());
    return [moved.sum, moved.parts];
  };
"""
_LETTERS = """async () => {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  for (const {style} of rules.filter((rule) => rule instanceof CSSFontFaceRule)) {
    const said = (name) => style.getPropertyValue(name) || undefined;
    if (!said("src").includes("url(")) continue;
    document.fonts.add(new FontFace(said("font-family").replaceAll('"', ""), said("src"), {
      weight: said("font-weight"), unicodeRange: said("unicode-range"),
      ascentOverride: said("ascent-override"), descentOverride: said("descent-override"),
    }));
  }
  document.body.getBoundingClientRect();
  await document.fonts.ready;
}"""
_STARTS = """() => {
  const top = (part) => part ? part.getBoundingClientRect().top + scrollY : Infinity;
  const pressed = [...document.querySelectorAll("main form :is(" +
    ".option, textarea, select, summary, a, button, input:not([type=hidden], .option input))")];
  return {
    heading: top(document.querySelector("main h1")),
    first: top(pressed.find((part) => part.checkVisibility())),
  };
}"""


def watch(page: Page) -> None:
    """Note, on every page that comes from now on, what moves by itself."""
    page.add_init_script(_WATCH)


def faults(name: str, page: Page, how: Mapping[str, str]) -> Iterator[str]:
    """Yield what moved while this page came, and what of a question starts too far down."""
    moved, parts = page.evaluate("moved.settled()")
    if moved > MOST_SHIFT:
        yield f"moved by {moved:.4f} as it came: {parts}"
    if _QUESTION.fullmatch(name) and not page.locator(_SAID_BEFORE).count():
        for what, most in STARTS_BY.items():
            starts = _starts(page)[what]
            # Under the heading of a language that nobody has checked its English has its place.
            if starts > most and (what == "heading" or how["language"] == "en"):
                yield f"{what} starts at {starts:.0f} px, not by {most}"


def use_letters(page: Page) -> None:
    """Show the page in the site's own letters, as every page but a visitor's first is shown.

    They are too late for the page that first asks for them, and here each page is the first.
    """
    page.evaluate(_LETTERS)


def _starts(page: Page) -> dict[str, Any]:
    page.set_viewport_size(ORDINARY)
    found: dict[str, Any] = page.evaluate(_STARTS)
    page.set_viewport_size(PHONE)
    return found

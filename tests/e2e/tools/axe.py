"""Accessibility as a failing test: axe, run inside the page that the browser shows."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

# Only experimental rules, which do not run, need style sheets and sounds loaded once more.
_RUN = """asked => axe.run(document, {
    resultTypes: ["violations", "incomplete"], preload: false, ...asked,
})"""
STRICT = ("color-contrast-enhanced",)  # 7:1, which children's pages keep
_OF_COLOUR = ("color-contrast", "link-in-text-block", *STRICT)


def check(page: Page, explained: Mapping[str, str] | None = None) -> None:
    """Fail on what axe finds, and on what it could not decide and nobody has explained.

    Args:
        page: it may have a policy that forbids scripts of others; the browser runs ours beneath it.
        explained: by axe's rule, why what it could not decide is right.
    """
    found = faults(page, {"rules": {}}, explained)
    assert not found, f"axe on {page.url}:\n" + "\n".join(found)


def strictly(page: Page) -> list[str]:
    """Return what axe finds or cannot decide, held to the contrast of children's pages too."""
    return faults(page, {"rules": {rule: {"enabled": True} for rule in STRICT}})


def colours(page: Page) -> list[str]:
    """Return what is wrong with the colours alone: for a page that was held to the rest before."""
    return faults(page, {"runOnly": {"type": "rule", "values": _OF_COLOUR}})


def forced_colours(page: Page) -> list[str]:
    """Return what is wrong with the colours of a device that has its own."""
    page.emulate_media(forced_colors="active")
    found = colours(page)
    page.emulate_media(forced_colors="none")
    return [f"forced colours: {fault}" for fault in found]


def at_night(page: Page) -> list[str]:
    """Return what is wrong with the colours on a device that is set to dark ones."""
    page.emulate_media(color_scheme="dark")
    found = colours(page)
    page.emulate_media(color_scheme="light")
    return [f"dark: {fault}" for fault in found]


def check_in_all_colours(page: Page) -> None:
    """Fail on what ``check`` finds, and on what the device's dark or own colours make of it.

    What is folded is opened first: folded, it has no colours that anybody could judge.
    """
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    check(page)
    found = [*at_night(page), *forced_colours(page)]
    assert not found, f"axe on {page.url}:\n" + "\n".join(found)


def faults(
    page: Page, asked: Mapping[str, Any], explained: Mapping[str, str] | None = None
) -> list[str]:
    """Run axe with these options of its own."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    result: dict[str, Any] = page.evaluate(_RUN, asked)
    undecided = [rule for rule in result["incomplete"] if rule["id"] not in (explained or {})]
    return [
        *_lines("wrong", result["violations"]),
        *_lines("undecided", undecided),
    ]


def _lines(kind: str, rules: list[dict[str, Any]]) -> Iterator[str]:
    for rule in rules:
        yield f"{kind}: {rule['id']} ({rule['impact']}) {rule['help']}"
        for node in rule["nodes"]:
            yield f"    {' '.join(map(str, node['target']))}: {node['html'][:160]}"
            for check in (*node["any"], *node["all"], *node["none"]):
                yield f"        {check['message']}"


@cache
def _source() -> str:
    """Read the script out of its package, whose own Python wants a page that allows it."""
    package = find_spec("axe_core_python")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).with_name("axe.min.js").read_text()

"""What a browser still holds after somebody has left: at every place of its history."""

import time
from collections.abc import Callable, Iterable, Iterator

from playwright.sync_api import Error, Page

from tests import sample

ALL_IT_HOLDS = """() => [
    document.documentElement.outerHTML,
    document.title,
    location.href,
    document.cookie,
    ...[...document.querySelectorAll("input, textarea, select")].map(
        (box) => `${box.name}=${box.type === "hidden" ? "" : box.value}`),
    ...[...document.querySelectorAll("form#question :checked")].map(
        (box) => `ticked ${box.name}=${box.value}`),
    ...Object.values({...localStorage}),
    ...Object.values({...sessionStorage}),
].join("\\n")"""
IS_STILL = """() => document.readyState === "complete"
    && !document.documentElement.classList.contains("gone")"""
MOMENT = 0.02  # seconds
PATIENCE = 1_500  # moments: half a minute


def told(line: str, canaries: Iterable[str]) -> bool:
    return line.startswith("ticked ") or any(word in line for word in canaries)


def places(page: Page, most: int = 12) -> Iterator[str]:
    """Yield all that the browser holds at each place of its history, but the empty first one.

    Each is loaded again on the way back, and in ``make test-all`` on the way forward too.

    Args:
        most: so many places back, and on again. Browsers keep 6 of them as they were.
    """
    history = page.context.new_cdp_session(page).send("Page.getNavigationHistory")
    last, here = len(history["entries"]) - 1, history["currentIndex"]
    yield settle(page)
    back, on = min(here - 1, most), min(last - 1, most)
    for move in [page.go_back] * back + [page.go_forward] * on:
        if goes(move):
            yield settle(page)
            if sample.ALL or move == page.go_back:
                page.reload(wait_until="commit")
                yield settle(page)


def goes(move: Callable[..., object]) -> bool:
    """Say whether there is anything there: what a form answered with is not kept."""
    for _ in range(PATIENCE):
        try:
            move(wait_until="commit")
        except Error as error:
            if "ERR_CACHE_MISS" in error.message:
                return False
            assert "Not attached" in error.message  # noqa: PT017 - the page of that error comes
            time.sleep(MOMENT)
        else:
            return True
    raise AssertionError("the browser does not go on")


def settle(page: Page) -> str:
    """Wait until a page that fetches itself again has done so; return all that it holds."""
    for _ in range(PATIENCE):
        page.wait_for_timeout(MOMENT * 1000)
        try:
            if page.evaluate(IS_STILL):
                return str(page.evaluate(ALL_IT_HOLDS))
        except Error:  # it has just gone on
            continue
    raise AssertionError(f"{page.url} does not come to rest")

"""How soon a slow, cheap phone on a poor line shows a child's page."""

from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser

from benchmarks.browser import LOOKS, PAGES, arrived, browsing, phone
from benchmarks.figures import Figure, Size, Unreadable

_LINE = {
    "offline": False,
    "latency": 400,  # ms from a request to its first byte
    "downloadThroughput": 50_000,  # bytes a second: 400 kbit/s
    "uploadThroughput": 50_000,
}
_SLOWER = 6  # times slower than this machine
_WATCH = """
  window.seen = {paint: 0, shift: 0, blocked: 0};
  const watch = (type, act) => new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) act(entry);
  }).observe({type, buffered: true});
  watch("largest-contentful-paint", (entry) => { seen.paint = entry.startTime; });
  watch("layout-shift", (entry) => { seen.shift += entry.value; });
  watch("longtask", (entry) => { seen.blocked += Math.max(0, entry.duration - 50); });
"""


def largest(size: Size) -> Iterator[Figure]:
    """Open each page in a browser that has never been here, in both looks."""
    with browsing() as (browser, site):
        for look in LOOKS:
            for path in PAGES[: size.pages]:
                seen = [_opened(browser, site, look, path) for _ in range(size.visits)]
                yield from _figures(f"{path} in {look}, cold, slow phone and line", seen)


def _figures(what: str, seen: list[dict[str, float]]) -> Iterator[Figure]:
    paint, blocked, shift = (median(one[name] for one in seen) for name in _NAMES)
    yield Figure(what=f"{what}: largest paint", value=paint, unit="ms", most=800)
    yield Figure(what=f"{what}: blocked", value=blocked, unit="ms", most=0)
    yield Figure(what=f"{what}: shift", value=round(shift, 3), most=0)


_NAMES = ("paint", "blocked", "shift")


def _opened(browser: Browser, site: str, look: str, path: str) -> dict[str, float]:
    with phone(browser, site, look) as page:
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.clearBrowserCache")
        wire.send("Network.emulateNetworkConditions", _LINE)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
        page.add_init_script(_WATCH)
        arrived(page.goto(site + path, wait_until="networkidle"), page, path)
        seen: dict[str, float] = page.evaluate("seen")
    if not seen["paint"]:
        raise Unreadable("paint", path)
    return seen

"""How soon a slow, cheap phone on a poor line shows a child's page (``decisions.md``: 800 ms)."""

from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright
from tests.e2e.chromium import launch

from benchmarks.site import running

PAGES = ("/", "/first/1", "/p/1", "/p/2", "/who-sees")
_ROUNDS = 5
_PHONE = {"width": 360, "height": 640}
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


def largest() -> Iterator[str]:
    """Open each page in a browser that has never been here, in both looks."""
    with running(1) as (port, _), sync_playwright() as playwright:
        browser = launch(playwright)
        for look in ("words", "pictures"):
            for path in PAGES:
                yield _figures(browser, f"http://127.0.0.1:{port}", look, path)
        browser.close()


def _figures(browser: Browser, site: str, look: str, path: str) -> str:
    seen = [_opened(browser, site, look, path) for _ in range(_ROUNDS)]
    paint, shift, blocked = (median(one[name] for one in seen) for name in seen[0])
    return (
        f"largest paint of {path}, {look} look, cold, on the slow profile: {paint:.0f} ms; "
        f"blocked {blocked:.0f} ms; shift {shift:.3f}"
    )


def _opened(browser: Browser, site: str, look: str, path: str) -> dict[str, float]:
    context = browser.new_context(viewport=_PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}/healthz")  # starting the browser's own process is not the page's doing
    if look == "pictures":
        _choose_pictures(page, site)
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    wire.send("Network.emulateNetworkConditions", _LINE)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.add_init_script(_WATCH)
    page.goto(site + path, wait_until="networkidle")
    seen: dict[str, float] = page.evaluate("seen")
    context.close()
    return seen


def _choose_pictures(page: Page, site: str) -> None:
    page.goto(f"{site}/look")
    page.locator("[name=look][value=pictures]").check()
    page.locator("main form button[type=submit]").click()

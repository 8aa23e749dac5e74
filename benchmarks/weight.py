"""What a child's page weighs on the wire when nothing of it is at hand yet."""

from collections.abc import Iterator

from tests.e2e.tools.weight import MOST_BYTES, MOST_REQUESTS, Scales, Weight

from benchmarks.browser import LOOKS, PAGES, arrived, browsing, phone
from benchmarks.figures import Figure, Size, Unreadable

MOST_SCRIPT = 3_000  # bytes on the wire


def pages(size: Size) -> Iterator[Figure]:
    """Weigh each page, and the scripts that it may do without."""
    with browsing() as (browser, site):
        for look in LOOKS:
            for path in PAGES[: size.pages]:
                with phone(browser, site, look) as page:
                    scales = Scales(page)
                    arrived(page.goto(site + path, wait_until="networkidle"), page, path)
                    weight = scales.weigh()
                if not weight.bytes:
                    raise Unreadable("weight", path)
                yield from _figures(f"{path} in {look}, cold", look, weight)


def _figures(what: str, look: str, weight: Weight) -> Iterator[Figure]:
    for measured, value, most in (
        ("bytes on the wire", weight.bytes, MOST_BYTES[look]),
        ("requests", weight.requests, MOST_REQUESTS[look]),
        ("bytes of scripts", weight.script, MOST_SCRIPT),
    ):
        yield Figure(what=f"{what}: {measured}", value=value, most=most, counted=True)

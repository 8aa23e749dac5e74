"""The browser that tests and benchmarks drive."""

import os
import shutil
from typing import Any

from playwright.sync_api import Browser, Playwright

# The first has no windows to keep, which costs a third less.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def launch(playwright: Playwright, **options: Any) -> Browser:
    """Return the machine's Chromium where there is one, else the one that Playwright installed."""
    found = (shutil.which(name) for name in CHROMIUMS)
    return playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM") or next(filter(None, found), None),
        chromium_sandbox=os.geteuid() != 0,
        args=[
            "--disable-background-networking",
            "--disable-component-update",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ],
        **options,
    )

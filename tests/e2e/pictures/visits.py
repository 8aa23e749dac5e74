"""Visitors for the walks, outside of any test: a site, a database and a clock of their own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from kids_feedback.config import Settings, reference_from
from kids_feedback.storage import schema
from kids_feedback.storage.db import Transactions, engine_for
from tests.conftest import KEYS, REFERENCE, SetClock
from tests.e2e.pictures.choices import SCREENS, Way
from tests.e2e.tools import server
from tests.e2e.tools.walker import Walker
from tests.make import NOW, a_kiosk

PATIENCE = 30_000  # milliseconds


@dataclass(frozen=True)
class OnShared(Walker):
    """A visitor of a screen that others use too: whoever comes, the screen stays what it is."""

    token: str

    def is_somebody(self, **state: Any) -> None:
        self._stays()
        super().is_somebody(**state)

    def forgets(self) -> None:
        super().forgets()
        self._stays()

    def _stays(self) -> None:
        cookie = {"name": "screen", "value": self.token, "url": self.url}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]


def empty_database(folder: Path) -> Path:
    """Make an empty database with every table, to copy for each walk."""
    path = folder / "empty.sqlite3"
    engine = engine_for(f"sqlite:///{path}")
    schema.upgrade(engine)
    engine.dispose()
    return path


@contextmanager
def visiting(browser: Browser, empty: Path, way: Way) -> Iterator[Walker]:
    """Give a visitor of a fresh site, with the look, the language and the screen of this way."""
    url = f"sqlite:///{shutil.copy(empty, empty.with_name('visit.sqlite3'))}"
    settings = Settings(
        database_url=url,
        keys=KEYS.by_number,
        words_key=b"another key that only tests know",
        named_first=0,
        reference=reference_from(REFERENCE),
    )
    clock, engine, screen = SetClock(NOW), engine_for(url), SCREENS[way.screen]
    with server.site(settings, clock) as site, pytest.MonkeyPatch.context() as monkeypatch:
        context = browser.new_context(base_url=site, locale="en-GB", viewport=screen.viewport)
        context.set_default_timeout(PATIENCE)
        transactions = Transactions(engine, KEYS)
        how = {"language": way.language, "look": way.look, "theme": way.theme}
        who = (context.new_page(), site, transactions, clock, monkeypatch, how)
        if screen.shared:
            with transactions() as db:
                token = a_kiosk(db, NOW)
            yield OnShared(*who, token)
        else:
            yield Walker(*who)
        context.close()
    engine.dispose()

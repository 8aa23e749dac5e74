"""docs/pages.md says what the site does."""

import importlib.machinery
import importlib.util
from pathlib import Path

from flask import Flask

SCRIPT = Path(__file__).parents[2] / "script" / "pages"


def test_every_page_is_listed_with_its_address_and_who_may_open_it(app: Flask) -> None:
    loader = importlib.machinery.SourceFileLoader("pages", str(SCRIPT))
    spec = importlib.util.spec_from_loader("pages", loader)
    assert spec is not None
    pages = importlib.util.module_from_spec(spec)
    loader.exec_module(pages)
    assert pages.DOCUMENT.read_text() == pages.document(app), "run script/pages"

"""Serves the static files that ``bundle`` made. A child's page has its style in it (ADR 16)."""

import atexit
import base64
import hashlib
import json
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from kids_feedback.assets import asset_dir
from kids_feedback.bundle import MANIFEST, PREFIX, SERVED, build
from kids_feedback.web.http.headers import allow_style
from kids_feedback.web.rendering import safe_html

_HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


def install(app: Flask) -> None:
    """Serve ``static/`` in front of ``app``; give templates ``asset(name)``, ``style(name)``."""
    ready = _ready(asset_dir("static"))
    folder = ready / SERVED
    names: dict[str, str] = json.loads((ready / MANIFEST).read_text(encoding="utf-8"))
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # Flask's own way
        app.wsgi_app,
        root=folder,
        prefix=PREFIX,
        immutable_file_test=lambda path, url: bool(_HASHED.search(url)),
        allow_all_origins=False,
    )

    def asset(name: str) -> str:
        return PREFIX + names[name]

    def style(*sheets: str) -> str:
        sheet, digest = _sheet(tuple(folder / names[name] for name in sheets))
        allow_style(digest)
        return sheet

    app.jinja_env.globals.update(asset=asset, style=style)


@cache
def _ready(static: Path) -> Path:
    """Return the folder of ready files: as the wheel brings it, or made of a checkout's files."""
    if (static / MANIFEST).is_file():
        return static
    made = Path(tempfile.mkdtemp(prefix="static-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    build(static, made)
    return made


@cache
def _sheet(files: tuple[Path, ...]) -> tuple[str, str]:
    """Return style sheets as they stand in a page, and by which digest browsers know them."""
    content = "".join(file.read_text(encoding="utf-8") for file in files)
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return safe_html.style(content), digest

"""Static files under names that carry their hash, so that they may be kept for ever.

A script that imports a neighbour is served with the neighbour inside, and nothing with comments: a
slow phone waits once for a file, not once for each, and not for our remarks. Nor does it wait for
the style of a child's page: that stands in the page (docs/adr/0016).
"""

import atexit
import base64
import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from kids_feedback.assets import asset_dir
from kids_feedback.web import safe_html
from kids_feedback.web.headers import HEADERS, allow_style

_PREFIX = "/static/"
_URL = re.compile(r"url\(([^)]+)\)")
_COMMENT = {
    ".css": re.compile(r"/\*.*?\*/\n*", re.DOTALL),
    ".js": re.compile(r"^\s*//.*\n", re.MULTILINE),
}
_IMPORT = re.compile(r'^import "\./([\w.]+)";\n', re.MULTILINE)
_HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


def install(app: Flask) -> None:
    """Serve ``static/`` in front of ``app``; give templates ``asset(name)``, ``style(name)``."""
    folder, names = _prepared(asset_dir("static"))
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # Flask's own way
        app.wsgi_app,
        root=folder,
        prefix=_PREFIX,
        immutable_file_test=lambda path, url: bool(_HASHED.search(url)),
        add_headers_function=_headers,
        allow_all_origins=False,
    )

    def asset(name: str) -> str:
        return _PREFIX + names[name]

    def style(name: str) -> str:
        sheet, digest = _sheet(folder / names[name])
        allow_style(digest)
        return sheet

    app.jinja_env.globals.update(asset=asset, style=style)


def _headers(headers: Headers, path: str, url: str) -> None:
    for name in ("X-Content-Type-Options", "Cross-Origin-Resource-Policy"):
        headers[name] = HEADERS[name]


@cache
def _prepared(source: Path) -> tuple[Path, dict[str, str]]:
    """Return a folder of hashed, compressed copies and each file's name in it; once a process."""
    folder = Path(tempfile.mkdtemp(prefix="static-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    names: dict[str, str] = {}
    for file in _styles_last(source):
        name = file.relative_to(source).as_posix()
        content = _whole(file).encode() if file.suffix in _COMMENT else file.read_bytes()
        if file.suffix == ".css":
            content = _URL.sub(_pointing(file, source, names), content.decode()).encode()
        digest = hashlib.sha256(content).hexdigest()[:12]
        names[name] = f"{name.removesuffix(file.suffix)}.{digest}{file.suffix}"
        target = folder / names[name]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    compressor = Compressor(quiet=True)
    for copy in folder.rglob("*"):
        if copy.is_file() and compressor.should_compress(copy.name):
            list(compressor.compress(str(copy)))
    return folder, names


@cache
def _sheet(file: Path) -> tuple[str, str]:
    """Return a style sheet as it stands in a page, and by which digest browsers know it."""
    content = file.read_text()
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return safe_html.style(content), digest


def _styles_last(source: Path) -> Iterator[Path]:
    """Yield the files, style sheets after the fonts and pictures that they name."""
    files = sorted(file for file in source.rglob("*") if file.is_file())
    yield from (file for file in files if file.suffix != ".css")
    yield from (file for file in files if file.suffix == ".css")


def _whole(file: Path) -> str:
    """Return the file without comments, and each neighbour that it imports inside it."""

    def inside(found: re.Match[str]) -> str:
        return f"{{\n{_whole(file.with_name(found[1]))}}}\n"  # each script's names its own

    return _IMPORT.sub(inside, _COMMENT[file.suffix].sub("", file.read_text()))


def _pointing(file: Path, source: Path, names: dict[str, str]) -> Callable[[re.Match[str]], str]:
    def point(found: re.Match[str]) -> str:
        meant = (file.parent / found[1].strip("'\"")).resolve().relative_to(source.resolve())
        return f"url({_PREFIX}{names[meant.as_posix()]})"

    return point

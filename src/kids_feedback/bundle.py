"""Makes the static files ready to be served: while a wheel is built, or in a checkout at start.

A name carries the hash of what is in the file, so that browsers may keep it for ever. A script that
imports a neighbour has the neighbour inside, and nothing has comments or indents: a slow phone
waits once for a file, not once for each, and not for our remarks. docs/adr/0024 says why no bundler
does it.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from whitenoise.compress import Compressor

PREFIX = "/static/"
SERVED, MANIFEST = "served", "manifest.json"  # what a folder of ready files holds
_URL = re.compile(r"url\(([^)]+)\)")
_COMMENT = {
    ".css": re.compile(r"/\*.*?\*/\n*", re.DOTALL),
    ".js": re.compile(r"^\s*//.*\n", re.MULTILINE),
}
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)  # no text of ours goes over two lines
_SPACE = re.compile(
    r"[;\s]*(})\s*|\s*([{;,])\s*|\s+"
)  # in a style sheet; around + and - it means something
_IMPORT = re.compile(r'^import "\./([\w.]+)";\n', re.MULTILINE)


def build(source: Path, target: Path) -> None:
    """Write each file of ``source`` into ``target``, hashed and compressed, and all their names."""
    served, names = target / SERVED, dict[str, str]()
    for file in _styles_last(source):
        name = file.relative_to(source).as_posix()
        content = _content(file, source, names)
        digest = hashlib.sha256(content).hexdigest()[:12]
        names[name] = f"{name.removesuffix(file.suffix)}.{digest}{file.suffix}"
        copy = served / names[name]
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)
        _compress(copy)
    (target / MANIFEST).write_text(json.dumps(names, indent=1), encoding="utf-8")


def _styles_last(source: Path) -> Iterator[Path]:
    """Yield the files, style sheets after the fonts and pictures that they name."""
    files = sorted(file for file in source.rglob("*") if file.is_file())
    yield from (file for file in files if file.suffix != ".css")
    yield from (file for file in files if file.suffix == ".css")


def _content(file: Path, source: Path, names: dict[str, str]) -> bytes:
    if file.suffix not in _COMMENT:
        return file.read_bytes()
    text = _INDENT.sub("", _whole(file))
    if file.suffix == ".css":
        text = _URL.sub(_pointing(file, source, names), text)
        text = _SPACE.sub(lambda found: found[1] or found[2] or " ", text).replace(": ", ":")
    return text.encode()


def _whole(file: Path) -> str:
    """Return the file without comments, and each neighbour that it imports inside it."""

    def inside(found: re.Match[str]) -> str:
        return f"{{\n{_whole(file.with_name(found[1]))}}}\n"  # each script's names its own

    return _IMPORT.sub(inside, _COMMENT[file.suffix].sub("", file.read_text(encoding="utf-8")))


def _pointing(file: Path, source: Path, names: dict[str, str]) -> Callable[[re.Match[str]], str]:
    def point(found: re.Match[str]) -> str:
        meant = (file.parent / found[1].strip("'\"")).resolve().relative_to(source.resolve())
        return f"url({PREFIX}{names[meant.as_posix()]})"

    return point


def _compress(file: Path) -> None:
    compressor = Compressor(quiet=True)
    if compressor.should_compress(file.name):
        compressor.compress(str(file))

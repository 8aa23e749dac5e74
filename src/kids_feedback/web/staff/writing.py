"""What a manager types, and the HTML that is kept of it: paragraphs, lists and bold."""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import groupby

from kids_feedback.web import safe_html

_BULLET = "- "
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_MANY_BREAKS = re.compile(r"\n{3,}")


def to_html(text: str) -> str:
    """Return cleaned HTML: an empty line makes a paragraph, "- " lines a list, **this** bold."""
    blocks = _EMPTY_LINES.split("\n".join(text.splitlines()).strip())
    return str(safe_html.clean("".join(part for block in blocks for part in _parts(block))))


def to_text(kept: str) -> str:
    """Return kept HTML as it is typed, so that it can be changed."""
    reader = _Reader()
    reader.feed(kept)
    reader.close()
    return _MANY_BREAKS.sub("\n\n", "".join(reader.typed)).strip()


def _parts(block: str) -> Iterator[str]:
    """Yield the paragraphs and lists of a block without empty lines."""
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    for in_list, group in groupby(lines, key=lambda line: line.startswith(_BULLET)):
        if in_list:
            items = (f"<li>{_inline(line.removeprefix(_BULLET))}</li>" for line in group)
            yield f"<ul>{''.join(items)}</ul>"
        else:
            yield f"<p>{'<br>'.join(_inline(line) for line in group)}</p>"


def _inline(line: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", html.escape(line, quote=False))


class _Reader(HTMLParser):
    """Turns our few tags back into what is typed for them."""

    _OPENING = {"p": "\n\n", "ul": "\n\n", "ol": "\n\n", "li": f"\n{_BULLET}", "br": "\n"}
    _CLOSING = {"p": "\n\n", "ul": "\n\n", "ol": "\n\n"}

    def __init__(self) -> None:
        super().__init__()
        self.typed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.typed.append("**" if tag == "strong" else self._OPENING.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.typed.append("**" if tag == "strong" else self._CLOSING.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self.typed.append(data)

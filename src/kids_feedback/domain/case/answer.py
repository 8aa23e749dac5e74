"""The written answer: its parts, how they are kept, and which of them still say nothing."""

import html
import re
from collections.abc import Mapping
from enum import StrEnum

NEEDED = (  # in the order in which the child reads them
    "sorry",
    "understanding",
    "wants",
    "outcome",
    "explanation",
    "steps_taken",
    "steps_to_come",
)
INSTEAD = {
    "sorry": "not_sorry_because",
    "steps_to_come": "none_because",
}  # said where there is none
PARTS = tuple(name for part in NEEDED for name in (part, INSTEAD.get(part)) if name)
READ = tuple(part for part in PARTS if part != "not_sorry_because")  # by the child, not staff alone

# A part is kept as it was typed, after a line break. Earlier ones are HTML, and begin with a tag.
_AS_TYPED = "\n"
_NOTHING = re.compile(r"<[^>]*>|&nbsp;|\s")
_TAG = re.compile(r"<[^>]*>")
_TYPED_FOR = {
    "<br>": "\n",
    "<li>": "\n- ",
    "<ol>": "\n\n",
    "<p>": "\n\n",
    "<strong>": "**",
    "<ul>": "\n\n",
    "</ol>": "\n\n",
    "</p>": "\n\n",
    "</strong>": "**",
    "</ul>": "\n\n",
}
_MANY_BREAKS = re.compile(r"\n{3,}")


class AnswerChangeState(StrEnum):
    """Where a second version of an answer is that is out already."""

    WRITTEN = "written"  # it waits for the Head of Practice
    APPROVED = "approved"  # it waits to be given


def missing(parts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the parts without which the answer cannot be sent; markup alone says nothing.

    Args:
        parts: what is kept, by the names in ``PARTS``; one that is not there is empty.

    Source: docs/procedure.md, paragraph 36.
    """
    said = {part for part in PARTS if _says_something(parts.get(part, ""))}
    return tuple(part for part in NEEDED if not said & {part, INSTEAD.get(part)})


def to_keep(typed: str) -> str:
    """Return what is kept of a part; empty where nothing was typed but space."""
    text = "\n".join(typed.splitlines()).strip()
    return _AS_TYPED + text if text else ""


def to_edit(kept: str) -> str:
    """Return a part as it was typed; one that was kept as HTML, as it would be typed today."""
    if kept.startswith(_AS_TYPED):
        return kept.removeprefix(_AS_TYPED)
    text = _TAG.sub(lambda tag: _TYPED_FOR.get(tag[0], ""), kept)
    return _MANY_BREAKS.sub("\n\n", html.unescape(text)).strip()


def _says_something(kept: str) -> bool:
    return kept.startswith(_AS_TYPED) or _NOTHING.sub("", kept) != ""

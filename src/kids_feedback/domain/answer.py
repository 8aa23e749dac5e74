"""The written answer: its parts, and which of them still say nothing."""

import re
from collections.abc import Mapping

NEEDED = ("understanding", "wants", "outcome", "explanation", "steps_taken", "steps_to_come")
INSTEAD = "none_because"  # said where there are no steps to come
PARTS = (*NEEDED, INSTEAD)

_MARKUP = re.compile(r"<[^>]*>|&nbsp;|\s")


def missing(parts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the parts without which the answer cannot be sent; markup alone says nothing.

    Args:
        parts: HTML by the names in ``PARTS``; one that is not there is empty.

    Source: docs/procedure.md, paragraph 36.
    """
    empty = tuple(part for part in NEEDED if not _says_something(parts.get(part, "")))
    if _says_something(parts.get(INSTEAD, "")):
        return tuple(part for part in empty if part != "steps_to_come")
    return empty


def _says_something(html: str) -> bool:
    return _MARKUP.sub("", html) != ""

"""Two texts for one: while nobody has checked a language, its English stands below it.

On a child's page in a draft language, each text that gettext finds is a pair. It is one string,
with three signs in it that no text has: so templates and forms fill it in, join it and hand it on
as they do any other. ``rendering.second_text`` makes of it what the page shows. Everywhere else
gettext finds one text, as ever.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import g, has_request_context
from flask_babel import Domain, force_locale

from kids_feedback.web.kit import languages, shared_device

# Unicode keeps these for the inside of programs: they are no letters, and no form takes them.
FIRST, SECOND, END = "\ufdd0", "\ufdd1", "\ufdd2"
SIGNS = FIRST + SECOND + END
_PLACE = "%("
_INNERMOST = re.compile(f"{FIRST}([^{SIGNS}]*){SECOND}([^{SIGNS}]*){END}")
_SIGN = re.compile(f"[{SIGNS}]")


def is_paired() -> bool:
    """Say whether this page says each text twice: it is a child's, in a draft language."""
    if not has_request_context() or g.get("speaks_alone"):
        return False
    if "paired" not in g:
        g.paired = languages.current().draft and not shared_device.in_staff_frame()
    paired: bool = g.paired
    return paired


@contextmanager
def speaking_alone(language: str) -> Iterator[None]:
    """Speak one language alone, as a letter does, whatever the page speaks."""
    before, g.speaks_alone = g.get("speaks_alone", False), True
    try:
        with force_locale(language):
            yield
    finally:
        g.speaks_alone = before


def pair(first: str, second: str) -> str:
    """Return both texts as one where the page says both; a text that has no other is left alone.

    A text with places to fill has another: what fills them may be a pair.
    """
    if not is_paired() or (first == second and _PLACE not in first):
        return first
    return f"{FIRST}{first}{SECOND}{second}{END}"


def first_of(text: str) -> str:
    """Return ``text`` in the language of the page alone: for where there is room for one."""
    return _only(text, 1)


def second_of(text: str) -> str:
    """Return ``text`` in English alone."""
    return _only(text, 2)


def cut(text: str, place: Callable[[str], int]) -> tuple[str, str]:
    """Return what stands before a place and what after it, in both languages.

    Where a language has no such place, all of it stands before.

    Args:
        place: finds it in one text: after how many letters, or 0.
    """
    kind, first, second = type(text), first_of(text), second_of(text)
    one, other = place(first), place(second)
    if not one or not other:
        return text, ""
    return kind(pair(first[:one], second[:other])), kind(pair(first[one:], second[other:]))


def _only(text: str, which: int) -> str:
    found = 1
    while found:  # a pair may stand in what fills another
        text, found = _INNERMOST.subn(lambda pair: pair[which], text)
    return _SIGN.sub("", text)


class _Paired:
    """A catalogue that finds each text with its English."""

    def __init__(self, drafted: Any) -> None:
        self._drafted = drafted

    def ugettext(self, text: str) -> str:
        found: str = self._drafted.ugettext(text)
        return pair(found, text)

    def ungettext(self, one: str, many: str, number: int) -> str:
        found: str = self._drafted.ungettext(one, many, number)
        return pair(found, one if number == 1 else many)


class Catalogues(Domain):
    """The catalogues of the site: whatever is translated comes out of them."""

    def get_translations(self) -> Any:
        found = super().get_translations()
        return _Paired(found) if is_paired() else found

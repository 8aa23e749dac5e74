"""Translation with types: what a page says is text, at once, and found once a page."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar

import flask_babel
from flask import g

from kids_feedback.web.kit import pairs

_Said = TypeVar("_Said", bound=Callable[..., str])


def once_a_page(say: _Said) -> _Said:
    """Find each text once a page: a long queue says the same words in every row.

    Once in each language, and once alone or paired: a letter to a child is neither as the page is.
    """

    @wraps(say)
    def said(*facts: Hashable) -> str:
        kept: dict[Hashable, str] = g.setdefault("said", {})
        key = (say, str(flask_babel.get_locale()), pairs.is_paired(), *map(type, facts), *facts)
        if key not in kept:
            kept[key] = say(*facts)
        return kept[key]

    return said  # type: ignore[return-value]  # typed as what it wraps


def _(text: str, **facts: Any) -> str:
    """Return ``text`` in the language of the page, with its facts."""
    return str(flask_babel.gettext(text, **facts)) if facts else _plain(text)


def ngettext(one: str, many: str, number: int, **facts: Any) -> str:
    """Return the text for ``number`` of something."""
    return str(flask_babel.ngettext(one, many, number, **facts))


@once_a_page
def _plain(text: str) -> str:
    return str(flask_babel.gettext(text))

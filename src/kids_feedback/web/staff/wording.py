"""Translation with types: what a page says is text, at once."""

from typing import Any

import flask_babel


def _(text: str, **facts: Any) -> str:
    """Return ``text`` in the language of the page, with its facts."""
    return str(flask_babel.gettext(text, **facts))


def ngettext(one: str, many: str, number: int, **facts: Any) -> str:
    """Return the text for ``number`` of something."""
    return str(flask_babel.ngettext(one, many, number, **facts))

"""Whether there is anything to see in a text."""

import unicodedata

# Letters and signs that are drawn as nothing, though Unicode calls them letters or symbols.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_UNSEEN = ("C", "M", "Z")  # controls and directions, marks on no letter, every kind of space


def is_visible(text: str) -> bool:
    """Say whether a reader would see a sign: a letter, a digit, an emoji, a full stop."""
    return any(
        not unicodedata.category(sign).startswith(_UNSEEN) and sign not in _BLANK for sign in text
    )

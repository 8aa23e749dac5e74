"""Names as lists sort them."""

import unicodedata

_LONGEST = 80  # characters, of as many of a name as can make them


def folded(name: str) -> str:
    """Return a name as lists sort them: no case, accents or double spaces."""
    plain = unicodedata.normalize("NFKD", name[: 2 * _LONGEST]).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())[:_LONGEST]

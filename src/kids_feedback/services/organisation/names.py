"""Names as they are compared, of people and of places."""

import unicodedata


def folded(name: str) -> str:
    """Return a name as names are compared: no case, accents or double spaces."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())[:80]

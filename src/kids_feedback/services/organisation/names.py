"""Names as lists sort them."""

import unicodedata


def folded(name: str) -> str:
    """Return a name as lists sort them: no case, accents or double spaces."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())[:80]

"""E-mail addresses of the people who work here."""

import unicodedata

LONGEST = 254  # characters


def folded(address: str) -> str:
    """Return an address as addresses are kept and compared: no case, no look-alike forms."""
    return unicodedata.normalize("NFKC", address).casefold().strip()


def is_address(address: str) -> bool:
    """Say whether mail could go there: one @ with something on both sides, and no odd signs."""
    name, at, host = address.partition("@")
    plain = all(character.isprintable() and not character.isspace() for character in address)
    whole = bool(name and at and host) and "@" not in host
    return plain and whole and len(address) <= LONGEST

"""Slip codes: six letters that a child writes on a paper drawing, so that it finds its message."""

LETTERS = "BCDFHJKLMNPRTWXY"  # none looks like another, and without vowels they spell nothing
LENGTH = 6


def make(random: bytes) -> str:
    """Return a code from six or more random bytes: one of 16 million."""
    return "".join(LETTERS[byte % len(LETTERS)] for byte in random[:LENGTH])


def read(typed: str) -> str:
    """Return the code in what somebody typed: small letters, spaces and dashes are forgiven."""
    return "".join(letter for letter in typed.upper() if letter in LETTERS)[: LENGTH + 1]

"""The four secret words that lead a child back: how they are drawn, read back and kept.

Four of 2,048 nouns are 44 bits. Only a keyed hash of them is kept, whose key lies outside the
database (docs/adr/0010-secret-words.md has the rules of the list).
"""

import hmac
import re
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

HOW_MANY = 4
WORDS: tuple[str, ...] = tuple(
    Path(__file__).with_name("secret_words.txt").read_text(encoding="ascii").split()
)
_LETTERS = re.compile(r"[^\W\d_]+")
_INVISIBLE = {"Cf", "Mn"}  # marks that a keyboard or a paste may add inside a word


def make(choose: Callable[[Sequence[str]], str] = secrets.choice) -> tuple[str, ...]:
    """Return four different words.

    Args:
        choose: picks one of the list; the default cannot be guessed.
    """
    drawn: list[str] = []
    while len(drawn) < HOW_MANY:
        word = choose(WORDS)
        if word not in drawn:
            drawn.append(word)
    return tuple(drawn)


def read_back(typed: str) -> str:
    """Return what was typed in the form that is kept: "word word word word".

    Case, accents, spaces, dashes and width do not matter. Empty for anything that does not read as
    four words of letters; whether they are the right ones is another question.
    """
    plain = unicodedata.normalize("NFKD", typed).casefold()
    seen = "".join(c for c in plain if unicodedata.category(c) not in _INVISIBLE)
    words = _LETTERS.findall(seen)
    return " ".join(words) if len(words) == HOW_MANY else ""


def fingerprint(canonical: str, key: bytes) -> bytes:
    """Return the keyed hash (HMAC-SHA-256) under which the words are found again."""
    return hmac.digest(key, canonical.encode(errors="replace"), "sha256")

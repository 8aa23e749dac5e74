"""The four secret words that lead a child back: how they are drawn, read back and kept.

Four of 2,048 nouns are 44 bits. Only a keyed hash of them is kept, whose key lies outside the
database. No word of the list becomes another by one slip: a letter changed, dropped, added or
swapped with its neighbour. docs/adr/0010-secret-words.md has the other rules of the list.
"""

import hmac
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HOW_MANY = 4
SHORTEST, LONGEST = 3, 7  # letters in a word of the list
MOST_TYPED = 400  # characters that are read of what somebody types: the words are far fewer
WORDS: tuple[str, ...] = tuple(
    Path(__file__).with_name("secret_words.txt").read_text(encoding="ascii").split()
)
_LISTED = frozenset(WORDS)


def make(choose: Callable[[Sequence[str]], str] = secrets.choice) -> tuple[str, str, str, str]:
    """Return four different words.

    Args:
        choose: picks one of the words it is given; the default cannot be guessed.
    """
    drawn: list[str] = []
    while len(drawn) < HOW_MANY:
        drawn.append(choose([word for word in WORDS if word not in drawn]))
    first, second, third, fourth = drawn
    return first, second, third, fourth


def read_back(typed: str) -> str:
    """Return what was typed in the form that is kept: "word word word word".

    Case, accents and width do not matter, and all that is not a letter parts words. Where that
    gives more or fewer than four, as in "rain bow" or with no spaces at all, the letters count if
    they are four words of the list in one way only. Empty for anything else; whether the words
    are the right ones is another question.
    """
    words = _words_in(typed)
    if len(words) != HOW_MANY:
        words = _parted("".join(words))
    return " ".join(words)


@dataclass(frozen=True)
class Typed:
    """What can be seen of typed words with the list alone: nothing of what anybody was given."""

    count: int
    unlisted: tuple[str, ...]  # those that are not in the list


def look_at(typed: str) -> Typed:
    """Return what to tell whoever typed words that do not match.

    Source: docs/procedure.md, paragraph 22.
    """
    words = _words_in(typed)
    return Typed(len(words), tuple(word for word in words if word not in _LISTED))


def fingerprint(canonical: str, key: bytes) -> bytes:
    """Return the keyed hash (HMAC-SHA-256) under which the words are found again."""
    return hmac.digest(key, canonical.encode(errors="replace"), "sha256")


def _words_in(typed: str) -> list[str]:
    return "".join(c if c.isalpha() else " " for c in _plain(typed)).split()


def _plain(typed: str) -> str:
    bare = _bare(typed[:MOST_TYPED]).casefold()
    return _bare(bare)  # some marks would fold into letters


def _bare(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text)
    return "".join(c for c in spread if not unicodedata.category(c).startswith("M"))


def _parted(letters: str) -> list[str]:
    """Part the letters into words of the list; empty if there is no way, or more than one."""
    if len(letters) > HOW_MANY * LONGEST:
        return []
    ways = _ways(letters, HOW_MANY)
    return ways[0] if len(ways) == 1 else []


def _ways(letters: str, wanted: int) -> list[list[str]]:
    if wanted == 0:
        return [] if letters else [[]]
    ends = range(SHORTEST, min(LONGEST, len(letters)) + 1)
    return [
        [letters[:end], *rest]
        for end in ends
        if letters[:end] in _LISTED
        for rest in _ways(letters[end:], wanted - 1)
    ]

"""The secret words that lead a child back: how they are drawn, read back and kept.

Five of 512 easy words are 45 bits. Each is of one of 64 kinds, which have a picture each: so they
can be told apart, and picked again, by who cannot spell. Children who came before there were these
have four of 2,048 older words, and are read as they always were. Only a keyed hash of the words is
kept, whose key lies outside the database. No word of a list becomes another by one slip: a letter
changed, dropped, added or swapped with its neighbour. docs/adr/0010-secret-words.md has the other
rules of the lists.
"""

import hmac
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

MOST_TYPED = 400  # characters that are read of what somebody types: the words are far fewer


@dataclass(frozen=True)
class WordList:
    """Words of which so many are drawn, in an order that counts."""

    words: tuple[str, ...]
    how_many: int

    @cached_property
    def listed(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def lengths(self) -> range:
        """How many letters a word has."""
        letters = [len(word) for word in self.words]
        return range(min(letters), max(letters) + 1)

    def are(self, typed: Sequence[str]) -> bool:
        """Say whether these could have been drawn from the list, but for one that comes twice."""
        return len(typed) == self.how_many and self.listed.issuperset(typed)

    def ways(self, letters: str) -> Iterator[list[str]]:
        """Return every way to part ``letters`` into as many words of the list as are drawn."""
        return self._ways(letters, self.how_many)

    def _ways(self, letters: str, wanted: int) -> Iterator[list[str]]:
        if not wanted * self.lengths[0] <= len(letters) <= wanted * self.lengths[-1]:
            return
        if not wanted:
            yield []
            return
        for end in self.lengths:
            if end <= len(letters) and letters[:end] in self.listed:
                yield from (
                    [letters[:end], *rest] for rest in self._ways(letters[end:], wanted - 1)
                )


def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="ascii")


KINDS: dict[str, tuple[str, ...]] = {  # which words are of a kind, by its name
    kind: tuple(words.split())
    for kind, words in (line.split(":") for line in _file("secret_words.txt").splitlines())
}
KIND_OF: dict[str, str] = {word: kind for kind, words in KINDS.items() for word in words}
GIVEN = WordList(tuple(KIND_OF), 5)  # to whoever sends something now
OLD = WordList(tuple(_file("old_secret_words.txt").split()), 4)  # to who came before
_LISTS = (GIVEN, OLD)


def make(
    choose: Callable[[Sequence[str]], str] = secrets.choice, of: WordList = GIVEN
) -> tuple[str, ...]:
    """Return as many different words of a list as are drawn from it.

    Args:
        choose: picks one of the words it is given; the default cannot be guessed.
    """
    drawn: list[str] = []
    while len(drawn) < of.how_many:
        drawn.append(choose([word for word in of.words if word not in drawn]))
    return tuple(drawn)


def read_back(typed: str) -> str:
    """Return what was typed in the form that is kept: the words with a space between each.

    Case, accents and width do not matter, and all that is not a letter parts words. Where that
    gives neither five of the words nor four of the old ones, as in "rain bow" or with no spaces at
    all, the letters count if they are such words in one way only. Four others are read as they
    stand. Empty for anything else; whether the words are the right ones is another question.
    """
    words = _words_in(typed)
    if not any(known.are(words) for known in _LISTS):
        ways = [way for known in _LISTS for way in known.ways("".join(words))]
        if len(ways) == 1:
            return " ".join(ways[0])
        if len(words) != OLD.how_many:
            return ""
    return " ".join(words)


@dataclass(frozen=True)
class Typed:
    """What can be seen of typed words with the lists alone: nothing of what anybody was given."""

    count: int
    of: int  # how many there are
    unlisted: tuple[str, ...]  # those that are not in the list


def look_at(typed: str) -> Typed:
    """Return what to tell whoever typed words that do not match.

    The words say themselves of which list they are: of that which has more of them, else of that of
    which so many are drawn.

    Source: docs/procedure.md, paragraph 20b.
    """
    words = _words_in(typed)
    count = len(words)
    known = max(
        _LISTS, key=lambda each: (len(each.listed.intersection(words)), each.how_many == count)
    )
    return Typed(count, known.how_many, tuple(word for word in words if word not in known.listed))


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

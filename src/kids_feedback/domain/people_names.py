"""Whom a child may mean by what they typed about a worker.

Why no library does it: docs/adr/0028.

Source: docs/procedure.md, paragraph 31 (ruling R21).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kids_feedback.domain.names import LONGEST, joined, one_slip, words

TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam", "prof", "professor", "rev", "reverend"}
)
_BETWEEN = re.compile(r"\b(?:and|or)\b|[&+/;|\n]", re.IGNORECASE)  # several workers in one box
_MOST_NAMES = 6  # of one box; what stands behind them is read as one more
_MOST_WORDS = 16  # of one name
_LONGEST_RUN = 3  # words that may be written as one
_SLIPS_FROM = 4  # letters of a word in which a slip is still that word


@dataclass(frozen=True, kw_only=True)
class Meant:
    """Whom a child may mean, by their ids."""

    certain: frozenset[str] = frozenset()  # the only one of that whole name
    possible: frozenset[str] = frozenset()  # whoever else it fits

    @property
    def everybody(self) -> frozenset[str]:
        return self.certain | self.possible


class _Known:
    """A name that people are compared with."""

    def __init__(self, key: str, name: str) -> None:
        self.key = key
        self.words = _without_titles(words(name))
        self.whole = joined(self.words)
        self.initials = frozenset(word[0] for word in self.words)
        # "Mary-Jane" is "Maryjane", and "van der Berg" "Vanderberg", too.
        self.tokens = frozenset(joined(run) for run in _runs(self.words))

    def is_called(self, typed: tuple[str, ...]) -> bool:
        """Say whether that is their whole name, in whichever order. One word is not whole."""
        same = joined(typed) == self.whole or sorted(typed) == sorted(self.words)
        return len(self.words) > 1 and same

    def answers_to(self, word: str) -> bool:
        """Say whether a word is one of theirs, or one slip away from it."""
        return word in self.tokens or any(
            len(token) >= _SLIPS_FROM and one_slip(word, token) for token in self.tokens
        )


def meant(typed: str, known: Mapping[str, str], near: Collection[str] = ()) -> Meant:
    """Return whom the child may mean.

    Whoever has the whole name that was typed, and nobody else, is certain. Everybody whom the words
    fit by first name, surname or initial, one slip of the keyboard allowed, is possible. Those who
    are near go first: others are looked at where it fits nobody of them.

    Args:
        typed: what stands in the box; several workers may.
        known: names by id.
        near: the ids of those in the place that the child named.
    """
    everybody = [_Known(key, name) for key, name in known.items()]
    scopes = ([person for person in everybody if person.key in near], everybody)
    certain, possible = set[str](), set[str]()
    for part in _parts(typed, everybody):
        called = _first([it for it in scope if it.is_called(part)] for scope in scopes)
        if len(called) == 1:
            certain |= _keys(called)
        else:
            possible |= _keys(called or _first(_fitting(part, scope) for scope in scopes))
    if not certain and not possible:
        whole = _words_of(typed)
        possible = _keys(_first(_fitting(whole, scope) for scope in scopes))
    return Meant(certain=frozenset(certain), possible=frozenset(possible - certain))


def search(typed: str, known: Mapping[str, str]) -> list[str]:
    """Return whose name has what was typed in it, and after them whom else it may mean, by id."""
    part = joined(words(typed))
    if not part:
        return []
    everybody = [_Known(key, name) for key, name in known.items()]
    inside = [person.key for person in everybody if part in person.whole]
    fitting = dict.fromkeys(person.key for person in _fitting(_words_of(typed), everybody))
    return [*inside, *(key for key in fitting if key not in set(inside))]


def _parts(typed: str, known: Sequence[_Known]) -> Iterator[tuple[str, ...]]:
    """Yield the names in a box, each as its words. "Thistle, Basil" is one, where he is known."""
    for text in _BETWEEN.split(typed[:LONGEST], maxsplit=_MOST_NAMES):
        whole, pieces = _words_of(text), [_words_of(piece) for piece in text.split(",")]
        apart = not _is_known(whole, known) and any(_is_known(piece, known) for piece in pieces)
        yield from (part for part in (pieces[:_MOST_NAMES] if apart else [whole]) if part)


def _is_known(part: tuple[str, ...], known: Sequence[_Known]) -> bool:
    return any(person.is_called(part) for person in known)


def _words_of(typed: str) -> tuple[str, ...]:
    return _without_titles(words(typed))[:_MOST_WORDS]


def _without_titles(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in found if word not in TITLES)


def _fitting(typed: tuple[str, ...], scope: Sequence[_Known]) -> list[_Known]:
    """Return whom these words fit: for each word those for whom most of the others fit, too.

    So "Sam Ostrich" is not Sam Fox where a Sam Ostrich is known, and "Basil Hazel" are two.
    """
    if not typed:
        return []
    initials = {word for word in typed if len(word) == 1}
    if len(typed) > 1 and all(len(word) == 1 for word in typed):  # "H Q", or "H a z e l"
        so = [it for it in scope if sorted(typed) == sorted(word[0] for word in it.words)]
        return so or [it for it in scope if it.answers_to(joined(typed))]
    fits = [(person, _said(typed, person), len(initials & person.initials)) for person in scope]
    found: list[_Known] = []
    for at in range(len(typed)):
        here = [(len(said), letters, person) for person, said, letters in fits if at in said]
        best = max((score[:2] for score in here), default=None)
        found += [person for said, letters, person in here if (said, letters) == best]
    return found


def _said(typed: tuple[str, ...], person: _Known) -> frozenset[int]:
    """Return which of the words, by number, are theirs; two that belong together count as both."""
    if len(person.whole) >= _SLIPS_FROM and one_slip(joined(typed), person.whole):
        return frozenset(range(len(typed)))
    alone = {at for at, word in enumerate(typed) if len(word) > 1 and person.answers_to(word)}
    pairs = {
        at
        for at in range(len(typed) - 1)
        if not {at, at + 1} <= alone and person.answers_to(joined(typed[at : at + 2]))
    }
    return frozenset(alone | pairs | {at + 1 for at in pairs})


def _runs(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name, and up to three that stand side by side."""
    for length in range(1, _LONGEST_RUN + 1):
        yield from (words[at : at + length] for at in range(len(words) - length + 1))


def _first(found: Iterable[list[_Known]]) -> list[_Known]:
    """Return the first that is not empty."""
    return next((people for people in found if people), [])


def _keys(people: Iterable[_Known]) -> set[str]:
    return {person.key for person in people}

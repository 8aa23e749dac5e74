"""Whose name stands in what a child tells: only whole words count here, as most are no names.

A slip is not forgiven, as it is in the box for a worker's name (``people_names``): somebody who is
missed is found by whoever reads the words before anything is allocated.

Source: docs/procedure.md, paragraph 31 (ruling R21).
"""

from collections.abc import Mapping

from kids_feedback.domain.names import joined, words
from kids_feedback.domain.people_names import TITLES

_MOST_WORDS = 5_000  # of a text
_LONGEST_WORD = 60  # characters
_FEWEST_LETTERS = 3

# Names that are everyday words: they count beside another word of the same name, or with a title.
_LISTED = """
and art bad ball bank bell best big bill black brown case child cook court cross day dean die
drew earl ever field fine fish frank free friend gene good grace grant green hall hand hard hart
head heart hill home hope house joy judge just king knight lady lane large last law little long
lord love low man many mark may mean miles mine mood moody more much new nice noble old other
page park pat past penny pool poor price pride queen ray read rich rose sad savage school sharp
short small smart son star stone street strong sue summer sunny sweet swift tell trust very wall
want ward way well white wild will winter wise wood woods word work worker wright young
"""
_EVERYDAY = frozenset(_LISTED.split())


def named_in(text: str, known: Mapping[str, str]) -> frozenset[str]:
    """Return whose first name or surname is a word of the text, by their ids.

    The work grows with the words, and no more of them than ``_MOST_WORDS`` are read.

    Args:
        known: names by id.
    """
    told = _words_of(text)
    owners = _owners(known)
    found = set[str]()
    for at, word in enumerate(told):
        theirs = _theirs(word, owners)
        if not theirs:
            continue
        before, after = told[at - 1] if at else "", told[at + 1] if at + 1 < len(told) else ""
        beside = _theirs(before, owners) | _theirs(after, owners)
        is_everyday = word in _EVERYDAY or word.removesuffix("s") in _EVERYDAY
        found |= theirs & beside if is_everyday and before not in TITLES else theirs
    return frozenset(found)


def _words_of(text: str) -> list[str]:
    pieces = text.split(maxsplit=_MOST_WORDS)[:_MOST_WORDS]
    return [word for piece in pieces for word in words(piece[:_LONGEST_WORD])]


def _owners(known: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return by word who is called so, by id; a name of two words may be written as one."""
    found: dict[str, set[str]] = {}
    for key, name in known.items():
        own = tuple(word for word in words(name) if word not in TITLES)
        pairs = (joined(own[at : at + 2]) for at in range(len(own) - 1))
        for word in (*own, *pairs):
            if len(word) >= _FEWEST_LETTERS:
                found.setdefault(word, set()).add(key)
    return {word: frozenset(keys) for word, keys in found.items()}


def _theirs(word: str, owners: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return whose word it is; "Molly's" is Molly's."""
    nobody = frozenset[str]()
    return owners.get(word, nobody) | (
        owners.get(word[:-1], nobody) if word.endswith("s") else nobody
    )

"""Which office a child may mean by the town that they typed.

Source: docs/procedure.md, paragraph 17 (ruling R21).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from kids_feedback.domain.names import LONGEST, words

# What stands before a town, or after it, and is none of its name: "I live near", "city centre".
_BEFORE = frozenset(
    words("I we live lives living am im it is its my the a town city village of in near nearby")
    + words("to at by from around close next just outside somewhere Cafcass")
)
_AFTER = frozenset(words("city town centre center area office England UK"))
_BETWEEN = re.compile(r"\b(?:and|or)\b|[,&+/;|()\n]", re.IGNORECASE)
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?) ?\d[a-z]{2}\b|\b([a-z]{1,2}\d[a-z\d]?)\b")
_MOST_PLACES = 6

Words = tuple[str, ...]


def offices_meant(typed: str, known: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return every office that what was typed fits: none, one, or several to decide between.

    Args:
        typed: a town, a city, a postcode or its first half, as a child writes it.
        known: by an office's code, its own name and the towns (or first halves) that lead to it.
    """
    said = set(_said(typed))
    return frozenset(
        code for code, names in known.items() if not said.isdisjoint(map(_bare_words, names))
    )


def _said(typed: str) -> Iterator[Words]:
    """Yield the places that may be meant: the whole, else each of several; and a postcode's."""
    text = typed[:LONGEST]
    for part in (text, *_BETWEEN.split(text, maxsplit=_MOST_PLACES)):
        folded = " ".join(words(part))
        for found in _POSTCODE.finditer(folded):
            yield (found[1] or found[2],)
        if town := _bare(tuple(_POSTCODE.sub(" ", folded).split())):
            yield town


def _bare_words(name: str) -> Words:
    return _bare(words(name))


def _bare(found: Words) -> Words:
    """Return a town's own words; something always stays."""
    while len(found) > 1 and found[0] in _BEFORE:
        found = found[1:]
    while len(found) > 1 and found[-1] in _AFTER:
        found = found[:-1]
    return found

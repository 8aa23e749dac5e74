"""How hard a text is to read: long sentences, words that few children know, words best never used.

The measures say where to look and prove nothing: only children can say what they understand.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

BUSTED = (
    "allegation",
    "contact centre",  # for seeing a parent; to contact somebody is another word
    "contact order",
    "contact session",
    "contact with your",
    "disclose",
    "disclosure",
    "escalate",
    "lac",
    "outcome",
    "party",
    "placement",
    "practitioner",
    "proceedings",
    "remedy",
    "resolve",
    "sen",
    "service user",
    "supervised contact",
    "upheld",
)
"""Words of courts and of social work that are never used with a child.

Source: after the "Word Busting" of the Family Justice Young People's Board.
"""

_CURLED = "\N{RIGHT SINGLE QUOTATION MARK}"
_QUOTES = rf"[\"')\]{_CURLED}\N{{RIGHT DOUBLE QUOTATION MARK}}]"
_SENTENCE_ENDS = re.compile(rf"(?<=[.!?…؟])\s+|(?<=[.!?…؟]{_QUOTES})\s+|\n")
_WORD = re.compile(rf"\w+(?:['{_CURLED}.:@-]\w+)*")
_IN_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_JOINED = re.compile(rf"{_IN_LETTERS.pattern}(?:-{_IN_LETTERS.pattern})*")
_ADDRESS = re.compile(r"\w\S*[.@]\w\S*")
_CONTRACTED = re.compile(r"n't$|'(?:s|re|ve|ll|d|m)$")
_ENDINGS = {
    "ies": ("y",),
    "ied": ("y",),
    "s": ("",),
    "es": ("",),
    "ed": ("", "e"),
    "ing": ("", "e"),
    "er": ("", "e"),
    "est": ("", "e"),
    "ier": ("y",),
    "iest": ("y",),
    "ly": ("",),
}


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What a text asks of its reader."""

    words: int
    longest: str  # the longest sentence
    unusual: tuple[str, ...]  # as often as they stand there, in small letters
    busted: tuple[str, ...]

    @property
    def longest_words(self) -> int:
        """How many words the longest sentence has."""
        return len(words(self.longest))

    @property
    def unusual_share(self) -> float:
        """Which part of the words few children know: from 0 to 1."""
        return len(self.unusual) / self.words if self.words else 0.0


def measure(text: str, *, known: Collection[str], names: Collection[str] = ()) -> Measure:
    """Return how hard a text is to read.

    Args:
        text: plain text; a line break ends a sentence, as the end of a heading or a label does.
        known: words that most readers know, in small letters. Their forms count as known too:
            plurals, -ed, -ing, -er, -est, -ly, 's, n't and the like, as Dale and Chall count.
        names: of people and services, in small letters. A name is read, but is neither easy
            nor hard.
    """
    return Measure(
        words=len(words(text)),
        longest=max(sentences(text), key=lambda each: len(words(each)), default=""),
        unusual=unusual_words(text, known={*known, *names}),
        busted=busted_words(text),
    )


def sentences(text: str) -> list[str]:
    """Return the sentences of a plain text; a line break ends one."""
    return [sentence.strip() for sentence in _SENTENCE_ENDS.split(text) if sentence.strip()]


def words(text: str) -> list[str]:
    """Return what is read as one word each: a number, a time or an address is a word too."""
    return _WORD.findall(text)


def unusual_words(text: str, *, known: Collection[str]) -> tuple[str, ...]:
    """Return the words that are no form of a known one, in small letters, each time they stand.

    A joined word ("grown-up") is known if it is listed so, or if each of its parts is known. An
    address is no word.
    """
    return tuple(
        part
        for joined in _JOINED.findall(_ADDRESS.sub(" ", text.lower().replace(_CURLED, "'")))
        if not _is_known(joined, known)
        for part in joined.split("-")
        if not _is_known(part, known)
    )


def busted_words(text: str) -> tuple[str, ...]:
    """Return those of ``BUSTED`` that the text uses in any form."""
    said = [set(_forms(word)) for word in _plain(text)]
    return tuple(phrase for phrase in BUSTED if _says(said, phrase.split()))


def _is_known(word: str, known: Collection[str]) -> bool:
    return any(form in known for form in _forms(word))


def _says(said: list[set[str]], phrase: list[str]) -> bool:
    starts = range(len(said) - len(phrase) + 1)
    return any(all(word in said[at + i] for i, word in enumerate(phrase)) for at in starts)


def _plain(text: str) -> Iterator[str]:
    """Yield each word made of letters, small, with straight apostrophes."""
    yield from _IN_LETTERS.findall(text.lower().replace(_CURLED, "'"))


def _forms(word: str) -> Iterator[str]:
    """Yield the word and what it may be a form of: "stopped" of "stopp", "stop" and "stoppe"."""
    yield word
    bare = _CONTRACTED.sub("", word)
    yield bare
    for ending, instead in _ENDINGS.items():
        if bare.endswith(ending):
            stem = bare.removesuffix(ending)
            yield from (stem + item for item in instead)
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]

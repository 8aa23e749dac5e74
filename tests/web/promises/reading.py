"""What the catalogue can say, and which of it a page says with which values."""

import re
import runpy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from babel.messages.catalog import Catalog
from bs4 import BeautifulSoup

from tests.named import ROOT

_WORDS = re.compile(r"\b(?:told|read|sent|reached|set|late)\b", re.IGNORECASE)
_DAYS = frozenset(
    {"day", "days", "due", "hearing", "talk", "by", "before", "today", "when", "to", "old", "new"}
    | {"first", "last", "until", "opened"}
)
_PLACE = re.compile(r"%\((\w+)\)[sd]")
_BEGINS = r"(?:^|(?<=[.!?:,] )|(?<=: ))"  # of the text, or after another sentence
_DONE = r"(?<!Done: )"  # which is another sentence than what stands behind it
_DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2,8})(?: (\d{4}))?")
_A_DAY = r"(?:[A-Z][a-z]+ )?\d{1,2} [A-Z][a-z]+(?: \d{4})?(?:, [^.!?]+?)?"
_ANYTHING = r"[^.!?]+?"
_BLOCKS = ["h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "td", "th", "legend", "label", "button"]
_BLOCKS += ["a", "summary", "strong", "span"]


@dataclass(frozen=True)
class Said:
    """One sentence of the catalogue as a page says it."""

    sentence: str
    text: str  # as it stands there
    values: Mapping[str, str]

    def names(self, day: date | None, place: str = "day") -> bool:
        """Say whether this day stands in that place."""
        found = _DAY.search(self.values[place])
        if day is None or found is None:
            return False
        number, month, year = found.groups()
        same = int(number) == day.day and day.strftime("%B").startswith(month[:3])
        return same and year in (None, str(day.year))

    def days(self) -> list[str]:
        """Return the places in which a day stands."""
        return [place for place, value in self.values.items() if _DAY.search(value)]


@cache
def catalogue() -> frozenset[str]:
    """Return every string of the code and the templates as it is now."""
    found = runpy.run_path(str(ROOT / "script" / "catalogues"), run_name="collected")
    strings = cast("Catalog", found["extracted"]())
    return frozenset(
        text
        for message in strings
        if message.id
        for text in ([message.id] if isinstance(message.id, str) else message.id)
    )


def says_something(sentence: str) -> bool:
    """Say whether a string says what was done, or names a day."""
    places = set(_PLACE.findall(sentence))
    return bool(_WORDS.search(sentence) or places & _DAYS)


def said_in(soup: BeautifulSoup, sentences: Iterable[str]) -> Iterator[Said]:
    """Yield each of these sentences that an English page says, once for each set of values."""
    root = soup.find("html")
    if root is not None and root.get("lang") != "en":
        return
    texts = {" ".join(part.get_text().split()) for part in soup.find_all(_BLOCKS)}
    yield from said_by(texts, sentences)


def said_by(texts: Iterable[str], sentences: Iterable[str]) -> Iterator[Said]:
    """Yield each of these sentences that texts say."""
    known = list(texts)
    whole = "\n".join(known)
    for sentence in sentences:
        if _fixed(sentence) not in whole:
            continue
        for text in known:
            for found in _pattern(sentence).finditer(text):
                yield Said(sentence, found[0], found.groupdict())


@cache
def _fixed(sentence: str) -> str:
    """Return the longest part of a sentence that stands in every page that says it."""
    return max(_PLACE.sub("\0", sentence).replace("%%", "%").split("\0"), key=len)


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    """Return what finds a sentence, and a phrase only where it is the whole text."""
    pieces = _PLACE.split(sentence.replace("%%", "%"))
    built, seen = "", set[str]()
    for at, piece in enumerate(pieces):
        if at % 2 == 0:
            built += re.escape(piece)
        elif piece in seen:
            built += f"(?P={piece})"
        else:
            seen.add(piece)
            built += f"(?P<{piece}>{_A_DAY if piece in _DAYS - {'before'} else _ANYTHING})"
    if sentence[-1] not in ".:?!":
        return re.compile(f"^{built}$")
    return re.compile(f"{_BEGINS}{_DONE}{built}(?=\\s|$)")

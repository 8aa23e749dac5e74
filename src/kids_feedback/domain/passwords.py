"""What a password may not be. Length is what counts: no rule asks for odd signs or a new one."""

import unicodedata
from collections.abc import Callable, Collection, Iterator
from enum import StrEnum
from pathlib import Path

SHORTEST, LONGEST = 12, 128  # characters
_FEWEST = 5  # different characters
_RUN = 6  # characters in a row, as they lie on the keyboard or in the alphabet
_TELLING = 4  # letters of a name that are enough to give it away


def _listed(name: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(name).read_text(encoding="utf-8").split())


# What everybody tries first: docs/adr/0021 has the source. The passwords would be let through by
# the other rules; the words stand alone, without the digits and signs that people put around them.
COMMON_PASSWORDS = _listed("common_passwords.txt")
COMMON_WORDS = _listed("common_words.txt") | {
    "administrator",
    "correcthorsebatterystaple",
    "login",
    "mypassword",
    "passphrase",
    "thisisapassword",
}
_RUNS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujmik",
)
_OURS = ("cafcass", "haveyoursay", "kidsfeedback")
_OF_OUR_WORK = frozenset(
    form for word in _listed("words_of_our_work.txt") for form in (word, f"{word}s")
)
_FEW = 2  # words that make no password, though each sign of them be rare
_SHORTEST_PIECE = 3  # characters of a run that tell it
_MEANT = str.maketrans("013457@$!", "oieastasi")  # the letters that signs stand for


class Weakness(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    TELLING = "telling"  # it holds a name that anyone would try


def weakness(
    password: str, *, name: str, email: str, places: Collection[str] = ()
) -> Weakness | None:
    """Return what is wrong with a password for this person, or None.

    Args:
        places: the names of where we work, which anybody would try with a year.
    """
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    if _is_common(password) or _is_of_few_words(password, places):
        return Weakness.COMMON
    readings = {_bare(password), _bare(folded(password).translate(_MEANT))}
    if any(part in reading for part in _telling(name, email) for reading in readings):
        return Weakness.TELLING
    return None


def _is_common(password: str) -> bool:
    plain = folded(password)
    bare = _bare(plain)
    if len(set(plain)) < _FEWEST or plain.isdecimal():
        return True
    if len(bare) >= _RUN and _in_pieces(bare, _is_of_a_run) is not None:
        return True
    if not COMMON_PASSWORDS.isdisjoint({plain, plain.translate(_MEANT)}):
        return True
    root = root_of(plain)
    words = {_bare(root), _bare(root.translate(_MEANT))}
    return not COMMON_WORDS.isdisjoint(words | {_unrepeated(word) for word in words})


def _is_of_few_words(password: str, places: Collection[str]) -> bool:
    """Say whether its letters are a word or two that others try, or words of our work alone."""
    ours = _OF_OUR_WORK | {_bare(part) for place in places for part in (place, *place.split())}
    root = root_of(folded(password))  # a year at its end stands for no letters
    for plain in (folded(password), folded(password).translate(_MEANT), root.translate(_MEANT)):
        letters = _unrepeated("".join(item for item in plain if item.isalpha()))
        known = _in_pieces(letters, lambda piece: piece in COMMON_WORDS or piece in ours)
        all_ours = _in_pieces(letters, ours.__contains__)
        if letters and (all_ours is not None or (known is not None and known <= _FEW)):
            return True
    return False


def _is_of_a_run(piece: str) -> bool:
    ways = (way for run in _RUNS for way in (run, run[::-1]))
    return len(piece) >= _SHORTEST_PIECE and any(piece in way for way in ways)


def _in_pieces(text: str, is_one: Callable[[str], bool]) -> int | None:
    """Return into how few pieces of that kind a text can be cut; None where it cannot."""
    fewest: list[int | None] = [0]
    for end in range(1, len(text) + 1):
        before = [
            count + 1
            for start, count in enumerate(fewest)
            if count is not None and is_one(text[start:end])
        ]
        fewest.append(min(before, default=None))
    return fewest[-1]


def root_of(password: str) -> str:
    """Return "p@ssw0rd" for "...p@ssw0rd!2026": what people lengthen until it is long enough."""
    return password.strip("".join(item for item in set(password) if not item.isalpha()))


def _telling(name: str, email: str) -> Iterator[str]:
    """Yield what others know of this person and of us."""
    yield from _OURS
    for part in (name, *name.split(), email, email.partition("@")[0]):
        if len(_bare(part)) >= _TELLING:
            yield _bare(part)


def folded(text: str) -> str:
    """Return the password as the lists have it: case and width do not matter."""
    return unicodedata.normalize("NFKC", text).casefold()


def _bare(text: str) -> str:
    """Return only the letters and digits, in lower case."""
    return "".join(item for item in folded(text) if item.isalnum())


def _unrepeated(word: str) -> str:
    """Return "abc" for "abcabcabc"."""
    length = (word + word).find(word, 1)
    return word[:length] if word else word

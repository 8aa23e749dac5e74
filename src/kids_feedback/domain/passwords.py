"""What a password may not be. Length is what counts: no rule asks for odd signs or a new one."""

import unicodedata
from collections.abc import Iterator
from enum import StrEnum

SHORTEST, LONGEST = 12, 128  # characters
_FEWEST = 5  # different characters
_RUN = 6  # characters in a row, as they lie on the keyboard or in the alphabet
_TELLING = 4  # letters of a name that are enough to give it away

# What everybody tries first, without the digits and signs that people put around it. Chosen by
# hand, from what any list of leaked passwords has on top.
_COMMON = frozenset(
    {
        "admin",
        "administrator",
        "asdfgh",
        "baseball",
        "changeme",
        "charlie",
        "chocolate",
        "computer",
        "daniel",
        "dragon",
        "family",
        "football",
        "freedom",
        "hello",
        "iloveyou",
        "jessica",
        "letmein",
        "liverpool",
        "login",
        "manchester",
        "master",
        "michael",
        "monkey",
        "mypassword",
        "passphrase",
        "password",
        "princess",
        "pokemon",
        "qazwsx",
        "qwerty",
        "qwertyuiop",
        "secret",
        "sunshine",
        "superman",
        "thisisapassword",
        "trustno",
        "welcome",
        "whatever",
        "correcthorsebatterystaple",
    }
)
_RUNS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujmik",
)
_OURS = ("cafcass", "haveyoursay", "kidsfeedback")
_MEANT = str.maketrans("013457@$!", "oieastasi")  # the letters that signs stand for


class Weakness(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    TELLING = "telling"  # it holds a name that anyone would try


def weakness(password: str, *, name: str, email: str) -> Weakness | None:
    """Return what is wrong with a password for this person, or None."""
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    if _is_common(password):
        return Weakness.COMMON
    readings = {_bare(password), _bare(_folded(password).translate(_MEANT))}
    if any(part in reading for part in _telling(name, email) for reading in readings):
        return Weakness.TELLING
    return None


def _is_common(password: str) -> bool:
    plain = _folded(password)
    bare = _bare(plain)
    if len(set(plain)) < _FEWEST:
        return True
    if len(bare) >= _RUN and any(bare in way for run in _RUNS for way in (run, run[::-1])):
        return True
    word = plain.strip("".join(each for each in set(plain) if not each.isalpha()))
    return any(_unrepeated(_bare(each)) in _COMMON for each in (word, word.translate(_MEANT)))


def _telling(name: str, email: str) -> Iterator[str]:
    """Yield what others know of this person and of us."""
    yield from _OURS
    for part in (name, *name.split(), email, email.partition("@")[0]):
        if len(_bare(part)) >= _TELLING:
            yield _bare(part)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _bare(text: str) -> str:
    """Return only the letters and digits, in lower case."""
    return "".join(each for each in _folded(text) if each.isalnum())


def _unrepeated(word: str) -> str:
    """Return "abc" for "abcabcabc"."""
    length = (word + word).find(word, 1)
    return word[:length] if word else word

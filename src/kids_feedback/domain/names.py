"""Names as people type them: folded, so that two ways to write one name are the same words.

What may differ and still be the same name is listed here, and nowhere else.
"""

import unicodedata

LONGEST = 200  # characters that are read of anything typed

# A phone, a keyboard and a register each have their own. They join: O'Neill is one word.
_APOSTROPHES = (
    "'\u2019\u2018\u201b\u02bc\u02bb\u02bd\u02b9\u02be\u02bf\u02c8\u2032"
    "\u2035\u0060\u00b4\u0384\u1fbd\u1fbf\u1ffe\uff07\u055a\ua78c\ua78b\u05f3"
)
# Letters with a stroke or a tail, which Unicode calls letters of their own.
_PLAIN_LETTERS = str.maketrans("øłđð\u0131ħŧŋ", "olddihtn") | str.maketrans(
    {"þ": "th", "æ": "ae", "œ": "oe"}
)
_NO_APOSTROPHES = str.maketrans(dict.fromkeys(_APOSTROPHES))


def words(text: str) -> tuple[str, ...]:
    """Return the words of a name: no case, accents, apostrophes, hyphens or other signs.

    No more than ``LONGEST`` characters are read, so the work is bounded whatever was typed.
    """
    bare = text[:LONGEST].translate(_NO_APOSTROPHES)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", bare).casefold())
    letters = plain.translate(_NO_APOSTROPHES).translate(_PLAIN_LETTERS)
    return tuple("".join(map(_as_compared, letters))[:LONGEST].split())


def joined(parts: tuple[str, ...]) -> str:
    """Return words without what stands between them: "O Neill" and "O'Neill" are one."""
    return "".join(parts)


def one_slip(left: str, right: str) -> bool:
    """Say whether two words are the same but for one letter left out, put in, changed or swapped.

    Equal words are, too. It takes as many steps as the words have letters.
    """
    if abs(len(left) - len(right)) > 1:
        return False
    same = next(
        (at for at, (one, two) in enumerate(zip(left, right, strict=False)) if one != two),
        min(len(left), len(right)),
    )
    one, two = left[same:], right[same:]
    return (
        one[1:] == two[1:]
        or one[1:] == two
        or one == two[1:]
        or (one[:2] == two[1::-1] and one[2:] == two[2:])
    )


def _as_compared(letter: str) -> str:
    """Return a letter or digit as it is, nothing for a mark, a space for any other sign."""
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return ""
    return letter if letter.isalnum() or unicodedata.category(letter) == "Mc" else " "

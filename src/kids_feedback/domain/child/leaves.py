"""Leaves for an office's feedback tree, and how the office was today."""

from enum import StrEnum

LEAF_LIMIT = 120  # characters
HIDDEN = "…"  # stands on the tree where words were taken out


class LeafShape(StrEnum):
    """What a leaf looks like."""

    OAK = "oak"
    MAPLE = "maple"
    WILLOW = "willow"
    HEART = "heart"


class LeafPicture(StrEnum):
    """What is drawn on a leaf."""

    SUN = "sun"
    RAIN = "rain"
    STAR = "star"
    CLOUD = "cloud"
    EAR = "ear"
    NONE = "none"


class LeafState(StrEnum):
    """Whether a leaf hangs on the tree."""

    WAITING = "waiting"  # for the tree, once somebody has checked it
    SHOWN = "shown"
    PRIVATE = "private"  # the child's choice, or what the check decided


class LeafStep(StrEnum):
    """What staff decide about a leaf."""

    HANG = "hang"  # on the tree of its office
    KEEP_PRIVATE = "keep_private"  # within Cafcass


class LeafFact(StrEnum):
    """What else decides which of them is open."""

    PUBLIC = "public"  # the child said that others may see it


class Tap(StrEnum):
    """An answer to one of the three questions about the office."""

    YES = "yes"
    A_BIT = "a_bit"
    NO = "no"


def only_hides(words: str, shown: str) -> bool:
    """Say whether ``shown`` is ``words`` with nothing changed but parts taken out.

    Each "…" in ``shown`` stands for any part, "..." being the same sign; spaces and line breaks
    count as one space. Hiding everything is not hiding a part.
    """
    whole, parts = plain(words), plain(shown).split(HIDDEN)
    if len(parts) == 1:
        return parts[0] == whole
    if not any(part.strip() for part in parts):
        return False
    first, last = parts[0].rstrip(), parts[-1].lstrip()
    if not whole.startswith(first):
        return False
    at = len(first)
    for part in parts[1:-1]:
        found = whole.find(part.strip(), at)
        if found < 0:
            return False
        at = found + len(part.strip())
    return whole[at:].endswith(last)


def plain(text: str) -> str:
    """Return ``text`` with single spaces and one sign for what is left out."""
    return " ".join(text.replace("...", HIDDEN).split())

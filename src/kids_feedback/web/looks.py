"""How a page looks: Pictures or Words, colours, size, space. Kept in the visit only."""

from dataclasses import dataclass

from flask import session

LOOKS = ("words", "pictures")
THEMES = ("device", "day", "night", "cream", "blue")
SIZES = ("0", "1", "2")
SPACES = ("normal", "wide")


@dataclass(frozen=True)
class Look:
    """What the reader chose, or what nobody has chosen yet."""

    look: str
    theme: str
    size: str
    space: str


def current() -> Look:
    """Return the look of this visit."""
    return Look(
        look=_kept("look", LOOKS),
        theme=_kept("theme", THEMES),
        size=_kept("size", SIZES),
        space=_kept("space", SPACES),
    )


def keep(**chosen: str) -> None:
    """Remember what was chosen; anything unknown is passed over."""
    for name, known in (("look", LOOKS), ("theme", THEMES), ("size", SIZES), ("space", SPACES)):
        if chosen.get(name) in known:
            session[name] = chosen[name]


def say(pictures: str, words: str) -> str:
    """Return the text for the look of this page."""
    return pictures if current().look == "pictures" else words


def _kept(name: str, known: tuple[str, ...]) -> str:
    value = session.get(name)
    return value if value in known else known[0]

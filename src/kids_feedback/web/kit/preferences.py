"""How a page looks: Pictures or Words, colours, size, space. Kept in the visit only."""

from collections.abc import Mapping

from kids_feedback.web.kit.sessions import visit


def current() -> dict[str, str]:
    """Return each preference of this visit by its name, as a page needs it."""
    return {item.name: item.of(visit()) for item in visit().preferences()}


def keep(chosen: Mapping[str, str]) -> None:
    """Remember what was chosen; anything unknown is passed over."""
    for preference in visit().preferences():
        if chosen.get(preference.name) in preference.known:
            preference.put(visit(), chosen[preference.name])


def say(pictures: str, words: str) -> str:
    """Return the text for the look of this page."""
    return pictures if visit().look == "pictures" else words

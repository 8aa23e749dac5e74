"""In which ways a page is looked at: who may be asked for, and what each way is called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from playwright.sync_api import ViewportSize

from kids_feedback.config import Settings
from tests import sample


@dataclass(frozen=True)
class Screen:
    """A screen, in CSS pixels; one that is shared shows what shared devices show."""

    width: int
    height: int
    shared: bool = False

    @property
    def viewport(self) -> ViewportSize:
        return {"width": self.width, "height": self.height}


SCREENS: Mapping[str, Screen] = {
    "phone": Screen(360, 740),
    "kiosk": Screen(1024, 768, shared=True),
    "desktop": Screen(1280, 900),
}
SIZES: Mapping[str, str] = {"ordinary": "0", "biggest": "2"}  # as the site numbers them
# What may be asked for of each, and how many of these there are where nothing is asked for.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "look": ("words", "pictures"),
    "screen": tuple(SCREENS),
    "theme": ("day", "night", "cream", "blue"),
    "language": Settings.languages,
    "size": tuple(SIZES),
}
USUALLY = {**CHOICES, "theme": ("day", "night", "cream"), "language": ("en", "ar")}


@dataclass(frozen=True)
class Way:
    """One way to look at all pages: each has sheets of its own."""

    look: str
    screen: str
    theme: str
    language: str
    size: str

    @property
    def name(self) -> str:
        return f"{self.look}-{self.screen}-{self.theme}-{self.language}-{self.size}"

    @property
    def visit(self) -> tuple[str, str, bool]:
        """What only the server can change: ways that share it are seen on one visit."""
        return self.look, self.language, SCREENS[self.screen].shared


def ways(asked: Mapping[str, Iterable[str]], *, few: bool = False) -> list[Way]:
    """Return the ways that were asked for: every combination, or so few that any two choices meet.

    Args:
        asked: by the name of a choice, what of it; a choice that is not there has its usual ones.
    """
    cross = list(product(*(tuple(asked.get(name) or USUALLY[name]) for name in CHOICES)))
    return [Way(*row) for row in (sample.pairwise(cross) if few else cross)]

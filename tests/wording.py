"""What a child's page says, and how hard that is to read."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bs4 import BeautifulSoup, Tag

from kids_feedback.domain import readability
from kids_feedback.domain.readability import Measure
from kids_feedback.web.rendering import hard_words

NAMES = frozenset({"cafcass", "childline", "fjypb"})  # explained where they stand
PEOPLE = frozenset({"mo", "max", "sam", "eastham", "westham", "x"})  # of the walks
OF_TODAY = frozenset({"ok", "mum", "gran", "grandad", "colour"})  # the list is old and American
FORMS = frozenset({"dealt", "grown", "shown", "spoken", "understood"})  # of listed words
NOT_OURS = (
    ".words",  # what children and managers wrote
    "section.answer > :not(h2)",
    "textarea, .slip, .code",
    "[lang]",  # a language by its own name
    ".hidden-text",  # says again, to those who listen, what stands beside it
    ".wrong",  # says again by the field what the summary says
    ".hard-words",
)
FOLDED = "details:not([open]) > :not(summary), option, [hidden]"
LINES = "h1, h2, h3, p, li, dt, dd, div, legend, label, button, summary, option, caption, th, td"


@dataclass(frozen=True, kw_only=True)
class Said:
    """The wording of one page."""

    seen: Measure  # what stands there at once
    all: Measure  # with what unfolds
    look: str
    unexplained: tuple[str, ...]  # hard words whose meaning the page does not give


@cache
def known() -> frozenset[str]:
    """Return the 3,000 words that most nine-year-olds know, after Dale and Chall."""
    listed = files("textstat").joinpath("resources/en/easy_words.txt").read_text()
    return frozenset(listed.lower().split()) | OF_TODAY | FORMS


def said(html: str) -> Said:
    """Read a page."""
    soup = BeautifulSoup(html, "html.parser")
    main, root = soup.select_one("main"), soup.select_one("html")
    assert main is not None
    assert root is not None
    explained = _explained({part.get_text() for part in main.select(".hard-words dt")})
    for part in main.select(", ".join(NOT_OURS)):
        part.decompose()
    everything = _measure(main)
    for part in main.select(FOLDED):
        part.decompose()
    return Said(
        seen=_measure(main),
        all=everything,
        look="pictures" if "look-pictures" in root.get_attribute_list("class") else "words",
        unexplained=tuple(word for word in everything.unusual if word not in explained),
    )


def measure(text: str) -> Measure:
    return readability.measure(text, known=known(), names=NAMES | PEOPLE)


def _explained(shown: set[str]) -> set[str]:
    """Return every word in every form of the entries that are shown, as English has them."""
    found = (hard_words.forms_of(entry) for entry in hard_words.ENTRIES)
    forms = " ".join(form for row in found if row[0] in shown for form in row).lower()
    return {word for item in forms.split() for word in (item, f"{item}'s")}


def _measure(part: Tag) -> Measure:
    lines = BeautifulSoup(str(part), "html.parser")
    for line in lines.select(LINES):
        line.insert_before("\n")
        line.insert_after("\n")
    return measure("\n".join(" ".join(line.split()) for line in lines.get_text().splitlines()))

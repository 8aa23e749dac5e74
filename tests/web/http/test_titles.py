"""A title tells a screen reader which page this is, and whoever looks over a shoulder nothing."""

import re
from collections import defaultdict

import pytest
from babel.messages.pofile import read_po

from kids_feedback.assets import asset_dir

_TITLE = re.compile(r"{% block title %}(.*?){% endblock title %}", re.DOTALL)
_SAID = re.compile(r'_\("([^"]+)"')
_TELLS = re.compile(r"complain|court|cafcass|judge|safe|worker|happy|answer", re.IGNORECASE)
SAME = {  # pages that no journey shows one after the other, or that one address shows
    # What was sent is thanked for at one address, whatever it was.
    "Thank you": {"child/sending/done.html", "child/sending/thanks.html"},
    # Each has its number in it, and a question is changed on another journey than it is asked.
    "Question %(number)s": {"child/back/contact_change.html", "child/sending/question.html"},
    # Whoever holds the phone that scans the code may look over a shoulder: no step shows.
    "Come back": {
        "child/sending/pick_up.html",
        "child/sending/picked_up.html",
        "child/words/secret_words.html",
    },
}


def _titles() -> dict[str, set[str]]:
    """Return the pages by what stands in their titles, of all that a child can come to."""
    root = asset_dir("templates")
    found = defaultdict(set)
    for folder in ("child", "errors"):
        for page in (root / folder).rglob("*.html"):
            for block in _TITLE.findall(page.read_text()):
                for said in _SAID.findall(block):
                    found[said].add(page.relative_to(root).as_posix())
    return found


def test_every_page_has_a_title_of_its_own() -> None:
    root = asset_dir("templates")
    without = {
        page.name
        for folder in ("child", "errors")
        for page in (root / folder).rglob("*.html")
        if re.search(r'{% extends ("base.html"|"errors/page.html") %}', page.read_text())
        and not _TITLE.search(page.read_text())
    }
    assert without == set()


def test_no_two_pages_share_a_title() -> None:
    shared = {said: pages for said, pages in _titles().items() if len(pages) > 1}
    assert shared == SAME


@pytest.mark.parametrize("language", ["cy", "ar"])
def test_no_two_pages_share_one_in_another_language(language: str) -> None:
    path = asset_dir("translations") / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file)
    said: dict[str, str] = {}
    for title in _titles():
        entry = catalogue.get(title)
        assert entry, title
        assert said.setdefault(str(entry.string), title) == title


def test_no_title_tells_what_it_is_about() -> None:
    told = {said for said in _titles() if _TELLS.search(said)}
    assert told == set()

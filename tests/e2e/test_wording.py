"""Every page of the child's, held to what a child can be asked to read: in both looks."""

from dataclasses import dataclass

import pytest

from kids_feedback.storage.db import Transactions
from tests.conftest import SetClock
from tests.e2e.child_walk import WALKS, Walk, Walker
from tests.e2e.conftest import OpenPage
from tests.wording import Said, said


@dataclass(frozen=True, kw_only=True)
class Gate:
    """What a page may ask of its reader in one look."""

    sentence: int  # words
    page: int  # words
    unusual: float  # share of the words on the page


GATES = {
    "pictures": Gate(sentence=15, page=90, unusual=0.05),
    "words": Gate(sentence=20, page=150, unusual=0.08),
}

# Pages that honestly cannot be shorter. Their sentences and their hard words are held all the same.
LONG = {
    "/check": "says again each question that was asked",
    "/check, drawn": "the same",
    "the answer": "six parts of an answer, and a question about each",
    "/done for a complaint": "the secret words, and each step with its day",
    "/done with letters for a complaint": "letters for the paper on top of that",
    "mistakes on /p/10": "says what to mend, on top of five questions",
    "/back/change/10 with nothing said": "the same",
    "/draw, drawn": "every sticker that can be picked",
}
# Pages that are about a hard word, so that it stands there often. Its meaning stands there too.
ABOUT_A_HARD_WORD = {
    "/p/12": "asks for an email address",
    "mistakes on /p/12": "the same",
    "/back/change/12": "the same",
    "/back/change/12 with nothing said": "the same",
    "/back/not-happy": "names those who can be asked: an advocate, an MP, the Ombudsman",
}


@pytest.fixture
def walker(
    open_page: OpenPage,
    site_url: str,
    transactions: Transactions,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
    look: str,
) -> Walker:
    how = {"language": "en", "look": look}
    return Walker(open_page(), site_url, transactions, clock, monkeypatch, how)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
@pytest.mark.parametrize("look", GATES)
def test_every_page_can_be_read_by_a_child(walker: Walker, walk: Walk) -> None:
    wrong = [
        f"{name}: {fault}"
        for name in walk(walker)
        for fault in faults(name, said(walker.page.content()))
    ]
    assert not wrong, "\n".join(wrong)


def faults(name: str, page: Said) -> list[str]:
    gate = GATES[page.look]
    found = []
    if page.all.longest_words > gate.sentence:
        found.append(f"{page.all.longest_words} words in a sentence: {page.all.longest}")
    if page.seen.words > gate.page and name not in LONG:
        found.append(f"{page.seen.words} words on the page")
    if page.seen.unusual_share > gate.unusual and name not in ABOUT_A_HARD_WORD:
        found.append(f"{page.seen.unusual_share:.1%} are hard words: {page.seen.unusual}")
    found += [f"its meaning is not there: {each}" for each in page.unexplained]
    found += [f"never to be used: {each}" for each in page.all.busted]
    return found

"""What a child can be asked to read on one page, in either look."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.wording import said


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
    "/done": "the same",  # on a kiosk
    "/done with words that stay": "the same",
    "/done with letters for a complaint": "letters for the paper on top of that",
    "mistakes on /p/3": "says what to mend, on top of two questions",
    "/draw, drawn": "every sticker that can be picked",
    "/grown-ups": "for grown-ups, all of their way; in Pictures in folds, held by its own test",
}
# Pages that are about a hard word, so that it stands there often, or that have so few words that
# two make many. Its meaning stands there too.
ABOUT_A_HARD_WORD = {
    "/kiosk": "18 words in all: press to start, it is private",
    "all clear": "20 words in all: what you typed is gone; if you pressed Send, we have it",
    "/p/12": "asks for an email address",
    "mistakes on /p/12": "the same",
    "/back/change/12": "the same",
    "/back/change/12 with nothing said": "the same",
    "/back/not-happy": "names those who can be asked: an advocate, an MP, the Ombudsman",
}


def faults(name: str, shown: Page) -> list[str]:
    """Return what is too hard to read on a page in English that a walk calls ``name``."""
    page = said(shown.content())
    gate, name = GATES[page.look], name.removesuffix(" on a kiosk")
    found = []
    if page.all.longest_words > gate.sentence:
        found.append(f"{page.all.longest_words} words in a sentence: {page.all.longest}")
    if page.seen.words > gate.page and name not in LONG:
        found.append(f"{page.seen.words} words on the page")
    if page.seen.unusual_share > gate.unusual and name not in ABOUT_A_HARD_WORD:
        found.append(f"{page.seen.unusual_share:.1%} are hard words: {page.seen.unusual}")
    found += [f"its meaning is not there: {item}" for item in page.unexplained]
    found += [f"never to be used: {phrase}" for phrase in page.all.busted]
    return found

"""Words that few nine-year-olds know, and what they mean: shown on each page where one stands."""

import functools
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from kids_feedback.web.kit import pairs


@dataclass(frozen=True)
class Entry:
    """A hard word. All texts are translated lazily."""

    forms: Any  # each form in which it stands on our pages, with commas; the first is shown
    meaning: Any  # at most 15 words, all of them easy


@dataclass(frozen=True)
class Meaning:
    """A hard word as a page shows it."""

    word: str
    meaning: str


# NOTE: The first of each two strings lists a hard word in every form in which your own translation
# uses it, with commas between them, the plainest form first. Leave out what you never use.
ENTRIES = (
    Entry(_l("access"), _l("A way in that everyone can use.")),
    Entry(_l("adult, adults"), _l("A person who is 18 or over.")),
    Entry(_l("advocate, advocates"), _l("Someone on your side who helps you say what you want.")),
    Entry(_l("appeal"), _l("To ask another court to look at it again.")),
    Entry(
        _l("British Sign Language"), _l("A way to talk with your hands, for people who can't hear.")
    ),
    Entry(_l("browser"), _l("What you use to look at pages like this one.")),
    Entry(_l("calm"), _l("Quiet inside. Not cross and not scared.")),
    Entry(_l("carer, carers"), _l("A grown-up who looks after you, like a parent does.")),
    Entry(_l("code, codes"), _l("Signs that stand for something. A phone can read some of them.")),
    Entry(_l("complain"), _l("To say that you are not happy with what we did.")),
    Entry(_l("complaint, complaints"), _l("When you say that you are not happy with what we did.")),
    Entry(_l("confirm"), _l("To say yes, that is right.")),
    Entry(_l("contact"), _l("To ring, write to or meet someone.")),
    Entry(_l("delete, deleted, deletes"), _l("To take it away, so that no one can read it.")),
    Entry(_l("email, emails"), _l("A letter that comes to your phone or screen.")),
    Entry(
        _l("Family Justice Young People's Board"),
        _l("Young people who tell the courts and Cafcass how to be better."),
    ),
    Entry(_l("feedback"), _l("What you tell us about how we did.")),
    Entry(_l("grandparent, grandparents"), _l("The mum or dad of your mum or dad.")),
    Entry(_l("Head of Practice"), _l("The boss of the managers at Cafcass near you.")),
    Entry(_l("ignored"), _l("When no one listens to you.")),
    Entry(_l("internet"), _l("What phones use to show you things from everywhere.")),
    Entry(_l("interpreter"), _l("Someone who says it again in your language.")),
    Entry(_l("local"), _l("Near where you live.")),
    Entry(_l("logo"), _l("A small picture that shows who a letter is from.")),
    Entry(_l("MP"), _l("A person whom people near you picked to speak for them.")),
    Entry(_l("nickname"), _l("A name that your friends call you.")),
    Entry(_l("normal"), _l("As most people have it.")),
    Entry(
        _l("Ombudsman, Parliamentary and Health Service Ombudsman"),
        _l("Someone who checks if we were fair. They do not work for us."),
    ),
    Entry(_l("press, pressed"), _l("To push a button, or to touch it on the screen.")),
    Entry(_l("private"), _l("Only for you and the people you want to tell.")),
    Entry(_l("relative, relatives"), _l("Someone in your family.")),
    Entry(_l("scan"), _l("To point a phone at something, so that it can read it.")),
    Entry(_l("staff"), _l("The people who work in a place.")),
    Entry(_l("sticker, stickers"), _l("A small picture that you put on your page.")),
    Entry(_l("suggest"), _l("To say what you think would be good.")),
    Entry(_l("text"), _l("A short message that you read on a phone.")),
    Entry(_l("type, typed"), _l("To write with keys or on a screen.")),
    Entry(_l("undo"), _l("To take away the last thing you did.")),
    Entry(_l("video"), _l("A call where you see each other on a screen.")),
    Entry(_l("website"), _l("Pages that you open on a phone.")),
    Entry(_l("weekend, weekends"), _l("Saturday and Sunday.")),
)

_OF_PEOPLE = re.compile(r'<(\w+)\b[^>]*\bdir="auto"[^>]*>.*?</\1>', re.DOTALL)  # their own words
_TAG = re.compile(r"<[^>]*>")
_COMMA = re.compile("[,،]")
_WORD = re.compile(r"\w+")


def meanings(html: str) -> list[Meaning]:
    """Return the hard words of a page and what they mean, in the language of the page."""
    said = _plain(_TAG.sub(" ", _OF_PEOPLE.sub(" ", pairs.first_of(html))))
    return [
        Meaning(pairs.pair(word, _forms(pairs.second_of(str(entry.forms)))[0]), str(entry.meaning))
        for entry, word, spellings in sought(str(get_locale()))
        if any(spelling in said for spelling in spellings)
    ]


def forms_of(entry: Entry) -> tuple[str, ...]:
    """Return the forms of a word in the language of the page, the plainest first."""
    return _forms(pairs.first_of(str(entry.forms)))


def _forms(listed: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in _COMMA.split(listed))


@functools.cache
def sought(_language: str) -> tuple[tuple[Entry, str, tuple[str, ...]], ...]:
    """Return each entry, its word, and how it looks among the words of a page."""
    return tuple(
        (entry, forms[0], tuple(_plain(form) for form in forms))
        for entry, forms in ((item, forms_of(item)) for item in ENTRIES)
    )


def _plain(text: str) -> str:
    """Return the words alone, in small letters, with a space before and after each."""
    return f" {' '.join(_WORD.findall(unescape(text).lower()))} "

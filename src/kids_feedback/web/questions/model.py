"""What a question page is made of. Adding a question is one declaration in this package."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kids_feedback.domain.case.submission import SHORT_LIMIT, Answers, Door
from kids_feedback.web.kit import preferences

CHECK = "K9"  # the page to check: nothing is sent but from there


@dataclass(frozen=True)
class Both:
    """A text in both looks; prints itself in the look of the page."""

    pictures: Any  # lazily translated
    words: Any

    def __str__(self) -> str:
        return preferences.say(str(self.pictures), str(self.words))


def both(pictures: Any, words: Any = None) -> Both:
    """Return a text for both looks; without ``words`` they share it."""
    return Both(pictures, pictures if words is None else words)


@dataclass(frozen=True, kw_only=True)
class Option:
    """One thing to pick. ``sets`` also changes other answers (None forgets them)."""

    code: str
    label: Both
    icon: str = ""
    sets: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Pick one, or as many as you like."""

    name: str
    options: tuple[Option, ...]
    legend: Both | None = None  # None: the screen's title is the legend
    hint: Both | None = None
    many: bool = False
    part: str = "words"  # which sealed part keeps it: words, contact or helper
    must: Both | None = None  # what to say when it was left empty; None: it may be
    faces: bool = False  # feelings: a ring is drawn round what is picked, as on paper
    buttons: bool = False  # each option is a button that goes on at once
    listed: bool = False  # many options: one out of a list that drops down

    @property
    def icons(self) -> dict[str, str]:
        """The picture of each option that has one."""
        return {option.code: option.icon for option in self.options if option.icon}

    def kept(self, given: object) -> str | list[str] | None:
        """Return what of an earlier answer can still be picked; None: nothing."""
        codes = {option.code for option in self.options}
        if self.many:
            return [item for item in given if item in codes] if isinstance(given, list) else None
        return given if isinstance(given, str) and given in codes else None

    def label_of(self, code: str) -> str:
        """Return the label of ``code``, or the code itself if it is no longer asked."""
        return next((str(option.label) for option in self.options if option.code == code), code)


@dataclass(frozen=True, kw_only=True)
class Text:
    """Words of the child's own."""

    name: str
    label: Both | None = None  # None: the screen's title is the label
    hint: Both | None = None
    below: Both | None = None  # a tip under the box, which is not to stand in its way
    lines: int = 1
    limit: int = SHORT_LIMIT  # characters, a line break being one
    kind: str = "text"  # or "tel", "email": which check and keyboard
    part: str = "words"
    suggests: tuple[tuple[str, str], ...] = ()  # buttons that say it: of which language, what

    def kept(self, given: object) -> str | None:
        """Return an earlier answer, if it is words."""
        return given if isinstance(given, str) else None


Field = Choice | Text


@dataclass(frozen=True)
class By:
    """Where a question leads, by what was answered; where that asks for more, by that in turn."""

    name: str
    ways: Mapping[str, str]
    otherwise: "str | By"

    def of(self, answers: Answers) -> str:
        picked = _codes(answers, self.name)
        found = next((to for code, to in self.ways.items() if code in picked), self.otherwise)
        return found.of(answers) if isinstance(found, By) else found

    def open_ends(self, answers: Answers) -> "Iterator[By]":
        """Yield each fork on the way through ``answers`` at which nothing was answered yet."""
        if not answers.get(self.name):
            yield self
        if isinstance(self.otherwise, By) and not set(self.ways) & _codes(answers, self.name):
            yield from self.otherwise.open_ends(answers)


@dataclass(frozen=True, kw_only=True)
class OnOrSend:
    """The way on asked as a question: go on with the next chapter, or check and send now."""

    asks: Both
    on: Both
    send: Both


@dataclass(frozen=True, kw_only=True)
class QuestionPage:
    """One question (sometimes with what belongs to it). Most have a page of their own."""

    id: str  # such as K1 or W4: other modules call it by a name of the catalogue
    number: int  # its neutral address, /p/<number>
    title: Both
    then: str | By
    fields: tuple[Field, ...]
    earlier: tuple[Field, ...] = ()  # no longer asked: what was once answered is still read
    lead: Both | None = None  # one short line, so that what is asked is near the top
    after: Both | None = None  # what else is good to know, under what is asked
    skip: bool = False
    beside: bool = False  # it stands on the page of the question before it
    on_or_send: OnOrSend | None = None
    door: Door | None = None  # None: not the first of a door
    notices: tuple[tuple[str, str, Both], ...] = ()  # (field, code, what to say if so answered)
    send_now: bool = False  # from here on the child may say "that's all"
    asides: tuple[tuple[str, Both], ...] = ()  # pages to open from here: `go`, what it is called

    @property
    def read(self) -> tuple[Field, ...]:
        """Every field of which there may be an answer."""
        return (*self.fields, *self.earlier)

    def leads_to(self, answers: Answers) -> str:
        return self.then if isinstance(self.then, str) else self.then.of(answers)

    def notices_for(self, answers: Answers) -> list[Both]:
        """Return what is to be said about these answers, each text once."""
        said: dict[Both, None] = {}
        for name, code, text in self.notices:
            given = answers.get(name, ())
            if code == given or (not isinstance(given, str) and code in given):
                said[text] = None
        return list(said)

    @property
    def named(self) -> bool:
        """Whether the first field takes the title as its label."""
        return _label(self.fields[0]) is None

    @property
    def goes_on(self) -> bool:
        """Whether picking goes on at once, with no other way on."""
        return any(isinstance(asked, Choice) and asked.buttons for asked in self.fields)


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A part of the way, with its questions in their order."""

    title: Both
    pages: tuple[QuestionPage, ...]


def _codes(answers: Answers, name: str) -> set[str]:
    """Return what was picked for ``name``."""
    given = answers.get(name) or ()
    return {given} if isinstance(given, str) else set(given)


def _label(asked: Field) -> Both | None:
    return asked.legend if isinstance(asked, Choice) else asked.label


def options(*rows: Sequence[Any]) -> tuple[Option, ...]:
    """Return options from rows of (code, label) or (code, label, icon)."""
    return tuple(
        Option(code=row[0], label=row[1], icon=row[2] if len(row) > 2 else "") for row in rows
    )

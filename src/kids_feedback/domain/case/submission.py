"""What a child can tell us: doors, kinds, wishes, topics, ages, and how long words may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.safety import Look


class Door(StrEnum):
    """Which door of the first page a child took."""

    WRONG = "wrong"
    GOOD = "good"
    FEEL = "feel"


class Kind(StrEnum):
    """What it is, in the procedure's words."""

    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"
    NOTE = "note"  # "just know about it"
    FEELINGS = "feelings"  # named feelings; a talk, if wished, may make it a complaint


class Wish(StrEnum):
    """What the child wants us to do. The child decides what it is (ruling R10)."""

    LOOK_INTO = "look_into"
    JUST_KNOW = "just_know"
    ASK = "ask"


class PassOn(StrEnum):
    """Whether the praised person may be told, and from whom."""

    WITH_NAME = "with_name"
    WITHOUT_NAME = "without_name"
    NO = "no"


class AgeBand(StrEnum):
    """The only ages that are counted."""

    FOUR_TO_SEVEN = "4-7"
    EIGHT_TO_ELEVEN = "8-11"
    TWELVE_TO_FOURTEEN = "12-14"
    FIFTEEN_TO_SEVENTEEN = "15-17"
    OLDER = "18+"
    NOT_SAID = "not_said"


Answers = Mapping[str, str | Sequence[str]]

WORDS_LIMIT = 5_000  # characters, after CRLF is counted as one
SHORT_LIMIT = 500
NAME_LIMIT = 60
NOT_SAFE = "not_safe"
TELLING = frozenset(  # answers that say something; of the others none is a message by itself
    {
        *("topics", "happened", "worker", "remedies", "better", "wish", NOT_SAFE),
        *("feelings", "reasons", "talk"),
        *("picture_place", "picture_stickers", "picture_words"),
    }
)
ASKS_NOTHING = {"wish": "just_know", "talk": "no"}  # and so say something only beside the rest
READ_TODAY = frozenset({"scared", NOT_SAFE, "home"})  # what a child ticks, never what we guess


def kind_of(door: Door, wish: Wish | None) -> Kind:
    """Return what a message is. "Ask me" is worked as a complaint until the child says no.

    Source: docs/procedure.md, ruling R10.
    """
    if door is Door.GOOD:
        return Kind.COMPLIMENT
    if door is Door.FEEL:
        return Kind.FEELINGS
    return Kind.NOTE if wish is Wish.JUST_KNOW else Kind.COMPLAINT


def age_band(age: str | None) -> AgeBand:
    """Return the band of an age in years as the form gives it: "4" to "17", "18" or nothing."""
    if age is None or not (age.isascii() and age.isdigit()):
        return AgeBand.NOT_SAID
    years = int(age)
    bands = (
        (7, AgeBand.FOUR_TO_SEVEN),
        (11, AgeBand.EIGHT_TO_ELEVEN),
        (14, AgeBand.TWELVE_TO_FOURTEEN),
        (17, AgeBand.FIFTEEN_TO_SEVENTEEN),
    )
    return next((band for last, band in bands if years <= last), AgeBand.OLDER)


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What a child has told us, ready to be sent. Codes are plain; the rest is the child's own."""

    door: Door
    wish: Wish | None = None
    pass_on: PassOn | None = None
    topics: tuple[str, ...] = ()
    feelings: tuple[str, ...] = ()  # ticked; a set of names, never a scale
    reasons: tuple[str, ...] = ()
    age: str | None = None
    worker: str = ""
    town: str = ""
    method: str | None = None  # a domain.case.contact.Method value
    needs: tuple[str, ...] = ()
    share: bool = False
    supporter: str | None = None
    language: str = "en"
    look: str = "words"
    office: str | None = None  # known from the device, never typed
    name: str = ""
    statement: Answers = field(default_factory=dict)  # every answer that is the child's own telling
    contact: Answers = field(default_factory=dict)  # how it is safe to reach the child
    helper: Answers = field(default_factory=dict)  # who comes along
    drawing: bytes | None = None  # a PNG that we drew from what the child sent
    paper: bool = False  # a drawing comes on paper, with a slip code on it

    @property
    def kind(self) -> Kind:
        return kind_of(self.door, self.wish)

    @property
    def says_something(self) -> bool:
        """Whether there is anything to be read: what holds nothing is never acknowledged."""
        said = {name: self.statement.get(name) for name in TELLING}
        told = any(what and what != ASKS_NOTHING.get(name) for name, what in said.items())
        return told or self.drawing is not None or self.paper

    @property
    def read_today(self) -> bool:
        """Whether somebody must read it on the day it comes in.

        Source: docs/procedure.md, paragraph 12 (ruling R16).
        """
        return not READ_TODAY.isdisjoint({*self.feelings, *self.reasons})


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the child takes away."""

    words: tuple[str, ...]
    kind: Kind
    read_by: date
    contact_by: date
    pass_on_by: date
    wants_contact: bool  # somebody gets in touch, and there is a talk
    slip: str | None = None  # the code for a drawing on paper
    method: Method | None = None  # in which way
    lacks: str | None = None  # the answer without which nobody can; see ``contact.lacks``
    answer_by: date | None = None  # told to who wants an answer and no contact
    pass_on: PassOn | None = None
    look: Look | None = None  # when somebody looks to the child's safety; None: no alarm

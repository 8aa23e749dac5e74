"""What a visit keeps that has several parts. The names of the parts are those in the store."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from kids_feedback.domain.case.submission import Door, Receipt
from kids_feedback.domain.child.leaves import LeafPicture, LeafShape

Answers = dict[str, str | list[str] | None]  # by the name of the question


@dataclass(frozen=True, kw_only=True)
class DrawingDraft:
    """The drawing in a draft: strokes and stickers as they were sent, words about it, paper."""

    strokes: str = ""
    spots: dict[str, int] = field(default_factory=dict)  # where each sticker is
    answers: Answers = field(default_factory=dict)  # place, stickers and words
    paper: bool = False  # it comes on paper


class Shown(StrEnum):
    """Who is shown a draft, and how."""

    OPEN = "open"  # its pages show it
    ASIDE = "aside"  # the start page offers to go on with it, without a word of it
    AWAY = "away"  # only a page of it that is still open leads there


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A message that is being written, by one door."""

    id: str  # on its pages: which of the drafts of this visit they are of
    key: str  # under which it is sent once
    door: Door
    pressed_at: datetime  # a button of one of its pages, for the last time
    at: str  # the address of that page
    shown: Shown = Shown.OPEN
    answers: Answers = field(default_factory=dict)
    drawing: DrawingDraft = field(default_factory=DrawingDraft)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A message that was sent: left under the earlier cookie, for a second tap."""

    key: str  # the id of the draft
    receipt: Receipt


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A form that was not right: it comes back with every word, at the next page."""

    token: str  # in the address of the page that shows it again
    path: str  # of that page
    sent_to: str  # where its form goes: another address, where one page has several forms
    form: str  # the name of its class
    fields: dict[str, list[str]]  # as they were sent
    errors: dict[str, list[str]]  # by field; "": of the whole form
    too_old: bool  # nothing is wrong with it but the age of its page


@dataclass(frozen=True, kw_only=True)
class LeafDraft:
    """A leaf that is being made."""

    key: str  # under which it is sent once
    shape: LeafShape | None = None
    picture: LeafPicture | None = None
    words: str | None = None
    where: str | None = None  # on the tree, or just for us
    office: str | None = None


@dataclass(frozen=True, kw_only=True)
class SentLeaf:
    """All that is still known of a leaf that was sent."""

    key: str
    public: bool  # for the tree
    office: str | None
    shape: LeafShape = LeafShape.OAK
    picture: LeafPicture = LeafPicture.NONE


@dataclass(frozen=True, kw_only=True)
class Picked:
    """What a child has picked so far out of an offer to meet; None: not asked yet."""

    offer: str
    start: str | None = None  # when, as ISO has it; empty: none of the times
    wish: str | None = None
    place: str | None = None  # empty: none of the places
    somewhere: str | None = None

    def __post_init__(self) -> None:
        if self.start:
            datetime.fromisoformat(self.start)  # ValueError: no time at all


@dataclass(frozen=True, kw_only=True)
class PickedWords:
    """Secret words as far as they were picked by their pictures."""

    words: tuple[str, ...] = ()
    more: bool = False  # the second half of the pictures is shown
    kind: str = ""  # of the one that comes next, once its picture was pressed


@dataclass(frozen=True, kw_only=True)
class PickUp:
    """The secret words behind a code for a child's own phone."""

    words: tuple[str, ...]
    until: datetime


class Invitation(NamedTuple):
    """An invitation that was opened: the token of its link, and the secret a phone is to learn."""

    token: str
    secret: str


class Link(NamedTuple):
    """An invitation's link, to be shown once to whoever invited."""

    person: str
    address: str


class Flash(NamedTuple):
    """A message for the next page, as Flask keeps it."""

    category: str
    message: str

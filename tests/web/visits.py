"""A visit that keeps something of everything, as it lies in the store, and what outlives what."""

from datetime import datetime
from typing import Any

from kids_feedback.web.visit.kept import Event

RECEIPT: dict[str, Any] = {
    "words": ["apple", "river", "cloud", "spoon"],
    "kind": "complaint",
    "read_by": "2026-03-03",
    "contact_by": "2026-03-05",
    "pass_on_by": "2026-03-09",
    "wants_contact": True,
    "slip": None,
    "method": "phone",
    "lacks": "phone",
    "answer_by": "2026-03-30",
    "pass_on": "with_name",
    "look": {"on": "2026-03-02", "outside": "", "told": True, "read": False},
}
DRAFT: dict[str, Any] = {
    "id": "a-draft_",
    "key": "k" * 22,
    "door": "wrong",
    "pressed_at": "2026-03-02T09:00:00+00:00",
    "at": "/p/4",
    "shown": "open",
    "answers": {"topics": ["unkind"], "happened": "Wagtail", "wish": "just_know"},
    "drawing": {
        "strokes": "02:10,20 11,22;40:5,5",
        "spots": {"sun": 2},
        "answers": {"picture_stickers": ["sun"], "picture_words": "The sun"},
        "paper": True,
    },
}
EVERYTHING: dict[str, Any] = {
    "language": "cy",
    "look": "pictures",
    "theme": "night",
    "size": "2",
    "space": "wide",
    "csrf": "0123456789abcdef" * 2,
    "resend": "fedcba9876543210" * 2,
    "from": "/look",
    "first_answer_at": "2026-03-02T09:00:00+00:00",
    "office": "eastham",
    "_flashes": [["message", "Saved."]],
    "drafts": [DRAFT],
    "sends_back_at": "2026-03-02T09:05:00+00:00",
    "refused": {
        "token": "t" * 12,
        "path": "/back/more",
        "sent_to": "/back/more",
        "form": "MoreForm",
        "fields": {"words": ["Wagtail"]},
        "errors": {},
        "too_old": False,
    },
    "receipt": RECEIPT,
    "words_stay": True,
    "sent_draft": "mes-sent",
    "sent": {"key": "another", "receipt": RECEIPT},
    "code": "a-token",
    "pick_up": {"words": RECEIPT["words"], "until": "2026-03-02T09:02:00+00:00"},
    "picked_words": {"words": ["kite"], "more": True, "kind": "lights"},
    "mine": "a-case",
    "meet": {"offer": "m", "start": "", "wish": "Later", "place": "Here", "somewhere": ""},
    "changing": {"method": "phone"},
    "leaf": {
        "key": "l" * 22,
        "shape": "heart",
        "picture": None,
        "words": "Hello",
        "where": "us",
        "office": "eastham",
    },
    "leaf_sent": {
        "key": "earlier",
        "public": True,
        "office": None,
        "shape": "oak",
        "picture": "none",
    },
    "leaf_from": "/p/1",
    "today": {"friendly": "yes", "greeted": None, "on_time": None},
    "person": "a-person",
    "visit": "0123456789abcdef",
    "missed": True,
    "invitation": ["a-token", "A SECRET"],
    "codes": ["one", "two"],
    "news": "password",
    "link": ["a-person", "a-token"],
}

_LOOKS = {"language", "look", "theme", "size", "space"}
_MESSAGE = {"drafts", "sends_back_at"}  # of drafts, without the one that was sent or deleted
_BESIDE = set(EVERYTHING) - _LOOKS - _MESSAGE - {"csrf", "resend", "leaf", "pick_up", "refused"}
_OF_STAFF = {"person", "visit", "missed", "invitation", "codes", "news", "link"}
OUTLIVES: dict[Event, set[str]] = {
    Event.SENT: _LOOKS | _MESSAGE,
    Event.LEAF_SENT: _LOOKS | _MESSAGE | _BESIDE,
    Event.STOPPED: _LOOKS | _MESSAGE | _BESIDE | {"csrf"},
    Event.CAME_BACK: _LOOKS,
    Event.LEFT: set(),
    Event.LEFT_BESIDE: _LOOKS | _OF_STAFF | {"csrf", "resend"},
    Event.SIGNED_IN: _LOOKS | {"resend"},
    Event.SIGNED_OUT: set(),
}


def writing(now: datetime, door: str = "wrong", **kept: Any) -> dict[str, Any]:
    """Return a visit in which a message is being written; ``kept`` are parts of its draft."""
    empty = {"answers": {}, "drawing": {}, "pressed_at": now.isoformat(), "door": door}
    return {"drafts": [{**DRAFT, **empty, **kept}]}

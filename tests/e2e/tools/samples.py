"""What children say, keep and get wrong on the walks through their pages."""

from datetime import date, timedelta
from typing import Any

from werkzeug.exceptions import Forbidden, TooManyRequests

from kids_feedback.domain.case.procedure import Ending, Stage
from kids_feedback.domain.child.leaves import LEAF_LIMIT
from kids_feedback.domain.errors import (
    CalendarGap,
    CannotOpen,
    DatabaseUnavailable,
    EditConflict,
    NotFound,
    StepNotOpen,
)
from tests.make import NOW

SAID = (
    "She said “no” and laughed. Вона не слухала. لم يسألني أحد. Nobody asked me what I want. " * 3
)
ANSWERS: dict[str, Any] = {
    "topics": ["unkind", "not_listened"],
    "happened": SAID,
    "remedies": ["sorry"],
    "better": "Say sorry.",
    "wish": "look_into",
    "name": "Pip",
    "age": "9",
    "worker": "Sam Ostrich",
    "town": "Leeds",
    "method": "meet",
    "meet_tell": "phone",
    "phone": "0116 496 0000",
    "phone_whose": "mine",
    "supporter": "known",
    "supporter_name": "Gran",
    "supporter_party": "not_sure",
    "needs": ["quiet", "language"],
    "needs_language": "Polski",
    "share": "yes",
}
PRAISE: dict[str, Any] = {"topics": ["kind"], "happened": SAID, "pass_on": "without_name"}
DRAWN: dict[str, Any] = {
    "strokes": "12:100,100 400,300;40:5,5",
    "spots": {"sun": 2, "house": 5},
    "answers": {"picture_place": "outside", "picture_stickers": ["sun", "house"]},
    "paper": True,
}
LEAF = {"key": "k", "shape": "maple", "picture": "sun", "words": SAID[:LEAF_LIMIT]}
PLACES = (
    "/",
    "/first/1",
    "/first/2",
    "/who-sees",
    "/grown-ups",
    "/look",
    "/language",
    "/back",
    "/back/lost",
    "/changed",
    "/nothing-here",
    "/stop",  # which nobody may open, only press
)
RECEIPT = {
    "words": ["kite", "lamp", "river", "button", "spoon"],
    "kind": "complaint",
    "read_by": "2026-03-03",
    "contact_by": "2026-03-05",
    "pass_on_by": "2026-03-05",
    "wants_contact": True,
}
STATES: dict[str, dict[str, Any]] = {
    "new": {},
    "late": {"received_at": NOW - timedelta(days=20)},
    "talked": {"stage": Stage.TALKED, "talk_on": date(2026, 3, 20)},
    "stop heard": {
        "stage": Stage.TALKED,
        "talk_on": NOW.date(),
        "stop_asked_on": NOW.date(),
        "ongoing": True,
    },
    "ended": {
        "stage": Stage.CLOSED,
        "ended_as": Ending.CANT_REACH,
        "closed_on": NOW.date(),
        "ongoing": False,
    },
    "praise": {},
    "answered": {
        "stage": Stage.DELIVERED,
        "talk_on": date(2026, 3, 20),
        "delivered_on": date(2026, 4, 20),
    },
}
PARTS = {
    "sorry": "<p>We did not ask you. We are sorry.</p>",
    "understanding": "<p>You told us that nobody asked you.</p>",
    "wants": "<p>To be asked.</p>",
    "outcome": "<p>You are <strong>right</strong>.</p>",
    "explanation": "<p>We talked to Sam and read what Sam wrote.</p>",
    "steps_taken": "<ul><li>We said sorry.</li></ul>",
    "steps_to_come": "<ol><li>Sam asks you first, from 1 May.</li></ol>",
}
MISTAKES: dict[int, dict[str, str]] = {
    2: {"happened": "a" * 5_001},
    3: {},
    4: {},
    10: {"phone": "12", "phone_time": "a" * 101},
    12: {"email": "nobody"},
}
TOO_MUCH = "Вона не слухала. " * 13_500  # which a form writes as six bytes a letter
REFUSED: tuple[Exception, ...] = (
    NotFound(),
    Forbidden(),
    TooManyRequests(),
    DatabaseUnavailable(),
    CannotOpen(),
)  # before anything is typed
INTERRUPTED: tuple[Exception, ...] = (
    EditConflict(),
    StepNotOpen(step="send", state="sent"),
    CalendarGap(date(2031, 1, 1)),
)

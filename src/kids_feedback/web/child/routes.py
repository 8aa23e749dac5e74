"""Every page of the child's face."""

from kids_feedback.web.child import (
    back,
    changed,
    changing,
    drawing,
    journey,
    kiosk,
    leaf,
    manager,
    meeting,
    office,
    phone_code,
    poster,
    saying,
    sending,
    start,
)
from kids_feedback.web.child.face import child

__all__ = [
    "back",
    "changed",
    "changing",
    "child",
    "drawing",
    "journey",
    "kiosk",
    "leaf",
    "manager",
    "meeting",
    "office",
    "phone_code",
    "poster",
    "saying",
    "sending",
    "start",
]

"""Every page of the child's blueprint."""

from kids_feedback.web.child import grown_ups, improvements, start
from kids_feedback.web.child.back import (
    case_status,
    contact_changes,
    letters,
    manager,
    meeting,
    replies,
    requests,
    word_pictures,
)
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.child.office import kiosk, leaf, office_days, poster
from kids_feedback.web.child.sending import drawing, journey, phone_code, submission

__all__ = [
    "case_status",
    "child",
    "contact_changes",
    "drawing",
    "grown_ups",
    "improvements",
    "journey",
    "kiosk",
    "leaf",
    "letters",
    "manager",
    "meeting",
    "office_days",
    "phone_code",
    "poster",
    "replies",
    "requests",
    "start",
    "submission",
    "word_pictures",
]

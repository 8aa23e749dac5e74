"""All pages of the staff's face; importing this is what adds them."""

from kids_feedback.web.staff import (
    about_me,
    answer,
    case,
    contact,
    court,
    drawing,
    frame,
    late,
    leaves,
    meeting,
    messages,
    new_words,
    preview,
    queue,
    step_views,
    talk,
    who,
)
from kids_feedback.web.staff.face import staff

__all__ = [
    "about_me",
    "answer",
    "case",
    "contact",
    "court",
    "drawing",
    "frame",
    "late",
    "leaves",
    "meeting",
    "messages",
    "new_words",
    "preview",
    "queue",
    "staff",
    "step_views",
    "talk",
    "who",
]

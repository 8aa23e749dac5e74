"""All pages of the staff's face; importing this is what adds them."""

from kids_feedback.web.staff import (
    answer,
    case,
    contact,
    court,
    frame,
    messages,
    preview,
    queue,
    step_views,
    talk,
    who,
)
from kids_feedback.web.staff.face import staff

__all__ = [
    "answer",
    "case",
    "contact",
    "court",
    "frame",
    "messages",
    "preview",
    "queue",
    "staff",
    "step_views",
    "talk",
    "who",
]

"""Every page of the staff's blueprint; importing this adds them."""

from kids_feedback.web.staff import frame
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case import (
    contact,
    drawing,
    follow_ups,
    opening,
    page,
    safeguarding,
    secret_words,
)
from kids_feedback.web.staff.lists import leaves, my_profile, outbox, queue, ratings
from kids_feedback.web.staff.step_pages import (
    answer,
    approval,
    court,
    delay_notice,
    letter,
    lot,
    meeting,
    people_complained_about,
    step,
    talk_correction,
)

__all__ = [
    "answer",
    "approval",
    "contact",
    "court",
    "delay_notice",
    "drawing",
    "follow_ups",
    "frame",
    "leaves",
    "letter",
    "lot",
    "meeting",
    "my_profile",
    "opening",
    "outbox",
    "page",
    "people_complained_about",
    "queue",
    "ratings",
    "safeguarding",
    "secret_words",
    "staff",
    "step",
    "talk_correction",
]

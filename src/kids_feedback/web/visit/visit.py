"""All that is remembered of one browser, and what of it outlives what.

Whoever adds something adds one line here, and says with it what it survives. Nobody clears by hand.
"""

from datetime import datetime

from kids_feedback.domain.case.submission import Receipt
from kids_feedback.web.visit.kept import Event, Kept, Preference, State
from kids_feedback.web.visit.values import (
    Answers,
    Draft,
    Flash,
    Invitation,
    LeafDraft,
    Link,
    Picked,
    PickedWords,
    PickUp,
    Refused,
    Sent,
    SentLeaf,
)

_UNSENT = frozenset({Event.SENT, Event.LEAF_SENT, Event.STOPPED})  # whatever else was sent
_BESIDE_IT = frozenset({Event.LEAF_SENT, Event.STOPPED})  # it ends with the visit
_OF_FORMS = frozenset({Event.STOPPED, Event.LEFT_BESIDE})
_SIGNING_IN = frozenset({Event.SIGNED_IN, Event.LEFT_BESIDE})
_OF_STAFF = _BESIDE_IT | {Event.LEFT_BESIDE}  # of whoever signs in


class Visit(State):
    """What the server remembers of a browser. ``name``: how it is stored, where that differs."""

    # how pages look
    language = Preference()  # which there are, the site says
    look = Preference("words", "pictures")
    theme = Preference("device", "day", "night", "cream", "blue")
    size = Preference("0", "1", "2")
    space = Preference("normal", "wide")

    # the visit itself
    form_key = Kept(bytes, name="csrf", survives=_OF_FORMS, begun=False)
    resend_key = Kept(bytes, name="resend", survives=_SIGNING_IN, begun=False)
    came_from = Kept(str, name="from", survives=_BESIDE_IT, begun=False)  # an address of ours
    first_answer_at = Kept(datetime, survives=_BESIDE_IT)  # on a shared screen
    office = Kept(str, survives=_BESIDE_IT)  # whose poster led here
    flashes = Kept(list[Flash], name="_flashes", survives=_BESIDE_IT)

    # messages that are being written; the one that is sent or deleted is taken out first
    drafts = Kept(list[Draft], survives=_UNSENT)
    refused = Kept(Refused)

    sends_back_at = Kept(datetime, survives=_UNSENT)  # see ``web.child.pace``

    # what a child takes away, and what is kept for a second tap
    receipt = Kept(Receipt, survives=_BESIDE_IT)
    words_stay = Kept(bool, survives=_BESIDE_IT)  # on the page that shows them: the child said so
    sent_draft = Kept(str, survives=_BESIDE_IT)  # the id of what the receipt is of
    sent = Kept(Sent, survives=_BESIDE_IT)
    phone_code = Kept(str, name="code", survives=_BESIDE_IT)  # the newest one's token
    pick_up = Kept(PickUp)  # all that is in the visit behind such a code

    picked_words = Kept(PickedWords, survives=_BESIDE_IT)  # by who cannot spell them

    # whoever came back with the secret words
    opened_case = Kept(str, name="mine", survives=_BESIDE_IT)
    picked = Kept(Picked, name="meet", survives=_BESIDE_IT)
    changing = Kept(Answers, survives=_BESIDE_IT)

    # a leaf for the tree, and how an office was
    leaf = Kept(LeafDraft)
    sent_leaf = Kept(SentLeaf, name="leaf_sent", survives=_BESIDE_IT)
    leaf_from = Kept(str, survives=_BESIDE_IT)  # an address of ours
    taps = Kept(Answers, name="today", survives=_BESIDE_IT)

    # whoever signs in
    person = Kept(str, survives=_OF_STAFF)  # as ``services.site.visits`` knows it
    label = Kept(str, name="visit", survives=_OF_STAFF)  # which of a person's visits; known too
    missed = Kept(bool, survives=_OF_STAFF)
    invitation = Kept(Invitation, survives=_OF_STAFF)
    recovery_codes = Kept(tuple[str, ...], name="codes", survives=_OF_STAFF)  # shown once
    news = Kept(str, survives=_OF_STAFF)
    invitation_link = Kept(Link, name="link", survives=_OF_STAFF)

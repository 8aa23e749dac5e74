"""What whoever has the secret words asks for, and a person has to make sure of first (ruling R28).

Whoever types the words may not be the child. So a stop, another way to be reached and another
supporter are requests: until the child was asked by the way that was safe first, the old holds.
"""

from collections.abc import Mapping
from enum import StrEnum

from kids_feedback.domain.case.follow_ups import FollowUp


class Asked(StrEnum):
    """What is asked for. Rows keep the values, so a value never changes."""

    STOP = "stop"
    WAY = "way"  # another way to be reached
    SUPPORTER = "supporter"
    NOT_SAFE = "not_safe"  # that nobody uses the old way any more


class RequestState(StrEnum):
    """Where a request is."""

    WAITS = "waits"
    AGREED = "agreed"  # the child said so to a person, or the Head of Practice decided so
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"  # behind the secret words
    REPLACED = "replaced"  # by another of its kind


class WayState(StrEnum):
    """Why nobody uses the way on which the child was to be reached."""

    NOT_SAFE = "not_safe"
    PROPOSED = "proposed"  # one person has said what is to be used now; another decides


class ThirdWay(StrEnum):
    """How a child was spoken with while the old way is not used."""

    WORKER = "worker"
    SCHOOL = "school"
    IN_PERSON = "in_person"


class WayFound(StrEnum):
    """What is to be used from now on, as the child said by a third way."""

    ASKED = "asked"  # the way that is asked for behind the secret words
    FIRST = "first"  # the old one, which is safe
    HERE = "here"  # nothing but the secret words


TASKS: Mapping[Asked, FollowUp] = {
    Asked.STOP: FollowUp.STOP_REQUESTED,
    Asked.WAY: FollowUp.WAY_REQUESTED,
    Asked.SUPPORTER: FollowUp.SUPPORTER_REQUESTED,
}
"""Whose task a request is, as long as it waits (see ``follow_ups.RULES``)."""
OF_REQUESTS = frozenset({*TASKS.values(), FollowUp.TO_ASK_AGAIN, FollowUp.ASKED_AGAIN})

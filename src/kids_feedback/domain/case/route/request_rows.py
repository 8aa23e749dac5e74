"""What staff do about what was asked for behind the secret words: rows of the complaint's route.

Source: docs/procedure.md, paragraph 20a (rulings R22 and R28).
"""

from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.procedure import TALKED_ABOUT, Fact, Stage, Step
from kids_feedback.domain.case.route.route_rows import (
    ALWAYS,
    BOTH,
    END_MEETING,
    NOTIFY_HEADS,
    NOTIFY_OWNER,
    OPEN,
    TOLD,
    WITHDRAWN,
    staff,
)

_REQUESTED = frozenset({Fact.REQUESTED})
_NOT_SAFE = frozenset({Fact.WAY_NOT_SAFE})
_PROPOSED = _NOT_SAFE | {Fact.WAY_PROPOSED}

REQUESTS = (
    # Nobody is asked by a way that is not safe: first another one is found.
    staff(Step.DECIDE_REQUEST, BOTH, TOLD, ALWAYS, _REQUESTED, unless=_NOT_SAFE),
    staff(
        Step.CHANGE_CONTACT,
        BOTH,
        TOLD,
        ALWAYS,
        _REQUESTED | {Fact.AGREED},
        unless=_NOT_SAFE,
        opens=FollowUp.CONTACT_CHANGED,
    ),
    staff(
        Step.CHANGE_SUPPORTER,
        BOTH,
        TOLD,
        ALWAYS,
        _REQUESTED | {Fact.AGREED},
        unless=_NOT_SAFE,
        opens=FollowUp.SUPPORTER_CHANGED,
    ),
    # Asked behind the words, and told to a person: so it is withdrawn (ruling R22). Once the answer
    # is out there is nothing left to stop.
    staff(
        Step.STOP,
        BOTH,
        TALKED_ABOUT,
        OPEN - {Stage.DELIVERED},
        _REQUESTED | {Fact.AGREED},
        unless=WITHDRAWN | _NOT_SAFE,
        then=END_MEETING + NOTIFY_OWNER,
        sets="stopped_on",
        clears=("stop_asked_on",),
        opens=FollowUp.STOPPED,
    ),
    # Also where the old way does not reach the child any more, so that nobody can ask by it.
    *(
        staff(
            Step.PROPOSE_WAY,
            BOTH,
            TOLD,
            ALWAYS,
            given,
            unless={Fact.WAY_PROPOSED},
            then=NOTIFY_HEADS,
            opens=FollowUp.WAY_TO_CONFIRM,
        )
        for given in (_NOT_SAFE, _REQUESTED)
    ),
    staff(
        Step.CONFIRM_WAY,
        BOTH,
        TOLD,
        ALWAYS,
        _PROPOSED | {Fact.AGREED},
        then=NOTIFY_OWNER,
        opens=FollowUp.CONTACT_CHANGED,
    ),
    staff(
        Step.CONFIRM_WAY,
        BOTH,
        TOLD,
        ALWAYS,
        _PROPOSED,
        then=NOTIFY_OWNER,
        opens=FollowUp.WAY_NOT_SAFE,
    ),
)

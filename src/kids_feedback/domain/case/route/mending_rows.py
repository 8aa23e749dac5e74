"""How staff take a step back, or put it right, and the endings of their own: rows of a route.

Each has a reason, and both versions stay in the history.

Source: docs/procedure.md, paragraphs 24, 31, 33 and 37.
"""

from collections.abc import Iterable

from kids_feedback.domain.case.engine import Transition
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.procedure import TALKED_ABOUT, Effect, Fact, Stage, Step
from kids_feedback.domain.case.route.route_rows import (
    AFTER_A_TALK,
    BOTH,
    CHANGE_WAITS,
    COMPLAINTS,
    END_MEETING,
    HEAD,
    LEAVE_MANAGER,
    MANAGER,
    NOTIFY_CHILD,
    NOTIFY_HEADS,
    NOTIFY_MANAGER,
    OPEN,
    START_CLOCK,
    TOLD,
    WITH_MANAGER,
    row,
    staff,
)
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.people import Role

_OUT = frozenset({Stage.DELIVERED})
_CLOCK = ("talk_on", "answer_by", "answer_not_counted")  # of the answer, which runs no more


def back_to_writing(
    step: Step, by: Iterable[Role], then: tuple[Effect, ...] = ()
) -> tuple[Transition, ...]:
    """Return how an answer that waits to be checked is with its manager again, talk or no talk."""
    return (
        staff(step, by, COMPLAINTS, {Stage.WRITTEN}, {Fact.TALKED}, to=Stage.TALKED, then=then),
        staff(step, by, COMPLAINTS, {Stage.WRITTEN}, to=Stage.ALLOCATED, then=then),
    )


ANSWER_TAKEN_BACK = (
    *back_to_writing(Step.RECALL_ANSWER, MANAGER),
    staff(
        Step.TAKE_APPROVAL_BACK,
        HEAD,
        COMPLAINTS,
        {Stage.APPROVED},
        to=Stage.WRITTEN,
        then=NOTIFY_MANAGER,
    ),
)
ANSWER_CHANGED = (
    staff(
        Step.CHANGE_ANSWER,
        BOTH,
        COMPLAINTS,
        _OUT,
        unless={Fact.CHANGE_APPROVED},
        opens=FollowUp.CHANGE_TO_CHECK,
        then=NOTIFY_HEADS,
    ),
    staff(
        Step.APPROVE_CHANGE,
        HEAD,
        COMPLAINTS,
        _OUT,
        {Fact.CHANGE_WRITTEN},
        opens=FollowUp.CHANGE_TO_GIVE,
        then=NOTIFY_MANAGER,
    ),
    *(staff(Step.DROP_CHANGE, BOTH, COMPLAINTS, _OUT, {fact}) for fact in sorted(CHANGE_WAITS)),
    staff(Step.GIVE_CHANGE, BOTH, COMPLAINTS, _OUT, {Fact.CHANGE_APPROVED}, then=NOTIFY_CHILD),
)
TALKS_PUT_RIGHT = (
    staff(Step.CORRECT_ATTEMPT, BOTH, TALKED_ABOUT, WITH_MANAGER | _OUT),
    staff(
        Step.CORRECT_TALK, BOTH, COMPLAINTS, AFTER_A_TALK | _OUT, {Fact.TALKED}, then=START_CLOCK
    ),
    # Where no talk is left, what it had made of the case is taken back with it.
    staff(
        Step.STRIKE_TALK,
        BOTH,
        {Kind.NOTE},
        {Stage.ACKNOWLEDGED},
        {Fact.TALKED, Fact.FELT, Fact.HAS_MANAGER},
        to=Stage.ALLOCATED,
        becomes=Kind.FEELINGS,
        clears=_CLOCK,
        then=NOTIFY_CHILD,
    ),
    *(
        staff(
            Step.STRIKE_TALK,
            BOTH,
            COMPLAINTS,
            stages,
            {Fact.TALKED, Fact.LAST_TALK, *given},
            to=to,
            becomes=becomes,
            clears=_CLOCK,
            then=NOTIFY_CHILD,
        )
        for stages, given, to, becomes in (
            (AFTER_A_TALK, {Fact.FELT}, Stage.ALLOCATED, Kind.FEELINGS),
            (AFTER_A_TALK, set[Fact](), Stage.ALLOCATED, None),
            (_OUT, set[Fact](), None, None),
        )
    ),
    staff(
        Step.STRIKE_TALK,
        BOTH,
        COMPLAINTS,
        AFTER_A_TALK | _OUT,
        {Fact.TALKED},
        then=START_CLOCK + NOTIFY_CHILD,
    ),
)
NOTICE_TAKEN_BACK = (staff(Step.TAKE_NOTICE_BACK, BOTH, TOLD, OPEN),)
ANOTHER_AREA = (
    row(
        Step.ROUTE,
        HEAD,
        TOLD,
        WITH_MANAGER,
        to=Stage.ACKNOWLEDGED,
        then=END_MEETING + LEAVE_MANAGER + NOTIFY_HEADS,
    ),
    row(Step.ROUTE, HEAD, TOLD, _OUT, then=LEAVE_MANAGER + NOTIFY_HEADS),
)
ENDED_OTHERWISE = (
    staff(
        Step.PROPOSE_ENDING,
        MANAGER,
        TOLD,
        WITH_MANAGER,
        opens=FollowUp.ENDING_PROPOSED,
        then=NOTIFY_HEADS,
    ),
    staff(
        Step.END_OTHERWISE,
        HEAD,
        TOLD,
        WITH_MANAGER | {Stage.ACKNOWLEDGED},
        to=Stage.CLOSED,
        sets="closed_on",
        then=END_MEETING + NOTIFY_CHILD,
    ),
)

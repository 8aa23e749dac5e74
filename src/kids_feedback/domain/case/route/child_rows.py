"""What the child does about a complaint, a note or feelings: rows of its route.

Source: docs/procedure.md, paragraphs 9 to 54.
"""

from collections.abc import Iterable
from typing import Any

from kids_feedback.domain.case.engine import Transition
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.procedure import (
    ANSWERED,
    BEFORE_ALLOCATED,
    TALKED_ABOUT,
    Fact,
    Stage,
    Step,
)
from kids_feedback.domain.case.route.route_rows import (
    AFTER_A_TALK,
    ANSWER_WAITS,
    CHILD,
    CLOSED,
    COMPLAINTS,
    END_MEETING,
    ENDED,
    NOTIFY_HEADS,
    NOTIFY_MANAGER,
    NOTIFY_OWNER,
    OPEN,
    STOPPED,
    TOLD,
    WITHDRAWN,
    reopened,
    row,
)
from kids_feedback.domain.case.submission import Kind

_STOPPABLE = BEFORE_ALLOCATED | {Stage.ALLOCATED, Stage.TALKED}


def _of_the_answer(step: Step, **more: Any) -> Transition:
    return row(step, CHILD, COMPLAINTS, ANSWERED, **more, keeps_version=True)


def _after_all(
    step: Step,
    kinds: Iterable[Kind],
    stages: Iterable[Stage],
    given: Iterable[Fact] = (),
    **more: Any,
) -> Transition:
    follow_up = FollowUp.WANTS_IT_AFTER_ALL
    return row(step, CHILD, kinds, stages, given, then=NOTIFY_HEADS, opens=follow_up, **more)


REPLIES_TO_MEETING = (
    # A child who answers has been reached.
    *(
        row(
            step,
            CHILD,
            TALKED_ABOUT,
            {Stage.ALLOCATED},
            unless=WITHDRAWN,
            then=NOTIFY_MANAGER,
            sets="contacted_on",
            opens=follow_up,
        )
        for step, follow_up in (
            (Step.PICK_MEETING, FollowUp.MEETING_PICKED),
            (Step.SUGGEST_MEETING, FollowUp.MEETING_SUGGESTED),
            (Step.DECLINE_MEETING, FollowUp.MEETING_DECLINED),
        )
    ),
)
ON_THE_WAY_BACK = (
    row(
        Step.CHANGE_CONTACT,
        CHILD,
        TOLD,
        OPEN,
        then=NOTIFY_OWNER,
        opens=FollowUp.CONTACT_CHANGED,
    ),
    row(
        Step.CHANGE_SUPPORTER,
        CHILD,
        TOLD,
        OPEN,
        then=NOTIFY_OWNER,
        opens=FollowUp.SUPPORTER_CHANGED,
    ),
    *(
        row(
            Step.STOP,
            CHILD,
            TALKED_ABOUT,
            stages,
            given,
            WITHDRAWN,
            then=END_MEETING + NOTIFY_OWNER,
            sets="stopped_on",
            clears=("stop_asked_on",),
            opens=FollowUp.STOPPED,
        )
        for stages, given in ((_STOPPABLE, ()), (AFTER_A_TALK, {Fact.STOP_ASKED}))
    ),
    # A stop is taken back, clock and all; or what was heard in a talk was not so.
    _after_all(Step.RESUME, TALKED_ABOUT, OPEN, WITHDRAWN, clears=STOPPED),
    *reopened(
        Step.RESUME,
        CHILD,
        WITHDRAWN,
        clears=(*STOPPED, *ENDED),
        then=NOTIFY_HEADS,
        opens=FollowUp.WANTS_IT_AFTER_ALL,
    ),
    _after_all(Step.RESUME, COMPLAINTS, OPEN, {Fact.STOP_ASKED}, clears=("stop_asked_on",)),
    _after_all(Step.ASK_FOR_MORE, TOLD - COMPLAINTS, OPEN, becomes=Kind.COMPLAINT),
    _after_all(
        Step.ASK_FOR_MORE,
        TOLD - COMPLAINTS,
        CLOSED,
        to=Stage.ACKNOWLEDGED,
        becomes=Kind.COMPLAINT,
        clears=ENDED,
    ),
    *reopened(
        Step.REJECT_ENDING,
        CHILD,
        {Fact.ENDED_OTHERWISE},
        clears=ENDED,
        then=NOTIFY_HEADS,
        opens=FollowUp.ENDING_REJECTED,
    ),
    row(Step.READ_ANSWER, CHILD, COMPLAINTS, ANSWERED, ANSWER_WAITS, sets="delivered_on"),
    _of_the_answer(Step.READ_ANSWER),
    _of_the_answer(
        Step.SAY_OF_ANSWER,
        given={Fact.NOT_UNDERSTOOD},
        then=NOTIFY_HEADS,
        opens=FollowUp.NOT_QUITE,
    ),
    _of_the_answer(Step.SAY_OF_ANSWER, opens=FollowUp.UNDERSTOOD),
    _of_the_answer(
        Step.NOT_HAPPY,
        given={Fact.WANTS_ADVOCATE},
        then=NOTIFY_HEADS,
        opens=FollowUp.ASKS_FOR_ADVOCATE,
    ),
    _of_the_answer(Step.NOT_HAPPY, then=NOTIFY_HEADS, opens=FollowUp.ASKS_FOR_HEAD),
)

"""What the child does about a complaint, a note or feelings: rows of its route.

Source: docs/procedure.md, paragraphs 9 to 54.
"""

from collections.abc import Iterable, Iterator
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
    ALWAYS,
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
_STOP_HEARD = frozenset({Fact.STOP_ASKED})


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


def _asked(
    step: Step,
    kinds: Iterable[Kind],
    stages: Iterable[Stage],
    opens: FollowUp,
    unless: Iterable[Fact] = (),
) -> Iterator[Transition]:
    """Yield how something is asked for that changes nothing yet (ruling R28)."""
    for given, task in (({Fact.ONLY_HERE}, FollowUp.TO_ASK_AGAIN), (set[Fact](), opens)):
        yield row(step, CHILD, kinds, stages, given, unless, then=NOTIFY_OWNER, opens=task)


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
    # Who has only just sent it adds what is missing: there is nothing that it could take away.
    row(
        Step.CHANGE_CONTACT,
        CHILD,
        TOLD,
        OPEN,
        {Fact.JUST_SENT},
        then=NOTIFY_OWNER,
        opens=FollowUp.CONTACT_CHANGED,
    ),
    *_asked(Step.ASK_FOR_WAY, TOLD, OPEN, FollowUp.WAY_REQUESTED),
    *_asked(Step.ASK_FOR_SUPPORTER, TOLD, OPEN, FollowUp.SUPPORTER_REQUESTED),
    *_asked(
        Step.ASK_TO_STOP,
        TALKED_ABOUT,
        _STOPPABLE,
        FollowUp.STOP_REQUESTED,
        unless=WITHDRAWN | _STOP_HEARD,
    ),
    row(
        Step.ASK_AGAIN,
        CHILD,
        TOLD,
        OPEN,
        {Fact.REQUESTED, Fact.ONLY_HERE},
        then=NOTIFY_HEADS,
        opens=FollowUp.ASKED_AGAIN,
    ),
    row(
        Step.TAKE_REQUEST_BACK,
        CHILD,
        TOLD,
        OPEN,
        {Fact.REQUESTED},
        then=NOTIFY_OWNER,
        opens=FollowUp.REQUEST_TAKEN_BACK,
    ),
    # It only ever makes us more careful, so nothing waits for it.
    row(
        Step.SAY_NOT_SAFE,
        CHILD,
        TOLD,
        ALWAYS,
        unless={Fact.WAY_NOT_SAFE},
        then=NOTIFY_MANAGER + NOTIFY_HEADS,
        opens=FollowUp.WAY_NOT_SAFE,
    ),
    # What the child told a manager themselves they confirm here, and it is so at once (R22).
    row(
        Step.STOP,
        CHILD,
        TALKED_ABOUT,
        _STOPPABLE | AFTER_A_TALK,
        _STOP_HEARD,
        WITHDRAWN,
        then=END_MEETING + NOTIFY_OWNER,
        sets="stopped_on",
        clears=("stop_asked_on",),
        opens=FollowUp.STOPPED,
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

"""The children's complaint as a table: who may take which step from where, and what then.

A note and named feelings go the same way, as far as they go; the child decides what it is.

Source: docs/procedure.md, paragraphs 9 to 54.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from kids_feedback.domain.case.engine import Route, Transition
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.procedure import (
    ANSWERED,
    TALKED_ABOUT,
    Fact,
    Stage,
    Step,
)
from kids_feedback.domain.case.promises import CLOCKS
from kids_feedback.domain.case.route_rows import (
    ADMINISTRATOR,
    ALWAYS,
    BEFORE_ALLOCATED,
    CHILD,
    CUSTOMER_SERVICE,
    END_MEETING,
    HEAD,
    LEAVE_MANAGER,
    MANAGER,
    NOTIFY_CHILD,
    NOTIFY_HEADS,
    NOTIFY_MANAGER,
    NOTIFY_OWNER,
    OPEN,
    SERVICE,
    START_CLOCK,
    of_every_kind,
    row,
    staff,
    task,
)
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.people import Role

_COMPLAINT = frozenset({Kind.COMPLAINT})
_TOLD = frozenset({Kind.COMPLAINT, Kind.NOTE, Kind.FEELINGS})
_BOTH = HEAD | MANAGER
_TALKED = frozenset({Stage.TALKED, Stage.WRITTEN, Stage.APPROVED})
_WITH_MANAGER = _TALKED | {Stage.ALLOCATED}
_STOPPABLE = BEFORE_ALLOCATED | {Stage.ALLOCATED, Stage.TALKED}
_WITHDRAWN = frozenset({Fact.WITHDRAWN})
_CLOSED = frozenset({Stage.CLOSED})


def _going_on(
    step: Step,
    by: Iterable[Role],
    kinds: Iterable[Kind],
    stages: Iterable[Stage],
    given: Iterable[Fact] = (),
    unless: Iterable[Fact] = (),
    **more: Any,
) -> Transition:
    """Return a step of staff that waits while the child wants it stopped (ruling R22)."""
    return staff(step, by, kinds, stages, given, unless={*unless, *_WITHDRAWN}, **more)


def _reopened(
    step: Step, by: Iterable[str], given: Iterable[Fact] = (), **more: Any
) -> Iterator[Transition]:
    """Yield how a case that was closed comes back to where it was."""
    no_answer = {Fact.ANSWERED}
    for to, has, has_not in (
        (Stage.DELIVERED, {Fact.ANSWERED}, frozenset[Fact]()),
        (Stage.TALKED, {Fact.TALKED, Fact.HAS_MANAGER}, no_answer),
        (Stage.ALLOCATED, {Fact.HAS_MANAGER}, no_answer),
        (Stage.ACKNOWLEDGED, frozenset[Fact](), no_answer),
    ):
        yield row(step, by, _TOLD, _CLOSED, {*given, *has}, has_not, to, **more)


def _allocated(to: Stage, given: Iterable[Fact] = ()) -> Transition:
    return _going_on(
        Step.ALLOCATE, HEAD, TALKED_ABOUT, {Stage.ACKNOWLEDGED}, given, to=to, then=NOTIFY_MANAGER
    )


def _submitted(stages: Iterable[Stage], unless: Iterable[Fact] = ()) -> Transition:
    return _going_on(
        Step.SUBMIT,
        MANAGER,
        _COMPLAINT,
        stages,
        unless=unless,
        to=Stage.WRITTEN,
        then=NOTIFY_HEADS,
    )


_ANSWER_WAITS = frozenset({Fact.NOT_ARRIVED})  # behind the secret words, and nowhere else


def _of_the_answer(step: Step, **more: Any) -> Transition:
    return row(step, CHILD, _COMPLAINT, ANSWERED, **more, keeps_version=True)


_READING = (
    staff(
        Step.ACKNOWLEDGE,
        HEAD,
        _TOLD,
        {Stage.RECEIVED},
        to=Stage.ACKNOWLEDGED,
        then=NOTIFY_CHILD,
        sets="acknowledged_on",
    ),
    staff(Step.NAME_WORKER, HEAD, _TOLD, OPEN),
    # Where everybody in the area may be meant, the case is with customer service (ruling R21).
    row(Step.NAME_WORKER, CUSTOMER_SERVICE, _TOLD, OPEN, unless={Fact.ROUTED}),
    staff(Step.CHECK_SUPPORTER, _BOTH, TALKED_ABOUT, OPEN, {Fact.HAS_SUPPORTER}),
    staff(Step.SAY_ENDED, _BOTH, _COMPLAINT, OPEN),
    staff(
        Step.MAKE_COMPLAINT,
        _BOTH,
        _TOLD - _COMPLAINT,
        OPEN,
        becomes=Kind.COMPLAINT,
        then=NOTIFY_CHILD,
    ),
)
_ALLOCATING = (
    # After a talk the next manager goes on from there: the child need not say it all again.
    _allocated(to=Stage.TALKED, given={Fact.TALKED}),
    _allocated(to=Stage.ALLOCATED),
    staff(Step.ALLOCATE, HEAD, TALKED_ABOUT, _WITH_MANAGER, then=NOTIFY_MANAGER),
    staff(Step.ALLOCATE, HEAD, _COMPLAINT, {Stage.DELIVERED}, then=NOTIFY_MANAGER),
    row(
        Step.HAND_ON,
        ADMINISTRATOR,
        TALKED_ABOUT,
        _WITH_MANAGER | {Stage.DELIVERED},
        then=NOTIFY_MANAGER,
    ),
    row(
        Step.TAKE_BACK,
        SERVICE,
        _TOLD,
        _WITH_MANAGER,
        to=Stage.ACKNOWLEDGED,
        then=LEAVE_MANAGER + NOTIFY_HEADS,
    ),
    row(Step.TAKE_BACK, SERVICE, _TOLD, {Stage.DELIVERED}, then=LEAVE_MANAGER + NOTIFY_HEADS),
)
_MEETING = (
    *(
        _going_on(
            step, MANAGER, TALKED_ABOUT, {Stage.ALLOCATED}, {Fact.WANTS_CONTACT}, then=NOTIFY_CHILD
        )
        for step in (Step.OFFER, Step.AGREE_MEETING, Step.CANCEL_MEETING)
    ),
    staff(
        Step.SAY_MET,
        MANAGER,
        TALKED_ABOUT,
        {Stage.ALLOCATED},
        {Fact.MEETING_SET},
        then=END_MEETING,
    ),
    # A child who answers has been reached.
    *(
        row(
            step,
            CHILD,
            TALKED_ABOUT,
            {Stage.ALLOCATED},
            unless=_WITHDRAWN,
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
_TALKING = (
    staff(Step.LOG_ATTEMPT, MANAGER, TALKED_ABOUT, {Stage.ALLOCATED}, unless=_WITHDRAWN),
    staff(Step.RING_ANYWAY, MANAGER, TALKED_ABOUT, _WITH_MANAGER, keeps_version=True),
    # Feelings become a complaint when the child says so (ruling R10), and else a note.
    staff(
        Step.LOG_TALK,
        MANAGER,
        {Kind.FEELINGS},
        {Stage.ALLOCATED},
        {Fact.SAID_NO},
        to=Stage.ACKNOWLEDGED,
        becomes=Kind.NOTE,
        then=END_MEETING,
    ),
    # What a manager heard ends nothing: the child is asked whether that is right (ruling R22).
    staff(
        Step.LOG_TALK,
        MANAGER,
        _COMPLAINT,
        {Stage.ALLOCATED},
        {Fact.SAID_NO},
        to=Stage.TALKED,
        then=START_CLOCK + END_MEETING + NOTIFY_CHILD,
        sets="stop_asked_on",
    ),
    staff(
        Step.LOG_TALK,
        MANAGER,
        _COMPLAINT,
        _TALKED,
        {Fact.SAID_NO},
        then=START_CLOCK + NOTIFY_CHILD,
        sets="stop_asked_on",
    ),
    staff(
        Step.LOG_TALK,
        MANAGER,
        TALKED_ABOUT,
        {Stage.ALLOCATED},
        to=Stage.TALKED,
        becomes=Kind.COMPLAINT,
        then=START_CLOCK + END_MEETING,
    ),
    staff(Step.LOG_TALK, MANAGER, _COMPLAINT, _TALKED, then=START_CLOCK),
    staff(Step.CORRECT_TALK, MANAGER, _COMPLAINT, _TALKED, then=START_CLOCK),
)
_ANSWERING = (
    _going_on(Step.WRITE, MANAGER, _COMPLAINT, {Stage.ALLOCATED, Stage.TALKED}),
    # Where no contact is wanted, no talk comes first (ruling R11).
    _submitted({Stage.ALLOCATED}, unless={Fact.WANTS_CONTACT}),
    _submitted({Stage.TALKED}),
    _going_on(
        Step.APPROVE,
        HEAD,
        _COMPLAINT,
        {Stage.WRITTEN},
        to=Stage.APPROVED,
        then=NOTIFY_MANAGER,
    ),
    staff(Step.SEND_BACK, HEAD, _COMPLAINT, {Stage.WRITTEN}, to=Stage.TALKED, then=NOTIFY_MANAGER),
    _going_on(
        Step.DELIVER,
        MANAGER,
        _COMPLAINT,
        {Stage.APPROVED},
        to=Stage.DELIVERED,
        then=NOTIFY_CHILD,
        sets="delivered_on",
    ),
    # A child who has read it already needs no other delivery.
    staff(Step.NOT_ARRIVED, _BOTH, _COMPLAINT, ANSWERED, {Fact.POSTED, Fact.ANSWER_READ}),
    staff(Step.NOT_ARRIVED, _BOTH, _COMPLAINT, ANSWERED, {Fact.POSTED}, to=Stage.DELIVERED),
    staff(
        Step.DELIVER,
        _BOTH,
        _COMPLAINT,
        {Stage.DELIVERED},
        _ANSWER_WAITS,
        then=NOTIFY_CHILD,
        sets="delivered_on",
    ),
)
# Behind the secret words: whoever has the case writes, and so does the Head of Practice where the
# child waits for them.
_WRITING_TO_THE_CHILD = (
    *(
        staff(Step.WRITE_TO_CHILD, by, _TOLD, stages, given, then=NOTIFY_CHILD)
        for by, stages, given in (
            (MANAGER, _WITH_MANAGER | {Stage.DELIVERED}, ()),
            (HEAD, BEFORE_ALLOCATED | {Stage.WRITTEN} | ANSWERED, ()),
            (HEAD, _WITH_MANAGER, {Fact.TO_FOLLOW_UP}),
        )
    ),
    row(
        Step.WRITE_TO_CHILD,
        CUSTOMER_SERVICE,
        _TOLD,
        BEFORE_ALLOCATED,
        unless={Fact.ROUTED},
        then=NOTIFY_CHILD,
    ),
    # A child whom nothing else reaches has been reached once they open it.
    row(
        Step.READ_LETTER,
        CHILD,
        _TOLD,
        ALWAYS,
        {Fact.ONLY_HERE},
        sets="contacted_on",
    ),
    row(Step.READ_LETTER, CHILD, _TOLD, ALWAYS, keeps_version=True),
)
_COURT = (
    staff(Step.COURT_ONGOING, _BOTH, _TOLD, OPEN),
    *(
        staff(step, _BOTH, _TOLD, OPEN, given, then=then)
        for step in (Step.COURT_HEARING, Step.CHANGE_HEARING)
        for given, then in (({Fact.NO_TIME}, NOTIFY_HEADS), ((), ()))
    ),
    staff(Step.COURT_TOLD, _BOTH, _TOLD, OPEN),
    staff(Step.COURT_CHILD_TOLD, _BOTH, _TOLD, OPEN),
)
_CLOSING = (
    staff(
        Step.CLOSE,
        _BOTH,
        _COMPLAINT,
        {Stage.DELIVERED},
        unless=_ANSWER_WAITS,
        to=Stage.CLOSED,
        sets="closed_on",
    ),
    staff(
        Step.CLOSE,
        HEAD,
        TALKED_ABOUT,
        {Stage.ACKNOWLEDGED, *_WITH_MANAGER},
        _WITHDRAWN,
        to=Stage.CLOSED,
        sets="closed_on",
        then=END_MEETING,
    ),
    staff(
        Step.CLOSE,
        HEAD,
        _TOLD - _COMPLAINT,
        {Stage.ACKNOWLEDGED},
        to=Stage.CLOSED,
        sets="closed_on",
    ),
    *_reopened(Step.REOPEN, HEAD, {Fact.ROUTED}, clears=("closed_on",)),
)


def _after_all(
    step: Step,
    kinds: Iterable[Kind],
    stages: Iterable[Stage],
    given: Iterable[Fact] = (),
    **more: Any,
) -> Transition:
    follow_up = FollowUp.WANTS_IT_AFTER_ALL
    return row(step, CHILD, kinds, stages, given, then=NOTIFY_HEADS, opens=follow_up, **more)


_BY_THE_CHILD = (
    row(
        Step.CHANGE_CONTACT,
        CHILD,
        _TOLD,
        OPEN,
        then=NOTIFY_OWNER,
        opens=FollowUp.CONTACT_CHANGED,
    ),
    row(
        Step.CHANGE_SUPPORTER,
        CHILD,
        _TOLD,
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
            _WITHDRAWN,
            then=END_MEETING + NOTIFY_OWNER,
            sets="stopped_on",
            clears=("stop_asked_on",),
            opens=FollowUp.STOPPED,
        )
        for stages, given in ((_STOPPABLE, ()), (_TALKED, {Fact.STOP_ASKED}))
    ),
    # A stop is taken back, clock and all; or what was heard in a talk was not so.
    _after_all(Step.RESUME, TALKED_ABOUT, OPEN, _WITHDRAWN, clears=("stopped_on",)),
    *_reopened(
        Step.RESUME,
        CHILD,
        _WITHDRAWN,
        clears=("stopped_on", "closed_on"),
        then=NOTIFY_HEADS,
        opens=FollowUp.WANTS_IT_AFTER_ALL,
    ),
    _after_all(Step.RESUME, _COMPLAINT, OPEN, {Fact.STOP_ASKED}, clears=("stop_asked_on",)),
    _after_all(Step.ASK_FOR_MORE, _TOLD - _COMPLAINT, OPEN, becomes=Kind.COMPLAINT),
    _after_all(
        Step.ASK_FOR_MORE,
        _TOLD - _COMPLAINT,
        _CLOSED,
        to=Stage.ACKNOWLEDGED,
        becomes=Kind.COMPLAINT,
        clears=("closed_on",),
    ),
    row(Step.READ_ANSWER, CHILD, _COMPLAINT, ANSWERED, _ANSWER_WAITS, sets="delivered_on"),
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
_NEXT = (
    task(Step.ROUTE, Role.CUSTOMER_SERVICE, _TOLD, BEFORE_ALLOCATED, unless={Fact.ROUTED}),
    task(Step.ACKNOWLEDGE, Role.HEAD_OF_PRACTICE, _TOLD, {Stage.RECEIVED}),
    task(
        Step.CLOSE,
        Role.HEAD_OF_PRACTICE,
        TALKED_ABOUT,
        {Stage.ACKNOWLEDGED, *_WITH_MANAGER},
        given=_WITHDRAWN,
    ),
    task(Step.CLOSE, Role.HEAD_OF_PRACTICE, {Kind.NOTE}, {Stage.ACKNOWLEDGED}),
    task(
        Step.CLOSE,
        Role.HEAD_OF_PRACTICE,
        {Kind.FEELINGS},
        {Stage.ACKNOWLEDGED},
        unless={Fact.WANTS_CONTACT},
    ),
    task(Step.ALLOCATE, Role.HEAD_OF_PRACTICE, TALKED_ABOUT, {Stage.ACKNOWLEDGED}),
    task(
        Step.WRITE, Role.LOCAL_MANAGER, _COMPLAINT, {Stage.ALLOCATED}, unless={Fact.WANTS_CONTACT}
    ),
    task(
        Step.SAY_MET, Role.LOCAL_MANAGER, TALKED_ABOUT, {Stage.ALLOCATED}, given={Fact.MEETING_SET}
    ),
    task(
        Step.LOG_TALK, Role.LOCAL_MANAGER, TALKED_ABOUT, {Stage.ALLOCATED}, given={Fact.CONTACTED}
    ),
    task(Step.LOG_ATTEMPT, Role.LOCAL_MANAGER, TALKED_ABOUT, {Stage.ALLOCATED}),
    task(Step.WRITE, Role.LOCAL_MANAGER, _COMPLAINT, {Stage.TALKED}),
    task(Step.APPROVE, Role.HEAD_OF_PRACTICE, _COMPLAINT, {Stage.WRITTEN}),
    task(Step.DELIVER, Role.LOCAL_MANAGER, _COMPLAINT, {Stage.APPROVED}),
    task(
        Step.DELIVER,
        Role.LOCAL_MANAGER,
        _COMPLAINT,
        {Stage.DELIVERED},
        given={Fact.HAS_MANAGER, *_ANSWER_WAITS},
    ),
    task(Step.DELIVER, Role.HEAD_OF_PRACTICE, _COMPLAINT, {Stage.DELIVERED}, given=_ANSWER_WAITS),
    task(Step.CLOSE, Role.LOCAL_MANAGER, _COMPLAINT, {Stage.DELIVERED}, given={Fact.HAS_MANAGER}),
    task(Step.CLOSE, Role.HEAD_OF_PRACTICE, _COMPLAINT, {Stage.DELIVERED}),
)

COMPLAINT = Route(
    name="complaint",
    kinds=_TOLD,
    begins=frozenset({Stage.RECEIVED}),
    ends=frozenset({Stage.CLOSED}),
    transitions=(
        *of_every_kind(_TOLD),
        *_READING,
        *_ALLOCATING,
        *_MEETING,
        *_TALKING,
        *_ANSWERING,
        *_WRITING_TO_THE_CHILD,
        *_COURT,
        *_CLOSING,
        *_BY_THE_CHILD,
    ),
    tasks=_NEXT,
    clocks={kind: CLOCKS[kind] for kind in _TOLD},
)

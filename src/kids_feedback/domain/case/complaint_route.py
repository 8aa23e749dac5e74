"""The children's complaint as a table: who may take which step from where, and what then.

A note and named feelings go the same way, as far as they go; the child decides what it is.

Source: docs/procedure.md, paragraphs 9 to 54.
"""

from collections.abc import Iterable
from typing import Any

from kids_feedback.domain.case.engine import Route, Transition
from kids_feedback.domain.case.procedure import (
    ANSWERED,
    TALKED_ABOUT,
    Effect,
    Fact,
    Stage,
    Step,
)
from kids_feedback.domain.case.promises import CLOCKS
from kids_feedback.domain.case.route_rows import (
    BEFORE_ALLOCATED,
    CHILD,
    END_MEETING,
    HEAD,
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


def _takes_back(stages: frozenset[Stage], to: Stage | None = None) -> Iterable[Transition]:
    """Return how a case leaves those who may not have it: its manager, or the whole area."""
    barred, leave = {Fact.AREA_BARRED}, (Effect.LEAVE_MANAGER,)
    yield row(
        Step.TAKE_BACK, SERVICE, _TOLD, stages, barred, to=to, then=(*leave, Effect.LEAVE_AREA)
    )
    yield row(Step.TAKE_BACK, SERVICE, _TOLD, stages, unless=barred, to=to, then=leave)


def _stops(to: Stage, given: Iterable[Fact] = (), unless: Iterable[Fact] = ()) -> Transition:
    return row(
        Step.STOP,
        CHILD,
        TALKED_ABOUT,
        _STOPPABLE,
        given,
        unless,
        to,
        END_MEETING + NOTIFY_OWNER,
        becomes=Kind.NOTE,
        sets="stopped_on",
    )


def _allocated(to: Stage, given: Iterable[Fact] = ()) -> Transition:
    return staff(
        Step.ALLOCATE, HEAD, TALKED_ABOUT, {Stage.ACKNOWLEDGED}, given, to=to, then=NOTIFY_MANAGER
    )


def _submitted(stages: Iterable[Stage], unless: Iterable[Fact] = ()) -> Transition:
    return staff(
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
    staff(Step.SAY_ENDED, _BOTH, _COMPLAINT, OPEN),
)
_ALLOCATING = (
    # After a talk the next manager goes on from there: the child need not say it all again.
    _allocated(to=Stage.TALKED, given={Fact.TALKED}),
    _allocated(to=Stage.ALLOCATED),
    staff(Step.ALLOCATE, HEAD, _COMPLAINT, _WITH_MANAGER, then=NOTIFY_MANAGER),
    *_takes_back(BEFORE_ALLOCATED),
    *_takes_back(_WITH_MANAGER, Stage.ACKNOWLEDGED),
    row(
        Step.TAKE_BACK,
        SERVICE,
        _TOLD,
        {Stage.DELIVERED},  # nobody else could close it in an area that is barred
        unless={Fact.AREA_BARRED},
        then=(Effect.LEAVE_MANAGER,),
    ),
)
_MEETING = (
    *(
        staff(
            step, MANAGER, TALKED_ABOUT, {Stage.ALLOCATED}, {Fact.WANTS_CONTACT}, then=NOTIFY_CHILD
        )
        for step in (Step.OFFER, Step.AGREE_MEETING, Step.CANCEL_MEETING)
    ),
    # A child who answers has been reached.
    *(
        row(step, CHILD, TALKED_ABOUT, {Stage.ALLOCATED}, then=NOTIFY_MANAGER, sets="contacted_on")
        for step in (Step.PICK_MEETING, Step.SUGGEST_MEETING, Step.DECLINE_MEETING)
    ),
)
_TALKING = (
    staff(Step.LOG_ATTEMPT, MANAGER, TALKED_ABOUT, {Stage.ALLOCATED}, sets="contacted_on"),
    staff(
        Step.LOG_TALK,
        MANAGER,
        TALKED_ABOUT,
        _WITH_MANAGER,
        {Fact.SAID_NO},
        to=Stage.ACKNOWLEDGED,
        becomes=Kind.NOTE,
        then=END_MEETING,
    ),
    # Feelings become a complaint when the child says so (ruling R10).
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
    staff(Step.WRITE, MANAGER, _COMPLAINT, {Stage.ALLOCATED, Stage.TALKED}),
    # Where no contact is wanted, no talk comes first (ruling R11).
    _submitted({Stage.ALLOCATED}, unless={Fact.WANTS_CONTACT}),
    _submitted({Stage.TALKED}),
    staff(
        Step.APPROVE,
        HEAD,
        _COMPLAINT,
        {Stage.WRITTEN},
        to=Stage.APPROVED,
        then=NOTIFY_MANAGER,
    ),
    staff(Step.SEND_BACK, HEAD, _COMPLAINT, {Stage.WRITTEN}, to=Stage.TALKED, then=NOTIFY_MANAGER),
    staff(
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
_COURT = tuple(
    staff(step, _BOTH, _TOLD, OPEN)
    for step in (
        Step.COURT_ONGOING,
        Step.COURT_HEARING,
        Step.COURT_TOLD,
        Step.COURT_CHILD_TOLD,
    )
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
        _TOLD - _COMPLAINT,
        {Stage.ACKNOWLEDGED},
        to=Stage.CLOSED,
        sets="closed_on",
    ),
)
_BY_THE_CHILD = (
    row(Step.CHANGE_CONTACT, CHILD, _TOLD, OPEN, then=NOTIFY_OWNER),
    row(Step.CHANGE_SUPPORTER, CHILD, _TOLD, OPEN, then=NOTIFY_OWNER),
    _stops(Stage.ACKNOWLEDGED, given={Fact.ACKNOWLEDGED}),
    _stops(Stage.RECEIVED, unless={Fact.ACKNOWLEDGED}),
    row(Step.READ_ANSWER, CHILD, _COMPLAINT, ANSWERED, _ANSWER_WAITS, sets="delivered_on"),
    _of_the_answer(Step.READ_ANSWER),
    _of_the_answer(Step.SAY_OF_ANSWER, given={Fact.NOT_UNDERSTOOD}, then=NOTIFY_HEADS),
    _of_the_answer(Step.SAY_OF_ANSWER),
    _of_the_answer(Step.NOT_HAPPY, then=NOTIFY_HEADS),
)
_NEXT = (
    task(Step.ROUTE, Role.CUSTOMER_SERVICE, _TOLD, BEFORE_ALLOCATED, unless={Fact.ROUTED}),
    task(Step.ACKNOWLEDGE, Role.HEAD_OF_PRACTICE, _TOLD, {Stage.RECEIVED}),
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
        Step.LOG_TALK, Role.LOCAL_MANAGER, TALKED_ABOUT, {Stage.ALLOCATED}, given={Fact.CONTACTED}
    ),
    task(Step.LOG_ATTEMPT, Role.LOCAL_MANAGER, TALKED_ABOUT, {Stage.ALLOCATED}),
    task(Step.WRITE, Role.LOCAL_MANAGER, _COMPLAINT, {Stage.TALKED}),
    task(Step.APPROVE, Role.HEAD_OF_PRACTICE, _COMPLAINT, {Stage.WRITTEN}),
    task(Step.DELIVER, Role.LOCAL_MANAGER, _COMPLAINT, {Stage.APPROVED}),
    task(Step.DELIVER, Role.LOCAL_MANAGER, _COMPLAINT, {Stage.DELIVERED}, given=_ANSWER_WAITS),
    task(Step.CLOSE, Role.LOCAL_MANAGER, _COMPLAINT, {Stage.DELIVERED}),
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
        *_COURT,
        *_CLOSING,
        *_BY_THE_CHILD,
    ),
    tasks=_NEXT,
    clocks={kind: CLOCKS[kind] for kind in _TOLD},
)

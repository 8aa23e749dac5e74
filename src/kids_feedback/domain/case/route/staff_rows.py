"""What staff do about a child's complaint, note or feelings: rows of its route.

Source: docs/procedure.md, paragraphs 9 to 54.
"""

from collections.abc import Iterable

from kids_feedback.domain.case.engine import Transition
from kids_feedback.domain.case.procedure import ANSWERED, TALKED_ABOUT, Fact, Stage, Step
from kids_feedback.domain.case.route.identity_rows import IDENTITY
from kids_feedback.domain.case.route.mending_rows import back_to_writing
from kids_feedback.domain.case.route.route_rows import (
    ADMINISTRATOR,
    AFTER_A_TALK,
    ANSWER_WAITS,
    BOTH,
    CHANGE_WAITS,
    COMPLAINTS,
    COURT_DUTY_ENDED,
    CUSTOMER_SERVICE,
    END_MEETING,
    ENDED,
    HEAD,
    LEAVE_MANAGER,
    MANAGER,
    NOTIFY_CHILD,
    NOTIFY_HEADS,
    NOTIFY_MANAGER,
    OPEN,
    SERVICE,
    START_CLOCK,
    TOLD,
    WITH_MANAGER,
    WITHDRAWN,
    going_on,
    reopened,
    row,
    staff,
)
from kids_feedback.domain.case.submission import Kind


def _allocated(to: Stage, given: Iterable[Fact] = ()) -> Transition:
    return going_on(
        Step.ALLOCATE, HEAD, TALKED_ABOUT, {Stage.ACKNOWLEDGED}, given, to=to, then=NOTIFY_MANAGER
    )


def _submitted(stages: Iterable[Stage], unless: Iterable[Fact] = ()) -> Transition:
    return going_on(
        Step.SUBMIT,
        MANAGER,
        COMPLAINTS,
        stages,
        unless=unless,
        to=Stage.WRITTEN,
        then=NOTIFY_HEADS,
    )


READING = (
    staff(
        Step.ACKNOWLEDGE,
        HEAD,
        TOLD,
        {Stage.RECEIVED},
        to=Stage.ACKNOWLEDGED,
        then=NOTIFY_CHILD,
        sets="acknowledged_on",
    ),
    staff(Step.NAME_WORKER, HEAD, TOLD, OPEN),
    # Where everybody in the area may be meant, the case is with customer service (ruling R21).
    row(Step.NAME_WORKER, CUSTOMER_SERVICE, TOLD, OPEN, unless={Fact.ROUTED}),
    staff(Step.CHECK_SUPPORTER, BOTH, TALKED_ABOUT, OPEN, {Fact.HAS_SUPPORTER}),
    staff(Step.SAY_ENDED, BOTH, COMPLAINTS, OPEN),
    *IDENTITY,
    staff(
        Step.MAKE_COMPLAINT,
        BOTH,
        TOLD - COMPLAINTS,
        OPEN,
        becomes=Kind.COMPLAINT,
        then=NOTIFY_CHILD,
    ),
)
ALLOCATING = (
    # After a talk the next manager goes on from there: the child need not say it all again.
    _allocated(to=Stage.TALKED, given={Fact.TALKED}),
    _allocated(to=Stage.ALLOCATED),
    staff(Step.ALLOCATE, HEAD, TALKED_ABOUT, WITH_MANAGER, then=NOTIFY_MANAGER),
    staff(Step.ALLOCATE, HEAD, COMPLAINTS, {Stage.DELIVERED}, then=NOTIFY_MANAGER),
    row(
        Step.HAND_ON,
        ADMINISTRATOR,
        TALKED_ABOUT,
        WITH_MANAGER | {Stage.DELIVERED},
        then=NOTIFY_MANAGER,
    ),
    row(
        Step.TAKE_BACK,
        SERVICE,
        TOLD,
        WITH_MANAGER,
        to=Stage.ACKNOWLEDGED,
        then=LEAVE_MANAGER + NOTIFY_HEADS,
    ),
    row(Step.TAKE_BACK, SERVICE, TOLD, {Stage.DELIVERED}, then=LEAVE_MANAGER + NOTIFY_HEADS),
)
MEETING = (
    *(
        going_on(
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
)
TALKING = (
    going_on(Step.LOG_ATTEMPT, MANAGER, TALKED_ABOUT, {Stage.ALLOCATED}),
    staff(
        Step.RING_ANYWAY,
        MANAGER,
        TALKED_ABOUT,
        WITH_MANAGER,
        unless={Fact.WAY_NOT_SAFE},
        keeps_version=True,
    ),
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
        COMPLAINTS,
        {Stage.ALLOCATED},
        {Fact.SAID_NO},
        to=Stage.TALKED,
        then=START_CLOCK + END_MEETING + NOTIFY_CHILD,
        sets="stop_asked_on",
    ),
    staff(
        Step.LOG_TALK,
        MANAGER,
        COMPLAINTS,
        AFTER_A_TALK,
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
    staff(Step.LOG_TALK, MANAGER, COMPLAINTS, AFTER_A_TALK, then=START_CLOCK),
)
ANSWERING = (
    going_on(Step.WRITE, MANAGER, COMPLAINTS, {Stage.ALLOCATED, Stage.TALKED}),
    # Where no contact is wanted, no talk comes first (ruling R11).
    _submitted({Stage.ALLOCATED}, unless={Fact.WANTS_CONTACT}),
    _submitted({Stage.TALKED}),
    going_on(
        Step.APPROVE,
        HEAD,
        COMPLAINTS,
        {Stage.WRITTEN},
        to=Stage.APPROVED,
        then=NOTIFY_MANAGER,
    ),
    *back_to_writing(Step.SEND_BACK, HEAD, then=NOTIFY_MANAGER),
    going_on(
        Step.DELIVER,
        MANAGER,
        COMPLAINTS,
        {Stage.APPROVED},
        to=Stage.DELIVERED,
        then=NOTIFY_CHILD,
        sets="delivered_on",
    ),
    # A child who has read it already needs no other delivery.
    staff(Step.NOT_ARRIVED, BOTH, COMPLAINTS, ANSWERED, {Fact.POSTED, Fact.ANSWER_READ}),
    staff(Step.NOT_ARRIVED, BOTH, COMPLAINTS, ANSWERED, {Fact.POSTED}, to=Stage.DELIVERED),
    staff(
        Step.DELIVER,
        BOTH,
        COMPLAINTS,
        {Stage.DELIVERED},
        ANSWER_WAITS,
        then=NOTIFY_CHILD,
        sets="delivered_on",
    ),
)
COURT = (
    staff(Step.COURT_ONGOING, BOTH, TOLD, OPEN),
    *(
        staff(step, BOTH, TOLD, OPEN, given, then=then)
        for step in (Step.COURT_HEARING, Step.CHANGE_HEARING)
        for given, then in (({Fact.NO_TIME}, NOTIFY_HEADS), ((), ()))
    ),
    staff(Step.COURT_TOLD, BOTH, TOLD, OPEN),
    staff(Step.COURT_CHILD_TOLD, BOTH, TOLD, OPEN),
    # A complaint that was withdrawn keeps this duty until the Head says why it falls (ruling R20).
    staff(
        Step.END_COURT_DUTY,
        HEAD,
        COMPLAINTS,
        OPEN,
        WITHDRAWN,
        unless=COURT_DUTY_ENDED,
        sets="court_duty_ended_on",
    ),
    staff(
        Step.RESTORE_COURT_DUTY,
        HEAD,
        COMPLAINTS,
        OPEN,
        COURT_DUTY_ENDED,
        clears=("court_duty_ended_on",),
    ),
)
CLOSING = (
    staff(
        Step.CLOSE,
        BOTH,
        COMPLAINTS,
        {Stage.DELIVERED},
        unless=ANSWER_WAITS | CHANGE_WAITS,
        to=Stage.CLOSED,
        sets="closed_on",
    ),
    staff(
        Step.CLOSE,
        HEAD,
        TALKED_ABOUT,
        {Stage.ACKNOWLEDGED, *WITH_MANAGER},
        WITHDRAWN,
        to=Stage.CLOSED,
        sets="closed_on",
        then=END_MEETING,
    ),
    staff(
        Step.CLOSE,
        HEAD,
        TOLD - COMPLAINTS,
        {Stage.ACKNOWLEDGED},
        to=Stage.CLOSED,
        sets="closed_on",
    ),
    *reopened(Step.REOPEN, HEAD, {Fact.ROUTED}, clears=ENDED),
)

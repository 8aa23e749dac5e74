"""What the tables of the children's routes are written with, and the steps they share."""

from collections.abc import Iterable, Iterator
from typing import Any

from kids_feedback.domain.case.engine import Actor, Condition, Task, Transition
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.procedure import BEFORE_ALLOCATED, Effect, Fact, Stage, Step
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.people import CASE_ROLES, Role

CUSTOMER_SERVICE = frozenset({Role.CUSTOMER_SERVICE})
HEAD = frozenset({Role.HEAD_OF_PRACTICE})
MANAGER = frozenset({Role.LOCAL_MANAGER})
CHILD = frozenset({Actor.CHILD})
SERVICE = frozenset({Actor.SERVICE})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
OUTSIDE = frozenset({Actor.OUTSIDE})
LOOKS_TO_SAFETY = CASE_ROLES | {Actor.ON_DUTY}
ALWAYS = frozenset(Stage)
OPEN = ALWAYS - {Stage.CLOSED}
NOTIFY_CHILD = (Effect.NOTIFY_CHILD,)
NOTIFY_MANAGER = (Effect.NOTIFY_MANAGER,)
NOTIFY_HEADS = (Effect.NOTIFY_HEADS,)
NOTIFY_OWNER = (Effect.NOTIFY_OWNER,)
LEAVE_MANAGER = (Effect.LEAVE_MANAGER,)
END_MEETING = (Effect.END_MEETING,)
START_CLOCK = (Effect.START_CLOCK,)
COMPLAINTS = frozenset({Kind.COMPLAINT})
TOLD = frozenset({Kind.COMPLAINT, Kind.NOTE, Kind.FEELINGS})
BOTH = HEAD | MANAGER
AFTER_A_TALK = frozenset({Stage.TALKED, Stage.WRITTEN, Stage.APPROVED})
WITH_MANAGER = AFTER_A_TALK | {Stage.ALLOCATED}
WITHDRAWN = frozenset({Fact.WITHDRAWN})
IN_DOUBT = frozenset({Fact.IN_DOUBT})
STOPPED = ("stopped_on", "court_duty_ended_on")  # which holds no more once the child wants it
COURT_DUTY_ENDED = frozenset({Fact.COURT_DUTY_ENDED})
CLOSED = frozenset({Stage.CLOSED})
ANSWER_WAITS = frozenset({Fact.NOT_ARRIVED})  # behind the secret words, and nowhere else
CHANGE_WAITS = frozenset({Fact.CHANGE_WRITTEN, Fact.CHANGE_APPROVED})
ENDED = ("closed_on", "ended_as", "same_as_id")  # which holds no more once it is open again


def when(
    kinds: Iterable[str],
    stages: Iterable[str],
    given: Iterable[str] = (),
    unless: Iterable[str] = (),
) -> Condition:
    return Condition(
        kinds=frozenset(kinds),
        stages=frozenset(stages),
        given=frozenset(given),
        unless=frozenset(unless),
    )


def row(
    step: str,
    by: Iterable[str],
    kinds: Iterable[str],
    stages: Iterable[str],
    given: Iterable[str] = (),
    unless: Iterable[str] = (),
    to: str | None = None,
    then: tuple[Effect, ...] = (),
    **more: Any,
) -> Transition:
    return Transition(
        step=step,
        by=frozenset(by),
        when=when(kinds, stages, given, unless),
        leads_to=to,
        effects=then,
        **more,
    )


def staff(
    step: Step,
    by: Iterable[Role],
    kinds: Iterable[Kind],
    stages: Iterable[Stage],
    given: Iterable[Fact] = (),
    **more: Any,
) -> Transition:
    """Return a step of staff that waits until an area answers for the case."""
    return row(step, by, kinds, stages, {Fact.ROUTED, *given}, **more)


def going_on(
    step: Step,
    by: Iterable[Role],
    kinds: Iterable[Kind],
    stages: Iterable[Stage],
    given: Iterable[Fact] = (),
    unless: Iterable[Fact] = (),
    **more: Any,
) -> Transition:
    """Return a step of staff that waits while the child wants it stopped (ruling R22)."""
    return staff(step, by, kinds, stages, given, unless={*unless, *WITHDRAWN}, **more)


def reopened(
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
        yield row(step, by, TOLD, CLOSED, {*given, *has}, has_not, to, **more)


def task(
    step: str,
    owner: str,
    kinds: Iterable[str],
    stages: Iterable[str],
    given: Iterable[str] = (),
    unless: Iterable[str] = (),
) -> Task:
    """Return what comes next there, and whose turn it is. The first line that holds counts."""
    return Task(step=step, owner=owner, when=when(kinds, stages, given, unless))


def of_every_kind(
    kinds: frozenset[Kind], stages: frozenset[Stage] = ALWAYS
) -> tuple[Transition, ...]:
    """Return the steps for which it does not matter what it is, on a route of these stages."""
    still_open = stages & OPEN

    def quiet(step: Step, by: Iterable[str], **more: Any) -> Transition:
        return row(step, by, kinds, stages, keeps_version=True, **more)

    return (
        row(
            Step.ROUTE, CUSTOMER_SERVICE | HEAD, kinds, stages & BEFORE_ALLOCATED, then=NOTIFY_HEADS
        ),
        quiet(Step.OPEN_FROM_OUTSIDE, OUTSIDE),
        quiet(Step.OPEN_STATEMENT, LOOKS_TO_SAFETY),
        quiet(Step.OPEN_CONTACT, LOOKS_TO_SAFETY),
        quiet(Step.SAFEGUARDING, LOOKS_TO_SAFETY),
        quiet(Step.DECIDE_SAFETY, LOOKS_TO_SAFETY),
        row(Step.REPLACE_WORDS, CASE_ROLES, kinds, stages),
        row(
            Step.SEND_DELAY_NOTICE, CASE_ROLES, kinds, still_open, then=NOTIFY_CHILD + NOTIFY_HEADS
        ),
        quiet(Step.OPEN_FOLLOW_UP, CASE_ROLES, given={Fact.TO_FOLLOW_UP}),
        quiet(Step.FOLLOW_UP, CASE_ROLES, given={Fact.TO_FOLLOW_UP}),
        quiet(Step.ADD, CHILD, given={Fact.OF_ANSWER}),  # which tells of them
        row(
            Step.ADD,
            CHILD,
            kinds,
            stages - OPEN,
            then=NOTIFY_HEADS,
            opens=FollowUp.WORDS_AFTER_CLOSING,
            keeps_version=True,
        ),
        quiet(Step.ADD, CHILD, then=NOTIFY_OWNER, opens=FollowUp.MORE_WORDS),
        quiet(Step.NUDGE, CHILD, given={Fact.LATE}, then=NOTIFY_HEADS, opens=FollowUp.NUDGE),
        row(
            Step.REDATE,
            SERVICE,
            kinds,
            stages,
            given={Fact.MEETING_THEN},
            then=NOTIFY_OWNER,
            opens=FollowUp.MEETING_ON_CLOSED_DAY,
        ),
        row(Step.REDATE, SERVICE, kinds, stages),
        quiet(Step.HAND_UP, SERVICE),
        quiet(Step.EMAIL_FAILED, SERVICE, then=NOTIFY_OWNER, opens=FollowUp.EMAIL_FAILED),
    )

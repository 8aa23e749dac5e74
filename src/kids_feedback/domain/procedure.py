"""The stages of a case and the steps between them, as one table.

Adding a step is a row here. Who may take it is part of the row; whether a court notice stands in
the way of closing is asked of ``domain.court``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kids_feedback.domain.errors import NotAllowedNow
from kids_feedback.domain.feedback import Kind
from kids_feedback.domain.people import Role


class Stage(StrEnum):
    """Where a case is."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    GIVEN = "given"  # to a local manager
    TALKED = "talked"  # the answer clock runs
    WRITTEN = "written"  # waits for the Head of Practice
    APPROVED = "approved"
    DELIVERED = "delivered"
    CLOSED = "closed"


class Step(StrEnum):
    """What staff do."""

    ROUTE = "route"
    ACKNOWLEDGE = "acknowledge"
    GIVE = "give"
    OFFER = "offer"  # times and places to meet
    LOG_TRY = "log_try"
    LOG_TALK = "log_talk"
    WRITE = "write"
    SUBMIT = "submit"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    DELIVER = "deliver"
    PASS_ON = "pass_on"  # noqa: S105 - praise is passed on, no password
    COURT = "court"
    NAME_WORKER = "name_worker"
    SAY_ENDED = "say_ended"  # when the work with the child ended
    CLOSE = "close"


@dataclass(frozen=True)
class Rule:
    """From which stages a step may be taken, by whom, and where it leads (None: it stays)."""

    kinds: frozenset[Kind]
    stages: frozenset[Stage]
    roles: frozenset[Role]
    leads_to: Stage | None = None


def _rule(
    kinds: Iterable[Kind],
    stages: Iterable[Stage],
    roles: Iterable[Role],
    leads_to: Stage | None = None,
) -> Rule:
    return Rule(frozenset(kinds), frozenset(stages), frozenset(roles), leads_to)


_COMPLAINT = {Kind.COMPLAINT}
_COMPLIMENT = {Kind.COMPLIMENT}
TALKED_ABOUT = frozenset({Kind.COMPLAINT, Kind.FEELINGS})  # by a manager, with the child
_TOLD = {Kind.COMPLAINT, Kind.NOTE, Kind.FEELINGS}
_HEAD = {Role.HEAD_OF_PRACTICE}
_MANAGER = {Role.LOCAL_MANAGER}
_BOTH = _HEAD | _MANAGER
ANSWERED = frozenset({Stage.DELIVERED, Stage.CLOSED})
_OPEN = set(Stage) - {Stage.CLOSED}
_BEFORE_ANSWER = {Stage.RECEIVED, Stage.ACKNOWLEDGED, Stage.GIVEN, Stage.TALKED}

RULES: dict[Step, tuple[Rule, ...]] = {
    Step.ROUTE: (
        _rule(Kind, {Stage.RECEIVED, Stage.ACKNOWLEDGED}, {Role.CUSTOMER_SERVICE} | _HEAD),
    ),
    Step.ACKNOWLEDGE: (_rule(_TOLD, {Stage.RECEIVED}, _HEAD, Stage.ACKNOWLEDGED),),
    Step.GIVE: (
        _rule(TALKED_ABOUT, {Stage.ACKNOWLEDGED}, _HEAD, Stage.GIVEN),
        _rule(_COMPLAINT, {Stage.GIVEN, Stage.TALKED, Stage.WRITTEN, Stage.APPROVED}, _HEAD),
    ),
    Step.OFFER: (_rule(TALKED_ABOUT, {Stage.GIVEN}, _MANAGER),),
    Step.LOG_TRY: (_rule(TALKED_ABOUT, {Stage.GIVEN}, _MANAGER),),
    Step.LOG_TALK: (
        _rule(TALKED_ABOUT, {Stage.GIVEN}, _MANAGER, Stage.TALKED),
        _rule(_COMPLAINT, {Stage.TALKED, Stage.WRITTEN, Stage.APPROVED}, _MANAGER),
    ),
    Step.WRITE: (_rule(_COMPLAINT, {Stage.GIVEN, Stage.TALKED}, _MANAGER),),
    Step.SUBMIT: (_rule(_COMPLAINT, {Stage.TALKED}, _MANAGER, Stage.WRITTEN),),
    Step.APPROVE: (_rule(_COMPLAINT, {Stage.WRITTEN}, _HEAD, Stage.APPROVED),),
    Step.SEND_BACK: (_rule(_COMPLAINT, {Stage.WRITTEN}, _HEAD, Stage.TALKED),),
    Step.DELIVER: (_rule(_COMPLAINT, {Stage.APPROVED}, _MANAGER, Stage.DELIVERED),),
    Step.PASS_ON: (_rule(_COMPLIMENT, {Stage.RECEIVED}, _BOTH, Stage.CLOSED),),
    Step.COURT: (_rule(_TOLD, _OPEN, _BOTH),),
    Step.NAME_WORKER: (_rule(_TOLD, _OPEN, _HEAD),),
    Step.SAY_ENDED: (_rule(_COMPLAINT, _OPEN, _BOTH),),
    Step.CLOSE: (
        _rule(_COMPLAINT, {Stage.DELIVERED}, _BOTH, Stage.CLOSED),
        _rule({Kind.NOTE, Kind.FEELINGS}, {Stage.ACKNOWLEDGED}, _HEAD, Stage.CLOSED),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Situation:
    """All that decides which steps are open: facts of one case, no words."""

    kind: Kind
    stage: Stage
    routed: bool  # an area answers for it
    contacted: bool
    wants_contact: bool  # ruling R11: without it no clock can start, and the answer may be written


def take(step: Step, situation: Situation, role: Role) -> Stage:
    """Return the stage after ``step``.

    Raises:
        NotAllowedNow: the step cannot be taken from here, or not by this role.
    """
    for rule in RULES[step]:
        if situation.kind in rule.kinds and situation.stage in _stages(rule, step, situation):
            if role not in rule.roles or not (situation.routed or step is Step.ROUTE):
                break
            return rule.leads_to or situation.stage
    raise NotAllowedNow(step=step, state=situation.stage)


def open_steps(situation: Situation, role: Role) -> frozenset[Step]:
    """Return the steps that ``role`` may take now."""
    return frozenset(step for step in Step if _may(step, situation, role))


def next_step(situation: Situation) -> Step | None:
    """Return the step that moves the case on, whoever's turn it is; None once it is closed."""
    if situation.stage is Stage.CLOSED:
        return None
    if not situation.routed:
        return Step.ROUTE
    if situation.kind is Kind.COMPLIMENT:
        return Step.PASS_ON
    if situation.stage is Stage.RECEIVED:
        return Step.ACKNOWLEDGE
    if situation.kind is Kind.NOTE:
        return Step.CLOSE
    if situation.kind is Kind.FEELINGS and not situation.wants_contact:
        return Step.CLOSE
    if situation.stage is Stage.GIVEN:
        return _after_given(situation)
    return _NEXT[situation.stage]


@dataclass(frozen=True, kw_only=True)
class PromiseDates:
    """The local days by which each thing was promised, stored when they were promised."""

    routed_by: date
    read_by: date
    contact_by: date
    talk_by: date
    answer_by: date | None  # None: the clock has not started (ruling R4 says what bounds the wait)
    pass_on_by: date


def due_of(step: Step | None, dates: PromiseDates) -> date | None:
    """Return the day on which the promise behind ``step`` breaks; None where nothing is promised.

    Source: docs/procedure.md, rulings R1 and R4.
    """
    promised = {
        Step.ROUTE: dates.routed_by,
        Step.ACKNOWLEDGE: dates.read_by,
        Step.GIVE: dates.contact_by,
        Step.LOG_TRY: dates.contact_by,
        Step.LOG_TALK: dates.talk_by,
        Step.WRITE: dates.answer_by or dates.talk_by,
        Step.APPROVE: dates.answer_by or dates.talk_by,
        Step.DELIVER: dates.answer_by or dates.talk_by,
        Step.PASS_ON: dates.pass_on_by,
    }
    return promised.get(step) if step else None


_NEXT = {
    Stage.ACKNOWLEDGED: Step.GIVE,
    Stage.TALKED: Step.WRITE,
    Stage.WRITTEN: Step.APPROVE,
    Stage.APPROVED: Step.DELIVER,
    Stage.DELIVERED: Step.CLOSE,
}


def _after_given(situation: Situation) -> Step:
    if not situation.wants_contact:
        return Step.WRITE
    return Step.LOG_TALK if situation.contacted else Step.LOG_TRY


def _stages(rule: Rule, step: Step, situation: Situation) -> frozenset[Stage]:
    if situation.wants_contact:
        return rule.stages
    if step is Step.OFFER:
        return frozenset()
    return rule.stages | {Stage.GIVEN} if step is Step.SUBMIT else rule.stages


def _may(step: Step, situation: Situation, role: Role) -> bool:
    try:
        take(step, situation, role)
    except NotAllowedNow:
        return False
    return True

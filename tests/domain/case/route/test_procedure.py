"""The children's routes: what comes next, who may, and that nothing is skipped."""

from dataclasses import replace

import pytest

from kids_feedback.domain.case.engine import (
    Actor,
    Situation,
    after,
    next_task,
    open_steps,
    transition,
)
from kids_feedback.domain.case.procedure import Effect, Fact, Stage, Step
from kids_feedback.domain.case.route.complaint_route import COMPLAINT
from kids_feedback.domain.case.route.routes import route_of
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.domain.people import CASE_ROLES, Role

HEAD, MANAGER, CHILD = Role.HEAD_OF_PRACTICE, Role.LOCAL_MANAGER, Actor.CHILD
A_COMPLAINT = Situation(
    kind=Kind.COMPLAINT,
    stage=Stage.RECEIVED,
    facts=frozenset({Fact.ROUTED, Fact.WANTS_CONTACT}),
)
THE_WAY = [
    (Step.ACKNOWLEDGE, HEAD, Stage.ACKNOWLEDGED),
    (Step.ALLOCATE, HEAD, Stage.ALLOCATED),
    (Step.LOG_TALK, MANAGER, Stage.TALKED),
    (Step.SUBMIT, MANAGER, Stage.WRITTEN),
    (Step.APPROVE, HEAD, Stage.APPROVED),
    (Step.DELIVER, MANAGER, Stage.DELIVERED),
    (Step.CLOSE, HEAD, Stage.CLOSED),
]


def at(
    stage: Stage = Stage.RECEIVED,
    *,
    kind: Kind = Kind.COMPLAINT,
    also: frozenset[Fact] = frozenset(),
    without: frozenset[Fact] = frozenset(),
) -> Situation:
    facts = (A_COMPLAINT.facts | also) - without
    return Situation(kind=kind, stage=stage, facts=facts)


def take(step: Step, situation: Situation, actor: str) -> str:
    """Return the stage after a step."""
    route = route_of(Kind(situation.kind))
    return after(transition(route, step, situation, actor), situation)[1]


def may(step: Step, situation: Situation, actor: str) -> bool:
    return step in open_steps(route_of(Kind(situation.kind)), situation, actor)


def test_a_complaint_goes_step_by_step_and_none_may_be_skipped() -> None:
    here = A_COMPLAINT
    for turn, (step, role, leads_to) in enumerate(THE_WAY):
        for later, whose, _ in THE_WAY[turn + 1 :]:
            assert not may(later, here, whose)
        assert take(step, here, role) == leads_to
        here = replace(here, stage=leads_to)
    assert next_task(COMPLAINT, here) is None


UNROUTED = frozenset({Fact.ROUTED})
NO_CONTACT = frozenset({Fact.WANTS_CONTACT})
CONTACTED = frozenset({Fact.CONTACTED})


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        pytest.param(at(without=UNROUTED), Step.ROUTE, id="nobody's area yet"),
        pytest.param(at(), Step.ACKNOWLEDGE, id="received"),
        pytest.param(at(Stage.ALLOCATED), Step.LOG_ATTEMPT, id="not tried"),
        pytest.param(at(Stage.ALLOCATED, also=CONTACTED), Step.LOG_TALK, id="tried"),
        pytest.param(at(Stage.ALLOCATED, without=NO_CONTACT), Step.WRITE, id="no contact"),
        pytest.param(at(Stage.TALKED), Step.WRITE, id="talked"),
        pytest.param(at(kind=Kind.COMPLIMENT), Step.PASS_ON, id="praise"),
        pytest.param(
            at(kind=Kind.COMPLIMENT, without=UNROUTED), Step.ROUTE, id="praise for nobody known"
        ),
        pytest.param(at(Stage.ACKNOWLEDGED, kind=Kind.NOTE), Step.CLOSE, id="a note"),
        pytest.param(
            at(Stage.ACKNOWLEDGED, kind=Kind.FEELINGS), Step.ALLOCATE, id="feelings, a talk"
        ),
        pytest.param(
            at(Stage.ACKNOWLEDGED, kind=Kind.FEELINGS, without=NO_CONTACT),
            Step.CLOSE,
            id="feelings only",
        ),
    ],
)
def test_what_comes_next(situation: Situation, expected: Step) -> None:
    task = next_task(route_of(Kind(situation.kind)), situation)
    assert task is not None
    assert task.step is expected
    assert may(expected, situation, task.owner)


def test_without_contact_the_answer_may_be_sent_to_be_checked_before_any_talk() -> None:
    assert not may(Step.SUBMIT, at(Stage.ALLOCATED), MANAGER)
    assert take(Step.SUBMIT, at(Stage.ALLOCATED, without=NO_CONTACT), MANAGER) == Stage.WRITTEN


def test_nobody_is_offered_a_meeting_who_wants_no_contact() -> None:
    assert take(Step.OFFER, at(Stage.ALLOCATED), MANAGER) == Stage.ALLOCATED
    assert not may(Step.OFFER, at(Stage.ALLOCATED), HEAD)
    assert not may(Step.OFFER, at(Stage.ALLOCATED, without=NO_CONTACT), MANAGER)
    assert not may(Step.OFFER, at(Stage.TALKED), MANAGER)


def test_feelings_may_be_talked_about_but_not_answered() -> None:
    feelings = at(Stage.ALLOCATED, kind=Kind.FEELINGS)
    talk = transition(COMPLAINT, Step.LOG_TALK, feelings, MANAGER)
    assert after(talk, feelings) == (Kind.COMPLAINT, Stage.TALKED)
    assert not may(Step.WRITE, feelings, MANAGER)


def test_what_a_manager_heard_in_a_talk_ends_no_complaint() -> None:
    for stage in (Stage.ALLOCATED, Stage.TALKED, Stage.WRITTEN, Stage.APPROVED):
        here = at(stage, also=frozenset({Fact.SAID_NO}))
        talk = transition(COMPLAINT, Step.LOG_TALK, here, MANAGER)
        goes_on = Stage.TALKED if stage is Stage.ALLOCATED else stage
        assert after(talk, here) == (Kind.COMPLAINT, goes_on)
        assert talk.sets == "stop_asked_on", "the child is asked whether that is right"
        assert Effect.NOTIFY_CHILD in talk.effects


def test_feelings_of_which_the_child_wants_no_more_are_a_note() -> None:
    here = at(Stage.ALLOCATED, kind=Kind.FEELINGS, also=frozenset({Fact.SAID_NO}))
    talk = transition(COMPLAINT, Step.LOG_TALK, here, MANAGER)
    assert after(talk, here) == (Kind.NOTE, Stage.ACKNOWLEDGED)


STOP_HEARD = frozenset({Fact.STOP_ASKED})
ASKED_AND_SAID = frozenset({Fact.REQUESTED, Fact.AGREED})


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.ACKNOWLEDGED, Stage.ALLOCATED])
def test_a_stop_leaves_all_as_it_is_ends_the_meeting_and_tells_who_has_it(stage: Stage) -> None:
    for kind in (Kind.COMPLAINT, Kind.FEELINGS):
        for also, who in ((STOP_HEARD, CHILD), (ASKED_AND_SAID, MANAGER), (ASKED_AND_SAID, HEAD)):
            here = at(stage, kind=kind, also=also)
            stop = transition(COMPLAINT, Step.STOP, here, who)
            assert after(stop, here) == (kind, stage)
            assert stop.effects == (Effect.END_MEETING, Effect.NOTIFY_OWNER)
            assert stop.sets == "stopped_on"
    for here in (at(Stage.WRITTEN), at(Stage.DELIVERED), at(kind=Kind.NOTE)):
        assert not may(Step.STOP, here, CHILD)
        assert not may(Step.ASK_TO_STOP, here, CHILD)


def test_nothing_is_stopped_by_the_secret_words_alone() -> None:
    """Ruling R28: they ask, and a person makes sure of it."""
    for stage in Stage:
        for kind in (Kind.COMPLAINT, Kind.FEELINGS, Kind.NOTE):
            assert not may(Step.STOP, at(stage, kind=kind), CHILD)
    for row in COMPLAINT.transitions:
        if CHILD in row.by and row.sets == "stopped_on":
            assert Fact.STOP_ASKED in row.when.given


@pytest.mark.parametrize("step", [Step.ASK_TO_STOP, Step.ASK_FOR_WAY, Step.ASK_FOR_SUPPORTER])
def test_what_is_asked_for_behind_the_words_moves_nothing(step: Step) -> None:
    asked = [row for row in COMPLAINT.transitions if row.step == step]
    assert asked
    for row in asked:
        assert row.by == {CHILD}
        assert (row.leads_to, row.becomes, row.sets, row.clears) == (None, None, None, ())
        assert row.effects == (Effect.NOTIFY_OWNER,)
        assert row.opens


def test_no_act_behind_the_words_ends_a_duty_to_the_court() -> None:
    for row in COMPLAINT.transitions:
        if CHILD in row.by:
            assert row.becomes in (None, Kind.COMPLAINT)
            assert not (row.sets or "").startswith("court")
            assert row.leads_to != Stage.CLOSED
            assert set(row.clears) <= {
                "stopped_on",
                "court_duty_ended_on",  # which brings the duty back
                "stop_asked_on",
                "next_attempt_on",
                "closed_on",
                "ended_as",
                "same_as_id",
            }


def test_nobody_is_asked_by_a_way_that_is_not_safe() -> None:
    not_safe = frozenset({Fact.REQUESTED, Fact.AGREED, Fact.WAY_NOT_SAFE})
    for stage in Stage:
        here = at(stage, also=not_safe)
        for step in (Step.DECIDE_REQUEST, Step.CHANGE_CONTACT, Step.STOP, Step.RING_ANYWAY):
            assert not any(may(step, here, role) for role in (HEAD, MANAGER))
        assert may(Step.PROPOSE_WAY, here, MANAGER), "and in every stage there is a way out"
        proposed = at(stage, also=not_safe | {Fact.WAY_PROPOSED})
        assert may(Step.CONFIRM_WAY, proposed, HEAD)
        assert not may(Step.PROPOSE_WAY, proposed, MANAGER)
        assert may(Step.DECIDE_REQUEST, at(stage, also=frozenset({Fact.REQUESTED})), HEAD)


WORK = {Step.ALLOCATE, Step.OFFER, Step.LOG_ATTEMPT, Step.WRITE, Step.SUBMIT, Step.APPROVE}
WITHDRAWN = frozenset({Fact.WITHDRAWN})


@pytest.mark.parametrize("stage", [Stage.ALLOCATED, Stage.TALKED, Stage.WRITTEN, Stage.APPROVED])
def test_what_is_withdrawn_is_closed_by_the_head_or_goes_on_as_it_was(stage: Stage) -> None:
    """Ruling R22."""
    here = at(stage, also=WITHDRAWN)
    task = next_task(COMPLAINT, here)
    assert task is not None
    assert (task.step, task.owner) == (Step.CLOSE, HEAD)
    assert may(Step.CLOSE, here, HEAD)
    assert not may(Step.CLOSE, here, MANAGER)
    for who in (HEAD, MANAGER):
        waits = open_steps(COMPLAINT, here, who) & WORK
        assert waits <= {Step.ALLOCATE}, "another manager may still have it"
    back = transition(COMPLAINT, Step.RESUME, here, CHILD)
    assert after(back, here) == (Kind.COMPLAINT, stage)
    assert back.clears == ("stopped_on", "court_duty_ended_on")


@pytest.mark.parametrize(
    ("also", "stage"),
    [
        (frozenset({Fact.ANSWERED, Fact.TALKED, Fact.HAS_MANAGER}), Stage.DELIVERED),
        (frozenset({Fact.TALKED, Fact.HAS_MANAGER}), Stage.TALKED),
        (frozenset({Fact.HAS_MANAGER}), Stage.ALLOCATED),
        (frozenset[Fact](), Stage.ACKNOWLEDGED),
    ],
)
def test_what_is_closed_comes_back_to_where_it_was(also: frozenset[Fact], stage: Stage) -> None:
    assert take(Step.REOPEN, at(Stage.CLOSED, also=also), HEAD) == stage
    assert take(Step.RESUME, at(Stage.CLOSED, also=also | WITHDRAWN), CHILD) == stage
    assert not may(Step.RESUME, at(Stage.CLOSED, also=also), CHILD)


def test_a_note_becomes_a_complaint_when_the_child_says_so_even_when_it_is_closed() -> None:
    for stage, then in ((Stage.RECEIVED, Stage.RECEIVED), (Stage.CLOSED, Stage.ACKNOWLEDGED)):
        here = at(stage, kind=Kind.NOTE)
        more = transition(COMPLAINT, Step.ASK_FOR_MORE, here, CHILD)
        assert after(more, here) == (Kind.COMPLAINT, then)
    assert take(Step.MAKE_COMPLAINT, at(kind=Kind.FEELINGS), HEAD) == Stage.RECEIVED
    assert not may(Step.ASK_FOR_MORE, at(), CHILD)


@pytest.mark.parametrize("role", [Role.BOARD_REVIEWER, Role.BOARD_SECRETARY, Role.ADMINISTRATOR])
def test_some_roles_take_no_step_at_all(role: Role) -> None:
    for stage in Stage:
        for kind in Kind:
            steps = open_steps(route_of(kind), at(stage, kind=kind), role)
            # An administrator hands on what somebody leaves behind, and sees nothing of it.
            assert steps <= ({Step.HAND_ON} if role is Role.ADMINISTRATOR else set())


def test_what_nobody_answers_for_waits_until_it_is_routed() -> None:
    open_now = open_steps(COMPLAINT, at(without=UNROUTED), HEAD)
    looks = {
        Step.OPEN_STATEMENT,
        Step.OPEN_CONTACT,
        Step.SAFEGUARDING,
        Step.DECIDE_SAFETY,
        Step.REPLACE_WORDS,
        Step.SEND_DELAY_NOTICE,
        Step.CHECK_IDENTITY,
    }
    assert open_now == looks | {Step.ROUTE}


def test_safety_waits_for_no_stage() -> None:
    for kind in Kind:
        for stage in route_of(kind).stages:
            here = at(Stage(stage), kind=kind, without=UNROUTED)
            assert all(may(Step.SAFEGUARDING, here, role) for role in CASE_ROLES)


def test_every_step_is_somebodys() -> None:
    routes = {route_of(kind) for kind in Kind}
    assert {row.step for route in routes for row in route.transitions} == set(Step)


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(StepNotOpen):
        take(Step.PASS_ON, at(), HEAD)

"""The table of steps: what comes next, who may, and that nothing is skipped."""

from dataclasses import replace
from datetime import date

import pytest

from kids_feedback.domain.errors import NotAllowedNow
from kids_feedback.domain.feedback import Kind
from kids_feedback.domain.people import Role
from kids_feedback.domain.procedure import (
    RULES,
    PromiseDates,
    Situation,
    Stage,
    Step,
    due_of,
    next_step,
    open_steps,
    take,
)

HEAD, MANAGER = Role.HEAD_OF_PRACTICE, Role.LOCAL_MANAGER
COMPLAINT = Situation(
    kind=Kind.COMPLAINT, stage=Stage.RECEIVED, routed=True, contacted=False, wants_contact=True
)
FEELINGS = replace(COMPLAINT, kind=Kind.FEELINGS)
THE_WAY = [
    (Step.ACKNOWLEDGE, HEAD, Stage.ACKNOWLEDGED),
    (Step.GIVE, HEAD, Stage.GIVEN),
    (Step.LOG_TALK, MANAGER, Stage.TALKED),
    (Step.SUBMIT, MANAGER, Stage.WRITTEN),
    (Step.APPROVE, HEAD, Stage.APPROVED),
    (Step.DELIVER, MANAGER, Stage.DELIVERED),
    (Step.CLOSE, HEAD, Stage.CLOSED),
]


def test_a_complaint_goes_step_by_step_and_none_may_be_skipped() -> None:
    at = COMPLAINT
    for turn, (step, role, leads_to) in enumerate(THE_WAY):
        for later, whose, _ in THE_WAY[turn + 1 :]:
            with pytest.raises(NotAllowedNow):
                take(later, at, whose)
        assert take(step, at, role) is leads_to
        at = replace(at, stage=leads_to)
    assert next_step(at) is None


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        pytest.param(replace(COMPLAINT, routed=False), Step.ROUTE, id="nobody's area yet"),
        pytest.param(COMPLAINT, Step.ACKNOWLEDGE, id="received"),
        pytest.param(replace(COMPLAINT, stage=Stage.GIVEN), Step.LOG_TRY, id="not tried"),
        pytest.param(
            replace(COMPLAINT, stage=Stage.GIVEN, contacted=True), Step.LOG_TALK, id="tried"
        ),
        pytest.param(
            replace(COMPLAINT, stage=Stage.GIVEN, wants_contact=False), Step.WRITE, id="no contact"
        ),
        pytest.param(replace(COMPLAINT, stage=Stage.TALKED), Step.WRITE, id="talked"),
        pytest.param(replace(COMPLAINT, kind=Kind.COMPLIMENT), Step.PASS_ON, id="praise"),
        pytest.param(
            replace(COMPLAINT, kind=Kind.NOTE, stage=Stage.ACKNOWLEDGED), Step.CLOSE, id="a note"
        ),
        pytest.param(
            replace(FEELINGS, stage=Stage.ACKNOWLEDGED), Step.GIVE, id="feelings and a talk"
        ),
        pytest.param(
            replace(FEELINGS, stage=Stage.ACKNOWLEDGED, wants_contact=False),
            Step.CLOSE,
            id="feelings only",
        ),
    ],
)
def test_what_comes_next(situation: Situation, expected: Step) -> None:
    assert next_step(situation) is expected


def test_without_contact_the_answer_may_be_sent_to_be_checked_before_any_talk() -> None:
    given = replace(COMPLAINT, stage=Stage.GIVEN)
    with pytest.raises(NotAllowedNow):
        take(Step.SUBMIT, given, MANAGER)
    assert take(Step.SUBMIT, replace(given, wants_contact=False), MANAGER) is Stage.WRITTEN


def test_nobody_is_offered_a_meeting_who_wants_no_contact() -> None:
    given = replace(COMPLAINT, stage=Stage.GIVEN)
    assert take(Step.OFFER, given, MANAGER) is Stage.GIVEN
    assert Step.OFFER not in open_steps(given, HEAD)
    for without in (replace(given, wants_contact=False), replace(given, stage=Stage.TALKED)):
        with pytest.raises(NotAllowedNow):
            take(Step.OFFER, without, MANAGER)


def test_feelings_may_be_talked_about_but_not_answered() -> None:
    assert take(Step.LOG_TALK, replace(FEELINGS, stage=Stage.GIVEN), MANAGER) is Stage.TALKED
    with pytest.raises(NotAllowedNow):
        take(Step.WRITE, replace(FEELINGS, stage=Stage.GIVEN), MANAGER)


@pytest.mark.parametrize("role", [Role.BOARD_REVIEWER, Role.BOARD_SECRETARY, Role.ADMINISTRATOR])
def test_some_roles_take_no_step_at_all(role: Role) -> None:
    for stage in Stage:
        for kind in Kind:
            assert not open_steps(replace(COMPLAINT, stage=stage, kind=kind), role)


def test_what_nobody_answers_for_can_only_be_routed() -> None:
    assert open_steps(replace(COMPLAINT, routed=False), HEAD) == {Step.ROUTE}


def test_every_step_has_a_rule() -> None:
    assert set(RULES) == set(Step)


def test_each_step_breaks_its_own_promise() -> None:
    days = [date(2026, 3, day) for day in range(2, 8)]
    dates = PromiseDates(
        routed_by=days[0],
        read_by=days[1],
        contact_by=days[2],
        talk_by=days[3],
        answer_by=days[4],
        pass_on_by=days[5],
    )
    promised = {step: due_of(step, dates) for step in Step}
    assert promised[Step.ROUTE] == days[0]
    assert promised[Step.ACKNOWLEDGE] == days[1]
    assert promised[Step.GIVE] == promised[Step.LOG_TRY] == days[2]
    assert promised[Step.LOG_TALK] == days[3]
    assert promised[Step.WRITE] == promised[Step.APPROVE] == promised[Step.DELIVER] == days[4]
    assert promised[Step.PASS_ON] == days[5]
    assert promised[Step.CLOSE] is None
    assert due_of(None, dates) is None
    assert due_of(Step.WRITE, replace(dates, answer_by=None)) == days[3]

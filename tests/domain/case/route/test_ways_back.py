"""From every stage a way out, and for every step of staff a way back, or why there is none.

docs/procedure.md, paragraphs 24, 31, 37 and 51.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

import pytest

from kids_feedback.domain.case.engine import Actor, Situation, Transition, after
from kids_feedback.domain.case.procedure import Fact, Stage, Step
from kids_feedback.domain.case.route.routes import route_of
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.people import CASE_ROLES, Role

STAFF = frozenset[str](CASE_ROLES)
BY_PRESS = STAFF | {Role.ADMINISTRATOR}

# By step of staff: the steps that undo it or put it right, from where it led to.
BACK: Mapping[Step, frozenset[Step]] = {
    Step.ROUTE: frozenset({Step.ROUTE}),
    Step.ALLOCATE: frozenset({Step.ALLOCATE, Step.ROUTE}),
    Step.HAND_ON: frozenset({Step.ALLOCATE, Step.HAND_ON}),
    Step.OFFER: frozenset({Step.OFFER, Step.CANCEL_MEETING}),
    Step.AGREE_MEETING: frozenset({Step.CANCEL_MEETING}),
    Step.CANCEL_MEETING: frozenset({Step.OFFER}),
    Step.SAY_MET: frozenset({Step.CORRECT_ATTEMPT}),
    Step.LOG_ATTEMPT: frozenset({Step.CORRECT_ATTEMPT}),
    Step.CORRECT_ATTEMPT: frozenset({Step.CORRECT_ATTEMPT}),
    Step.LOG_TALK: frozenset({Step.STRIKE_TALK}),
    Step.CORRECT_TALK: frozenset({Step.CORRECT_TALK}),
    Step.STRIKE_TALK: frozenset({Step.LOG_TALK, Step.CHANGE_ANSWER}),
    Step.WRITE: frozenset({Step.WRITE}),
    Step.SUBMIT: frozenset({Step.RECALL_ANSWER, Step.SEND_BACK}),
    Step.RECALL_ANSWER: frozenset({Step.SUBMIT}),
    Step.SEND_BACK: frozenset({Step.SUBMIT}),
    Step.APPROVE: frozenset({Step.TAKE_APPROVAL_BACK}),
    Step.TAKE_APPROVAL_BACK: frozenset({Step.APPROVE}),
    Step.DELIVER: frozenset({Step.CHANGE_ANSWER}),
    Step.NOT_ARRIVED: frozenset({Step.DELIVER, Step.REOPEN}),
    Step.CHANGE_ANSWER: frozenset({Step.DROP_CHANGE}),
    Step.APPROVE_CHANGE: frozenset({Step.DROP_CHANGE}),
    Step.DROP_CHANGE: frozenset({Step.CHANGE_ANSWER}),
    Step.GIVE_CHANGE: frozenset({Step.CHANGE_ANSWER}),
    Step.PASS_ON: frozenset({Step.REOPEN}),
    Step.CLOSE: frozenset({Step.REOPEN}),
    Step.END_OTHERWISE: frozenset({Step.REOPEN}),
    Step.PROPOSE_ENDING: frozenset({Step.FOLLOW_UP}),
    Step.REOPEN: frozenset({Step.CLOSE, Step.END_OTHERWISE, Step.PASS_ON, Step.CHANGE_ANSWER}),
    Step.COURT_ONGOING: frozenset({Step.COURT_ONGOING}),
    Step.COURT_HEARING: frozenset({Step.CHANGE_HEARING}),
    Step.CHANGE_HEARING: frozenset({Step.COURT_HEARING}),
    Step.COURT_TOLD: frozenset({Step.TAKE_NOTICE_BACK}),
    Step.COURT_CHILD_TOLD: frozenset({Step.TAKE_NOTICE_BACK}),
    Step.TAKE_NOTICE_BACK: frozenset({Step.COURT_TOLD, Step.COURT_CHILD_TOLD}),
    Step.END_COURT_DUTY: frozenset({Step.RESTORE_COURT_DUTY}),
    Step.RESTORE_COURT_DUTY: frozenset({Step.END_COURT_DUTY}),
    Step.NAME_WORKER: frozenset({Step.NAME_WORKER}),
    Step.CHECK_SUPPORTER: frozenset({Step.CHECK_SUPPORTER}),
    Step.CHECK_IDENTITY: frozenset({Step.CHECK_IDENTITY}),
    Step.GO_ON_WITHOUT_CASE: frozenset({Step.CHECK_IDENTITY}),
    Step.SAY_ENDED: frozenset({Step.SAY_ENDED}),
    Step.SEND_DELAY_NOTICE: frozenset({Step.SEND_DELAY_NOTICE}),
    Step.DECIDE_SAFETY: frozenset({Step.DECIDE_SAFETY}),
    Step.SAFEGUARDING: frozenset({Step.DECIDE_SAFETY}),
    Step.REPLACE_WORDS: frozenset({Step.REPLACE_WORDS}),
    Step.PROPOSE_WAY: frozenset({Step.CONFIRM_WAY}),
    Step.WRITE_TO_CHILD: frozenset({Step.WRITE_TO_CHILD}),  # another message says what was wrong
}
# By step of staff: why nothing takes it back.
FOR_GOOD: Mapping[Step, str] = {
    Step.ACKNOWLEDGE: "it was read, as the opened words say: that stays so",
    Step.RING_ANYWAY: "a reason that is recorded before the number is shown",
    Step.OPEN_STATEMENT: "a look is recorded, and nobody unsees what they saw",
    Step.OPEN_CONTACT: "a look is recorded",
    Step.OPEN_FOLLOW_UP: "a look is recorded",
    Step.FOLLOW_UP: "what came of it is a record; whatever the child does next opens another",
    Step.DECIDE_REQUEST: "what the child said when they were asked; they can ask again",
    Step.CHANGE_CONTACT: "the child asked for it and said so; they can ask for another way",
    Step.CHANGE_SUPPORTER: "the child asked for it and said so; they can ask for another",
    Step.STOP: "the child asked for it and said so; only they take it back (ruling R22)",
    Step.CONFIRM_WAY: "two people decided; the child can say again that it is not safe",
    Step.MAKE_COMPLAINT: "only the child makes it less (ruling R22), who can stop it at any time",
}
# Facts that a case keeps while staff do nothing about them, or that nobody has recorded yet.
KEPT = (Fact.WANTS_CONTACT, Fact.WITHDRAWN, Fact.STOP_ASKED, Fact.FELT, Fact.IN_DOUBT)
# What a step says of the case from then on, beside the stage: facts that hold, and that do not.
SAYS: Mapping[Step, tuple[frozenset[Fact], frozenset[Fact]]] = {
    Step.ROUTE: (frozenset({Fact.ROUTED}), frozenset({Fact.HAS_MANAGER})),
    Step.ALLOCATE: (frozenset({Fact.HAS_MANAGER}), frozenset()),
    Step.LOG_TALK: (frozenset({Fact.TALKED, Fact.CONTACTED}), frozenset()),
    Step.DELIVER: (frozenset({Fact.ANSWERED}), frozenset({Fact.NOT_ARRIVED})),
    Step.CHANGE_ANSWER: (frozenset({Fact.CHANGE_WRITTEN}), frozenset()),
    Step.APPROVE_CHANGE: (frozenset({Fact.CHANGE_APPROVED}), frozenset({Fact.CHANGE_WRITTEN})),
    Step.DROP_CHANGE: (
        frozenset(),
        frozenset({Fact.CHANGE_WRITTEN, Fact.CHANGE_APPROVED}),
    ),
    Step.GIVE_CHANGE: (frozenset(), frozenset({Fact.CHANGE_APPROVED})),
    Step.END_OTHERWISE: (frozenset({Fact.ENDED_OTHERWISE}), frozenset()),
    Step.GO_ON_WITHOUT_CASE: (frozenset(), frozenset({Fact.IN_DOUBT})),
    Step.PROPOSE_ENDING: (frozenset({Fact.TO_FOLLOW_UP}), frozenset()),
    Step.PROPOSE_WAY: (frozenset({Fact.WAY_NOT_SAFE, Fact.WAY_PROPOSED}), frozenset()),
    Step.END_COURT_DUTY: (frozenset({Fact.COURT_DUTY_ENDED}), frozenset()),
    Step.RESTORE_COURT_DUTY: (frozenset(), frozenset({Fact.COURT_DUTY_ENDED})),
}
OF_COMPLAINTS = frozenset({Stage.TALKED, Stage.DELIVERED})


def rows(kind: Kind) -> Iterator[Transition]:
    return iter(route_of(kind).transitions)


def by_staff(row: Transition) -> bool:
    return bool(row.by & BY_PRESS)


def kept_facts() -> Iterator[frozenset[Fact]]:
    for count in range(len(KEPT) + 1):
        yield from (frozenset(facts) for facts in combinations(KEPT, count))


def ways_on(situation: Situation) -> Iterator[tuple[Transition, Situation]]:
    """Yield what staff can do here, and where that leads."""
    for row in rows(Kind(situation.kind)):
        if row.by & STAFF and row.when.holds(situation):
            kind, stage = after(row, situation)
            says, ends = SAYS.get(Step(row.step), (frozenset(), frozenset()))
            facts = (situation.facts | says) - ends
            yield row, Situation(kind=kind, stage=stage, facts=facts)


def leads_out(start: Situation) -> bool:
    """Say whether staff alone can bring a case from here to an end."""
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        if here.stage in route_of(Kind(here.kind)).ends:
            return True
        for _, there in ways_on(here):
            if there not in seen:
                seen.add(there)
                todo.append(there)
    return False


@pytest.mark.parametrize("kind", Kind)
def test_from_every_stage_staff_find_a_way_out(kind: Kind) -> None:
    waits: tuple[frozenset[Fact], ...] = (
        frozenset(),
        frozenset({Fact.NOT_ARRIVED}),
        frozenset({Fact.CHANGE_WRITTEN}),
        frozenset({Fact.CHANGE_APPROVED}),
    )
    for stage in route_of(kind).stages - route_of(kind).ends:
        for facts in kept_facts():
            for of_answer in waits if stage == Stage.DELIVERED else waits[:1]:
                for routed in (frozenset({Fact.ROUTED}), frozenset[Fact]()):
                    if not routed and stage not in {Stage.RECEIVED, Stage.ACKNOWLEDGED}:
                        continue  # what nobody answers for is with nobody's manager
                    here = Situation(kind=kind, stage=stage, facts=facts | of_answer | routed)
                    assert leads_out(here), f"no way out for staff of {here}"


def test_a_child_who_cannot_be_reached_does_not_keep_a_case_open() -> None:
    """Without a talk there is no answer, and without an answer there was no end."""
    for kind in (Kind.COMPLAINT, Kind.FEELINGS):
        facts = frozenset({Fact.ROUTED, Fact.WANTS_CONTACT, Fact.HAS_MANAGER})
        here = Situation(kind=kind, stage=Stage.ALLOCATED, facts=facts)
        assert {row.step for row, there in ways_on(here) if there.stage == Stage.CLOSED} == {
            Step.END_OTHERWISE
        }


@pytest.mark.parametrize("kind", Kind)
def test_what_was_closed_by_mistake_can_be_opened_again(kind: Kind) -> None:
    here = Situation(kind=kind, stage=Stage.CLOSED, facts=frozenset({Fact.ROUTED}))
    assert any(row.step == Step.REOPEN for row, _ in ways_on(here))


def test_the_child_can_undo_an_ending_without_an_answer() -> None:
    facts = frozenset({Fact.ROUTED, Fact.ENDED_OTHERWISE})
    for kind in (Kind.COMPLAINT, Kind.NOTE, Kind.FEELINGS):
        for row in rows(kind):
            if row.step == Step.REJECT_ENDING:
                assert row.by == {Actor.CHILD}
                assert {"closed_on", "ended_as"} <= set(row.clears)
                assert row.opens == "ending_rejected"
        here = Situation(kind=kind, stage=Stage.CLOSED, facts=facts)
        assert any(row.step == Step.REJECT_ENDING and row.when.holds(here) for row in rows(kind))


def test_every_step_of_staff_has_a_way_back_or_a_reason() -> None:
    taken = {Step(row.step) for kind in Kind for row in rows(kind) if by_staff(row)}
    assert not taken - BACK.keys() - FOR_GOOD.keys(), "say what takes it back, or why nothing does"
    assert not BACK.keys() & FOR_GOOD.keys()
    assert BACK.keys() | FOR_GOOD.keys() == taken


def back_from(row: Transition, kind: str, stage: str) -> bool:
    """Say whether one of the steps that take it back can be taken where it led to."""
    kind_now, stage_now = row.becomes or kind, row.leads_to or stage
    says, ends = SAYS.get(Step(row.step), (frozenset(), frozenset()))
    closed = frozenset() if stage_now == Stage.CLOSED else row.when.given
    holds = (closed | says | {Fact.ROUTED}) - ends
    return any(
        other.step in BACK[Step(row.step)]
        and by_staff(other)
        and kind_now in other.when.kinds
        and stage_now in other.when.stages
        and not other.when.unless & holds
        for other in rows(Kind(kind_now))
    )


def test_the_way_back_is_open_where_the_step_led_to() -> None:
    """At every stage and of every kind, one of the steps that undo it or put it right."""
    for kind in Kind:
        for row in rows(kind):
            if by_staff(row) and Step(row.step) in BACK:
                for stage in row.when.stages:
                    for of_kind in row.when.kinds:
                        if of_kind != Kind.COMPLAINT and row.leads_to in OF_COMPLAINTS:
                            continue  # only a complaint is talked through and answered
                        assert back_from(row, of_kind, stage), f"{row.step} of {of_kind} at {stage}"


def test_what_is_taken_back_is_back_where_it_was() -> None:
    talked = frozenset({Fact.ROUTED, Fact.TALKED})
    for facts, before in ((talked, Stage.TALKED), (frozenset({Fact.ROUTED}), Stage.ALLOCATED)):
        here = Situation(kind=Kind.COMPLAINT, stage=Stage.WRITTEN, facts=facts)
        for step in (Step.RECALL_ANSWER, Step.SEND_BACK):
            there = next(there for row, there in ways_on(here) if row.step == step)
            assert there.stage == before
    approved = Situation(kind=Kind.COMPLAINT, stage=Stage.APPROVED, facts=talked)
    (back,) = [there for row, there in ways_on(approved) if row.step == Step.TAKE_APPROVAL_BACK]
    assert back.stage == Stage.WRITTEN


@pytest.mark.parametrize("stage", [Stage.TALKED, Stage.WRITTEN, Stage.APPROVED])
def test_a_struck_talk_leaves_nothing_of_what_it_began(stage: Stage) -> None:
    said = frozenset({Fact.ROUTED, Fact.TALKED, Fact.LAST_TALK})
    for felt, kind in ((frozenset({Fact.FELT}), Kind.FEELINGS), (frozenset(), Kind.COMPLAINT)):
        here = Situation(kind=Kind.COMPLAINT, stage=stage, facts=said | felt)
        row = next(row for row, _ in ways_on(here) if row.step == Step.STRIKE_TALK)
        assert after(row, here) == (kind, Stage.ALLOCATED)
        assert set(row.clears) == {"talk_on", "answer_by", "answer_not_counted"}
    others = Situation(kind=Kind.COMPLAINT, stage=stage, facts=said - {Fact.LAST_TALK})
    row = next(row for row, _ in ways_on(others) if row.step == Step.STRIKE_TALK)
    assert (after(row, others)[1], row.clears) == (stage, ())

"""Every act of a child, in every stage: what the court is owed is the same, or stricter.

docs/procedure.md, paragraph 20a (ruling R28).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.court_notice import CourtState
from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.requests import Asked
from kids_feedback.domain.case.route.complaint_route import COMPLAINT
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import DomainError
from kids_feedback.domain.people import Role
from kids_feedback.services.case import case_state
from kids_feedback.services.case.act import Act
from kids_feedback.services.child import case_status, letters, replies, requests
from kids_feedback.storage.tables.case import Case
from tests.make import CALENDAR, a_complaint, a_hearing
from tests.services.acts import MONDAY, a_childs_act

TUESDAY = date(2026, 3, 3)
BY_PHONE = {"method": "phone", "phone": "07700 900123", "phone_else": "hang_up"}

ACTS: dict[str, Callable[[Act], object]] = {
    "stop": replies.stop,
    "resume": replies.resume,
    "more": lambda act: replies.send_more(act, "And she laughed."),
    "want it": lambda act: replies.ask_for_more(act, Allowances()),
    "not right": replies.reject_ending,
    "nudge": replies.nudge,
    "not happy": lambda act: replies.not_happy(act, "head"),
    "not quite": lambda act: replies.say_of_answer(act, {"outcome": False}, "No."),
    "way": lambda act: requests.ask_for(act, Asked.WAY, {"method": "none"}),
    "supporter": lambda act: requests.ask_for(act, Asked.SUPPORTER, {"supporter": "no"}),
    "again": lambda act: requests.say_again(act, Asked.STOP),
    "back": lambda act: requests.take_back(act, Asked.STOP),
    "not safe": requests.say_not_safe,
    "just sent": lambda act: requests.add_missing(act, {"method": "here"}),
    "reads": letters.read,
    "the answer": case_status.read_answer,
}
STATES: dict[str, dict[str, Any]] = {
    "it goes on": {},
    "a stop was heard": {"stop_asked_on": MONDAY},
    "withdrawn": {"stopped_on": MONDAY},
    "the duty was ended": {"stopped_on": MONDAY, "court_duty_ended_on": MONDAY},
    "no way": {"method": Method.HERE, "contact": None},
}
IN_COURT = frozenset({Step.COURT_ONGOING, Step.COURT_HEARING, Step.CHANGE_HEARING, Step.COURT_TOLD})


@dataclass(frozen=True)
class Duty:
    """What the court is owed: whether, by when, from when it comes first, and what staff can do."""

    ended: bool
    due_on: date | None
    warn_on: date | None
    steps: frozenset[Step]

    def is_kept_by(self, after: "Duty") -> bool:
        if not self.steps <= after.steps:
            return False
        same = (after.ended, after.due_on, after.warn_on) == (False, self.due_on, self.warn_on)
        return self.ended or same


def duty(row: Case) -> Duty:
    flag = case_state.flag_of(row, today=MONDAY, calendar=CALENDAR)
    ended = flag.state in {CourtState.DUTY_ENDED, CourtState.NOT_A_COMPLAINT}
    steps = case_state.steps_of(row, Role.HEAD_OF_PRACTICE, Role.LOCAL_MANAGER)
    return Duty(ended, None if ended else flag.due_on, row.warn_on, steps & IN_COURT)


WALKS = [
    *((Kind.COMPLAINT, stage, "it goes on") for stage in Stage),
    *((Kind.COMPLAINT, stage, of) for stage in (Stage.ALLOCATED, Stage.CLOSED) for of in STATES),
    (Kind.FEELINGS, Stage.ALLOCATED, "it goes on"),
    (Kind.NOTE, Stage.ACKNOWLEDGED, "it goes on"),
]


@pytest.mark.parametrize(("kind", "stage", "of"), WALKS)
def test_nothing_behind_the_words_ends_a_duty_to_the_court(
    db: Session, kind: Kind, stage: Stage, of: str
) -> None:
    over = stage in {Stage.DELIVERED, Stage.CLOSED}
    told: dict[str, Any] = {
        "kind": kind,
        "stage": stage,
        "method": Method.PHONE,
        "contact": BY_PHONE,
        "ongoing": True,
        "court_by": date(2026, 3, 4),
        "closed_on": MONDAY if stage is Stage.CLOSED else None,
        "delivered_on": MONDAY if over else None,
    }
    for name, act in ACTS.items():
        row = a_complaint(db, **{**told, "hearings": [a_hearing(date(2026, 3, 20))], **STATES[of]})
        case_state.restate(row, today=MONDAY, calendar=CALENDAR)
        db.flush()
        before, once = duty(row), db.begin_nested()
        try:
            act(a_childs_act(db, row, TUESDAY))
        except DomainError:
            once.rollback()  # it cannot be done here
            continue
        assert before.is_kept_by(duty(row)), f"{name}: {before} became {duty(row)}"


def test_every_step_of_a_child_is_walked_above() -> None:
    walked = {"stopped", "resumed", "added", "asked_for_more", "ending_rejected", "nudged"}
    walked |= {"not_happy", "points", "answer_read", "letter_read", "way_requested"}
    walked |= {"supporter_requested", "stop_requested", "request_again", "request_taken_back"}
    walked |= {
        "contact_changed",
        "way_not_safe",
        "meeting_picked",
        "meeting_suggested",
        "meeting_declined",
    }
    assert walked == {row.step for row in COMPLAINT.transitions if Actor.CHILD in row.by}

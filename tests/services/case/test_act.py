"""An act: what it moves, and what it leaves behind where it is refused."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.engine import Actor, Transition
from kids_feedback.domain.case.procedure import Effect, Fact, Stage, Step
from kids_feedback.domain.case.route.complaint_route import COMPLAINT
from kids_feedback.domain.case.route.routes import COMPLIMENT
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.case.act import Act, by_child, by_service, by_staff
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.people import PersonRow
from tests.make import a_complaint, a_person, person_of, some_feedback
from tests.services.acts import (
    MONDAY,
    a_childs_act,
    a_head,
    a_manager,
    an_act,
    last_line,
    lines,
    moment,
    sent_to,
    wording,
)


def unmoved(db: Session, row: Case) -> tuple[Any, ...]:
    """Return all that an act could have left behind; a refused one leaves nothing to be kept."""
    assert not db.new
    assert not db.dirty
    return (row.version, row.stage, row.kind, row.stopped_on, lines(db, row), sent_to(db))


def test_a_step_that_may_not_be_taken_leaves_nothing_behind(db: Session) -> None:
    row, head = a_complaint(db), person_of(a_head(db))
    written = a_complaint(db, stage=Stage.WRITTEN, talk_on=MONDAY)
    for act, step in (
        (an_act(db, row, head), Step.APPROVE),
        (an_act(db, row, head), Step.WRITE),
        (an_act(db, row, head), Step.STOP),
        (an_act(db, row, head), Step.TAKE_BACK),
        (a_childs_act(db, row), Step.ACKNOWLEDGE),
        (a_childs_act(db, row), Step.NUDGE),
        (a_childs_act(db, written), Step.STOP),
        (by_service(db, row, moment()), Step.ACKNOWLEDGE),
    ):
        before = unmoved(db, act.row)
        with pytest.raises(StepNotOpen) as refused:
            act.take(step)
        assert refused.value.step == step
        with pytest.raises(ValueError, match="no step"):
            act.record()
        assert unmoved(db, act.row) == before


def test_nothing_is_recorded_that_was_not_taken_nor_twice(db: Session) -> None:
    row, head = a_complaint(db), person_of(a_head(db))
    act = an_act(db, row, head)
    with pytest.raises(ValueError, match="no step"):
        act.record()
    act.take(Step.ACKNOWLEDGE)
    act.record()
    with pytest.raises(ValueError, match="no step"):
        act.record()
    assert lines(db, row) == ["acknowledge"]


def test_an_act_makes_one_new_version_and_one_line(db: Session) -> None:
    row, head = a_complaint(db), person_of(a_head(db))
    version = row.version
    act = an_act(db, row, head)
    act.take(Step.COURT_CHILD_TOLD)
    saved = act.record("So.", {"a": 1})
    assert saved.version == row.version == version + 1
    assert (saved.id, saved.stage, saved.next_step) == (row.id, Stage.RECEIVED, Step.ACKNOWLEDGE)
    assert saved.still_theirs
    line = last_line(db, row, "court_child_told")
    assert (line.number, line.person_id, line.written_on) == (1, head.id, MONDAY)
    assert (line.facts, line.note) == ({"a": 1}, "So.")


def test_however_often_an_act_writes_it_is_one_version(db: Session) -> None:
    row, head = a_complaint(db), person_of(a_head(db))
    version = row.version
    act = an_act(db, row, head)
    act.take(Step.ACKNOWLEDGE)
    db.flush()
    row.ended_on = date(2026, 2, 2)
    db.flush()
    act.record()
    db.expire(row)
    assert row.version == version + 1


def test_a_quiet_step_disturbs_nobody_who_writes_at_the_same_time(db: Session) -> None:
    row, head = a_complaint(db), person_of(a_head(db))
    version = row.version
    for act, step in (
        (an_act(db, row, head), Step.OPEN_STATEMENT),
        (an_act(db, row, head), Step.SAFEGUARDING),
        (a_childs_act(db, row), Step.ADD),
    ):
        act.take(step)
        assert act.record().version == version
    db.expire(row)
    assert row.version == version
    assert sorted(lines(db, row)) == ["added", "handover", "opened_words"]


def test_the_day_of_a_step_is_the_first_one(db: Session) -> None:
    manager = a_manager(db)
    row = a_complaint(db, stage=Stage.ALLOCATED, manager=manager)
    for day in (date(2026, 3, 3), date(2026, 3, 4)):
        act = a_childs_act(db, row, day)
        act.take(Step.SUGGEST_MEETING)
        act.record()
    assert row.contacted_on == date(2026, 3, 3)


def test_the_service_goes_on_from_what_somebody_did(db: Session) -> None:
    head = person_of(a_head(db))
    row = a_complaint(db, stage=Stage.ALLOCATED, manager=a_manager(db))
    act = an_act(db, row, head)
    act.take(Step.NAME_WORKER)
    act.record()
    act.take(Step.TAKE_BACK, by=Actor.SERVICE)
    assert act.record().stage is Stage.ACKNOWLEDGED
    assert lines(db, row) == ["name_worker", "taken_back"]
    assert last_line(db, row, "taken_back").person_id == head.id


def test_neither_the_child_nor_the_service_has_a_queue(db: Session) -> None:
    row = a_complaint(db)
    for act in (a_childs_act(db, row), by_service(db, row, moment())):
        act.take(Step.ADD if act.by is Actor.CHILD else Step.REDATE)
        assert not act.record().still_theirs
        assert act.person_id is None


def test_there_is_no_act_on_what_is_not_there(db: Session) -> None:
    row = a_complaint(db, area="west")
    with pytest.raises(NotFound):
        by_staff(db, row.id, person_of(a_head(db)), moment())
    with pytest.raises(NotFound):
        by_child(db, "gone", moment())


def a_case_for(db: Session, line: Transition, manager: PersonRow) -> Case:
    """Add a case from which this line of a table is the one that is taken."""
    facts = line.when.given
    unread = Stage.RECEIVED in line.when.stages
    wants = Fact.WANTS_CONTACT in facts or Fact.WANTS_CONTACT not in line.when.unless
    days: dict[str, Any] = {
        name: MONDAY
        for name, fact in (
            ("delivered_on", Fact.ANSWERED),
            ("stopped_on", Fact.WITHDRAWN),
            ("stop_asked_on", Fact.STOP_ASKED),
            ("follow_up_by", Fact.TO_FOLLOW_UP),
        )
        if fact in facts
    }
    return some_feedback(
        db,
        door="wrong",
        topics=[],
        kind=Kind(min(line.when.kinds)),
        stage=Stage.RECEIVED if unread else Stage(min(line.when.stages)),
        manager=manager if Fact.HAS_MANAGER in facts or not line.clears else None,
        area=None if Fact.ROUTED in line.when.unless else "east",
        office="eastham",
        method=Method.HERE if wants else Method.NONE,
        **days,
        talk_on=MONDAY if Effect.START_CLOCK in line.effects or Fact.TALKED in facts else None,
    )


def actor_of(line: Transition, db: Session) -> Actor | Person:
    role = min(line.by)
    if role in set(Actor):
        return Actor(role)
    areas = ("east",) if role == Role.HEAD_OF_PRACTICE else ()
    return person_of(a_person(db, role=Role(role), areas=areas))


def test_every_line_of_both_tables_leads_where_it_says_in_one_version(db: Session) -> None:
    manager = a_manager(db)
    a_head(db)
    for line in (*COMPLAINT.transitions, *COMPLIMENT.transitions):
        row = a_case_for(db, line, manager)
        before = (row.version, row.kind, row.stage)
        act = Act(session=db, row=row, by=actor_of(line, db), moment=moment(), wording=wording)
        act.take(Step(line.step), *(Fact(item) for item in line.when.given))
        act.record()
        db.expire(row)
        version, kind, stage = before
        assert row.version == version + (not line.keeps_version), line
        assert (row.kind, row.stage) == (line.becomes or kind, line.leads_to or stage), line
        assert not line.sets or getattr(row, line.sets) == MONDAY, line
        assert not [name for name in line.clears if getattr(row, name)], line
        assert [scalar.what for scalar in db.scalars(of(row))] == [line.step]


def of(row: Case) -> Any:
    return select(Event).where(Event.case_id == row.id)

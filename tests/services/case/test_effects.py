"""What a step brings about beside moving the case: each effect, once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.domain.case.procedure import Effect, Fact, Stage, Step
from kids_feedback.services.case import meeting_offers
from kids_feedback.services.case.act import Act, by_service, by_staff
from kids_feedback.storage.tables.outbox import Message
from tests.make import a_complaint, person_of
from tests.services.acts import (
    BY_EMAIL,
    MONDAY,
    a_childs_act,
    a_head,
    a_manager,
    an_act,
    last_line,
    moment,
    sent_to,
)
from tests.services.casework.meeting_room import TIMES, Room


def test_two_effects_cannot_do_without_what_they_need(db: Session) -> None:
    head, manager = person_of(a_head(db)), a_manager(db)
    bare = by_staff(db, a_complaint(db).id, head, moment())
    bare.take(Step.ACKNOWLEDGE)
    with pytest.raises(ValueError, match="no wording"):
        bare.record()
    row = a_complaint(db, stage=Stage.ALLOCATED, manager=manager)
    untalked = an_act(db, row, person_of(manager))
    untalked.take(Step.LOG_TALK)
    with pytest.raises(ValueError, match="no talk"):
        untalked.record()


def take(act: Act, step: Step, *said: Fact, by: Actor | None = None) -> dict[str, Any]:
    """Take and record a step; return what its line says."""
    act.take(step, *said, by=by)
    act.record()
    return last_line(act.session, act.row, step).facts


def talked(db: Session) -> None:
    manager = a_manager(db)
    row = a_complaint(db, stage=Stage.ALLOCATED, manager=manager)
    act = an_act(db, row, person_of(manager))
    act.take(Step.LOG_TALK)
    row.talk_on = MONDAY
    act.record()
    assert row.answer_by == date(2026, 3, 30)
    assert last_line(db, row, "log_talk").facts["answer_by"] == "2026-03-30"
    again = take(an_act(db, row, person_of(manager)), Step.LOG_TALK)
    assert again == {}, "the same day counts once"


def meeting_ended(db: Session) -> None:
    room = Room(db)
    room.offer()
    room.reply(TIMES[1])
    room.row.stop_asked_on = MONDAY
    said = take(a_childs_act(db, room.row), Step.STOP)
    assert said == {"meeting_off": TIMES[1].isoformat(), "told": 1}
    newest = meeting_offers.newest(db, room.row.id)
    assert newest is not None
    assert newest.state is MeetingState.ENDED


def manager_left(db: Session) -> None:
    row = a_complaint(db, stage=Stage.ALLOCATED, office="eastham", manager=a_manager(db))
    take(by_service(db, row, moment()), Step.TAKE_BACK)
    assert (row.manager_id, row.area_code, row.office_code) == (None, "east", "eastham")


def child_told(db: Session) -> None:
    head = person_of(a_head(db))
    for columns, told in (({}, False), ({"method": Method.EMAIL, "contact": BY_EMAIL}, True)):
        row = a_complaint(db, **columns)
        facts = take(an_act(db, row, head), Step.ACKNOWLEDGE)
        letter = db.scalar(select(Message.id).where(Message.case_id == row.id))
        assert facts == {"emailed": letter}
        assert bool(letter) is told
    assert sent_to(db) == ["robin@example.org"]


def manager_told(db: Session) -> None:
    head, manager = person_of(a_head(db)), a_manager(db)
    act = an_act(db, a_complaint(db, stage=Stage.ACKNOWLEDGED), head)
    act.take(Step.ALLOCATE)
    act.row.manager_id = manager.id
    act.record()
    assert sent_to(db) == [manager.email]


def heads_told(db: Session) -> None:
    heads = [a_head(db), a_head(db, "Olu Head")]
    a_head(db, "Westly Head", areas=["west"])
    manager = a_manager(db)
    row = a_complaint(db, stage=Stage.TALKED, talk_on=MONDAY, manager=manager)
    take(an_act(db, row, person_of(manager)), Step.SUBMIT)
    assert sent_to(db) == sorted(str(head.email) for head in heads)


def owner_told(db: Session) -> None:
    head, manager = a_head(db), a_manager(db)
    take(a_childs_act(db, a_complaint(db)), Step.ADD)
    assert sent_to(db) == [head.email]
    take(a_childs_act(db, a_complaint(db, stage=Stage.ALLOCATED, manager=manager)), Step.ADD)
    assert sent_to(db) == sorted([str(head.email), str(manager.email)])


BROUGHT_ABOUT: dict[Effect, Callable[[Session], None]] = {
    Effect.START_CLOCK: talked,
    Effect.END_MEETING: meeting_ended,
    Effect.LEAVE_MANAGER: manager_left,
    Effect.NOTIFY_CHILD: child_told,
    Effect.NOTIFY_MANAGER: manager_told,
    Effect.NOTIFY_HEADS: heads_told,
    Effect.NOTIFY_OWNER: owner_told,
}


@pytest.mark.parametrize("effect", Effect, ids=str)
def test_what_a_step_brings_about(db: Session, effect: Effect) -> None:
    BROUGHT_ABOUT[effect](db)

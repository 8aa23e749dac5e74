"""What a child says on the way back."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.domain.people import Role
from kids_feedback.services.child import replies
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from kids_feedback.storage.tables.learning import Rating
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import PersonRow
from tests.make import a_complaint, a_note, a_person
from tests.services.acts import a_childs_act, sent_to, stop
from tests.services.alarming import a_desk, alarmed

TODAY = date(2026, 3, 2)


@pytest.fixture
def head(db: Session) -> PersonRow:
    return a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE)


def answered(db: Session) -> Case:
    talked = {"talk_on": TODAY, "delivered_on": TODAY}
    return a_complaint(db, stage=Stage.DELIVERED, **talked)


def marks(db: Session) -> list[str]:
    return [line.what for line in db.scalars(select(Event).order_by(Event.number))]


def told(db: Session) -> list[str]:
    return sent_to(db)


def test_more_words_are_sealed_and_told_of_barely(db: Session, head: PersonRow) -> None:
    row = a_complaint(db)
    replies.send_more(a_childs_act(db, row), "And she laughed.")
    line = db.scalars(select(Event)).one()
    assert (line.what, line.facts) == ("added", {"told": 1})
    assert "And she laughed." in (line.note or "")
    assert told(db) == [head.email]
    assert "laughed" not in db.scalars(select(Message)).one().body


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.CLOSED])
def test_a_tick_on_the_way_back_raises_an_alarm_with_words_or_without(
    db: Session, stage: Stage
) -> None:
    desk = a_desk(db)
    row = a_note(db, stage=stage, closed_on=TODAY if stage is Stage.CLOSED else None)
    assert replies.send_more(a_childs_act(db, row), "I am not safe.") is None
    assert alarmed(db) == []
    look = replies.send_more(a_childs_act(db, row), "", not_safe=True)
    assert look is not None
    assert (look.on, look.told) == (TODAY, True)
    assert alarmed(db) == [desk.email]
    assert row.read_today


def test_whoever_has_the_case_is_told(db: Session, head: PersonRow) -> None:
    manager = a_person(db, "Mo Manager", role=Role.LOCAL_MANAGER)
    row = a_complaint(db, manager=manager, stage=Stage.ALLOCATED)
    replies.send_more(a_childs_act(db, row), "More.")
    assert told(db) == [manager.email]


def test_a_late_promise_may_be_asked_about_once_a_day(db: Session, head: PersonRow) -> None:
    row = a_complaint(db)
    with pytest.raises(StepNotOpen):
        replies.nudge(a_childs_act(db, row, TODAY))
    for day in (date(2026, 3, 5), date(2026, 3, 5), date(2026, 3, 6)):
        replies.nudge(a_childs_act(db, row, day))
    assert marks(db) == ["nudged", "nudged"]
    assert told(db) == [head.email, head.email]


@pytest.mark.parametrize(
    ("acknowledged_on", "stage"), [(None, Stage.RECEIVED), (TODAY, Stage.ACKNOWLEDGED)]
)
def test_a_child_may_stop_it_and_it_stays_a_complaint(
    db: Session, head: PersonRow, acknowledged_on: date | None, stage: Stage
) -> None:
    row = a_complaint(
        db, stage=Stage.ALLOCATED if acknowledged_on else stage, acknowledged_on=acknowledged_on
    )
    before = row.stage
    stop(db, row, TODAY)
    assert (row.kind, row.stage, row.stopped_on) == (Kind.COMPLAINT, before, TODAY)
    assert row.next_step in (Step.ACKNOWLEDGE, Step.CLOSE)
    assert marks(db) == ["stopped"]


def test_what_is_no_complaint_or_almost_answered_cannot_be_stopped(db: Session) -> None:
    for row in (a_note(db), a_complaint(db, stage=Stage.APPROVED)):
        with pytest.raises(StepNotOpen):
            replies.stop(a_childs_act(db, row, TODAY))


def test_not_quite_goes_to_the_head_of_practice(db: Session, head: PersonRow) -> None:
    row = answered(db)
    said = {"understanding": True, "outcome": False}
    replies.say_of_answer(a_childs_act(db, row), said, "It was on Monday.")
    lines = {line.what: line for line in db.scalars(select(Event))}
    assert lines["points"].facts == {
        "understood": ["understanding"],
        "not_quite": ["outcome"],
        "told": 1,
    }
    assert "Monday" in (lines["added"].note or "")
    assert told(db) == [head.email]


def test_understood_asks_nothing_of_anybody(db: Session, head: PersonRow) -> None:
    replies.say_of_answer(a_childs_act(db, answered(db)), {"understanding": True}, "")
    assert marks(db) == ["points"]
    assert told(db) == []


def test_not_happy_is_passed_on_once(db: Session, head: PersonRow) -> None:
    row = answered(db)
    for asks_for in ("head", "head", "advocate"):
        replies.not_happy(a_childs_act(db, row), asks_for)
    assert marks(db) == ["not_happy", "not_happy"]
    assert told(db) == [head.email, head.email]


def test_how_we_did_is_kept_apart_and_once(db: Session) -> None:
    row = answered(db)
    version = row.version
    for listened in ("yes", "no"):
        replies.rate(a_childs_act(db, row, date(2026, 3, 2)), {"listened": listened}, "Be quicker.")
    rating = db.scalars(select(Rating)).one()
    assert (rating.half_year, rating.listened, rating.easy) == ("2025-10", "yes", None)
    assert rating.words == "Be quicker."
    assert (row.rated, row.version, marks(db)) == (True, version, [])
    assert not {"feedback_id", "person_id", "at"} & set(Rating.__table__.columns.keys())


def test_without_an_answer_there_is_nothing_to_say_of_it(db: Session) -> None:
    row = a_complaint(db)
    with pytest.raises(NotFound):
        replies.say_of_answer(a_childs_act(db, row), {}, "")
    with pytest.raises(NotFound):
        replies.send_more(a_childs_act(db, "nothing"), "More.")
    assert db.scalar(select(func.count()).select_from(Event)) == 0


def test_whoever_changes_their_mind_and_back_has_the_last_word_kept(
    db: Session, head: PersonRow
) -> None:
    row = answered(db)
    for good in (False, True, True, False):
        replies.say_of_answer(a_childs_act(db, row), {"wants": good}, "")
    said = [line.facts["not_quite"] for line in db.scalars(select(Event).order_by(Event.number))]
    assert said == [["wants"], [], ["wants"]]

"""After a child's "stop" nobody is offered a meeting, and both sides know. Paragraphs 9 and 21."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.submission import Kind, Wish
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.domain.people import Role
from kids_feedback.services.case import case_state, follow_ups, meeting_offers
from kids_feedback.services.case.act import Act
from kids_feedback.services.casework import workflow
from kids_feedback.services.casework.contact import meetings
from kids_feedback.services.casework.contact.contact_log import Channel, log_talk
from kids_feedback.services.child import case_status, meeting_replies, replies
from kids_feedback.services.child.replies import Stop
from kids_feedback.services.errors import Incomplete, OfferExpired
from kids_feedback.storage.tables.casework import Event
from tests.make import CALENDAR, LONDON, a_note, person_of
from tests.services import acts
from tests.services.acts import (
    MONDAY,
    a_childs_act,
    a_head,
    an_act,
    last_line,
    moment,
    sent_to,
)
from tests.services.casework.meeting_room import PLACES, TIMES, Room

THURSDAY = date(2026, 3, 5)


@pytest.fixture(params=[Kind.COMPLAINT, Kind.FEELINGS], ids=str)
def room(db: Session, request: pytest.FixtureRequest) -> Room:
    return Room(db, {"kind": request.param})


def stop(room: Room) -> dict[str, Any]:
    """Let the child stop it; return what the history says of that, as the child is told."""
    came_of_it = acts.stop(room.db, room.row, room.today)
    facts = last_line(room.db, room.row, "stopped").facts
    assert came_of_it is (Stop.MEETING_OFF if "meeting_off" in facts else Stop.STOPPED)
    return {name: value for name, value in facts.items() if name != "told"}


def arranged(room: Room) -> object:
    now = moment(room.today).now
    return meeting_replies.arranged(room.db, room.row.id, now=now, zone=LONDON, calendar=CALENDAR)


def a_reply(room: Room) -> Act:
    return a_childs_act(room.db, room.row, room.today)


def offers_nothing(room: Room, meeting_id: str) -> None:
    """See that neither side is offered the meeting, and that no answer to it is taken."""
    assert arranged(room) is None
    assert meetings.current(an_act(room.db, room.row, room.manager)) is None
    status = case_status.status(room.db, room.row.id, today=room.today)
    codes = {milestone.code for milestone in (*status.milestones, *status.dates)}
    assert not codes & {"choose", "meet", "talk", "contact"}
    assert not status.may_stop
    said = meeting_replies.MeetingReply(start=TIMES[2], place=PLACES[0])
    with pytest.raises(OfferExpired):
        meeting_replies.reply(a_reply(room), meeting_id=meeting_id, said=said, zone=LONDON)
    with pytest.raises(OfferExpired):
        meeting_replies.decline(a_reply(room), meeting_id=meeting_id)
    with pytest.raises(StepNotOpen):
        room.offer()
    with pytest.raises(StepNotOpen):
        room.cancel()
    with pytest.raises(StepNotOpen):
        room.agree("2026-03-10T16:00", "Here")


def test_an_agreed_meeting_is_off_and_its_manager_is_told(room: Room) -> None:
    kind = room.row.kind
    room.offer()
    room.reply(TIMES[1])
    told = sent_to(room.db)
    meeting_id = room.seen().id
    assert stop(room) == {"meeting_off": TIMES[1].isoformat()}
    assert sent_to(room.db) == [*told, "max@example.org"]
    assert (room.row.kind, room.row.stage) == (kind, Stage.ALLOCATED)
    assert (room.row.stopped_on, room.row.next_step) == (room.today, Step.CLOSE)
    offers_nothing(room, meeting_id)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(lambda room: None, id="offered"),
        pytest.param(lambda room: room.reply(None, "", wish="Later"), id="suggested"),
        pytest.param(lambda room: room.decline(), id="declined"),
        pytest.param(lambda room: room.cancel(), id="cancelled"),
    ],
)
def test_what_was_not_agreed_is_over_without_a_word_of_a_meeting(room: Room, before: Any) -> None:
    room.offer()
    before(room)
    meeting_id = room.seen().id
    assert stop(room) == {}
    offers_nothing(room, meeting_id)


def test_a_meeting_whose_time_is_over_is_not_called_off(room: Room) -> None:
    room.offer()
    room.reply(TIMES[1])
    room.today = date(2026, 3, 6)
    meeting_id = room.seen().id
    assert stop(room) == {}
    offers_nothing(room, meeting_id)


def test_a_case_that_was_stopped_before_meetings_ended_offers_nothing_either(room: Room) -> None:
    room.offer()
    room.reply(TIMES[1])
    meeting_id = room.seen().id
    stop(room)
    newest = meeting_offers.newest(room.db, room.row.id)
    assert newest is not None
    newest.state = MeetingState.AGREED  # as an earlier version of this service left it
    room.db.flush()
    offers_nothing(room, meeting_id)


def test_where_nothing_was_offered_stopping_says_nothing_of_a_meeting(room: Room) -> None:
    assert stop(room) == {}
    offers_nothing(room, "none")


def test_a_child_who_says_no_at_the_talk_is_not_offered_it_again(room: Room) -> None:
    room.offer()
    room.reply(TIMES[2])
    meeting_id, room.today = room.seen().id, THURSDAY
    log_talk(
        room.act(),
        talk_on=THURSDAY,
        way=Channel.PHONE,
        present="",
        wants="",
        still_wants=False,
        why_way="Robin rang us.",
    )
    facts = last_line(room.db, room.row, "log_talk").facts
    assert facts["meeting_off"] == TIMES[2].isoformat()
    assert arranged(room) is None
    with pytest.raises(OfferExpired):
        meeting_replies.decline(a_reply(room), meeting_id=meeting_id)


def test_nothing_is_stopped_twice_and_a_child_may_still_add(room: Room) -> None:
    stop(room)
    lines = room.db.scalar(select(func.count()).select_from(Event))
    stop(room)  # pressed twice
    assert room.db.scalar(select(func.count()).select_from(Event)) == lines
    room.today += timedelta(days=1)
    with pytest.raises(StepNotOpen):
        stop(room)
    replies.send_more(a_reply(room), "I changed my mind about one thing.")
    assert Step.ADD in case_state.steps_of(room.row, Actor.CHILD)


def test_what_was_heard_wrong_is_the_heads_though_a_manager_has_it(db: Session) -> None:
    """Ruling R22: whoever heard it does not judge whether they heard it right."""
    room = Room(db, {"stage": Stage.TALKED, "talk_on": THURSDAY, "stop_asked_on": THURSDAY})
    room.today = THURSDAY
    replies.resume(a_reply(room))
    (waiting,) = follow_ups.waiting(db, room.row)
    assert waiting.what is FollowUp.WANTS_IT_AFTER_ALL
    assert waiting.owner is Role.HEAD_OF_PRACTICE
    assert (room.row.stop_asked_on, room.row.kind) == (None, Kind.COMPLAINT)


def test_staff_make_a_note_a_complaint_only_with_how_the_child_agreed(db: Session) -> None:
    row = a_note(db, stage=Stage.ACKNOWLEDGED, acknowledged_on=MONDAY)
    head = person_of(a_head(db))
    with pytest.raises(Incomplete):
        workflow.make_complaint(an_act(db, row, head), agreed=" ", promises=Allowances())
    workflow.make_complaint(
        an_act(db, row, head, THURSDAY), agreed="Robin said so.", promises=Allowances()
    )
    assert (row.kind, row.wish) == (Kind.COMPLAINT, Wish.LOOK_INTO)
    assert row.contact_by == CALENDAR.add(THURSDAY, Allowances().contact)
    assert case_state.court_facts(row).find_out_by is not None, "the court duty follows"

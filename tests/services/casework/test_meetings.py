"""Meeting a child, on both sides. docs/procedure.md, paragraphs 20 and 21."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.meetings import MeetingState, UnsuitableOffer, UsualPlace
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.submission import Wish
from kids_feedback.domain.errors import EditConflict, NotFound, StepNotOpen
from kids_feedback.services.casework.contact import contact_log, meetings
from kids_feedback.services.casework.contact.contact_log import Channel
from kids_feedback.services.child import meeting_replies
from kids_feedback.services.errors import Incomplete, MeetingAgreed, MeetingToCome, OfferExpired
from tests.make import CALENDAR, LONDON, person_of
from tests.services.acts import a_childs_act, a_head, a_manager, an_act, lines, sent_to
from tests.services.casework.meeting_room import TIMES, Room, at


@pytest.fixture
def room(db: Session) -> Room:
    return Room(db)


def test_a_child_picks_from_what_is_offered_and_it_is_a_meeting_at_once(room: Room) -> None:
    room.offer()
    assert [slot.at for slot in room.seen().slots] == list(TIMES)
    assert room.milestones() == [("choose", None)]
    assert room.reply(TIMES[1]) is MeetingState.AGREED
    seen = room.seen()
    assert seen.slot is not None
    assert (seen.slot.at, seen.place, seen.late) == (TIMES[1], "The library", None)
    assert room.milestones() == [("meet", date(2026, 3, 5))]
    found = meetings.current(an_act(room.db, room.row, room.manager))
    assert found is not None
    assert (found.state, found.starts_at, found.place) == (
        MeetingState.AGREED,
        TIMES[1],
        "The library",
    )
    assert lines(room.db, room.row) == ["offer", "meeting_picked"]
    assert sent_to(room.db) == ["max@example.org"]


def test_the_same_button_pressed_twice_is_one_meeting(room: Room) -> None:
    room.offer()
    for _twice in range(2):
        room.reply(TIMES[2])
    assert lines(room.db, room.row) == ["offer", "meeting_picked"]
    assert len(room.delays()) == 1


def test_a_child_may_change_their_mind_and_change_it_back(room: Room) -> None:
    room.offer()
    room.reply(TIMES[1])
    room.decline()
    assert room.seen().state is MeetingState.DECLINED
    assert room.seen().slot is None
    room.reply(TIMES[0], UsualPlace.PHONE)
    assert (room.seen().state, room.seen().place) == (MeetingState.AGREED, UsualPlace.PHONE)


def test_a_child_who_suggests_sees_what_the_manager_agrees_to(room: Room) -> None:
    room.offer()
    state = room.reply(None, "", wish="After my swimming", somewhere="At my gran's")
    assert state is MeetingState.SUGGESTED
    assert (room.seen().slot, room.seen().place) == (None, None)
    found = meetings.current(an_act(room.db, room.row, room.manager))
    assert found is not None
    assert (found.wish, found.place, found.keeps_place) == (
        "After my swimming",
        "At my gran's",
        False,
    )
    with pytest.raises(Incomplete):
        room.agree("2026-03-10T17:00")
    room.agree("2026-03-10T17:00", "At your gran's flat")
    seen = room.seen()
    assert seen.slot is not None
    assert (seen.slot.at, seen.place) == (at("2026-03-10T17:00"), "At your gran's flat")
    assert lines(room.db, room.row) == ["offer", "meeting_suggested", "meeting_agreed"]


def test_a_place_that_was_picked_stays_when_the_time_is_agreed(room: Room) -> None:
    room.offer()
    room.reply(None, UsualPlace.SCHOOL)
    room.agree("2026-03-10T17:00")
    assert room.seen().place == UsualPlace.SCHOOL


def test_nothing_is_cancelled_without_a_reason_and_nothing_twice(room: Room) -> None:
    with pytest.raises(StepNotOpen):
        room.cancel()
    room.offer()
    with pytest.raises(Incomplete):
        room.cancel("  ")
    room.cancel()
    with pytest.raises(StepNotOpen):
        room.cancel()


def test_a_time_that_is_over_cannot_be_picked(room: Room) -> None:
    room.offer()
    room.today = date(2026, 3, 5)
    assert [slot.at for slot in room.seen().slots] == list(TIMES[1:])
    with pytest.raises(OfferExpired):
        room.reply(TIMES[0])
    with pytest.raises(OfferExpired):
        room.reply(TIMES[1] + timedelta(hours=1))


def test_an_offer_that_was_replaced_cannot_be_answered(room: Room) -> None:
    room.offer()
    old = room.seen().id
    room.offer()
    assert room.seen().id != old
    with pytest.raises(OfferExpired):
        meeting_replies.decline(a_childs_act(room.db, room.row), meeting_id=old)


def test_an_agreed_meeting_is_cancelled_before_others_are_offered(room: Room) -> None:
    room.offer()
    room.reply(TIMES[1])
    with pytest.raises(MeetingAgreed):
        room.offer()


def test_what_is_no_choice_is_not_offered(room: Room) -> None:
    with pytest.raises(UnsuitableOffer):
        room.offer(TIMES[:2])
    room.offer()
    room.reply(None, "")
    with pytest.raises(UnsuitableOffer):
        room.agree("2026-03-10T04:00", "Our office")
    with pytest.raises(UnsuitableOffer):
        room.agree("2026-03-10T16:00", "x" * 121)


def test_nobody_agrees_to_what_was_not_suggested(room: Room) -> None:
    room.offer()
    with pytest.raises(StepNotOpen):
        room.agree("2026-03-10T16:00", "Our office")


def test_a_manager_who_acts_on_what_they_saw_before_the_child_answered_is_told(room: Room) -> None:
    room.offer()
    seen = room.row.version
    room.reply(TIMES[1])
    with pytest.raises(EditConflict):
        room.cancel(seen=seen)


def test_nobody_else_may_offer(room: Room) -> None:
    other, head = person_of(a_manager(room.db, "Other")), person_of(a_head(room.db))
    for person, error in ((other, NotFound), (head, StepNotOpen)):
        room.manager = person
        with pytest.raises(error):
            room.offer()


@pytest.mark.parametrize("columns", [{"method": Method.NONE}, {"wish": Wish.JUST_KNOW}])
def test_a_child_who_wants_no_contact_is_offered_nothing(
    db: Session, columns: dict[str, Any]
) -> None:
    with pytest.raises(StepNotOpen):
        Room(db, columns).offer()


def test_after_the_talk_there_is_nothing_to_arrange(room: Room) -> None:
    room.offer()
    room.reply(TIMES[0])
    room.today = date(2026, 3, 4)
    contact_log.log_talk(
        an_act(room.db, room.row, room.manager, room.today),
        talk_on=room.today,
        way=Channel.MEET,
        present="",
        wants="",
        still_wants=True,
    )
    with pytest.raises(AssertionError):
        room.seen()
    with pytest.raises(StepNotOpen):
        room.offer()


def test_what_was_erased_is_not_there(db: Session) -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    with pytest.raises(NotFound):
        meeting_replies.arranged(db, "gone", now=now, zone=LONDON, calendar=CALENDAR)


def test_where_nothing_is_offered_there_is_nothing(room: Room) -> None:
    assert meetings.current(an_act(room.db, room.row, room.manager)) is None
    with pytest.raises(OfferExpired):
        meeting_replies.decline(a_childs_act(room.db, room.row), meeting_id="none")


def test_the_meeting_drives_the_queue_until_somebody_says_how_it_went(room: Room) -> None:
    room.offer()
    room.reply(TIMES[0])
    assert (room.row.next_step, room.row.meeting_at) == (Step.SAY_MET, TIMES[0])
    assert room.row.contacted_on  # by the offer, which the child can see
    assert room.row.next_due_on == TIMES[0].date()
    with pytest.raises(MeetingToCome):
        meetings.say_met(room.act(), outcome=meetings.MeetingOutcome.CAME)
    room.db.rollback()


@pytest.mark.parametrize("outcome", meetings.MeetingOutcome)
def test_after_the_day_of_the_meeting_the_way_goes_on(
    room: Room, outcome: meetings.MeetingOutcome
) -> None:
    room.offer()
    room.reply(TIMES[0])
    room.today = date(2026, 3, 5)
    again = date(2026, 3, 9)
    if outcome is meetings.MeetingOutcome.DID_NOT_COME:
        with pytest.raises(Incomplete):
            meetings.say_met(room.act(), outcome=outcome)
    saved = meetings.say_met(
        room.act(),
        outcome=outcome,
        next_attempt_on=again if outcome is meetings.MeetingOutcome.DID_NOT_COME else None,
    )
    assert saved.next_step == Step.LOG_TALK
    assert room.row.meeting_at is None
    found = meetings.current(room.act())
    assert found is not None
    assert found.state is MeetingState.ENDED
    if outcome is meetings.MeetingOutcome.DID_NOT_COME:
        assert room.row.next_due_on == again
    else:
        assert room.row.next_due_on == room.row.talk_by
    room.offer((at("2026-03-10T16:00"), at("2026-03-11T16:00"), at("2026-03-12T16:00")))


def test_a_meeting_that_is_off_drives_nothing(room: Room) -> None:
    room.offer()
    room.reply(TIMES[0])
    room.cancel()
    assert (room.row.meeting_at, room.row.next_step) == (None, Step.LOG_TALK)

"""What a meeting does to promises, and who hears of it. docs/procedure.md, paragraphs 28, 29."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.promises import Because, MovedPromise, Promise
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.services.case import promises
from kids_feedback.services.casework import delay_notices, workflow
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.child import case_status
from kids_feedback.services.child.meeting_replies import CancelledMeeting
from kids_feedback.services.errors import OfferExpired
from kids_feedback.storage.tables.casework import Delay, Event
from tests.make import person_of
from tests.services.acts import (
    BY_EMAIL,
    MONDAY,
    a_head,
    a_manager,
    an_act,
    having_read,
    last_line,
    moment,
    sent_to,
    stop,
)
from tests.services.casework.meeting_room import LATE, TIMES, Room, at


@pytest.fixture
def room(db: Session) -> Room:
    return Room(db)


@pytest.mark.parametrize("end", ["cancel", "decline"])
def test_a_meeting_that_is_off_never_stops_the_promise_to_talk(room: Room, end: str) -> None:
    room.offer()
    room.reply(TIMES[2])
    getattr(room, end)()
    assert room.row.talk_by == date(2026, 3, 16)
    assert room.milestones() == [("talk", date(2026, 3, 16))]
    room.today = date(2026, 3, 17)
    status = case_status.status(room.db, room.row.id, today=room.today)
    assert status.late == date(2026, 3, 16)
    assert (room.row.next_step, room.row.next_due_on) == (Step.LOG_TALK, date(2026, 3, 16))


def test_a_cancelled_meeting_says_why_on_both_sides_until_another_is_agreed(room: Room) -> None:
    room.offer()
    room.reply(TIMES[1])
    room.cancel()
    off = CancelledMeeting(at=TIMES[1], reason="I am ill. Sorry.")
    assert room.seen().cancelled == off
    assert not room.seen().open
    assert last_line(room.db, room.row, "meeting_cancelled").note == "I am ill. Sorry."
    with pytest.raises(OfferExpired):
        room.reply(TIMES[0])
    room.offer()
    assert room.seen().cancelled == off
    room.reply(TIMES[0])
    assert room.seen().cancelled is None


def test_a_later_day_that_the_child_picked_is_a_delay_and_says_whose_choice_it_was(
    room: Room,
) -> None:
    room.offer()
    room.reply(TIMES[2])
    assert room.delays() == [(date(2026, 3, 16), date(2026, 3, 18), Because.CHILD_PICKED)]
    late = room.seen().late
    assert late is not None
    assert (late.promised_on, late.you_picked) == (date(2026, 3, 16), True)
    assert room.row.talk_by == date(2026, 3, 16)
    room.reply(TIMES[1])
    assert room.seen().late is None


def test_a_child_who_could_pick_only_late_days_did_not_choose_to_wait(room: Room) -> None:
    room.offer((at(LATE), at("2026-03-19T16:00"), at("2026-03-20T16:00")))
    room.reply(at(LATE))
    assert room.delays() == [(date(2026, 3, 16), date(2026, 3, 18), Because.MEETING_LATER)]


def test_a_child_whose_earlier_times_had_passed_did_not_choose_to_wait(room: Room) -> None:
    room.offer()
    room.today = date(2026, 3, 6)
    room.reply(at(LATE))
    assert room.delays()[0][2] == Because.MEETING_LATER


def test_a_late_day_that_the_manager_chose_is_not_the_childs(room: Room) -> None:
    room.offer()
    room.reply(None, "", wish="Later")
    room.agree(LATE, "Our office")
    assert room.delays() == [(date(2026, 3, 16), date(2026, 3, 18), Because.MEETING_LATER)]


def test_a_late_day_that_the_child_picked_stays_theirs_when_only_the_place_was_open(
    room: Room,
) -> None:
    room.offer()
    room.reply(TIMES[2], "", somewhere="The park")
    room.agree(LATE, "The park cafe")
    assert room.delays()[0][2] == Because.CHILD_PICKED


def say_late(room: Room, reason: str = "I am ill.", new_on: date = date(2026, 3, 25)) -> None:
    delay_notices.send_delay_notice(room.act(), promise=Promise.TALK, new_on=new_on, reason=reason)


@pytest.mark.parametrize("start", [TIMES[1], TIMES[2]], ids=["in time", "late"])
def test_a_meeting_keeps_its_day_whatever_was_said_of_the_talk(room: Room, start: datetime) -> None:
    say_late(room)
    room.offer()
    room.reply(start)
    assert room.milestones() == [("meet", start.date())]
    (in_touch, _answer) = case_status.status(room.db, room.row.id, today=room.today).dates
    assert (in_touch.code, in_touch.on) == ("meet", start.date())


def test_of_a_meeting_and_of_staff_the_last_word_counts(room: Room) -> None:
    def last_word() -> MovedPromise | None:
        return {item.promise: item.moved for item in promises.owed(room.db, room.row)}[Promise.TALK]

    say_late(room)
    room.today = date(2026, 3, 3)
    room.offer()
    room.reply(TIMES[2])
    picked = last_word()
    assert picked
    assert (picked.because, picked.new_on) == (Because.CHILD_PICKED, date(2026, 3, 18))
    assert case_status.status(room.db, room.row.id, today=room.today).delays == ()
    assert room.seen().late is not None
    room.today = date(2026, 3, 4)
    say_late(room, new_on=date(2026, 3, 26))
    said = last_word()
    assert said
    assert (said.because, said.old_on) == (Because.SAID, date(2026, 3, 18))
    assert case_status.status(room.db, room.row.id, today=room.today).delays == (said,)
    assert room.seen().late is None
    room.today = date(2026, 3, 5)
    room.cancel()
    assert last_word() == said


def test_a_reason_is_text_whatever_it_says(room: Room) -> None:
    """What staff write is never taken for the cause that a code says."""
    room.offer()
    room.reply(TIMES[1])
    say_late(room, reason="you picked this day")
    (said,) = case_status.status(room.db, room.row.id, today=room.today).delays
    assert (said.because, said.reason) == (Because.SAID, "you picked this day")
    assert room.seen().late is None


def test_words_beside_another_cause_are_not_shown_as_a_reason(room: Room) -> None:
    """Rows from before causes were codes still hold a sentence that stood for one."""
    room.offer()
    room.reply(TIMES[2])
    kept = room.db.scalars(select(Delay)).one()
    kept.reason = "you picked this day"
    room.db.flush()
    (talk,) = promises.owed(room.db, room.row)
    assert talk.moved
    assert (talk.moved.because, talk.moved.reason) == (Because.CHILD_PICKED, "")


def close(room: Room, day: date) -> None:
    working_days.close_day(
        room.db, day, "A coronation", now=moment(room.today).now, today=room.today
    )


def test_a_closed_day_does_not_move_a_meeting_but_its_manager_hears(room: Room) -> None:
    room.offer()
    room.reply(TIMES[2])
    told = len(sent_to(room.db))
    close(room, date(2026, 3, 17))
    assert len(sent_to(room.db)) == told
    assert room.delays()[0][1] == date(2026, 3, 18)
    close(room, date(2026, 3, 18))
    assert room.delays()[0][1] == date(2026, 3, 18)
    assert sent_to(room.db)[told:] == ["max@example.org"]
    assert last_line(room.db, room.row, "redated").facts == {
        "closed_day": "2026-03-18",
        "meeting_on": "2026-03-18",
    }


@pytest.mark.parametrize("act", ["cancel", "decline", "stop", "nothing"])
def test_of_a_meeting_that_is_off_or_over_nobody_hears(room: Room, act: str) -> None:
    room.offer()
    room.reply(TIMES[1])
    if act == "nothing":
        room.today = date(2026, 3, 6)
    elif act == "stop":
        stop(room.db, room.row, room.today)
    else:
        getattr(room, act)()
    told = len(sent_to(room.db))
    close(room, date(2026, 3, 5))
    redated = room.db.scalars(select(Event).where(Event.what == "redated")).all()
    assert not any("meeting_on" in line.facts for line in redated)
    assert len(sent_to(room.db)) == told


@pytest.mark.parametrize(
    ("columns", "contacted"),
    [
        ({"method": Method.HERE}, True),
        ({"method": Method.EMAIL, "contact": BY_EMAIL}, False),
        ({"method": Method.PHONE, "contact": {"phone": "0"}}, False),
    ],
)
def test_an_offer_is_a_first_contact_only_where_it_waits_where_the_child_looks(
    db: Session, columns: dict[str, Any], *, contacted: bool
) -> None:
    room = Room(db, columns)
    room.offer()
    assert (room.row.contacted_on == MONDAY) is contacted
    room.reply(TIMES[1])
    assert room.row.contacted_on == MONDAY


def test_a_child_with_a_safe_email_hears_of_each_act_and_never_what_it_is(db: Session) -> None:
    room = Room(db, {"method": Method.EMAIL, "contact": BY_EMAIL})
    room.offer()
    room.reply(None, "")
    room.agree("2026-03-10T16:00", "Our office")
    room.cancel()
    assert sent_to(db).count("robin@example.org") == 3


def test_when_somebody_else_takes_over_nothing_of_the_meeting_stands(room: Room) -> None:
    room.offer()
    room.reply(TIMES[1])
    head, new = person_of(a_head(room.db)), a_manager(room.db, "New Manager")
    workflow.allocate(having_read(an_act(room.db, room.row, head)), manager_id=new.id)
    assert room.seen().moved
    assert room.milestones() == [("talk", date(2026, 3, 16))]
    with pytest.raises(OfferExpired):
        room.reply(TIMES[0])
    room.manager = person_of(new)
    with pytest.raises(StepNotOpen):
        room.cancel()
    room.offer()
    assert not room.seen().moved


def test_a_meeting_whose_time_has_passed_says_so(room: Room) -> None:
    room.offer()
    room.reply(TIMES[1])
    room.today = date(2026, 3, 6)
    assert room.seen().over
    assert room.milestones() == [("talk", date(2026, 3, 16))]

"""Talks, tries and meetings that were recorded wrongly are put right.

docs/procedure.md, paragraphs 20, 24 and 29.
"""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Person
from kids_feedback.services.case.act import Saved
from kids_feedback.services.casework.contact import (
    contact_corrections,
    contact_log,
    letters,
    meetings,
)
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel
from kids_feedback.services.casework.contact.meetings import MeetingOutcome
from kids_feedback.services.child import letters as reading
from kids_feedback.services.errors import DayOutOfRange, Incomplete
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Talk
from tests.make import a_complaint
from tests.services.acts import MONDAY, a_childs_act, an_act, last_line
from tests.services.casework.contact.talks import DUE, FRIDAY, given, talk
from tests.services.casework.meeting_room import TIMES, Room

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5)


def correct(
    db: Session, row: Case, manager: Person, talk_id: str, talk_on: date, reason: str = "Typed."
) -> Saved:
    return contact_corrections.correct_talk(
        an_act(db, row, manager, date(2026, 3, 25)), talk_id=talk_id, talk_on=talk_on, reason=reason
    )


def kept_talks(db: Session) -> list[Talk]:
    return list(db.scalars(select(Talk).order_by(Talk.talk_on)))


def test_a_wrong_day_is_put_right_with_a_reason(db: Session) -> None:
    row, manager = given(db)
    talk(db, row, manager)
    saved = correct(db, row, manager, kept_talks(db)[0].id, date(2026, 3, 23))
    assert saved.stage is Stage.TALKED
    assert (row.talk_on, row.answer_by) == (date(2026, 3, 23), date(2026, 4, 22))
    assert row.next_due_on == row.answer_by
    line = last_line(db, row, "talk_corrected")
    assert line.note == "Typed."
    assert line.facts["from"] == "2026-03-20"
    assert line.facts["answer_by_before"] == "2026-04-21"


def test_putting_the_first_talk_after_the_second_makes_the_second_the_first(db: Session) -> None:
    row, manager = given(db)
    talk(db, row, manager)
    talk(db, row, manager, date(2026, 3, 23))
    correct(db, row, manager, kept_talks(db)[0].id, date(2026, 3, 24))
    assert (row.talk_on, row.answer_by) == (date(2026, 3, 23), date(2026, 4, 22))


def test_correcting_a_later_talk_leaves_the_clock_alone(db: Session) -> None:
    row, manager = given(db)
    talk(db, row, manager)
    talk(db, row, manager, date(2026, 3, 23))
    correct(db, row, manager, kept_talks(db)[1].id, date(2026, 3, 24))
    assert (row.talk_on, row.answer_by) == (FRIDAY, DUE)
    assert last_line(db, row, "talk_corrected").facts == {
        "from": "2026-03-23",
        "talk_on": "2026-03-24",
    }


def test_a_correction_needs_a_reason_a_possible_day_and_a_talk_of_this_case(db: Session) -> None:
    row, manager = given(db)
    talk(db, row, manager)
    kept = kept_talks(db)[0].id
    with pytest.raises(Incomplete) as refused:
        correct(db, row, manager, kept, FRIDAY, reason=" ")
    assert refused.value.missing == ("reason",)
    with pytest.raises(DayOutOfRange):
        correct(db, row, manager, kept, date(2026, 3, 26))
    other = a_complaint(db, stage=Stage.TALKED, talk_on=MONDAY)
    other.manager_id = manager.id
    for row_of, talk_id in ((other, kept), (row, "no-such-talk")):
        with pytest.raises(NotFound):
            correct(db, row_of, manager, talk_id, FRIDAY)


def test_a_talk_that_is_moved_before_the_first_contact_was_the_first_contact(db: Session) -> None:
    row, manager = given(db)
    contact_log.log_attempt(
        an_act(db, row, manager, THURSDAY), way=Channel.PHONE, result=AttemptResult.ANOTHER_TIME
    )
    talk(db, row, manager)
    assert row.contacted_on == THURSDAY
    correct(db, row, manager, kept_talks(db)[0].id, TUESDAY)
    assert (row.talk_on, row.contacted_on) == (TUESDAY, TUESDAY)


@pytest.mark.parametrize("only_here", [True, False])
def test_who_opened_a_message_was_reached_by_it_without_the_talk_where_nothing_else_leads(
    db: Session, *, only_here: bool
) -> None:
    row, manager = given(db)
    if only_here:
        row.method, row.contact = Method.HERE, {}
    letters.write(an_act(db, row, manager), text="When is a good day to talk?")
    reading.read(a_childs_act(db, row, WEDNESDAY))
    contact_log.log_talk(
        an_act(db, row, manager, THURSDAY),
        talk_on=TUESDAY,
        way=Channel.PHONE,
        present="Robin",
        wants="Peace",
        still_wants=True,
        why_way="They rang.",
    )
    assert row.contacted_on == TUESDAY
    contact_corrections.strike_talk(
        an_act(db, row, manager, THURSDAY), talk_id=kept_talks(db)[0].id, reason="It was Sam."
    )
    assert row.contacted_on == (WEDNESDAY if only_here else None)


def test_a_meeting_has_the_day_on_which_it_was_and_not_that_of_recording_it(db: Session) -> None:
    room = Room(db)
    room.offer()
    room.reply(TIMES[0])
    room.today = date(2026, 3, 6)
    meetings.say_met(room.act(), outcome=MeetingOutcome.CAME)
    (item,) = contact_corrections.tried(room.act())
    assert item.on == TIMES[0].date() == WEDNESDAY
    contact_corrections.correct_attempt(
        room.act(), number=item.number, result=MeetingOutcome.DID_NOT_COME, reason="It was Sam."
    )
    assert last_line(db, room.row, "try_corrected").facts["tried_on"] == "2026-03-04"

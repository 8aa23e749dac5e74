"""A talk that was recorded wrongly is put right. docs/procedure.md, paragraph 24."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Person
from kids_feedback.services.case.act import Saved
from kids_feedback.services.casework.contact import contact_corrections
from kids_feedback.services.errors import DayOutOfRange, Incomplete
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Talk
from tests.make import a_complaint
from tests.services.acts import MONDAY, an_act, last_line
from tests.services.casework.contact.talks import DUE, FRIDAY, given, talk


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

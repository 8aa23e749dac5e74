"""The duty to tell the court of a withdrawn complaint. docs/procedure.md, paragraph 51."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.court_notice import CourtState
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.domain.people import Person
from kids_feedback.services.case import case_state
from kids_feedback.services.casework import workflow
from kids_feedback.services.casework.court import court_notice
from kids_feedback.services.child import replies
from kids_feedback.services.errors import CourtNotTold, Incomplete
from kids_feedback.storage.tables.case import Case
from tests.make import a_complaint, a_hearing, person_of
from tests.services.acts import MONDAY, a_childs_act, a_head, a_manager, an_act, last_line
from tests.services.court import state

HEARING = date(2026, 3, 20)
WHY = "The judge was told in court, and the child knows."


def withdrawn(db: Session, **columns: object) -> tuple[Case, Person, Person]:
    manager, head = a_manager(db), a_head(db)
    known = {"ongoing": True, "hearings": [a_hearing(HEARING)], "stopped_on": MONDAY, **columns}
    row = a_complaint(db, stage=Stage.ALLOCATED, manager=manager, **known)
    return row, person_of(manager), person_of(head)


def end(db: Session, row: Case, person: Person, reason: str = WHY) -> None:
    court_notice.end_duty(an_act(db, row, person), reason=reason)


def test_it_stays_until_the_head_says_why_it_falls(db: Session) -> None:
    row, _, head = withdrawn(db)
    assert state(row, MONDAY)[0] is CourtState.TO_NOTIFY
    with pytest.raises(CourtNotTold):
        workflow.close(an_act(db, row, head))
    with pytest.raises(Incomplete):
        end(db, row, head, reason="  ")
    end(db, row, head)
    assert state(row, MONDAY)[0] is CourtState.DUTY_ENDED
    assert (row.next_due_on, row.warn_on) == (None, None)
    assert last_line(db, row, "court_duty_ended").note == WHY
    workflow.close(an_act(db, row, head))
    assert row.stage is Stage.CLOSED


def test_neither_a_manager_nor_what_still_goes_on_ends_it(db: Session) -> None:
    row, manager, head = withdrawn(db)
    with pytest.raises(StepNotOpen):
        end(db, row, manager)
    row.stopped_on = None
    with pytest.raises(StepNotOpen):
        end(db, row, head)


def test_the_head_can_say_that_the_court_is_told_after_all(db: Session) -> None:
    row, _, head = withdrawn(db)
    end(db, row, head)
    court_notice.restore_duty(an_act(db, row, head), reason="There is another hearing.")
    assert state(row, MONDAY)[0] is CourtState.TO_NOTIFY
    assert row.warn_on is not None


def test_once_the_child_wants_it_after_all_the_court_is_to_be_told_again(db: Session) -> None:
    row, _, head = withdrawn(db)
    end(db, row, head)
    replies.resume(a_childs_act(db, row))
    assert (row.stopped_on, row.court_duty_ended_on) == (None, None)
    assert state(row, MONDAY)[0] is CourtState.TO_NOTIFY
    assert row.next_due_on is not None


def test_a_hearing_that_was_missed_stays_missed(db: Session) -> None:
    row, _, head = withdrawn(db, hearings=[a_hearing(date(2026, 3, 3))])
    today = date(2026, 3, 5)
    court_notice.end_duty(an_act(db, row, head, today), reason=WHY)
    assert state(row, today)[0] is CourtState.DUTY_ENDED
    assert [item.on for item in case_state.court_facts(row).missed(today)] == [date(2026, 3, 3)]

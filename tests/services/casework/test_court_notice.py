"""The court notice. docs/procedure.md, paragraphs 40 to 51."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.court_notice import CaseOngoing, CourtState, CourtWarning
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.domain.people import Person
from kids_feedback.services.case import case_state
from kids_feedback.services.case.act import Saved
from kids_feedback.services.casework import court_notice, workflow
from kids_feedback.services.errors import CourtNotTold, DayOutOfRange, Incomplete
from kids_feedback.storage.tables.case import Case
from tests.make import CALENDAR, a_complaint, a_compliment, a_note, person_of
from tests.services.acts import MONDAY, a_head, a_manager, an_act, last_line, lines

HEARING = date(2026, 4, 2)  # a Thursday


def answered(db: Session) -> tuple[Case, Person]:
    manager = a_manager(db)
    on_time = {"talk_on": MONDAY, "delivered_on": MONDAY}
    row = a_complaint(db, stage=Stage.DELIVERED, manager=manager, **on_time)
    return row, person_of(manager)


def hear(
    db: Session, row: Case, person: Person, hearing_on: date | None, today: date = MONDAY
) -> Saved:
    return court_notice.set_hearing(an_act(db, row, person, today), hearing_on=hearing_on)


def tell(
    db: Session,
    row: Case,
    person: Person,
    *,
    complaint_on: date | None = None,
    doing_on: date | None = None,
    today: date = date(2026, 3, 20),
) -> Saved:
    return court_notice.tell_court(
        an_act(db, row, person, today), complaint_on=complaint_on, doing_on=doing_on
    )


def state(row: Case, today: date) -> tuple[CourtState, CourtWarning]:
    flag = case_state.flag_of(row, today=today, calendar=CALENDAR)
    return flag.state, flag.warning


@pytest.mark.parametrize(
    ("ongoing", "where"),
    [
        (CaseOngoing.YES, CourtState.FIND_OUT),
        (CaseOngoing.NO, CourtState.NOT_NEEDED),
        (CaseOngoing.UNKNOWN, CourtState.FIND_OUT),
    ],
    ids=["yes", "no", "unknown"],
)
def test_staff_say_whether_a_case_goes_on(
    db: Session, ongoing: CaseOngoing, where: CourtState
) -> None:
    row, manager = answered(db)
    court_notice.set_ongoing(an_act(db, row, manager), ongoing=ongoing, note="Asked the team.")
    assert case_state.court_facts(row).ongoing is ongoing
    assert state(row, MONDAY)[0] is where
    line = last_line(db, row, "court_ongoing")
    assert (line.facts, line.note) == ({"ongoing": ongoing.value}, "Asked the team.")


def test_a_hearing_says_when_the_court_must_know_and_when_to_warn(db: Session) -> None:
    row, manager = answered(db)
    hear(db, row, manager, HEARING)
    assert row.ongoing is True
    assert (row.next_due_on, row.warn_on) == (date(2026, 4, 1), date(2026, 3, 19))
    assert state(row, date(2026, 3, 18)) == (CourtState.TO_NOTIFY, CourtWarning.NONE)
    assert state(row, date(2026, 3, 19)) == (CourtState.TO_NOTIFY, CourtWarning.SOON)


def test_a_hearing_days_after_receipt_warns_from_receipt(db: Session) -> None:
    row, manager = answered(db)
    hear(db, row, manager, date(2026, 3, 5))
    assert (row.next_due_on, row.warn_on) == (MONDAY, MONDAY)


def test_the_earlier_of_court_and_promise_is_the_next_to_break(db: Session) -> None:
    head, row = person_of(a_head(db)), a_complaint(db)
    hear(db, row, head, HEARING)
    assert row.next_due_on == row.read_by
    hear(db, row, head, date(2026, 3, 5))
    assert row.next_due_on == MONDAY


def test_a_hearing_that_moved_says_from_when(db: Session) -> None:
    row, manager = answered(db)
    hear(db, row, manager, HEARING)
    hear(db, row, manager, date(2026, 4, 30))
    facts = last_line(db, row, "court_hearing").facts
    assert facts == {"hearing_on": "2026-04-30", "moved_from": "2026-04-02"}


def test_a_hearing_that_fell_through_is_to_be_found_out_again(db: Session) -> None:
    row, manager = answered(db)
    hear(db, row, manager, HEARING)
    hear(db, row, manager, None)
    assert (row.hearing_on, row.ongoing, row.warn_on) == (None, True, None)
    assert state(row, MONDAY)[0] is CourtState.FIND_OUT


@pytest.mark.parametrize("hearing_on", [date(2026, 3, 1), date(2999, 1, 1)], ids=["past", "never"])
def test_a_hearing_is_after_receipt_and_in_the_calendar(db: Session, hearing_on: date) -> None:
    row, manager = answered(db)
    with pytest.raises(DayOutOfRange) as refused:
        hear(db, row, manager, hearing_on)
    assert (refused.value.earliest, refused.value.latest) == (MONDAY, CALENDAR.last)


def test_the_court_is_told_in_two_parts_and_then_it_is_quiet(db: Session) -> None:
    row, manager = answered(db)
    hear(db, row, manager, HEARING)
    tell(db, row, manager, complaint_on=date(2026, 3, 19))
    assert state(row, date(2026, 3, 20))[0] is CourtState.TO_NOTIFY
    tell(db, row, manager, doing_on=date(2026, 3, 20))
    assert state(row, date(2026, 3, 20))[0] is CourtState.NOTIFIED
    assert (row.told_complaint_on, row.told_for_on) == (date(2026, 3, 19), HEARING)
    assert (row.next_due_on, row.warn_on) == (None, None)
    assert last_line(db, row, "court_told").facts == {"doing_on": "2026-03-20"}


def test_a_moved_hearing_opens_the_sum_again(db: Session) -> None:
    row, manager = answered(db)
    hear(db, row, manager, HEARING)
    tell(db, row, manager, complaint_on=MONDAY, doing_on=MONDAY)
    hear(db, row, manager, date(2026, 4, 30))
    assert state(row, MONDAY)[0] is CourtState.TO_NOTIFY
    tell(db, row, manager, doing_on=date(2026, 3, 20))
    assert state(row, date(2026, 3, 20))[0] is CourtState.NOTIFIED


def test_telling_the_court_nothing_is_refused(db: Session) -> None:
    row, manager = answered(db)
    with pytest.raises(Incomplete) as refused:
        tell(db, row, manager)
    assert refused.value.missing == ("complaint_on", "doing_on")


@pytest.mark.parametrize(
    "day", [date(2026, 3, 1), date(2026, 3, 21)], ids=["before receipt", "tomorrow"]
)
def test_the_court_was_told_between_receipt_and_today(db: Session, day: date) -> None:
    row, manager = answered(db)
    with pytest.raises(DayOutOfRange):
        tell(db, row, manager, complaint_on=day)


def test_the_child_is_told_that_the_court_will_know(db: Session) -> None:
    row, manager = answered(db)
    version = row.version
    assert court_notice.tell_child(an_act(db, row, manager)).version == version + 1
    assert lines(db, row) == ["court_child_told"]


def test_a_case_is_closed_once_the_court_knows(db: Session) -> None:
    row, manager = answered(db)
    hear(db, row, manager, HEARING)
    with pytest.raises(CourtNotTold) as refused:
        workflow.close(an_act(db, row, manager))
    assert refused.value.state is CourtState.TO_NOTIFY
    tell(db, row, manager, complaint_on=MONDAY, doing_on=MONDAY)
    assert workflow.close(an_act(db, row, manager)).stage is Stage.CLOSED


def test_a_missed_notice_stays_due_since_its_day_and_is_told_late(db: Session) -> None:
    row, manager = answered(db)
    hear(db, row, manager, HEARING)
    late = date(2026, 4, 10)
    court_notice.tell_child(an_act(db, row, manager, late))
    assert (row.next_due_on, row.warn_on) == (date(2026, 4, 1), date(2026, 3, 19))
    with pytest.raises(CourtNotTold) as refused:
        workflow.close(an_act(db, row, manager, late))
    assert refused.value.state is CourtState.MISSED
    tell(db, row, manager, complaint_on=late, doing_on=late, today=late)
    assert state(row, late) == (CourtState.MISSED, CourtWarning.NONE)
    assert row.next_due_on is None
    assert workflow.close(an_act(db, row, manager, late)).stage is Stage.CLOSED


def test_only_a_complaint_needs_the_court(db: Session) -> None:
    head = person_of(a_head(db))
    note, praise = a_note(db), a_compliment(db)
    hear(db, note, head, HEARING)
    assert state(note, MONDAY) == (CourtState.NOT_NEEDED, CourtWarning.NONE)
    assert (note.next_due_on, note.warn_on) == (note.read_by, None)
    with pytest.raises(StepNotOpen):
        hear(db, praise, head, HEARING)

"""The court notice. docs/procedure.md, paragraphs 40 to 51."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.court_notice import CaseOngoing, CourtState, CourtWarning
from kids_feedback.domain.case.hearings import HearingState
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.services.case import case_state
from kids_feedback.services.casework import workflow
from kids_feedback.services.casework.court import court_notice
from kids_feedback.services.casework.days.working_days import close_day
from kids_feedback.services.errors import (
    CourtNotTold,
    DayOutOfRange,
    Incomplete,
)
from tests.make import a_compliment, a_note, person_of
from tests.services.acts import MONDAY, a_head, an_act, last_line, lines, moment
from tests.services.court import (
    AFTER,
    FRIDAY,
    HEARING,
    LATER,
    answered,
    hear,
    kept,
    say,
    state,
    tell,
    tell_both,
    told,
)


class TestFindingOut:
    @pytest.mark.parametrize(
        ("ongoing", "where", "by"),
        [
            (CaseOngoing.YES, CourtState.FIND_OUT, date(2026, 3, 4)),
            (CaseOngoing.NO, CourtState.NOT_NEEDED, None),
            (CaseOngoing.UNKNOWN, CourtState.FIND_OUT, date(2026, 3, 4)),
        ],
        ids=["yes", "no", "unknown"],
    )
    def test_staff_say_whether_a_case_goes_on(
        self, db: Session, ongoing: CaseOngoing, where: CourtState, by: date | None
    ) -> None:
        row, manager = answered(db)
        assert row.next_due_on == date(2026, 3, 4)
        say(db, row, manager, ongoing)
        assert case_state.court_facts(row).ongoing is ongoing
        assert state(row, MONDAY)[0] is where
        assert row.next_due_on == by
        line = last_line(db, row, "court_ongoing")
        assert (line.facts, line.note) == ({"ongoing": ongoing.value}, "Asked the team.")

    def test_no_case_takes_the_hearings_away_that_lay_ahead(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        say(db, row, manager, CaseOngoing.NO)
        assert kept(row) == [(HEARING, HearingState.VACATED)]
        assert last_line(db, row, "court_ongoing").facts["vacated"] == ["2026-04-02"]
        assert state(row, LATER)[0] is CourtState.NOT_NEEDED
        say(db, row, manager, CaseOngoing.YES, FRIDAY)
        assert (row.court_asked_on, row.court_by) == (FRIDAY, date(2026, 3, 24))

    def test_after_a_hearing_the_next_one_is_asked_for(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        tell_both(db, row, manager, FRIDAY)
        assert state(row, HEARING)[0] is CourtState.NOTIFIED
        assert (row.next_due_on, row.warn_on) == (AFTER, None)
        assert state(row, date(2026, 4, 3))[0] is CourtState.FIND_OUT
        hear(db, row, manager, LATER, AFTER)
        assert row.next_due_on == date(2026, 4, 29)

    def test_it_stops_once_the_court_is_told_before_a_hearing_is_listed(self, db: Session) -> None:
        row, manager = answered(db)
        tell(db, row, manager, complaint_on=FRIDAY)
        assert row.next_due_on == date(2026, 3, 4)
        tell(db, row, manager, doing_on=FRIDAY)
        assert state(row, LATER)[0] is CourtState.NOTIFIED
        assert row.next_due_on is None
        hear(db, row, manager, HEARING, FRIDAY)
        assert (kept(row), told(row.hearings[0])) == (
            [(HEARING, HearingState.LISTED)],
            (FRIDAY, FRIDAY),
        )
        assert state(row, FRIDAY)[0] is CourtState.NOTIFIED

    def test_where_none_is_listed_it_is_asked_again_in_ten_working_days(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        hear(db, row, manager, None)
        assert kept(row) == [(HEARING, HearingState.VACATED)]
        assert (row.ongoing, row.warn_on, row.next_due_on) == (True, None, date(2026, 3, 16))
        assert state(row, MONDAY) == (CourtState.FIND_OUT, CourtWarning.NONE)
        assert state(row, date(2026, 3, 17))[1] is CourtWarning.OVERDUE

    def test_a_closed_day_moves_it(self, db: Session) -> None:
        row, _ = answered(db)
        at = moment()
        close_day(db, date(2026, 3, 3), "Storm", now=at.now, today=at.today)
        assert (row.court_by, row.next_due_on) == (date(2026, 3, 5), date(2026, 3, 5))
        assert last_line(db, row, "redated").facts["court_by"] == "2026-03-05"

    def test_only_a_complaint_needs_the_court(self, db: Session) -> None:
        head = person_of(a_head(db))
        note, praise = a_note(db), a_compliment(db)
        hear(db, note, head, HEARING)
        assert state(note, MONDAY) == (CourtState.NOT_A_COMPLAINT, CourtWarning.NONE)
        assert (note.next_due_on, note.warn_on) == (note.read_by, None)
        with pytest.raises(StepNotOpen):
            hear(db, praise, head, HEARING)


class TestTold:
    def test_the_court_is_told_in_two_parts_and_then_it_is_quiet(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        tell(db, row, manager, complaint_on=date(2026, 3, 19))
        assert state(row, FRIDAY)[0] is CourtState.TO_NOTIFY
        tell(db, row, manager, doing_on=FRIDAY)
        assert state(row, FRIDAY)[0] is CourtState.NOTIFIED
        assert told(row.hearings[0]) == (date(2026, 3, 19), FRIDAY)
        assert last_line(db, row, "court_told").facts == {"doing_on": "2026-03-20"}

    def test_telling_the_court_nothing_is_refused(self, db: Session) -> None:
        row, manager = answered(db)
        with pytest.raises(Incomplete) as refused:
            tell(db, row, manager)
        assert refused.value.missing == ("complaint_on", "doing_on")

    @pytest.mark.parametrize(
        "day", [date(2026, 3, 1), date(2026, 3, 21)], ids=["before receipt", "tomorrow"]
    )
    def test_the_court_was_told_between_receipt_and_today(self, db: Session, day: date) -> None:
        row, manager = answered(db)
        with pytest.raises(DayOutOfRange):
            tell(db, row, manager, complaint_on=day)

    def test_a_further_hearing_leaves_the_miss_where_it_is(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        hear(db, row, manager, LATER, AFTER)
        assert state(row, AFTER) == (CourtState.MISSED, CourtWarning.OVERDUE)
        assert row.next_due_on == date(2026, 4, 1)
        tell_both(db, row, manager, AFTER)
        assert [told(each) for each in row.hearings] == [(AFTER, AFTER), (AFTER, AFTER)]
        facts = case_state.court_facts(row)
        assert [each.told_on for each in facts.counted] == [AFTER, AFTER]
        assert state(row, AFTER)[0] is CourtState.NOTIFIED

    def test_part_two_told_before_one_hearing_is_told_again_for_the_next(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        hear(db, row, manager, LATER, AFTER)
        tell(db, row, manager, complaint_on=FRIDAY, doing_on=FRIDAY, today=AFTER)
        assert [told(each) for each in row.hearings] == [(FRIDAY, FRIDAY), (FRIDAY, None)]
        with pytest.raises(DayOutOfRange) as refused:
            tell(db, row, manager, doing_on=FRIDAY, today=AFTER)
        assert (refused.value.earliest, refused.value.latest) == (HEARING, AFTER)

    def test_the_child_is_told_that_the_court_will_know(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        version = row.version
        assert court_notice.tell_child(an_act(db, row, manager)).version == version + 1
        assert lines(db, row) == ["court_hearing", "court_child_told"]
        assert row.hearings[0].child_told_on == MONDAY


class TestClosing:
    def test_a_case_is_closed_once_the_court_knows(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        with pytest.raises(CourtNotTold) as refused:
            workflow.close(an_act(db, row, manager))
        assert refused.value.state is CourtState.TO_NOTIFY
        tell_both(db, row, manager, MONDAY)
        assert workflow.close(an_act(db, row, manager)).stage is Stage.CLOSED

    def test_a_missed_notice_stays_due_since_its_day_until_it_is_told_late(
        self, db: Session
    ) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        late = date(2026, 4, 10)
        court_notice.tell_child(an_act(db, row, manager, late))
        assert (row.next_due_on, row.warn_on) == (date(2026, 4, 1), date(2026, 3, 19))
        with pytest.raises(CourtNotTold) as refused:
            workflow.close(an_act(db, row, manager, late))
        assert refused.value.state is CourtState.MISSED
        tell_both(db, row, manager, late)
        assert (state(row, late)[0], row.next_due_on) == (CourtState.FIND_OUT, AFTER)
        say(db, row, manager, CaseOngoing.NO, late)
        assert state(row, late) == (CourtState.MISSED, CourtWarning.NONE)
        assert row.next_due_on is None
        assert workflow.close(an_act(db, row, manager, late)).stage is Stage.CLOSED

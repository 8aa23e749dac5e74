"""Hearings. docs/procedure.md, paragraphs 42 to 49."""

from datetime import date, time

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.court_notice import CourtState, CourtWarning
from kids_feedback.domain.case.hearings import HearingState
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.casework.court import hearings
from kids_feedback.services.errors import (
    DayOutOfRange,
    HearingIsOver,
    HearingListed,
    HearingNotOver,
    Incomplete,
)
from tests.make import CALENDAR, a_complaint, person_of
from tests.services.acts import MONDAY, a_head, an_act, last_line, lines, sent_to
from tests.services.court import (
    AFTER,
    FRIDAY,
    HEARING,
    LATER,
    PROMISES,
    answered,
    change,
    hear,
    kept,
    state,
    tell,
    tell_both,
    told,
)


class TestListed:
    def test_a_hearing_says_when_the_court_must_know_and_when_to_warn(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING, hearing_at=time(10, 30))
        assert row.ongoing is True
        assert (row.next_due_on, row.warn_on) == (date(2026, 4, 1), date(2026, 3, 19))
        assert state(row, date(2026, 3, 18)) == (CourtState.TO_NOTIFY, CourtWarning.NONE)
        assert state(row, date(2026, 3, 19)) == (CourtState.TO_NOTIFY, CourtWarning.SOON)
        assert last_line(db, row, "court_hearing").facts == {
            "hearing_on": "2026-04-02",
            "hearing_at": "10:30",
            "held": False,
        }

    def test_one_that_becomes_known_late_is_due_on_the_next_working_day(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING, date(2026, 3, 30))
        assert (row.next_due_on, row.warn_on) == (date(2026, 3, 31), date(2026, 3, 30))
        assert state(row, date(2026, 3, 30))[1] is CourtWarning.DUE_AT_ONCE
        assert sent_to(db) == []

    @pytest.mark.parametrize("today", [date(2026, 4, 1), HEARING], ids=["day before", "that day"])
    def test_where_no_day_is_left_the_head_is_told_at_once(self, db: Session, today: date) -> None:
        head = a_head(db)
        row, manager = answered(db)
        hear(db, row, manager, HEARING, today)
        assert row.next_due_on == today
        assert sent_to(db) == [head.email]

    def test_nobody_is_told_of_a_hearing_that_the_court_is_ready_for(self, db: Session) -> None:
        a_head(db)
        row, manager = answered(db)
        tell_both(db, row, manager, FRIDAY)
        hear(db, row, manager, HEARING, HEARING)
        assert sent_to(db) == []

    def test_the_earlier_of_court_and_promise_is_the_next_to_break(self, db: Session) -> None:
        head, row = person_of(a_head(db)), a_complaint(db)
        hear(db, row, head, HEARING)
        assert row.next_due_on == row.read_by
        hear(db, row, head, MONDAY)
        assert row.next_due_on == MONDAY

    @pytest.mark.parametrize(
        "hearing_on", [date(2026, 3, 1), date(2999, 1, 1)], ids=["past", "never"]
    )
    def test_a_hearing_is_after_receipt_and_in_the_calendar(
        self, db: Session, hearing_on: date
    ) -> None:
        row, manager = answered(db)
        with pytest.raises(DayOutOfRange) as refused:
            hear(db, row, manager, hearing_on)
        assert (refused.value.earliest, refused.value.latest) == (MONDAY, CALENDAR.last)

    def test_the_same_day_again_is_refused_and_leaves_no_line(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        with pytest.raises(HearingListed):
            hear(db, row, manager, HEARING)
        assert lines(db, row) == ["court_hearing"]

    def test_a_day_in_the_past_is_asked_about(self, db: Session) -> None:
        row, manager = answered(db)
        with pytest.raises(HearingIsOver):
            hear(db, row, manager, date(2026, 3, 19), FRIDAY)
        assert kept(row) == []
        hear(db, row, manager, date(2026, 3, 19), FRIDAY, was_held=True)
        assert kept(row) == [(date(2026, 3, 19), HearingState.HELD)]
        assert state(row, FRIDAY) == (CourtState.MISSED, CourtWarning.DUE_AT_ONCE)
        assert row.warn_on == FRIDAY


class TestChanged:
    def test_a_moved_hearing_opens_the_sum_again_for_part_two(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        tell_both(db, row, manager, MONDAY)
        change(db, row, manager, HearingState.MOVED, moved_to=LATER)
        assert kept(row) == [(HEARING, HearingState.MOVED), (LATER, HearingState.LISTED)]
        assert [told(each) for each in row.hearings] == [(MONDAY, MONDAY), (MONDAY, None)]
        assert state(row, MONDAY)[0] is CourtState.TO_NOTIFY
        assert last_line(db, row, "hearing_changed").facts == {
            "hearing_on": "2026-04-02",
            "state": "moved",
            "moved_to": "2026-04-30",
        }
        tell(db, row, manager, doing_on=FRIDAY)
        assert state(row, FRIDAY)[0] is CourtState.NOTIFIED
        assert told(row.hearings[0]) == (MONDAY, MONDAY)

    def test_one_brought_forward_is_not_late_before_that_was_known(self, db: Session) -> None:
        head = a_head(db)
        row, manager = answered(db)
        hear(db, row, manager, LATER)
        tell_both(db, row, manager, MONDAY)
        today = date(2026, 4, 1)
        change(db, row, manager, HearingState.MOVED, today, moved_to=HEARING)
        assert (row.next_due_on, state(row, today)[1]) == (today, CourtWarning.DUE_AT_ONCE)
        assert sent_to(db) == [head.email]

    def test_of_a_slip_the_right_day_has_the_whole_notice(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        tell_both(db, row, manager, MONDAY)
        with pytest.raises(Incomplete) as refused:
            change(db, row, manager, HearingState.MISTYPED, moved_to=LATER)
        assert refused.value.missing == ("reason",)
        change(db, row, manager, HearingState.MISTYPED, moved_to=LATER, reason="30, not 2.")
        assert kept(row) == [(HEARING, HearingState.MISTYPED), (LATER, HearingState.LISTED)]
        assert (row.hearings[0].reason, told(row.hearings[1])) == ("30, not 2.", (MONDAY, MONDAY))
        assert state(row, MONDAY)[0] is CourtState.NOTIFIED

    def test_a_slip_without_a_right_day_keeps_what_the_court_was_told(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        tell_both(db, row, manager, MONDAY)
        change(db, row, manager, HearingState.MISTYPED, reason="Another child's.")
        assert kept(row) == [(HEARING, HearingState.MISTYPED), (None, HearingState.AWAITED)]
        assert state(row, FRIDAY)[0] is CourtState.NOTIFIED
        assert row.court_by is None

    def test_one_that_was_vacated_asks_for_another_from_then_on(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        change(db, row, manager, HearingState.VACATED, FRIDAY)
        assert state(row, FRIDAY) == (CourtState.FIND_OUT, CourtWarning.NONE)
        assert row.next_due_on == date(2026, 3, 24)

    @pytest.mark.parametrize("became", [HearingState.MOVED, HearingState.VACATED])
    def test_a_day_that_has_passed_is_taken_away_with_a_reason(
        self, db: Session, became: HearingState
    ) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        with pytest.raises(Incomplete) as refused:
            change(db, row, manager, became, AFTER, moved_to=LATER)
        assert refused.value.missing == ("reason",)
        change(db, row, manager, became, AFTER, moved_to=LATER, reason="The judge was ill.")
        assert last_line(db, row, "hearing_changed").note == "The judge was ill."
        assert state(row, AFTER)[0] is not CourtState.MISSED

    def test_one_that_was_held_was_not_still_to_come(self, db: Session) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        with pytest.raises(HearingNotOver):
            change(db, row, manager, HearingState.HELD)
        change(db, row, manager, HearingState.HELD, AFTER)
        assert kept(row) == [(HEARING, HearingState.HELD)]

    def test_a_moved_one_needs_its_new_day_and_nothing_moves_into_the_past(
        self, db: Session
    ) -> None:
        row, manager = answered(db)
        hear(db, row, manager, HEARING)
        hear(db, row, manager, LATER)
        for moved_to, error in (
            (None, Incomplete),
            (date(2026, 3, 19), DayOutOfRange),
            (LATER, HearingListed),
        ):
            with pytest.raises(error):
                change(db, row, manager, HearingState.MOVED, FRIDAY, moved_to=moved_to)

    def test_a_hearing_of_another_case_is_not_there(self, db: Session) -> None:
        row, manager = answered(db)
        other = a_complaint(db)
        hear(db, other, person_of(a_head(db)), HEARING)
        with pytest.raises(NotFound):
            hearings.change_hearing(
                an_act(db, row, manager),
                hearing_id=other.hearings[0].id,
                state=HearingState.VACATED,
                promises=PROMISES,
            )

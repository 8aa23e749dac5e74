"""The court notice and its hearings. docs/procedure.md, paragraphs 40 to 51."""

from datetime import date, time
from typing import Any

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.court_notice import CaseOngoing, CourtState, CourtWarning
from kids_feedback.domain.case.hearings import HearingState
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.domain.people import Person
from kids_feedback.services.case import case_state
from kids_feedback.services.case.act import Saved
from kids_feedback.services.casework import court_notice, hearings, workflow
from kids_feedback.services.casework.working_days import close_day
from kids_feedback.services.errors import (
    CourtNotTold,
    DayOutOfRange,
    HearingIsOver,
    HearingListed,
    HearingNotOver,
    Incomplete,
)
from kids_feedback.storage.tables.case import Case, Hearing
from tests.make import CALENDAR, a_complaint, a_compliment, a_note, person_of
from tests.services.acts import MONDAY, a_head, a_manager, an_act, last_line, lines, moment, sent_to

PROMISES = Allowances()
HEARING = date(2026, 4, 2)  # a Thursday
LATER = date(2026, 4, 30)  # another
AFTER = date(2026, 4, 8)  # two working days after the hearing, over Easter
FRIDAY = date(2026, 3, 20)


def answered(db: Session) -> tuple[Case, Person]:
    manager = a_manager(db)
    on_time = {"talk_on": MONDAY, "delivered_on": MONDAY}
    row = a_complaint(db, stage=Stage.DELIVERED, manager=manager, court_asked_on=MONDAY, **on_time)
    return row, person_of(manager)


def hear(
    db: Session,
    row: Case,
    person: Person,
    hearing_on: date | None,
    today: date = MONDAY,
    **more: Any,
) -> Saved:
    act = an_act(db, row, person, today)
    return hearings.set_hearing(act, hearing_on=hearing_on, promises=PROMISES, **more)


def change(
    db: Session,
    row: Case,
    person: Person,
    state: HearingState,
    today: date = MONDAY,
    *,
    which: int = 0,
    **more: Any,
) -> Saved:
    return hearings.change_hearing(
        an_act(db, row, person, today),
        hearing_id=row.hearings[which].id,
        state=state,
        promises=PROMISES,
        **more,
    )


def tell(
    db: Session,
    row: Case,
    person: Person,
    *,
    complaint_on: date | None = None,
    doing_on: date | None = None,
    today: date = FRIDAY,
) -> Saved:
    act = an_act(db, row, person, today)
    return court_notice.tell_court(
        act, complaint_on=complaint_on, doing_on=doing_on, promises=PROMISES
    )


def tell_both(db: Session, row: Case, person: Person, on: date) -> Saved:
    return tell(db, row, person, complaint_on=on, doing_on=on, today=on)


def say(db: Session, row: Case, person: Person, ongoing: CaseOngoing, today: date = MONDAY) -> None:
    act = an_act(db, row, person, today)
    court_notice.set_ongoing(act, ongoing=ongoing, promises=PROMISES, note="Asked the team.")


def state(row: Case, today: date) -> tuple[CourtState, CourtWarning]:
    flag = case_state.flag_of(row, today=today, calendar=CALENDAR)
    return flag.state, flag.warning


def told(row: Hearing) -> tuple[date | None, date | None]:
    return row.told_complaint_on, row.told_doing_on


def kept(row: Case) -> list[tuple[date | None, HearingState]]:
    return [(hearing.hearing_on, hearing.state) for hearing in row.hearings]


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

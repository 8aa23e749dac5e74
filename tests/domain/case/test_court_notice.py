"""The court notice: docs/procedure.md, paragraphs 40 to 51.

The hearing is on Friday 24 April 2026 unless a test says otherwise: the last working day before it
is 23 April, five working days before it is 17 April, ten is 10 April.
"""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.domain.case.court_notice import (
    CaseOngoing,
    CourtFacts,
    CourtFlag,
    CourtState,
    CourtWarning,
    blocks_closing,
    court_flag,
)
from kids_feedback.domain.errors import CalendarGap
from kids_feedback.gateways.bank_holidays import calendar_of

ENGLAND = calendar_of({})
HEARING = date(2026, 4, 24)
EARLY = date(2026, 3, 2)
SPRING = st.dates(date(2026, 3, 1), date(2026, 6, 30))


def facts(
    *,
    received_on: date = EARLY,
    ongoing: CaseOngoing = CaseOngoing.YES,
    hearing_on: date | None = HEARING,
    complaint: date | None = None,
    doing: date | None = None,
    told_for: date | None = None,
) -> CourtFacts:
    return CourtFacts(
        received_on=received_on,
        ongoing=ongoing,
        hearing_on=hearing_on,
        told_complaint_on=complaint,
        told_doing_on=doing,
        told_for=told_for,
    )


def flag_on(today: str, recorded: CourtFacts) -> CourtFlag:
    return court_flag(recorded, today=date.fromisoformat(today), calendar=ENGLAND)


def april(day: int) -> date:
    return date(2026, 4, day)


@pytest.mark.parametrize(
    ("today", "warning"),
    [
        pytest.param("2026-04-09", CourtWarning.NONE, id="eleven working days before"),
        pytest.param("2026-04-10", CourtWarning.SOON, id="ten working days before"),
        pytest.param("2026-04-16", CourtWarning.SOON, id="six working days before"),
        pytest.param("2026-04-17", CourtWarning.URGENT, id="five working days before"),
        pytest.param("2026-04-22", CourtWarning.URGENT, id="two working days before"),
        pytest.param("2026-04-23", CourtWarning.DUE_AT_ONCE, id="the last working day before"),
    ],
)
def test_a_manager_is_warned_before_the_hearing(today: str, warning: CourtWarning) -> None:
    flag = flag_on(today, facts())
    assert flag == CourtFlag(state=CourtState.TO_NOTIFY, due_on=april(23), warning=warning)
    assert blocks_closing(flag)


@pytest.mark.parametrize(
    ("complaint", "doing"),
    [
        pytest.param(april(9), None, id="only the complaint"),
        pytest.param(None, april(9), id="only what is being done"),
    ],
)
def test_half_a_notice_is_no_notice(complaint: date | None, doing: date | None) -> None:
    flag = flag_on("2026-04-10", facts(complaint=complaint, doing=doing, told_for=HEARING))
    assert (flag.state, flag.warning) == (CourtState.TO_NOTIFY, CourtWarning.SOON)


@pytest.mark.parametrize("today", ["2026-04-17", "2026-04-24", "2026-05-20"])
def test_once_both_parts_are_told_all_is_quiet(today: str) -> None:
    told = facts(complaint=april(9), doing=april(16), told_for=HEARING)
    flag = flag_on(today, told)
    assert flag == CourtFlag(state=CourtState.NOTIFIED)
    assert not blocks_closing(flag)


def test_a_hearing_on_monday_leaves_friday_to_tell_the_court() -> None:
    monday = facts(hearing_on=april(27))
    assert flag_on("2026-04-24", monday).warning is CourtWarning.DUE_AT_ONCE
    on_saturday = flag_on("2026-04-25", monday)
    assert on_saturday == CourtFlag(
        state=CourtState.TO_NOTIFY, due_on=april(24), warning=CourtWarning.OVERDUE
    )
    told_on_sunday = facts(
        hearing_on=april(27), complaint=april(9), doing=april(26), told_for=april(27)
    )
    assert flag_on("2026-04-27", told_on_sunday).state is CourtState.NOTIFIED


def test_a_hearing_after_easter_leaves_maundy_thursday() -> None:
    assert flag_on("2026-03-30", facts(hearing_on=april(7))).due_on == april(2)


class TestReceivedLate:
    @pytest.mark.parametrize(
        ("received_on", "today", "due_on", "warning"),
        [
            pytest.param(17, 17, 23, CourtWarning.URGENT, id="on the line it is not late yet"),
            pytest.param(20, 20, 20, CourtWarning.DUE_AT_ONCE, id="the working day after the line"),
            pytest.param(20, 21, 20, CourtWarning.OVERDUE, id="and not told by the next day"),
            pytest.param(18, 18, 20, CourtWarning.DUE_AT_ONCE, id="on a saturday: due on monday"),
            pytest.param(19, 19, 20, CourtWarning.DUE_AT_ONCE, id="on a sunday: due on monday"),
            pytest.param(18, 20, 20, CourtWarning.DUE_AT_ONCE, id="and on monday it still is"),
            pytest.param(23, 23, 23, CourtWarning.DUE_AT_ONCE, id="the day before the hearing"),
            pytest.param(24, 24, 24, CourtWarning.DUE_AT_ONCE, id="on the day of the hearing"),
        ],
    )
    def test_a_complaint_is_due_at_once(
        self, received_on: int, today: int, due_on: int, warning: CourtWarning
    ) -> None:
        flag = flag_on(april(today).isoformat(), facts(received_on=april(received_on)))
        assert flag == CourtFlag(state=CourtState.TO_NOTIFY, due_on=april(due_on), warning=warning)

    def test_a_weekend_before_a_monday_hearing_is_no_excuse(self) -> None:
        flag = flag_on("2026-04-25", facts(received_on=april(25), hearing_on=april(27)))
        assert (flag.due_on, flag.warning) == (april(25), CourtWarning.DUE_AT_ONCE)

    def test_telling_the_court_on_a_later_day_before_the_hearing_still_counts(self) -> None:
        told = facts(received_on=april(21), complaint=april(23), doing=april(23), told_for=HEARING)
        assert flag_on("2026-04-23", told).state is CourtState.NOTIFIED

    def test_received_and_told_on_the_day_of_the_hearing_counts(self) -> None:
        told = facts(received_on=HEARING, complaint=HEARING, doing=HEARING, told_for=HEARING)
        assert flag_on("2026-04-24", told).state is CourtState.NOTIFIED
        assert flag_on("2026-04-25", facts(received_on=HEARING)).state is CourtState.MISSED

    def test_a_hearing_heard_of_late_does_not_make_the_complaint_late(self) -> None:
        flag = flag_on("2026-04-22", facts(hearing_on=HEARING))
        assert (flag.due_on, flag.warning) == (april(23), CourtWarning.URGENT)


class TestMissed:
    @pytest.mark.parametrize("today", ["2026-04-24", "2026-04-27"])
    def test_a_court_that_was_not_told_before_the_day_is_still_owed_it(self, today: str) -> None:
        flag = flag_on(today, facts())
        assert flag == CourtFlag(state=CourtState.MISSED, warning=CourtWarning.OVERDUE)
        assert blocks_closing(flag)

    @pytest.mark.parametrize("late", [april(24), april(28)])
    def test_telling_it_late_settles_it_but_stays_missed(self, late: date) -> None:
        flag = flag_on("2026-04-28", facts(complaint=april(9), doing=late, told_for=HEARING))
        assert flag == CourtFlag(state=CourtState.MISSED)
        assert not blocks_closing(flag)

    def test_a_case_that_ended_there_keeps_the_miss_but_can_be_closed(self) -> None:
        flag = flag_on("2026-05-01", facts(ongoing=CaseOngoing.NO))
        assert flag == CourtFlag(state=CourtState.MISSED)
        assert not blocks_closing(flag)


class TestMoved:
    def test_a_hearing_moved_later_asks_again_what_is_being_done(self) -> None:
        told = facts(
            hearing_on=date(2026, 6, 5), complaint=april(9), doing=april(9), told_for=HEARING
        )
        assert flag_on("2026-04-20", told) == CourtFlag(
            state=CourtState.TO_NOTIFY, due_on=date(2026, 6, 4)
        )
        assert flag_on("2026-06-01", told).warning is CourtWarning.URGENT

    def test_the_complaint_itself_need_not_be_told_twice(self) -> None:
        moved_to = date(2026, 6, 5)
        told = facts(
            hearing_on=moved_to, complaint=april(9), doing=date(2026, 6, 1), told_for=moved_to
        )
        assert flag_on("2026-06-01", told).state is CourtState.NOTIFIED

    def test_a_hearing_brought_forward_can_be_urgent_overnight(self) -> None:
        told = facts(hearing_on=april(15), complaint=april(9), doing=april(9), told_for=HEARING)
        flag = flag_on("2026-04-13", told)
        assert (flag.state, flag.due_on) == (CourtState.TO_NOTIFY, april(14))
        assert flag.warning is CourtWarning.URGENT

    def test_a_hearing_put_off_with_no_new_date_leaves_the_court_told(self) -> None:
        told = facts(hearing_on=None, complaint=april(9), doing=april(9), told_for=HEARING)
        assert flag_on("2026-04-20", told).state is CourtState.NOTIFIED


class TestUnknown:
    @pytest.mark.parametrize("ongoing", [CaseOngoing.YES, CaseOngoing.UNKNOWN])
    def test_without_a_hearing_staff_must_find_out(self, ongoing: CaseOngoing) -> None:
        flag = flag_on("2026-04-10", facts(ongoing=ongoing, hearing_on=None))
        assert flag == CourtFlag(state=CourtState.FIND_OUT)
        assert blocks_closing(flag)

    def test_a_known_hearing_counts_while_nobody_has_said_that_the_case_goes_on(self) -> None:
        flag = flag_on("2026-04-10", facts(ongoing=CaseOngoing.UNKNOWN))
        assert (flag.state, flag.warning) == (CourtState.TO_NOTIFY, CourtWarning.SOON)

    def test_a_hearing_before_the_complaint_is_not_its_next_one(self) -> None:
        flag = flag_on("2026-04-28", facts(received_on=april(27)))
        assert flag.state is CourtState.FIND_OUT

    def test_a_court_told_before_any_hearing_is_listed_has_been_told_for_the_first(self) -> None:
        told = facts(hearing_on=None, complaint=april(9), doing=april(9))
        assert flag_on("2026-04-10", told).state is CourtState.NOTIFIED
        listed = facts(complaint=april(9), doing=april(9), told_for=None)
        assert flag_on("2026-04-20", listed).state is CourtState.NOTIFIED


@pytest.mark.parametrize("hearing_on", [None, HEARING])
def test_without_an_ongoing_case_no_notice_is_needed(hearing_on: date | None) -> None:
    flag = flag_on("2026-04-10", facts(ongoing=CaseOngoing.NO, hearing_on=hearing_on))
    assert flag == CourtFlag(state=CourtState.NOT_NEEDED)
    assert not blocks_closing(flag)


def test_no_warning_is_worked_out_for_a_hearing_nobody_can_count_to() -> None:
    with pytest.raises(CalendarGap):
        flag_on("2026-04-10", facts(hearing_on=date(2036, 1, 4)))


@given(received_on=SPRING, hearing_on=SPRING, today=SPRING)
def test_an_untold_hearing_is_never_quietly_passed(
    received_on: date, hearing_on: date, today: date
) -> None:
    if not received_on <= min(hearing_on, today):
        return
    flag = court_flag(
        facts(received_on=received_on, hearing_on=hearing_on), today=today, calendar=ENGLAND
    )
    assert blocks_closing(flag)
    assert flag.state is (CourtState.TO_NOTIFY if flag.due_on else CourtState.MISSED)
    if flag.due_on is not None:
        assert received_on <= flag.due_on <= max(received_on, hearing_on)
    if today >= hearing_on:
        assert flag.warning in {CourtWarning.OVERDUE, CourtWarning.DUE_AT_ONCE}


@given(received_on=SPRING, hearing_on=SPRING)
def test_a_warning_never_grows_quieter_while_the_court_waits(
    received_on: date, hearing_on: date
) -> None:
    if received_on > hearing_on:
        return
    untold = facts(received_on=received_on, hearing_on=hearing_on)
    loudness = list(CourtWarning)
    days = [date.fromordinal(day) for day in range(received_on.toordinal(), hearing_on.toordinal())]
    heard = [
        loudness.index(court_flag(untold, today=day, calendar=ENGLAND).warning) for day in days
    ]
    assert heard == sorted(heard)


@pytest.mark.parametrize(
    ("state", "warning"), list(product(CourtState, [CourtWarning.NONE, CourtWarning.OVERDUE]))
)
def test_only_something_still_owed_keeps_a_case_open(
    state: CourtState, warning: CourtWarning
) -> None:
    owed = state in {CourtState.FIND_OUT, CourtState.TO_NOTIFY} or (
        state is CourtState.MISSED and warning is CourtWarning.OVERDUE
    )
    assert blocks_closing(CourtFlag(state=state, warning=warning)) == owed

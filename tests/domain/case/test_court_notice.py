"""By when the court is told, and how loud the warning is: docs/procedure.md, paragraphs 41 to 44.

The hearing, unless a test says otherwise, is that of ``court_facts``: on Friday 24 April 2026.
"""

from datetime import date

import pytest
from hypothesis import assume, given

from kids_feedback.domain.case.court_notice import (
    CourtFlag,
    CourtState,
    CourtWarning,
    blocks_closing,
    court_flag,
)
from kids_feedback.domain.case.hearings import HearingState, NoticePart, no_time_is_left
from kids_feedback.domain.errors import CalendarGap
from tests.domain.case.court_facts import ENGLAND, HEARING, SPRING, a_hearing, april, facts, flag_on


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
    recorded = facts()
    flag = flag_on(today, recorded)
    assert flag == CourtFlag(
        state=CourtState.TO_NOTIFY, due_on=april(23), warning=warning, hearing=recorded.hearings[0]
    )
    assert blocks_closing(flag)


@pytest.mark.parametrize(
    ("complaint", "doing", "missing"),
    [
        pytest.param(april(9), None, NoticePart.DOING, id="only the complaint"),
        pytest.param(None, april(9), NoticePart.COMPLAINT, id="only what is being done"),
    ],
)
def test_half_a_notice_is_no_notice(
    complaint: date | None, doing: date | None, missing: NoticePart
) -> None:
    flag = flag_on("2026-04-10", facts(complaint=complaint, doing=doing))
    assert (flag.state, flag.warning) == (CourtState.TO_NOTIFY, CourtWarning.SOON)
    assert flag.hearing is not None
    assert flag.hearing.missing == (missing,)


def test_a_hearing_on_monday_leaves_friday_to_tell_the_court() -> None:
    monday = facts(hearing_on=april(27))
    assert flag_on("2026-04-24", monday).warning is CourtWarning.DUE_AT_ONCE
    on_saturday = flag_on("2026-04-25", monday)
    assert (on_saturday.state, on_saturday.due_on) == (CourtState.TO_NOTIFY, april(24))
    assert on_saturday.warning is CourtWarning.OVERDUE
    told_on_sunday = facts(hearing_on=april(27), complaint=april(9), doing=april(26))
    assert flag_on("2026-04-27", told_on_sunday).state is CourtState.NOTIFIED


def test_a_hearing_after_easter_leaves_maundy_thursday() -> None:
    assert flag_on("2026-03-30", facts(hearing_on=april(7))).due_on == april(2)


class TestKnownLate:
    @pytest.mark.parametrize(
        ("known_on", "today", "due_on", "warning"),
        [
            pytest.param(17, 17, 23, CourtWarning.URGENT, id="on the line it is not late yet"),
            pytest.param(20, 20, 21, CourtWarning.DUE_AT_ONCE, id="after it: the next working day"),
            pytest.param(20, 21, 21, CourtWarning.DUE_AT_ONCE, id="and on that day it still is"),
            pytest.param(20, 22, 21, CourtWarning.OVERDUE, id="and not told by the day after"),
            pytest.param(18, 18, 20, CourtWarning.DUE_AT_ONCE, id="on a saturday: due on monday"),
            pytest.param(19, 20, 20, CourtWarning.DUE_AT_ONCE, id="and on monday it still is"),
            pytest.param(22, 22, 23, CourtWarning.DUE_AT_ONCE, id="two days before: the last one"),
            pytest.param(23, 23, 23, CourtWarning.DUE_AT_ONCE, id="the day before the hearing"),
            pytest.param(24, 24, 24, CourtWarning.DUE_AT_ONCE, id="on the day of the hearing"),
        ],
    )
    def test_a_hearing_is_due_from_when_it_became_known(
        self, known_on: int, today: int, due_on: int, warning: CourtWarning
    ) -> None:
        flag = flag_on(april(today).isoformat(), facts(known_on=april(known_on)))
        assert (flag.state, flag.due_on) == (CourtState.TO_NOTIFY, april(due_on))
        assert flag.warning is warning

    def test_a_weekend_before_a_monday_hearing_is_no_excuse(self) -> None:
        flag = flag_on("2026-04-25", facts(known_on=april(25), hearing_on=april(27)))
        assert (flag.due_on, flag.warning) == (april(25), CourtWarning.DUE_AT_ONCE)

    def test_telling_the_court_on_a_later_day_before_the_hearing_still_counts(self) -> None:
        told = facts(known_on=april(20), complaint=april(23), doing=april(23))
        assert flag_on("2026-04-23", told).state is CourtState.NOTIFIED

    def test_known_and_told_on_the_day_of_the_hearing_counts(self) -> None:
        told = facts(known_on=HEARING, complaint=HEARING, doing=HEARING)
        assert flag_on("2026-04-24", told).state is CourtState.NOTIFIED
        assert flag_on("2026-04-25", facts(known_on=HEARING)).state is CourtState.MISSED

    def test_one_that_is_known_after_it_was_held_was_missed_and_is_due_from_then_on(self) -> None:
        held = facts(known_on=april(28), became=HearingState.HELD)
        flag = flag_on("2026-04-28", held)
        assert (flag.state, flag.due_on) == (CourtState.MISSED, april(28))
        assert flag.warning is CourtWarning.DUE_AT_ONCE
        assert blocks_closing(flag)
        assert flag_on("2026-04-29", held).warning is CourtWarning.OVERDUE

    @pytest.mark.parametrize(("known_on", "no_time"), [(20, False), (22, False), (23, True)])
    def test_the_head_is_told_where_it_is_due_on_the_same_day(
        self, *, known_on: int, no_time: bool
    ) -> None:
        assert no_time_is_left(a_hearing(known_on=april(known_on)), ENGLAND) == no_time


def test_no_warning_is_worked_out_for_a_hearing_nobody_can_count_to() -> None:
    with pytest.raises(CalendarGap):
        flag_on("2026-04-10", facts(hearing_on=date(2036, 1, 4)))


@given(known_on=SPRING, hearing_on=SPRING, today=SPRING)
def test_an_untold_hearing_is_never_quietly_passed(
    known_on: date, hearing_on: date, today: date
) -> None:
    assume(known_on <= today)
    untold = facts(hearing_on=hearing_on, known_on=known_on)
    flag = court_flag(untold, today=today, calendar=ENGLAND)
    assert blocks_closing(flag)
    assert flag.state in {CourtState.TO_NOTIFY, CourtState.MISSED}
    assert flag.due_on is not None
    assert flag.due_on <= max(known_on, hearing_on)
    if today >= hearing_on:
        assert flag.warning in {CourtWarning.OVERDUE, CourtWarning.DUE_AT_ONCE}


@given(known_on=SPRING, hearing_on=SPRING)
def test_nothing_is_late_before_it_was_known(known_on: date, hearing_on: date) -> None:
    untold = facts(hearing_on=hearing_on, known_on=known_on)
    flag = court_flag(untold, today=known_on, calendar=ENGLAND)
    assert flag.due_on is not None
    assert flag.due_on >= known_on
    assert flag.warning is not CourtWarning.OVERDUE


@given(known_on=SPRING, hearing_on=SPRING)
def test_a_warning_never_grows_quieter_while_the_court_waits(
    known_on: date, hearing_on: date
) -> None:
    assume(known_on <= hearing_on)
    untold = facts(hearing_on=hearing_on, known_on=known_on)
    loudness = list(CourtWarning)
    days = [date.fromordinal(day) for day in range(known_on.toordinal(), hearing_on.toordinal())]
    heard = [
        loudness.index(court_flag(untold, today=day, calendar=ENGLAND).warning) for day in days
    ]
    assert heard == sorted(heard)

"""The court notice: docs/procedure.md, paragraphs 40 to 51.

The hearing is on Friday 24 April 2026 unless a test says otherwise: the last working day before it
is 23 April, five working days before it is 17 April, ten is 10 April.
"""

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kids_feedback.domain.case.court_notice import (
    CaseOngoing,
    CourtFacts,
    CourtFlag,
    CourtState,
    CourtWarning,
    blocks_closing,
    comes_first,
    court_flag,
    days_of_notices,
)
from kids_feedback.domain.case.hearings import (
    Hearing,
    HearingState,
    NoticePart,
    no_time_is_left,
)
from kids_feedback.domain.errors import CalendarGap
from kids_feedback.gateways.bank_holidays import calendar_of

ENGLAND = calendar_of({})
HEARING = date(2026, 4, 24)
JUNE = date(2026, 6, 5)
EARLY = date(2026, 3, 2)
SPRING = st.dates(date(2026, 3, 2), date(2026, 6, 30))
OF_A_HEARING = [state for state in HearingState if state is not HearingState.AWAITED]
HEARINGS = st.builds(
    Hearing,
    on=SPRING,
    known_on=SPRING,
    state=st.sampled_from(OF_A_HEARING),
    told_complaint_on=st.none() | SPRING,
    told_doing_on=st.none() | SPRING,
)


def april(day: int) -> date:
    return date(2026, 4, day)


def a_hearing(
    *,
    on: date | None = HEARING,
    known_on: date = EARLY,
    became: HearingState = HearingState.LISTED,
    complaint: date | None = None,
    doing: date | None = None,
) -> Hearing:
    return Hearing(
        state=became, on=on, known_on=known_on, told_complaint_on=complaint, told_doing_on=doing
    )


def with_hearings(*hearings: Hearing) -> CourtFacts:
    return CourtFacts(received_on=EARLY, ongoing=CaseOngoing.YES, hearings=hearings)


def facts(
    *,
    received_on: date = EARLY,
    ongoing: CaseOngoing = CaseOngoing.YES,
    find_out_by: date | None = None,
    hearing_on: date | None = HEARING,
    **more: Any,
) -> CourtFacts:
    """Return what was recorded of one hearing (see ``a_hearing``)."""
    return CourtFacts(
        received_on=received_on,
        ongoing=ongoing,
        find_out_by=find_out_by,
        hearings=(a_hearing(on=hearing_on, **more),),
    )


def flag_on(today: str, recorded: CourtFacts) -> CourtFlag:
    return court_flag(recorded, today=date.fromisoformat(today), calendar=ENGLAND)


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


class TestMissed:
    @pytest.mark.parametrize("today", ["2026-04-24", "2026-04-27"])
    def test_a_court_that_was_not_told_before_the_day_is_still_owed_it(self, today: str) -> None:
        flag = flag_on(today, facts())
        assert (flag.state, flag.due_on) == (CourtState.MISSED, april(23))
        assert flag.warning is CourtWarning.OVERDUE
        assert blocks_closing(flag)

    @pytest.mark.parametrize("late", [april(24), april(28)])
    def test_telling_it_late_leaves_the_next_hearing_to_be_asked_for(self, late: date) -> None:
        told = facts(complaint=april(9), doing=late, find_out_by=april(28))
        flag = flag_on("2026-04-28", told)
        assert (flag.state, flag.due_on) == (CourtState.FIND_OUT, april(28))
        assert told.missed(april(28)) == (told.hearings[0],)

    def test_a_case_that_ended_there_keeps_the_miss_but_can_be_closed(self) -> None:
        flag = flag_on("2026-05-01", facts(ongoing=CaseOngoing.NO))
        assert (flag.state, flag.warning) == (CourtState.MISSED, CourtWarning.NONE)
        assert not blocks_closing(flag)

    def test_a_next_hearing_does_not_take_the_miss_away(self) -> None:
        both = with_hearings(a_hearing(), a_hearing(on=JUNE, known_on=april(28)))
        flag = flag_on("2026-04-28", both)
        assert (flag.state, flag.due_on) == (CourtState.MISSED, april(23))
        late = april(28)
        told = with_hearings(
            a_hearing(complaint=late, doing=late),
            a_hearing(on=JUNE, known_on=late, complaint=late, doing=late),
        )
        assert flag_on("2026-04-28", told).state is CourtState.NOTIFIED
        assert told.missed(late) == (told.hearings[0],)


class TestMoved:
    def test_another_day_is_told_again_what_is_being_done(self) -> None:
        gone = a_hearing(complaint=april(9), doing=april(9), became=HearingState.MOVED)
        flag = flag_on(
            "2026-04-20",
            with_hearings(gone, a_hearing(on=JUNE, known_on=april(20), complaint=april(9))),
        )
        assert (flag.state, flag.due_on) == (CourtState.TO_NOTIFY, date(2026, 6, 4))
        assert flag.hearing is not None
        assert flag.hearing.missing == (NoticePart.DOING,)

    def test_a_hearing_brought_forward_is_not_late_before_that_was_known(self) -> None:
        gone = a_hearing(on=JUNE, became=HearingState.MOVED)
        moved = with_hearings(gone, a_hearing(known_on=april(22), complaint=april(9)))
        flag = flag_on("2026-04-22", moved)
        assert (flag.due_on, flag.warning) == (april(23), CourtWarning.DUE_AT_ONCE)

    @pytest.mark.parametrize(
        "became", [HearingState.MOVED, HearingState.VACATED, HearingState.MISTYPED]
    )
    def test_one_that_does_not_take_place_asks_for_another(self, became: HearingState) -> None:
        flag = flag_on("2026-04-20", facts(became=became, find_out_by=april(22)))
        assert flag == CourtFlag(state=CourtState.FIND_OUT, due_on=april(22))


class TestFindOut:
    @pytest.mark.parametrize("ongoing", [CaseOngoing.YES, CaseOngoing.UNKNOWN])
    @pytest.mark.parametrize(
        ("today", "warning"),
        [
            (3, CourtWarning.NONE),
            (4, CourtWarning.DUE_AT_ONCE),
            (5, CourtWarning.OVERDUE),
        ],
    )
    def test_it_has_a_day_and_is_late_after_it(
        self, ongoing: CaseOngoing, today: int, warning: CourtWarning
    ) -> None:
        by = date(2026, 3, 4)
        asked = CourtFacts(received_on=EARLY, ongoing=ongoing, find_out_by=by)
        flag = flag_on(f"2026-03-0{today}", asked)
        assert flag == CourtFlag(state=CourtState.FIND_OUT, due_on=by, warning=warning)
        assert blocks_closing(flag)

    @pytest.mark.parametrize(
        ("today", "state"),
        [
            ("2026-04-23", CourtState.NOTIFIED),
            ("2026-04-24", CourtState.NOTIFIED),
            ("2026-04-25", CourtState.FIND_OUT),
        ],
    )
    def test_the_day_after_a_hearing_the_next_one_is_asked_for(
        self, today: str, state: CourtState
    ) -> None:
        told = facts(complaint=april(9), doing=april(16), find_out_by=april(28))
        flag = flag_on(today, told)
        assert (flag.state, flag.due_on) == (state, april(28))
        assert flag.hearing == told.hearings[0]
        assert blocks_closing(flag) == (state is CourtState.FIND_OUT)

    def test_a_known_hearing_counts_while_nobody_has_said_that_the_case_goes_on(self) -> None:
        flag = flag_on("2026-04-10", facts(ongoing=CaseOngoing.UNKNOWN))
        assert (flag.state, flag.warning) == (CourtState.TO_NOTIFY, CourtWarning.SOON)

    def test_a_hearing_before_the_complaint_is_not_its_next_one(self) -> None:
        flag = flag_on("2026-04-28", facts(received_on=april(27)))
        assert flag.state is CourtState.FIND_OUT

    def test_a_court_told_before_any_hearing_is_listed_has_been_told_for_the_first(self) -> None:
        told: dict[str, Any] = {"complaint": april(9), "doing": april(9)}
        awaited = facts(became=HearingState.AWAITED, hearing_on=None, **told)
        assert flag_on("2026-04-10", awaited).state is CourtState.NOTIFIED
        assert flag_on("2026-04-20", facts(**told)).state is CourtState.NOTIFIED

    def test_half_of_it_told_does_not_stop_the_asking(self) -> None:
        half = facts(became=HearingState.AWAITED, hearing_on=None, complaint=april(9))
        assert flag_on("2026-04-10", half).state is CourtState.FIND_OUT


def test_without_an_ongoing_case_no_notice_is_needed() -> None:
    over = CourtFacts(received_on=EARLY, ongoing=CaseOngoing.NO)
    flag = flag_on("2026-04-10", over)
    assert flag == CourtFlag(state=CourtState.NOT_NEEDED)
    assert not blocks_closing(flag)


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


@given(hearings=st.lists(HEARINGS, max_size=4), later=HEARINGS, today=SPRING)
def test_no_other_hearing_takes_a_miss_away(
    hearings: list[Hearing], later: Hearing, today: date
) -> None:
    before = with_hearings(*hearings).missed(today)
    after = with_hearings(*hearings, later).missed(today)
    assert [miss for miss in before if miss not in after] == []


@given(hearings=st.lists(HEARINGS, max_size=4), today=SPRING)
def test_the_days_by_which_the_queue_is_sorted_are_those_of_the_flag(
    hearings: list[Hearing], today: date
) -> None:
    assume(all(hearing.known_on <= today for hearing in hearings))
    recorded = with_hearings(*hearings)
    due_on, warn_on = days_of_notices(recorded, ENGLAND)
    flag = court_flag(recorded, today=today, calendar=ENGLAND)
    owed = flag.state is not CourtState.FIND_OUT and blocks_closing(flag)
    assert owed == (due_on is not None)
    if owed:
        assert flag.due_on == due_on
        assert comes_first(flag, due_on)
        assert warn_on is not None
        assert (flag.warning is CourtWarning.NONE) >= (warn_on > today)


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

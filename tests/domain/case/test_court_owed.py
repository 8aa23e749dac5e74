"""What the court is still owed, and what keeps a case open: docs/procedure.md, paragraphs 45 to 51.

A hearing was missed, or moved, or the next one is still to be found out. Unless a test says
otherwise it is that of ``court_facts``: on Friday 24 April 2026.
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
    sorts,
)
from kids_feedback.domain.case.hearings import Hearing, HearingState, NoticePart
from tests.domain.case.court_facts import (
    EARLY,
    ENGLAND,
    SPRING,
    a_hearing,
    april,
    facts,
    flag_on,
    with_hearings,
)

JUNE = date(2026, 6, 5)
OF_A_HEARING = [state for state in HearingState if state is not HearingState.AWAITED]
HEARINGS = st.builds(
    Hearing,
    on=SPRING,
    known_on=SPRING,
    state=st.sampled_from(OF_A_HEARING),
    told_complaint_on=st.none() | SPRING,
    told_doing_on=st.none() | SPRING,
)


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


def test_a_day_after_a_hearing_sorts_but_nothing_is_done_about_it_before() -> None:
    told = facts(complaint=april(9), doing=april(9), find_out_by=april(28))
    for today, first in (("2026-04-24", False), ("2026-04-25", True)):
        flag = flag_on(today, told)
        assert sorts(flag, april(28))
        assert not sorts(flag, april(27))
        assert comes_first(flag, april(28)) == first


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

"""What is known of hearings, and what the court was told: for the tests of the court notice.

The hearing is on Friday 24 April 2026 unless a test says otherwise: the last working day before it
is 23 April, five working days before it is 17 April, ten is 10 April.
"""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from kids_feedback.domain.case.court_notice import CaseOngoing, CourtFacts, CourtFlag, court_flag
from kids_feedback.domain.case.hearings import Hearing, HearingState
from kids_feedback.gateways.bank_holidays import calendar_of

ENGLAND = calendar_of({})
HEARING = date(2026, 4, 24)
EARLY = date(2026, 3, 2)
SPRING = st.dates(date(2026, 3, 2), date(2026, 6, 30))


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

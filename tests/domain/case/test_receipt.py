"""The day of receipt, and no talk before it: ruling R24. docs/procedure.md, paragraph 23."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.domain.case.receipt import ReceivedTooLate, check_received, check_talk
from kids_feedback.domain.errors import DayOutOfRange

TODAY = date(2026, 3, 20)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(received_on=DAYS, today=DAYS, first_talk_on=st.none() | DAYS)
def test_it_is_received_today_at_the_latest_and_no_later_than_it_was_talked_about(
    received_on: date, today: date, first_talk_on: date | None
) -> None:
    possible = received_on <= today and (first_talk_on is None or received_on <= first_talk_on)
    if possible:
        check_received(received_on, today=today, first_talk_on=first_talk_on)
    else:
        with pytest.raises(ReceivedTooLate) as refused:
            check_received(received_on, today=today, first_talk_on=first_talk_on)
        assert refused.value.latest == min(today, first_talk_on or today)


@given(talk_on=DAYS, received_on=DAYS)
def test_it_is_talked_about_between_receipt_and_today(talk_on: date, received_on: date) -> None:
    if received_on <= talk_on <= TODAY:
        check_talk(talk_on, received_on=received_on, today=TODAY)
    else:
        with pytest.raises(DayOutOfRange) as refused:
            check_talk(talk_on, received_on=received_on, today=TODAY)
        assert (refused.value.earliest, refused.value.latest) == (received_on, TODAY)

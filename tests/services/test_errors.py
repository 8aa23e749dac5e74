"""Which days a service takes: docs/procedure.md, paragraph 23."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kids_feedback.services.errors import DayOutOfRange, check_day

TODAY = date(2026, 3, 20)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(day=DAYS, earliest=DAYS)
def test_a_day_lies_from_the_earliest_to_the_latest(day: date, earliest: date) -> None:
    if earliest <= day <= TODAY:
        check_day(day, earliest=earliest, latest=TODAY)
    else:
        with pytest.raises(DayOutOfRange) as refused:
            check_day(day, earliest=earliest, latest=TODAY)
        assert (refused.value.earliest, refused.value.latest) == (earliest, TODAY)

"""Who is told of an alarm, and when somebody looks. docs/procedure.md, paragraph 12 (R19)."""

from datetime import date, datetime, time, timedelta

import pytest

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.safety import (
    ROUNDS,
    USUAL,
    Group,
    Shift,
    Watch,
    day_told,
    next_look,
    rounds,
)
from tests.make import CALENDAR, LONDON

WEEKEND = Shift(weekdays=frozenset({5, 6}), starts=time(10), ends=time(12))
EVENINGS = Shift(weekdays=frozenset(range(5)), starts=time(17), ends=time(20))


def at(text: str) -> datetime:
    """Return a moment of the local clock."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def test_each_round_tells_more_people_and_nobody_fewer() -> None:
    assert rounds(1) == (Group.ON_DUTY,)
    assert rounds(2) == (Group.ON_DUTY, Group.HEADS)
    assert rounds(3) == (Group.ON_DUTY, Group.HEADS, Group.CUSTOMER_SERVICE)
    assert rounds(99) == ROUNDS
    assert set(ROUNDS) == set(Group), "everybody has a turn"


# 2026: Good Friday is 3 April, and Monday 6 April a bank holiday.
@pytest.mark.parametrize(
    ("asked", "looks", "told", "shifts"),
    [
        pytest.param("2026-03-06T15:30", "2026-03-06T15:30", "2026-03-06", (), id="friday 15:30"),
        pytest.param("2026-03-06T16:20", "2026-03-06T16:20", "2026-03-06", (), id="friday 16:20"),
        pytest.param(
            "2026-03-06T16:45", "2026-03-06T16:45", "2026-03-09", (), id="too late to say today"
        ),
        pytest.param("2026-03-06T17:00", "2026-03-09T09:00", "2026-03-09", (), id="friday 17:00"),
        pytest.param("2026-03-07T11:00", "2026-03-09T09:00", "2026-03-09", (), id="saturday"),
        pytest.param("2026-03-09T07:10", "2026-03-09T09:00", "2026-03-09", (), id="early monday"),
        pytest.param("2026-04-02T18:00", "2026-04-07T09:00", "2026-04-07", (), id="easter"),
        pytest.param("2026-03-28T23:00", "2026-03-30T09:00", "2026-03-30", (), id="clocks change"),
        pytest.param(
            "2026-03-07T11:00", "2026-03-07T11:00", "2026-03-07", (WEEKEND,), id="on duty then"
        ),
        pytest.param(
            "2026-03-07T12:00", "2026-03-08T10:00", "2026-03-08", (WEEKEND,), id="on duty sunday"
        ),
        pytest.param(
            "2026-03-06T16:45", "2026-03-06T16:45", "2026-03-06", (EVENINGS,), id="evenings too"
        ),
        pytest.param(
            "2026-04-06T18:00", "2026-04-07T09:00", "2026-04-07", (EVENINGS,), id="closed evening"
        ),
    ],
)
def test_somebody_looks_in_duty_hours_and_a_child_is_told_the_day(
    asked: str, looks: str, told: str, shifts: tuple[Shift, ...]
) -> None:
    assert next_look(at(asked), USUAL, CALENDAR, shifts) == at(looks)
    assert day_told(at(asked), USUAL, CALENDAR, shifts) == date.fromisoformat(told)


def test_an_alarm_goes_out_where_the_calendar_ends() -> None:
    bare = WorkingCalendar(first=date(2026, 1, 1), last=date(2026, 1, 2))
    assert next_look(at("2026-03-07T11:00"), USUAL, bare) == at("2026-03-09T09:00")


def test_a_shift_ends_when_it_says() -> None:
    assert WEEKEND.covers(at("2026-03-07T10:00"), CALENDAR)
    assert not WEEKEND.covers(at("2026-03-07T12:00"), CALENDAR)
    assert not WEEKEND.covers(at("2026-03-06T11:00"), CALENDAR)


@pytest.mark.parametrize(
    "wrong", [{"opens": time(18)}, {"every": timedelta(0)}], ids=["no hours", "never repeats"]
)
def test_a_watch_that_nobody_could_keep_is_refused(wrong: dict[str, time]) -> None:
    with pytest.raises(ValueError, match="duty hours"):
        Watch(**wrong)  # type: ignore[arg-type]

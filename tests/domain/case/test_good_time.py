"""When a child may be rung. docs/procedure.md, paragraph 20."""

from datetime import datetime

import pytest

from kids_feedback.domain.case.contact import asked_for_times, is_good_time

AT_SCHOOL, AFTER_SCHOOL, EVENING, NIGHT = "11:00", "16:00", "18:30", "20:00"
MONDAY, SATURDAY = "2026-03-02", "2026-03-07"


@pytest.mark.parametrize(
    ("asked", "day", "good"),
    [
        ([], MONDAY, {AT_SCHOOL, AFTER_SCHOOL, EVENING}),
        (["any_time"], MONDAY, {AT_SCHOOL, AFTER_SCHOOL, EVENING}),
        (["any_time", "weekend"], MONDAY, {AT_SCHOOL, AFTER_SCHOOL, EVENING}),
        (["after_school"], MONDAY, {AFTER_SCHOOL}),
        (["evening"], MONDAY, {EVENING}),
        (["after_school", "evening"], MONDAY, {AFTER_SCHOOL, EVENING}),
        (["weekend"], MONDAY, set()),
        (["weekend"], SATURDAY, {AT_SCHOOL, AFTER_SCHOOL, EVENING}),
        (["after_school"], SATURDAY, set()),
        ("evening", MONDAY, {EVENING}),
        (["a code of later"], MONDAY, {AT_SCHOOL, AFTER_SCHOOL, EVENING}),
    ],
)
def test_a_child_is_rung_when_they_said_that_it_is_safe(
    asked: str | list[str], day: str, good: set[str]
) -> None:
    hours = (AT_SCHOOL, AFTER_SCHOOL, EVENING, NIGHT)
    found = {hour for hour in hours if is_good_time(asked, datetime.fromisoformat(f"{day}T{hour}"))}
    assert found == good


@pytest.mark.parametrize(
    ("asked", "some"),
    [
        ([], False),
        (["any_time", "weekend"], False),
        (["a code of later"], False),
        (["a code of later", "weekend"], True),
        ("evening", True),
    ],
)
def test_any_time_is_no_time_that_was_asked_for(asked: str | list[str], *, some: bool) -> None:
    assert asked_for_times(asked) == some

"""When and where in words, and the file for a child's own calendar."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from icalendar import Calendar

from kids_feedback.domain.case.meetings import PartOfDay, UsualPlace
from kids_feedback.services.child.meeting_replies import Slot
from kids_feedback.web.rendering import calendar_file, meeting_labels
from kids_feedback.web.rendering.calendar_file import Entry
from tests.make import NOW


@pytest.mark.parametrize(
    ("at", "part", "said"),
    [
        ("2026-03-05T08:00", PartOfDay.BEFORE_SCHOOL, "Thursday 5 March, 8 o'clock, before school"),
        ("2026-03-05T12:00", PartOfDay.IN_SCHOOL, "Thursday 5 March, 12 o'clock"),
        ("2026-07-02T14:30", PartOfDay.AFTER_SCHOOL, "Thursday 2 July, half past 3, after school"),
        ("2026-03-07T16:05", PartOfDay.NO_SCHOOL, "Saturday 7 March, 4:05"),
    ],
)
def test_a_time_is_said_in_words_and_in_local_time(
    app: Flask, at: str, part: PartOfDay, said: str
) -> None:
    with app.test_request_context():
        assert (
            meeting_labels.when(Slot(at=datetime.fromisoformat(f"{at}+00:00"), part=part)) == said
        )


def test_a_place_of_the_managers_is_said_as_they_wrote_it(app: Flask) -> None:
    with app.test_request_context():
        assert meeting_labels.where("The library") == "The library"
        assert meeting_labels.where(UsualPlace.VIDEO) == "By video"


def an_entry(**more: Any) -> Entry:
    start = datetime(2026, 3, 5, 16, tzinfo=UTC)
    return Entry(
        **{
            "uid": "one",
            "sequence": 3,
            "title": "Meeting",
            "starts_at": start,
            "minutes": 45,
            **more,
        }
    )


def test_a_calendar_file_escapes_and_folds_without_cutting_a_letter() -> None:
    place = "Кав'ярня, вулиця Шевченка; другий поверх\\праворуч\nбіля вікна"
    text = calendar_file.answer(an_entry(place=place), made_at=NOW).get_data(as_text=True)
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    escaped = "Кав'ярня\\, вулиця Шевченка\\; другий поверх\\\\праворуч\\nбіля вікна"
    assert f"LOCATION:{escaped}\r\n" in text.replace("\r\n ", "")


@pytest.mark.parametrize(
    ("cancelled", "method", "status"),
    [(False, "PUBLISH", "CONFIRMED"), (True, "CANCEL", "CANCELLED")],
)
def test_a_calendar_file_says_what_to_do_with_what_is_there(
    *, cancelled: bool, method: str, status: str
) -> None:
    local = datetime(2026, 7, 2, 16, tzinfo=ZoneInfo("Europe/London"))
    entry = an_entry(cancelled=cancelled, starts_at=local)
    read = Calendar.from_ical(calendar_file.answer(entry, made_at=NOW).get_data())
    assert isinstance(read, Calendar)
    (event,) = read.events
    assert (read.method, event.status) == (method, status)
    assert (event.uid, event.sequence) == ("one", 3)
    assert (event.start, event.duration) == (local, timedelta(minutes=45))
    assert event.stamp == NOW

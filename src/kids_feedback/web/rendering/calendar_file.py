"""A file that a phone's calendar opens. It says when, and neither with whom nor what about."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Response
from icalendar import Calendar, Event


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry of a calendar (RFC 5545), in the place of every older one. Instants are aware."""

    uid: str  # the same for all that becomes of it
    sequence: int  # higher than in every file of it before
    title: str
    starts_at: datetime
    minutes: int
    place: str = ""
    cancelled: bool = False


def answer(entry: Entry, *, made_at: datetime) -> Response:
    """Return the file, to be downloaded. It asks for no reply: there is nobody in it to answer."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Calendar//EN")
    calendar.add("method", "CANCEL" if entry.cancelled else "PUBLISH")
    calendar.add_component(_event(entry, made_at))
    return Response(
        calendar.to_ical(),
        mimetype="text/calendar",
        headers={"Content-Disposition": "attachment; filename=meeting.ics"},
    )


def _event(entry: Entry, made_at: datetime) -> Event:
    starts_at = entry.starts_at.astimezone(UTC)
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=entry.minutes))
    event.add("summary", entry.title)
    if entry.place:
        event.add("location", entry.place)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event

"""A file that a phone's calendar opens. It says when, and neither with whom nor what about."""

from datetime import UTC, datetime, timedelta

from flask import Response

_LINE = 74  # bytes; the format allows 75


def answer(
    *,
    uid: str,
    title: str,
    starts_at: datetime,
    minutes: int,
    made_at: datetime,
    place: str = "",
) -> Response:
    """Return the file (RFC 5545), to be downloaded. Instants are aware."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Calendar//EN",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_instant(made_at)}",
        f"DTSTART:{_instant(starts_at)}",
        f"DTEND:{_instant(starts_at + timedelta(minutes=minutes))}",
        f"SUMMARY:{_text(title)}",
        *([f"LOCATION:{_text(place)}"] if place else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return Response(
        "".join(f"{_folded(line)}\r\n" for line in lines),
        mimetype="text/calendar",
        headers={"Content-Disposition": "attachment; filename=meeting.ics"},
    )


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """Break a long line between letters, never inside one."""
    rows, row, size = [], "", 0
    for letter in line:
        bytes_of_it = len(letter.encode())
        if size + bytes_of_it > _LINE:
            rows.append(row)
            row, size = " ", 1
        row, size = row + letter, size + bytes_of_it
    return "\r\n".join([*rows, row])

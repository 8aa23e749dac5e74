"""What migration 0025 makes of a row: facts go into one sealed column, instants become days."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from kids_feedback.domain.board.half_years import half_year_of
from tests.conftest import KEYS

Row = dict[str, Any]


def made_of() -> dict[tuple[str, str], Callable[[Row], Row | None]]:
    """Return by table what becomes of its rows, sealed columns opened."""
    glance = "wish pass_on age_band method supporter share look meeting_at name=name_sealed"
    said = "way still_wants present=present_sealed wants=wants_sealed"
    answer = "starts_at place=place_sealed wish=wish_sealed"
    checked = {"approved_at": "approved_on", "read_at": "read_on"}
    return {
        ("0025", "feedback"): made(
            "glance_sealed", glance, "received_at", {"meeting_at": "meeting_on"}
        ),
        ("0025", "hearing"): made("hour_sealed", "hearing_at"),
        ("0025", "about"): lambda row: {
            **made("who_sealed", "person_id certain")(row),
            "person_key": KEYS.digest(row["person_id"].encode(), "about.person_key"),
        },
        ("0025", "talk"): made("said_sealed", said, "recorded_at", {"struck_at": "struck_on"}),
        ("0025", "answer"): made("how_sealed", "delivered_how", "", checked),
        ("0025", "answer_change"): made("how_sealed", "given_how", "", checked),
        ("0025", "follow_up"): made("outcome_sealed", "outcome"),
        ("0025", "letter"): made(None, "", "written_at"),
        ("0025", "meeting"): made("answer_sealed", answer, "offered_at answered_at"),
        ("0025", "drawing"): made(None, "", "made_at"),
        ("0025", "alarm"): made("decided_sealed", "decision note=note_sealed"),
        ("0025", "message"): lambda row: {
            **row,
            **{name: minute(row[name]) for name in ("created_at", "not_before")},
        },
        ("0025", "leaf"): lambda row: {**row, "left_on": row["left_on"].replace(day=1)},
        ("0025", "office_day"): lambda row: {
            **row,
            "given_on": half_year_of(row["given_on"]).first,
        },
    }


def made(
    into: str | None, parts: str, gone: str = "", days: Mapping[str, str] = {}
) -> Callable[[Row], Row]:
    """Return what makes a row.

    Args:
        into: the sealed column into which ``parts`` go: columns, some under another name.
        days: instants of which the day is left.
    """
    named = {
        name: column or name for name, _, column in (part.partition("=") for part in parts.split())
    }

    def make(row: Row) -> Row:
        going = {*named.values(), *gone.split(), *days}
        kept = {name: value for name, value in row.items() if name not in going}
        kept |= {on: row[at] and day(row[at]) for at, on in days.items() if at in row}
        if into:
            facts = {name: text(row.get(column)) for name, column in named.items()}
            kept[into] = Facts({name: fact for name, fact in facts.items() if fact is not None})
        return kept

    return make


class Facts:
    """Equals what was sealed of some facts, however it is filled up, with those that came later."""

    def __init__(self, facts: Row) -> None:
        self.facts = facts

    def __eq__(self, other: object) -> bool:
        return not self.facts if other is None else self._says(other)

    def _says(self, other: object) -> bool:
        if not isinstance(other, bytes) or len(other) % 512:
            return False
        said: Row = json.loads(other)
        return self.facts.items() <= said.items()

    __hash__ = None  # type: ignore[assignment]


def text(value: Any) -> Any:
    if isinstance(value, bytes):
        return json.loads(value)
    if isinstance(value, datetime):
        return utc(value).isoformat()
    return value.isoformat() if isinstance(value, date | time) else value


def minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def day(at: datetime) -> date:
    return utc(at).astimezone(ZoneInfo("Europe/London")).date()


def utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)

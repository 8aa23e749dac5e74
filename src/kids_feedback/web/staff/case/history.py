"""The history of a case in whole sentences."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kids_feedback.services.case.events import HistoryEvent
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.steps import registry

_PEOPLE = ("manager", "people", "not_meant")  # facts that are ids of people


@dataclass(frozen=True, kw_only=True)
class HistoryItem:
    """One thing that happened."""

    text: str
    day: date
    at: datetime | None  # None: the day is all that is kept
    who: str | None
    note: str | None


def newest_first(lines: Iterable[HistoryEvent], names: Mapping[str, str]) -> list[HistoryItem]:
    """Return lines in words; they are given the oldest first."""
    items = [
        HistoryItem(
            text=sentence(line, names),
            day=line.written_on,
            at=line.at,
            who=line.who,
            note=line.note,
        )
        for line in lines
    ]
    return items[::-1]


def people_in(lines: Iterable[HistoryEvent]) -> Iterator[str]:
    """Yield the ids of the people that lines speak of."""
    for line in lines:
        for name in _PEOPLE:
            value = line.facts.get(name) or ()
            yield from [value] if isinstance(value, str) else value


def sentence(line: HistoryEvent, names: Mapping[str, str]) -> str:
    """Return what a line of the history says."""
    if not line.readable:
        return _("This line cannot be read.")
    if line.erased:
        return _("What was done here has been erased.")
    return registry.sentence(line.what, EventFacts(line.facts, names, line.letter))

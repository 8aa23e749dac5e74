"""The facts of one line of a history, as its sentence needs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kids_feedback.web.kit.translation import _
from kids_feedback.web.rendering.filters import clock
from kids_feedback.web.staff.kit.dates import short_year


@dataclass(frozen=True)
class EventFacts:
    """The facts of a line, with the names that go with their codes."""

    given: Mapping[str, Any]
    names: Mapping[str, str]  # of people by id, of places by code

    def day(self, name: str) -> str:
        return short_year(date.fromisoformat(self.given[name]))

    def moment(self, name: str) -> str:
        at = datetime.fromisoformat(self.given[name])
        return _("%(day)s, %(time)s", day=short_year(at), time=clock(at))

    def name(self, name: str, otherwise: str = "") -> str:
        return self.names.get(self.given.get(name) or "", otherwise)

    def all_names(self, name: str) -> str:
        found = [self.names[key] for key in self.given.get(name, ()) if key in self.names]
        return ", ".join(found)

    def __contains__(self, name: str) -> bool:
        return bool(self.given.get(name))

    def __getitem__(self, name: str) -> Any:
        return self.given.get(name)

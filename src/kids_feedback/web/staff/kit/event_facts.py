"""The facts of one line of a history, as its sentence needs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from kids_feedback.services.site.mail_progress import Progress
from kids_feedback.web.kit.text import Text
from kids_feedback.web.kit.translation import _
from kids_feedback.web.rendering.filters import clock
from kids_feedback.web.staff.kit.dates import short_year

_LETTER: Mapping[Progress, Text] = {
    Progress.ON_ITS_WAY: _l("An email to the child is on its way."),
    Progress.TRIED_OFTEN: _l("An email to the child does not get through. It is tried again."),
    Progress.SENT: _l("An email told the child that there is a message."),
    Progress.FAILED: _l("We could not email the child."),
    Progress.STOPPED: _l("The email to the child was stopped before it went."),
}


@dataclass(frozen=True)
class EventFacts:
    """The facts of a line, with the names that go with their codes."""

    given: Mapping[str, Any]
    names: Mapping[str, str]  # of people by id, of places by code
    letter: Progress | None = None  # how far the email to the child has got, where it is known

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

    def emailed(self) -> str:
        """Return what became of the email to the child; empty where none was written."""
        if "emailed" not in self:
            return ""
        return str(
            _LETTER[self.letter] if self.letter else _l("An email to the child was written.")
        )

    def __contains__(self, name: str) -> bool:
        return bool(self.given.get(name))

    def __getitem__(self, name: str) -> Any:
        return self.given.get(name)

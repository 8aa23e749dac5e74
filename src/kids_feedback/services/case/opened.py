"""A case that somebody has before them, found once for as long as a transaction lasts."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.engine import Actor
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.people import Person
from kids_feedback.services.case import access, case_state
from kids_feedback.storage.tables.case import Case


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When it is: the instant, the local day, and the working days around it."""

    now: datetime
    today: date
    calendar: WorkingCalendar


@dataclass(kw_only=True)
class Opened:
    """One case, who has it before them, and when. Whoever has this may know of the case."""

    session: Session
    row: Case
    by: Person | Actor
    moment: Moment
    only_as: frozenset[Actor] = frozenset()  # as what alone they have it; empty: it is theirs

    @property
    def now(self) -> datetime:
        return self.moment.now

    @property
    def today(self) -> date:
        return self.moment.today

    @property
    def calendar(self) -> WorkingCalendar:
        return self.moment.calendar

    @property
    def person_id(self) -> str | None:
        """Return who it is; None for the child, and for the service itself."""
        return self.by.id if isinstance(self.by, Person) else None

    @property
    def actors(self) -> frozenset[str]:
        """Return as what they act: roles, those that they stand in for too, or an ``Actor``."""
        if not isinstance(self.by, Person):
            return frozenset({self.by})
        return self.only_as or access.roles_in(self.row, self.by)

    @property
    def steps(self) -> frozenset[Step]:
        """Return the steps that are open to them now."""
        return case_state.steps_of(self.row, *self.actors)


def open_case(session: Session, case_id: str, person: Person, moment: Moment) -> Opened:
    """Open a case for a member of staff, to read.

    Raises:
        NotFound: no such case, or not one this person may know of.
        ReasonNeeded: they have not said why they open it.

    Source: docs/procedure.md, paragraphs 31 and 31a.
    """
    row, only_as = access.find_with_reach(session, case_id, person)
    return Opened(session=session, row=row, by=person, moment=moment, only_as=only_as)

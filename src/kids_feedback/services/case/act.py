"""An act: who does something to which case, and when. Nothing else moves a case.

Whoever acts opens it, changes what the step is about, and records it::

    act.take(Step.DELIVER)
    ...
    return act.record(how=how)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.engine import Actor, Transition, after, transition
from kids_feedback.domain.case.procedure import Fact, Stage, Step
from kids_feedback.domain.case.routes import route_of
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.people import Person
from kids_feedback.services.case import access, case_state, effects
from kids_feedback.services.case.notifications import NotificationText
from kids_feedback.services.case.opened import Moment, Opened
from kids_feedback.services.errors import SafetyUndecided
from kids_feedback.storage.tables.case import Case


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What an act left behind: enough to choose the next page."""

    id: str
    version: int
    stage: Stage
    next_step: Step | None
    still_theirs: bool  # False: the case is now out of this person's sight


@dataclass(kw_only=True)
class Act(Opened):
    """One person's, the child's or the service's own act on one case."""

    wording: NotificationText | None = None  # of the letter to the child, where one may go out
    talked_on_before: date | None = field(default=None, init=False)
    _taken: Transition | None = field(default=None, init=False)

    def take(self, step: Step, *said: Fact, by: Actor | None = None) -> None:
        """Take a step: the case moves as its route says. To be followed by ``record``.

        Args:
            said: what the act itself says, beside what is known of the case.
            by: the service, where the step follows from what somebody did.

        Raises:
            NotAllowedNow: the step cannot be taken from here, or not by whoever acts.
            SafetyUndecided: it would end the case while nobody has decided about its alarm.
        """
        situation = case_state.situation_of(self.row, *said)
        taken = transition(route_of(self.row.kind), step, situation, by or self.actor)
        kind, stage = after(taken, situation)
        if self.row.read_today and stage == Stage.CLOSED != self.row.stage:
            raise SafetyUndecided
        if (kind, stage) != (self.row.kind, self.row.stage):
            self.row.kind, self.row.stage = Kind(kind), Stage(stage)
        if taken.sets and getattr(self.row, taken.sets) is None:
            setattr(self.row, taken.sets, self.today)
        self._taken, self.talked_on_before = taken, self.row.talk_on

    def record(self, note: str = "", facts: Mapping[str, Any] | None = None) -> Saved:
        """Keep the step that was taken, with all that it brings about, and its line of the history.

        Unless the route says otherwise the case gets a new version, even where no column changes,
        so that of two people who act at once the second always notices.

        Args:
            note: words, which are sealed.
            facts: codes, and dates as ISO text; never words.

        Raises:
            CalendarGap: a date that matters lies outside the calendar.
        """
        if self._taken is None:
            raise ValueError("no step was taken")
        taken, self._taken = self._taken, None
        said = {**(facts or {}), **effects.bring_about(self, taken.effects)}
        if not taken.keeps_version:
            case_state.restate(self.row, today=self.today, calendar=self.calendar)
            self.row.version += 1
        self.session.flush()
        access.add_event(
            self.session,
            self.row,
            Step(taken.step),
            person_id=self.person_id,
            now=self.now,
            today=self.today,
            facts=said,
            note=note,
        )
        return self._saved()

    def _saved(self) -> Saved:
        return Saved(
            id=self.row.id,
            version=self.row.version,
            stage=self.row.stage,
            next_step=self.row.next_step,
            still_theirs=isinstance(self.by, Person) and _sees(self.session, self.row, self.by),
        )


def by_staff(
    session: Session,
    case_id: str,
    person: Person,
    moment: Moment,
    *,
    seen: int | None = None,
    wording: NotificationText | None = None,
) -> Act:
    """Open an act of a member of staff.

    Args:
        seen: the version of the case that they had before them; None where that plays no part.

    Raises:
        NotThere: no such case, or not one this person may know of.
        SomebodyElseSaved: the case is no longer the one that they saw.
    """
    row, in_reach = access.find_with_reach(session, case_id, person, seen=seen)
    return Act(
        session=session, row=row, by=person, moment=moment, in_reach=in_reach, wording=wording
    )


def by_child(session: Session, case_id: str, moment: Moment) -> Act:
    """Open an act of whoever came back with the secret words.

    Raises:
        NotThere: it has been erased since.
    """
    row = access.case_of_child(session, case_id)
    return Act(session=session, row=row, by=Actor.CHILD, moment=moment)


def by_service(session: Session, row: Case, moment: Moment) -> Act:
    """Open an act of the service itself."""
    return Act(session=session, row=row, by=Actor.SERVICE, moment=moment)


def _sees(session: Session, row: Case, person: Person) -> bool:
    wanted = select(Case.id).where(Case.id == row.id, access.visible_to(person))
    return session.scalar(wanted) is not None

"""An act: who does something to which case, and when. Nothing else moves a case.

Whoever acts opens it, changes what the step is about, and records it::

    act.take(Step.DELIVER)
    ...
    return act.record(how=how)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.engine import (
    Actor,
    Situation,
    Transition,
    after,
    open_steps,
    transition,
)
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.procedure import Effect, Fact, Stage, Step
from kids_feedback.domain.case.route.routes import route_of
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.domain.people import Fallback, Person
from kids_feedback.services.case import (
    access,
    case_state,
    effects,
    events,
    follow_ups,
    meeting_offers,
)
from kids_feedback.services.case.follow_ups import Dealing
from kids_feedback.services.case.notifications import NotificationText
from kids_feedback.services.case.opened import Moment, Opened
from kids_feedback.services.case.people import holders
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
            StepNotOpen: the step cannot be taken from here, or not by whoever acts.
            StillToFollowUp: it would end the case while something is to be followed up.
            SafetyUndecided: it would end the case while nobody has decided about its alarm.
        """
        situation = case_state.situation_of(self.row, *said)
        taken = self._transition(step, situation, {by} if by else self.actors)
        kind, stage = after(taken, situation)
        if stage == Stage.CLOSED != self.row.stage:
            if self.row.read_today:
                raise SafetyUndecided
            follow_ups.check_none_open(self.session, self.row, step)
        if (kind, stage) != (self.row.kind, self.row.stage):
            self.row.kind, self.row.stage = Kind(kind), Stage(stage)
        if taken.sets and getattr(self.row, taken.sets) is None:
            setattr(self.row, taken.sets, self.today)
        for name in taken.clears:
            setattr(self.row, name, None)
        self._taken, self.talked_on_before = taken, self.row.talk_on

    def record(
        self, note: str = "", facts: Mapping[str, Any] | None = None, *, once_a_day: bool = False
    ) -> Saved:
        """Keep the step that was taken, with all that it brings about, and its line of the history.

        A button that was pressed twice leaves one line.

        Unless the route says otherwise the case gets a new version, even where no column changes,
        so that of two people who act at once the second always notices.

        Args:
            note: words, which are sealed.
            facts: codes, and dates as ISO text; never words.
            once_a_day: a line that would only say again what the newest one says is left out.

        Raises:
            CalendarGap: a date that matters lies outside the calendar.
        """
        if self._taken is None:
            raise ValueError("no step was taken")
        taken, self._taken = self._taken, None
        if self._is_kept_already(taken, note):
            return self._saved()
        if not taken.keeps_version:
            self.row.version += 1  # first, so that of two at once the second writes nothing
        said = {**(facts or {}), **effects.bring_about(self, taken.effects)}
        self._follow_up(taken)
        if not taken.keeps_version:
            meeting_offers.keep_agreed(self.session, self.row)
            case_state.restate(self.row, today=self.today, calendar=self.calendar)
        self.session.flush()
        follow_ups.restate(self.session, self.row)  # first: whoever has these counts as well
        stands_in = self._who_stands_in()
        messages = effects.tell(self, taken.effects)
        if self.by is not Actor.CHILD:  # whose page says whether anybody was told
            messages.pop("told", None)
        if not (once_a_day and self._said_today(Step(taken.step))):
            self._write(Step(taken.step), {**said, **messages}, note)
        if stands_in:
            self._hand_up(stands_in)
        return self._saved()

    def see_that_somebody_has_it(self) -> None:
        """See to it that somebody has the case after an act on people; who newly does is told."""
        if stands_in := self._who_stands_in():
            self._hand_up(stands_in)

    def is_second_press(self, step: Step, note: str = "") -> bool:
        """Say whether whoever acts did the very same a moment ago, and nothing was done since."""
        return events.is_second_press(
            self.session,
            self.row,
            step,
            person_id=self.person_id,
            now=self.now,
            today=self.today,
            note=note,
        )

    def _is_kept_already(self, taken: Transition, note: str) -> bool:
        """Say whether staff pressed twice what no version tells apart; a child's acts see to it."""
        by_staff = isinstance(self.by, Person) and taken.keeps_version
        return by_staff and self.is_second_press(Step(taken.step), note)

    def _said_today(self, step: Step) -> bool:
        return events.said_today(
            self.session, self.row, step, person_id=self.person_id, today=self.today
        )

    def _write(self, step: Step, facts: Mapping[str, Any], note: str = "") -> None:
        """Add the line of the history."""
        events.add_event(
            self.session,
            self.row,
            step,
            person_id=None if step is Step.HAND_UP else self.person_id,
            now=self.now,
            today=self.today,
            facts=facts,
            note=note,
        )

    def _transition(self, step: Step, situation: Situation, actors: Iterable[str]) -> Transition:
        """Return what a step does here, of all that they act as."""
        route = route_of(self.row.kind)
        for actor in sorted(actors):
            if step in open_steps(route, situation, actor):
                return transition(route, step, situation, actor)
        raise StepNotOpen(step=step, state=situation.stage)

    def _follow_up(self, taken: Transition) -> None:
        """End what the step has dealt with, and open what it leaves to somebody."""
        session, row = self.session, self.row
        if isinstance(self.by, Person):
            by = Dealing(person_id=self.by.id, actors=self.actors, today=self.today)
            follow_ups.end_with(session, row, taken, by)
        if taken.opens:
            follow_ups.open_one(
                session, row, FollowUp(taken.opens), today=self.today, calendar=self.calendar
            )
        session.flush()

    def _who_stands_in(self) -> Fallback | None:
        """See to it that somebody has the case (ruling R18); return who newly stands in."""
        before = self.row.fallback
        now = holders.stand_in(self.session, self.row)
        return now if now is not before and holders.is_held(self.session, self.row) else None

    def _hand_up(self, to: Fallback) -> None:
        """Keep in the history that somebody stands in, and tell them."""
        told = effects.tell(self, (Effect.NOTIFY_HEADS,))  # for whom they do
        self._write(Step.HAND_UP, {"to": to, **told})

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
        NotFound: no such case, or not one this person may know of.
        ReasonNeeded: they have not said why they open it.
        EditConflict: the case is no longer the one that they saw.

    Source: docs/procedure.md, paragraphs 31 and 31a.
    """
    row, only_as = access.find_with_reach(session, case_id, person, seen=seen, to_act=True)
    return Act(session=session, row=row, by=person, moment=moment, only_as=only_as, wording=wording)


def by_person_outside(session: Session, case_id: str, person: Person, moment: Moment) -> Act:
    """Open the act in which somebody says why they open a case; no other is open to them before.

    Raises:
        NotFound: no such case, or not one this person may know of.

    Source: docs/procedure.md, paragraph 31a (ruling R18).
    """
    row, only_as = access.find_with_reach(session, case_id, person, to_act=True, to_ask_why=True)
    return Act(session=session, row=row, by=person, moment=moment, only_as=only_as)


def by_child(session: Session, case_id: str, moment: Moment) -> Act:
    """Open an act of whoever came back with the secret words; a second waits until it is over.

    Raises:
        NotFound: it has been erased since.
    """
    row = access.case_of_child(session, case_id, to_act=True)
    return Act(session=session, row=row, by=Actor.CHILD, moment=moment)


def by_administrator(session: Session, row: Case, person: Person, moment: Moment) -> Act:
    """Open an act of an administrator, who hands a case on and sees nothing of it."""
    return Act(session=session, row=row, by=person, moment=moment)


def by_service(session: Session, row: Case, moment: Moment) -> Act:
    """Open an act of the service itself."""
    return Act(session=session, row=row, by=Actor.SERVICE, moment=moment)


def _sees(session: Session, row: Case, person: Person) -> bool:
    wanted = select(Case.id).where(Case.id == row.id, access.visible_to(session, person))
    return session.scalar(wanted) is not None

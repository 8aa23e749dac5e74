"""Where a case stands: what comes next, by when, and what the court must hear."""

from datetime import date

from kids_feedback.domain import procedure
from kids_feedback.domain.calendar import ONE_DAY, WorkingCalendar
from kids_feedback.domain.contact import Method
from kids_feedback.domain.court import (
    CaseOngoing,
    CourtFacts,
    CourtFlag,
    CourtState,
    CourtWarning,
    blocks_closing,
    court_flag,
)
from kids_feedback.domain.engine import Situation, next_task, open_steps
from kids_feedback.domain.feedback import Kind, Wish
from kids_feedback.domain.people import Role
from kids_feedback.domain.procedure import Fact, PromiseDates, Step
from kids_feedback.domain.routes import route_of
from kids_feedback.storage.feedback import Feedback

_ONGOING = {True: CaseOngoing.YES, False: CaseOngoing.NO, None: CaseOngoing.UNKNOWN}


def situation_of(row: Feedback, *said: Fact) -> Situation:
    """Return what decides which steps are open; ``said`` is what an act adds of its own."""
    known = {
        Fact.ROUTED: row.area_code is not None,
        Fact.ACKNOWLEDGED: row.acknowledged_on is not None,
        Fact.CONTACTED: row.contacted_on is not None,
        Fact.WANTS_CONTACT: wants_contact(row),
        Fact.TALKED: row.talk_on is not None,
    }
    facts = {fact for fact, holds in known.items() if holds}
    return Situation(kind=row.kind, stage=row.stage, facts=frozenset({*facts, *said}))


def wants_contact(row: Feedback) -> bool:
    """Say whether somebody is to get in touch with the child (ruling R11)."""
    return row.method is not Method.NONE and row.wish is not Wish.JUST_KNOW


def steps_of(row: Feedback, actor: str) -> frozenset[Step]:
    """Return the steps that are open to a role, or to the child."""
    found = open_steps(route_of(row.kind), situation_of(row), actor)
    return frozenset(Step(each) for each in found)


def next_step(row: Feedback) -> Step | None:
    """Return the step that moves the case on, whoever's turn it is; None once it is closed."""
    task = next_task(route_of(row.kind), situation_of(row))
    return Step(task.step) if task else None


def owner_of(row: Feedback) -> Role | None:
    """Return whose turn it is; None once it is closed."""
    task = next_task(route_of(row.kind), situation_of(row))
    return Role(task.owner) if task else None


def promises_of(row: Feedback) -> PromiseDates:
    """Return the days that were promised."""
    return PromiseDates(
        routed_by=row.routed_by,
        read_by=row.read_by,
        contact_by=row.contact_by,
        talk_by=row.talk_by,
        answer_by=row.answer_by,
        pass_on_by=row.pass_on_by,
    )


def court_facts(row: Feedback) -> CourtFacts:
    """Return what staff have recorded about the court."""
    return CourtFacts(
        received_on=row.received_on,
        ongoing=_ONGOING[row.ongoing],
        hearing_on=row.hearing_on,
        told_complaint_on=row.told_complaint_on,
        told_doing_on=row.told_doing_on,
        told_for=row.told_for_on,
    )


def flag_of(row: Feedback, *, today: date, calendar: WorkingCalendar) -> CourtFlag:
    """Return where the court notice is. Only a complaint needs one.

    Raises:
        CalendarGap: a date that matters lies outside the calendar.

    Source: docs/procedure.md, paragraphs 40, 51 and 62.
    """
    if row.kind is not Kind.COMPLAINT:
        return CourtFlag(state=CourtState.NOT_NEEDED)
    return court_flag(court_facts(row), today=today, calendar=calendar)


def restate(row: Feedback, *, today: date, calendar: WorkingCalendar) -> None:
    """Write on ``row`` its next step, the next day to break, and when the court comes first.

    Raises:
        CalendarGap: a date that matters lies outside the calendar.

    Source: docs/procedure.md, paragraphs 30 and 43.
    """
    row.next_step = next_step(row)
    due_on = procedure.due_of(row.next_step, promises_of(row))
    court_by, row.warn_on = _court_days(row, today=today, calendar=calendar)
    row.next_due_on = min((day for day in (due_on, court_by) if day), default=None)


def _court_days(
    row: Feedback, *, today: date, calendar: WorkingCalendar
) -> tuple[date | None, date | None]:
    """Return by when the court is to be told, and the first day with a warning.

    Both are asked as of receipt, so a missed notice keeps the day by which it was due.
    """
    flag = flag_of(row, today=today, calendar=calendar)
    if row.hearing_on is None or not blocks_closing(flag):
        return None, None
    facts = court_facts(row)
    due_on = court_flag(facts, today=row.received_on, calendar=calendar).due_on
    warn_on = row.hearing_on
    while warn_on > row.received_on and _warns(facts, warn_on - ONE_DAY, calendar):
        warn_on -= ONE_DAY
    return due_on, warn_on


def _warns(facts: CourtFacts, day: date, calendar: WorkingCalendar) -> bool:
    return court_flag(facts, today=day, calendar=calendar).warning is not CourtWarning.NONE

"""The state of a case: its next step, what is owed, and its court notice."""

from collections.abc import Mapping, Sequence
from datetime import date

from kids_feedback.domain.case import promises
from kids_feedback.domain.case.calendar import ONE_DAY, WorkingCalendar
from kids_feedback.domain.case.clocks import AnswerClock
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.court_notice import (
    CaseOngoing,
    CourtFacts,
    CourtFlag,
    CourtState,
    CourtWarning,
    blocks_closing,
    court_flag,
)
from kids_feedback.domain.case.engine import Situation, next_task, open_steps
from kids_feedback.domain.case.procedure import Fact, Step
from kids_feedback.domain.case.promises import (
    MovedPromise,
    Occasion,
    OwedPromise,
    Promise,
    PromiseFacts,
)
from kids_feedback.domain.case.routes import route_of
from kids_feedback.domain.case.submission import Kind, Wish
from kids_feedback.domain.people import Role
from kids_feedback.storage.tables.case import Case

STORED_IN: Mapping[Promise, str] = {
    Promise.ROUTE: "routed_by",
    Promise.READ: "read_by",
    Promise.CONTACT: "contact_by",
    Promise.TALK: "talk_by",
    Promise.ANSWER: "answer_by",
    Promise.PASS_ON: "pass_on_by",
}
"""Under which name the day of each promise is kept, in its row and in lines of the history."""

DECIDE_PROMISES = (
    Case.kind,
    Case.method,
    Case.wish,
    Case.area_code,
    Case.received_on,
    Case.asked_on,
    Case.acknowledged_on,
    Case.contacted_on,
    Case.talk_on,
    Case.delivered_on,
    Case.closed_on,
    *(getattr(Case, name) for name in STORED_IN.values()),
)
"""The columns that ``facts_of`` reads."""

_ONGOING = {True: CaseOngoing.YES, False: CaseOngoing.NO, None: CaseOngoing.UNKNOWN}


def situation_of(row: Case, *said: Fact) -> Situation:
    """Return what decides which steps are open; ``said`` is what an act adds of its own."""
    known = {
        Fact.ROUTED: row.area_code is not None,
        Fact.ACKNOWLEDGED: row.acknowledged_on is not None,
        Fact.CONTACTED: row.contacted_on is not None,
        Fact.WANTS_CONTACT: wants_contact(row),
        Fact.TALKED: row.talk_on is not None,
        Fact.POSTED: row.posted_on is not None and row.not_arrived is None,
        Fact.NOT_ARRIVED: row.not_arrived is not None,
    }
    facts = {fact for fact, holds in known.items() if holds}
    return Situation(kind=row.kind, stage=row.stage, facts=frozenset({*facts, *said}))


def wants_contact(row: Case) -> bool:
    """Say whether somebody is to get in touch with the child (ruling R11)."""
    return row.method is not Method.NONE and row.wish is not Wish.JUST_KNOW


def steps_of(row: Case, actor: str) -> frozenset[Step]:
    """Return the steps that are open to a role, or to the child."""
    found = open_steps(route_of(row.kind), situation_of(row), actor)
    return frozenset(Step(item) for item in found)


def next_step(row: Case) -> Step | None:
    """Return the step that moves the case on, whoever's turn it is; None once it is closed."""
    task = next_task(route_of(row.kind), situation_of(row))
    return Step(task.step) if task else None


def owner_of(row: Case) -> Role | None:
    """Return whose turn it is; None once it is closed."""
    task = next_task(route_of(row.kind), situation_of(row))
    return Role(task.owner) if task else None


def facts_of(row: Case, moves: Sequence[MovedPromise] = ()) -> PromiseFacts:
    """Return what decides which promises are open.

    Args:
        moves: what the child was told of later days, the oldest first (see ``delays``). They play
            no part in the days that were promised.
    """
    happened: dict[Occasion, date | None] = {
        Occasion.RECEIVED: row.received_on,
        Occasion.ASKED: row.asked_on or row.received_on,
        Occasion.READ: row.acknowledged_on,
        Occasion.CONTACTED: row.contacted_on,
        Occasion.TALKED: row.talk_on,
        Occasion.ANSWERED: row.delivered_on,
        Occasion.CLOSED: row.closed_on,
    }
    known: dict[Occasion, date | None] = {fact: on for fact, on in happened.items() if on}
    if row.area_code:
        known[Occasion.ROUTED] = None
    return PromiseFacts(
        wants_contact=wants_contact(row),
        happened=known,
        days={promise: day for promise, day in _days(row).items() if day},
        moves=moves,
    )


def owed_of(row: Case, moves: Sequence[MovedPromise] = ()) -> tuple[OwedPromise, ...]:
    """Return what is still owed to the child, in the order of the procedure."""
    return promises.owed(facts_of(row, moves), route_of(row.kind).clocks[row.kind])


def keep_days(row: Case, days: Mapping[Promise, date]) -> None:
    """Store the days that are promised."""
    for promise, day in days.items():
        setattr(row, STORED_IN[promise], day)


def keep_sum(row: Case, clock: AnswerClock) -> None:
    """Store the sum behind the day of the answer."""
    row.talk_on, row.answer_by = clock.talk_on, clock.due_on
    row.answer_not_counted = [day.isoformat() for day in clock.not_counted]


def sum_of(row: Case) -> AnswerClock | None:
    """Return the sum behind the day of the answer as it was promised; None: it has not started.

    Source: docs/procedure.md, paragraphs 24 and 26.
    """
    if row.kind is not Kind.COMPLAINT or row.talk_on is None or row.answer_by is None:
        return None
    return AnswerClock(
        talk_on=row.talk_on,
        due_on=row.answer_by,
        not_counted=tuple(date.fromisoformat(day) for day in row.answer_not_counted or ()),
    )


def court_facts(row: Case) -> CourtFacts:
    """Return what staff have recorded about the court."""
    return CourtFacts(
        received_on=row.received_on,
        ongoing=_ONGOING[row.ongoing],
        hearing_on=row.hearing_on,
        told_complaint_on=row.told_complaint_on,
        told_doing_on=row.told_doing_on,
        told_for=row.told_for_on,
    )


def flag_of(row: Case, *, today: date, calendar: WorkingCalendar) -> CourtFlag:
    """Return where the court notice is. Only a complaint needs one.

    Raises:
        CalendarGap: a date that matters lies outside the calendar.

    Source: docs/procedure.md, paragraphs 40, 51 and 62.
    """
    if row.kind is not Kind.COMPLAINT:
        return CourtFlag(state=CourtState.NOT_NEEDED)
    return court_flag(court_facts(row), today=today, calendar=calendar)


def restate(row: Case, *, today: date, calendar: WorkingCalendar) -> None:
    """Write on ``row`` its next step, the next day to break, and when the court comes first.

    Raises:
        CalendarGap: a date that matters lies outside the calendar.

    Source: docs/procedure.md, paragraphs 30 and 43.
    """
    row.next_step = next_step(row)
    breaks_first = promises.next_to_break(owed_of(row))
    court_by, row.warn_on = _court_days(row, today=today, calendar=calendar)
    days = (breaks_first.by if breaks_first else None, court_by)
    row.next_due_on = min((day for day in days if day), default=None)


def _days(row: Case) -> dict[Promise, date | None]:
    return {promise: getattr(row, name) for promise, name in STORED_IN.items()}


def _court_days(
    row: Case, *, today: date, calendar: WorkingCalendar
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

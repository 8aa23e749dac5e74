"""The state of a case: its next step, what is owed, and its court notice."""

from collections.abc import Mapping, Sequence
from datetime import date

from kids_feedback.domain.case import contact, promises
from kids_feedback.domain.case.answer import AnswerChangeState
from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.clocks import AnswerClock
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.court_notice import (
    CaseOngoing,
    CourtFacts,
    CourtFlag,
    CourtState,
    court_flag,
    days_of_notices,
)
from kids_feedback.domain.case.engine import Situation, next_task, open_steps
from kids_feedback.domain.case.hearings import Hearing
from kids_feedback.domain.case.identity import IN_DOUBT
from kids_feedback.domain.case.procedure import ANSWERED, Fact, Step
from kids_feedback.domain.case.promises import (
    MovedPromise,
    Occasion,
    OwedPromise,
    Promise,
    PromiseFacts,
)
from kids_feedback.domain.case.requests import WayState
from kids_feedback.domain.case.route.routes import route_of
from kids_feedback.domain.case.submission import Answers, Door, Kind, Wish
from kids_feedback.domain.people import Role
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.case import Hearing as HearingRow

STORED_IN: Mapping[Promise, str] = {
    Promise.ROUTE: "routed_by",
    Promise.READ: "read_by",
    Promise.CONTACT: "contact_by",
    Promise.TALK: "talk_by",
    Promise.ANSWER: "answer_by",
    Promise.PASS_ON: "pass_on_by",
    Promise.COURT: "court_by",
}
"""Under which name the day of each promise is kept, in its row and in lines of the history."""

DECIDE_PROMISES = (
    Case.kind,
    Case.area_code,
    Case.received_on,
    Case.asked_on,
    Case.acknowledged_on,
    Case.contacted_on,
    Case.talk_on,
    Case.delivered_on,
    Case.closed_on,
    Case.stopped_on,
    Case.court_asked_on,
    Case.court_duty_ended_on,
    *(getattr(Case, name) for name in STORED_IN.values()),
)
"""The columns that decide what is owed (see ``facts_of``), and by which clocks.

All that does but whether the child wants contact, which is sealed: it decides of no promise that
figures are made of.
"""

NAMED_SUPPORTERS = frozenset({"known", "cafcass"})  # the answers that lead on to who they are
_REACHING = frozenset({Step.LOG_ATTEMPT, Step.LOG_TALK})
_ONGOING = {True: CaseOngoing.YES, False: CaseOngoing.NO, None: CaseOngoing.UNKNOWN}


def situation_of(row: Case, *said: Fact) -> Situation:
    """Return what decides which steps are open; ``said`` is what an act adds of its own."""
    known = {
        Fact.ROUTED: row.area_code is not None,
        Fact.CONTACTED: row.contacted_on is not None,
        Fact.MEETING_SET: row.meeting_on is not None,
        Fact.HAS_SUPPORTER: row.supporter in NAMED_SUPPORTERS,
        Fact.IN_DOUBT: row.identity in IN_DOUBT,
        Fact.WANTS_CONTACT: wants_contact(row),
        Fact.TALKED: row.talk_on is not None,
        Fact.ANSWERED: row.delivered_on is not None,
        Fact.HAS_MANAGER: row.manager_id is not None,
        Fact.WITHDRAWN: row.stopped_on is not None,
        Fact.COURT_DUTY_ENDED: row.court_duty_ended_on is not None,
        Fact.TO_FOLLOW_UP: row.follow_up_by is not None,
        Fact.STOP_ASKED: row.stop_asked_on is not None,
        Fact.REQUESTED: row.requested_on is not None,
        Fact.WAY_NOT_SAFE: row.way_not_used is not None,
        Fact.WAY_PROPOSED: row.way_not_used is WayState.PROPOSED,
        Fact.POSTED: row.posted_on is not None and row.not_arrived is None,
        Fact.NOT_ARRIVED: row.not_arrived is not None,
        Fact.CHANGE_WRITTEN: row.change is AnswerChangeState.WRITTEN,
        Fact.CHANGE_APPROVED: row.change is AnswerChangeState.APPROVED,
        Fact.ENDED_OTHERWISE: row.ended_as is not None,
        Fact.FELT: row.door is Door.FEEL and row.wish is not Wish.LOOK_INTO,
    }
    facts = {fact for fact, holds in known.items() if holds}
    return Situation(kind=row.kind, stage=row.stage, facts=frozenset({*facts, *said}))


def has_answer(row: Case) -> bool:
    """Say whether the answer waits for the child, who can read it."""
    return _has_gone_out(row) and row.identity not in IN_DOUBT


def is_answer_held(row: Case) -> bool:
    """Say whether an answer that has gone out is held, as it is in doubt who would read it."""
    return _has_gone_out(row) and row.identity in IN_DOUBT


def _has_gone_out(row: Case) -> bool:
    """Say whether there is an answer: what was stopped is closed without one."""
    gone_out = row.delivered_on is not None or row.not_arrived is not None
    return row.kind is Kind.COMPLAINT and row.stage in ANSWERED and gone_out


def wants_contact(row: Case) -> bool:
    """Say whether somebody is to get in touch with the child (ruling R11)."""
    return row.method is not Method.NONE and row.wish is not Wish.JUST_KNOW


def way_of(row: Case) -> tuple[Method | None, Answers]:
    """Return how the child is reached, and all that they answered about it; read it once.

    Once they have said that it is not safe, nothing but the secret words leads to them.

    Source: docs/procedure.md, paragraphs 20 and 20a.
    """
    if row.way_not_used is not None:
        return Method.HERE, {}
    return row.method, row.contact or {}


def is_only_here(row: Case) -> bool:
    """Say whether the child wants to be reached, and can be behind the secret words alone."""
    return wants_contact(row) and contact.is_only_here(*way_of(row))


def steps_of(row: Case, *actors: str) -> frozenset[Step]:
    """Return the steps that are open to any of some roles, or to the child."""
    route, situation = route_of(row.kind), situation_of(row)
    return frozenset(Step(item) for actor in actors for item in open_steps(route, situation, actor))


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
        Occasion.COURT_ASKED: row.court_asked_on if court_is_told(row) else None,
    }
    known: dict[Occasion, date | None] = {fact: on for fact, on in happened.items() if on}
    if row.area_code:
        known[Occasion.ROUTED] = None
    return PromiseFacts(
        wants_contact=wants_contact(row),
        happened=known,
        days={promise: day for promise, day in _days(row).items() if day},
        moves=moves,
        withdrawn_on=row.stopped_on,
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


def court_is_told(row: Case) -> bool:
    """Say whether the court hears of it where a case goes on. Nothing else decides that.

    Source: docs/procedure.md, paragraphs 40, 51 and 62.
    """
    return row.kind is Kind.COMPLAINT and row.court_duty_ended_on is None


def court_facts(row: Case) -> CourtFacts:
    """Return what staff have recorded about the court."""
    return CourtFacts(
        received_on=row.received_on,
        ongoing=_ONGOING[row.ongoing],
        find_out_by=row.court_by,
        hearings=tuple(hearing_of(each) for each in row.hearings),
    )


def hearing_of(row: HearingRow) -> Hearing:
    """Return a hearing as it is recorded."""
    return Hearing(
        id=row.id,
        state=row.state,
        on=row.hearing_on,
        at=row.hearing_at,
        known_on=row.known_on,
        told_complaint_on=row.told_complaint_on,
        told_doing_on=row.told_doing_on,
        child_told_on=row.child_told_on,
        moved_to=row.moved_to_on,
    )


def flag_of(row: Case, *, today: date, calendar: WorkingCalendar) -> CourtFlag:
    """Return where the court notice is.

    Raises:
        CalendarGap: a date that matters lies outside the calendar.

    Source: docs/procedure.md, paragraphs 40, 51 and 62.
    """
    if row.kind is not Kind.COMPLAINT:
        return CourtFlag(state=CourtState.NOT_A_COMPLAINT)
    if not court_is_told(row):
        return CourtFlag(state=CourtState.DUTY_ENDED)
    return court_flag(court_facts(row), today=today, calendar=calendar)


def restate(row: Case, *, today: date, calendar: WorkingCalendar) -> None:
    """Write on ``row`` its next step and whose it is, the next day to break, the court's warning.

    The days of the next try and of a meeting count like any other, so neither is forgotten. Where
    nobody has to be reached any more, no try is due.

    Raises:
        CalendarGap: a date that matters lies outside the calendar.

    Source: docs/procedure.md, paragraphs 30 and 43.
    """
    row.next_step, row.next_owner = next_step(row), owner_of(row)
    if row.next_step not in _REACHING:
        row.next_attempt_on = None
    breaks_first = promises.next_to_break(owed_of(row))
    told_by, row.warn_on = _court_days(row, calendar)
    breaks_on = breaks_first.by if breaks_first else None
    days = (breaks_on, told_by, row.next_attempt_on, row.meeting_on)
    row.next_due_on = min((day for day in days if day), default=None)


def _days(row: Case) -> dict[Promise, date | None]:
    return {promise: getattr(row, name) for promise, name in STORED_IN.items()}


def _court_days(row: Case, calendar: WorkingCalendar) -> tuple[date | None, date | None]:
    """Return by when the court is to be told, and the first day with a warning."""
    if not court_is_told(row):
        return None, None
    return days_of_notices(court_facts(row), calendar)

"""The court notice: whether it is needed, by when, and how pressing it is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kids_feedback.domain.case.calendar import ONE_DAY, WorkingCalendar

SOON_WORKING_DAYS = 10  # before the hearing
URGENT_WORKING_DAYS = 5


class CaseOngoing(StrEnum):
    """Whether the child's case is going on."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class CourtState(StrEnum):
    """Where the notice is."""

    NOT_NEEDED = "not_needed"
    FIND_OUT = "find_out"
    TO_NOTIFY = "to_notify"
    NOTIFIED = "notified"
    MISSED = "missed"


class CourtWarning(StrEnum):
    """How loudly to say it, the quietest first."""

    NONE = "none"
    SOON = "soon"
    URGENT = "urgent"
    DUE_AT_ONCE = "due_at_once"
    OVERDUE = "overdue"


@dataclass(frozen=True, kw_only=True)
class CourtFacts:
    """What staff have recorded about the court. Every date is a local day."""

    received_on: date
    ongoing: CaseOngoing = CaseOngoing.UNKNOWN
    hearing_on: date | None = None  # None: not known, or none is listed
    told_complaint_on: date | None = None
    told_doing_on: date | None = None
    told_for: date | None = None  # the hearing known when part two was told; None: none was


@dataclass(frozen=True, kw_only=True)
class CourtFlag:
    """What the queue and the case page show."""

    state: CourtState
    due_on: date | None = None  # None unless the court is still to be told before a hearing
    warning: CourtWarning = CourtWarning.NONE


def court_flag(facts: CourtFacts, *, today: date, calendar: WorkingCalendar) -> CourtFlag:
    """Return where the notice is, by when it is due, and how pressing it is today.

    Raises:
        CalendarGap: the hearing, the receipt or today lies outside the calendar, and the court is
            still to be told.

    Source: docs/procedure.md, paragraphs 41 to 51.
    """
    case_over = facts.ongoing is CaseOngoing.NO
    hearing_on = _next_hearing(facts)
    told_on = _both_parts_told_on(facts, hearing_on)
    if hearing_on is None:
        return CourtFlag(state=_state_without_hearing(case_over=case_over, told_on=told_on))
    # A complaint that came in on the day of the hearing can be told on that day at the earliest.
    last_day = max(hearing_on - ONE_DAY, facts.received_on)
    if told_on is not None and told_on <= last_day:
        return CourtFlag(state=CourtState.NOTIFIED)
    if today > last_day:
        settled = case_over or told_on is not None
        warning = CourtWarning.NONE if settled else CourtWarning.OVERDUE
        return CourtFlag(state=CourtState.MISSED, warning=warning)
    if case_over:
        return CourtFlag(state=CourtState.NOT_NEEDED)
    return _to_notify(facts.received_on, hearing_on, today=today, calendar=calendar)


def blocks_closing(flag: CourtFlag) -> bool:
    """Say whether the court, or a question about it, stands in the way of closing the case.

    A missed notice stops doing so once the court has been told late; it stays missed.

    Source: docs/procedure.md, paragraph 51.
    """
    if flag.state is CourtState.MISSED:
        return flag.warning is CourtWarning.OVERDUE
    return flag.state in {CourtState.FIND_OUT, CourtState.TO_NOTIFY}


def _next_hearing(facts: CourtFacts) -> date | None:
    """Return the hearing the notice is for. One before receipt was not the next hearing."""
    if facts.hearing_on is None or facts.hearing_on < facts.received_on:
        return None
    return facts.hearing_on


def _both_parts_told_on(facts: CourtFacts, hearing_on: date | None) -> date | None:
    """Return the day the court knew both parts; None while one is missing or must be retold."""
    if facts.told_complaint_on is None or facts.told_doing_on is None:
        return None
    moved = None not in (hearing_on, facts.told_for) and hearing_on != facts.told_for
    return None if moved else max(facts.told_complaint_on, facts.told_doing_on)


def _state_without_hearing(*, case_over: bool, told_on: date | None) -> CourtState:
    if case_over:
        return CourtState.NOT_NEEDED
    return CourtState.FIND_OUT if told_on is None else CourtState.NOTIFIED


def _to_notify(
    received_on: date, hearing_on: date, *, today: date, calendar: WorkingCalendar
) -> CourtFlag:
    urgent_from = calendar.subtract(hearing_on, URGENT_WORKING_DAYS)
    came_late = received_on > urgent_from
    due_on = calendar.subtract(hearing_on, 1)
    if came_late:
        due_on = _at_once(received_on, hearing_on, calendar)
    if today > due_on:
        warning = CourtWarning.OVERDUE
    elif came_late or today == due_on:
        warning = CourtWarning.DUE_AT_ONCE
    elif today >= urgent_from:
        warning = CourtWarning.URGENT
    elif today >= calendar.subtract(hearing_on, SOON_WORKING_DAYS):
        warning = CourtWarning.SOON
    else:
        warning = CourtWarning.NONE
    return CourtFlag(state=CourtState.TO_NOTIFY, due_on=due_on, warning=warning)


def _at_once(received_on: date, hearing_on: date, calendar: WorkingCalendar) -> date:
    """Return the first working day from receipt on, or receipt itself if that is too late."""
    if calendar.is_working(received_on):
        return received_on
    opens_on = calendar.next_working_day(received_on)
    return opens_on if opens_on < hearing_on else received_on

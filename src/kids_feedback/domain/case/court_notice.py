"""The court notice: whether it is needed, by when, and how pressing it is.

Each hearing has a notice of its own (``domain.case.hearings``); here they are put together.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.hearings import (
    SOON_WORKING_DAYS,
    TAKES_PLACE,
    URGENT_WORKING_DAYS,
    Hearing,
    HearingState,
    became_known_late,
    day_of,
    notify_by,
    warn_on,
)

ASK_AGAIN_WORKING_DAYS = SOON_WORKING_DAYS  # after somebody found that no hearing is listed


class CaseOngoing(StrEnum):
    """Whether the child's case is going on."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class CourtState(StrEnum):
    """Where the notice is."""

    NOT_A_COMPLAINT = "not_a_complaint"
    DUTY_ENDED = "duty_ended"  # of a withdrawn complaint, by the Head of Practice (ruling R20)
    NOT_NEEDED = "not_needed"  # staff have said that no case goes on
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
    find_out_by: date | None = None  # whether a case goes on, and the next hearing
    hearings: tuple[Hearing, ...] = ()

    @property
    def counted(self) -> tuple[Hearing, ...]:
        """Those that take place, in order. One before receipt was not the next hearing."""
        found = (
            hearing
            for hearing in self.hearings
            if hearing.state in TAKES_PLACE and hearing.on and hearing.on >= self.received_on
        )
        return tuple(sorted(found, key=day_of))

    @property
    def awaited(self) -> Hearing | None:
        """The one that is not listed yet, where something was told for it."""
        awaited = [item for item in self.hearings if item.state is HearingState.AWAITED]
        return awaited[-1] if awaited else None

    def missed(self, today: date) -> tuple[Hearing, ...]:
        """Return those that came before the court was told. Nothing later takes that away.

        Source: docs/procedure.md, paragraph 49.
        """
        return tuple(hearing for hearing in self.counted if hearing.is_missed(today))

    def upcoming(self, today: date) -> Hearing | None:
        """Return the next hearing that is listed; None: it is to be asked for, or awaited."""
        ahead = (hearing for hearing in self.counted if not hearing.is_over(today))
        return next(ahead, None)


@dataclass(frozen=True, kw_only=True)
class CourtFlag:
    """What the queue and the case page show."""

    state: CourtState
    due_on: date | None = None  # by when the court is told, else the (next) hearing is found out
    warning: CourtWarning = CourtWarning.NONE
    hearing: Hearing | None = None  # that it is about; where the next is asked for: the last one


def court_flag(facts: CourtFacts, *, today: date, calendar: WorkingCalendar) -> CourtFlag:
    """Return what is most pressing: a notice that is owed, then what is to be found out.

    Raises:
        CalendarGap: a hearing or today lies outside the calendar, and the court is still to be
            told.

    Source: docs/procedure.md, paragraphs 41 to 51.
    """
    case_over = facts.ongoing is CaseOngoing.NO
    flags = [
        hearing_flag(hearing, case_over=case_over, today=today, calendar=calendar)
        for hearing in facts.counted
    ]
    owed = [flag for flag in flags if blocks_closing(flag)]
    if owed:
        return min(owed, key=lambda flag: flag.due_on or today)
    if case_over:
        kept = [flag for flag in flags if flag.state is not CourtState.NOT_NEEDED]
        return kept[-1] if kept else CourtFlag(state=CourtState.NOT_NEEDED)
    if is_to_be_found_out(facts, today):
        return _find_out(facts, today)
    if facts.upcoming(today):
        return replace(flags[-1], due_on=facts.find_out_by)
    return CourtFlag(state=CourtState.NOTIFIED, hearing=facts.awaited)


def is_to_be_found_out(facts: CourtFacts, today: date) -> bool:
    """Say whether somebody is asked about the case, or for the next hearing, as of ``today``.

    Source: docs/procedure.md, paragraphs 45 to 47.
    """
    if facts.ongoing is CaseOngoing.NO or facts.upcoming(today):
        return False
    return facts.awaited is None or bool(facts.awaited.missing)


def hearing_flag(
    hearing: Hearing, *, case_over: bool, today: date, calendar: WorkingCalendar
) -> CourtFlag:
    """Return where the notice of one hearing is, which takes place or took place.

    Raises:
        CalendarGap: the hearing or today lies outside the calendar, and the court is still to be
            told.
        ValueError: it is not listed yet.
    """
    missed, told_on = hearing.is_missed(today), hearing.told_on
    if told_on is not None and not missed:
        return CourtFlag(state=CourtState.NOTIFIED, hearing=hearing)
    if case_over or told_on is not None:
        state = CourtState.MISSED if missed else CourtState.NOT_NEEDED
        return CourtFlag(state=state, hearing=hearing)
    due_on = notify_by(hearing, calendar)
    return CourtFlag(
        state=CourtState.MISSED if missed else CourtState.TO_NOTIFY,
        due_on=due_on,
        warning=_warning(hearing, due_on, today, calendar),
        hearing=hearing,
    )


def days_of_notices(
    facts: CourtFacts, calendar: WorkingCalendar
) -> tuple[date | None, date | None]:
    """Return by when the court is told next, and the first day with a warning; None: told.

    They hold whatever day it is, so that a queue can be sorted by them as they are stored.

    Raises:
        CalendarGap: a hearing lies outside the calendar.

    Source: docs/procedure.md, paragraph 43.
    """
    if facts.ongoing is CaseOngoing.NO:
        return None, None
    untold = [hearing for hearing in facts.counted if hearing.missing]
    due_on = (notify_by(hearing, calendar) for hearing in untold)
    warned_on = (warn_on(hearing, calendar) for hearing in untold)
    return min(due_on, default=None), min(warned_on, default=None)


def blocks_closing(flag: CourtFlag) -> bool:
    """Say whether the court, or a question about it, stands in the way of closing the case.

    A missed notice stops doing so once the court has been told late; it stays missed.

    Source: docs/procedure.md, paragraph 51.
    """
    if flag.state is CourtState.MISSED:
        return flag.warning is not CourtWarning.NONE
    return flag.state in {CourtState.FIND_OUT, CourtState.TO_NOTIFY}


def comes_first(flag: CourtFlag, next_due_on: date | None) -> bool:
    """Say whether the court is to be seen to before anything else.

    Its day is the one by which the case is sorted, and something is to be done about it: not where
    the next hearing is asked for only after one that is still to come.
    """
    return sorts(flag, next_due_on) and blocks_closing(flag)


def sorts(flag: CourtFlag, next_due_on: date | None) -> bool:
    """Say whether the court's day is the one by which the case is sorted."""
    return flag.due_on is not None and flag.due_on == next_due_on


def _find_out(facts: CourtFacts, today: date) -> CourtFlag:
    warning, by = CourtWarning.NONE, facts.find_out_by
    if by is not None and today >= by:
        warning = CourtWarning.OVERDUE if today > by else CourtWarning.DUE_AT_ONCE
    last = facts.counted[-1] if facts.counted else None
    return CourtFlag(state=CourtState.FIND_OUT, due_on=by, warning=warning, hearing=last)


def _warning(
    hearing: Hearing, due_on: date, today: date, calendar: WorkingCalendar
) -> CourtWarning:
    if today > due_on:
        return CourtWarning.OVERDUE
    if today == due_on or became_known_late(hearing, calendar):
        return CourtWarning.DUE_AT_ONCE
    if today >= calendar.subtract(day_of(hearing), URGENT_WORKING_DAYS):
        return CourtWarning.URGENT
    return CourtWarning.SOON if today >= warn_on(hearing, calendar) else CourtWarning.NONE

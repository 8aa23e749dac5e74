"""The working days, and what happens when one is taken away."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.feedback import Kind
from kids_feedback.domain.procedure import Step
from kids_feedback.gateways.bank_holidays import calendar_of
from kids_feedback.services import standing
from kids_feedback.services.act import Moment, by_service
from kids_feedback.services.refusals import AlreadyClosed
from kids_feedback.storage.closed_days import ClosedDay, added_days
from kids_feedback.storage.feedback import Feedback


@dataclass(frozen=True, kw_only=True)
class Redated:
    """What closing a day did."""

    day: date
    cases: int  # open cases of which a promise moved


def calendar_now(session: Session) -> WorkingCalendar:
    """Return the working calendar: bank holidays, and the days that were added.

    Source: docs/procedure.md, paragraph 25.
    """
    return calendar_of(added_days(session))


def close_day(session: Session, day: date, reason: str, *, now: datetime, today: date) -> Redated:
    """Take a working day away, and move the open promises that counted it.

    Promises that were kept or already broken stay, and so does everything that is closed. Each case
    of which a promise moved says so in its history.

    Args:
        reason: why nobody works that day, for people to read; at most 120 characters.

    Raises:
        AlreadyClosed: it is no working day as it is.
        CalendarGap: the day, or a promise that moves, lies outside the calendar.

    Source: docs/procedure.md, paragraph 26.
    """
    before = calendar_now(session)
    if not before.is_working(day):
        raise AlreadyClosed
    session.add(ClosedDay(day=day, reason=reason, added_at=now))
    session.flush()
    after = calendar_now(session)
    moved: list[tuple[Feedback, dict[str, str]]] = []
    for row in session.scalars(select(Feedback).where(Feedback.closed_on.is_(None))).all():
        facts = _redate(row, day, before, after, today)
        standing.restate(row, today=today, calendar=after)
        if facts:
            moved.append((row, {"closed_day": day.isoformat(), **facts}))
    session.flush()
    moment = Moment(now=now, today=today, calendar=after)
    for row, facts in moved:
        act = by_service(session, row, moment)
        act.take(Step.REDATE)
        act.record(facts=facts)
    return Redated(day=day, cases=len(moved))


def _redate(
    row: Feedback, day: date, before: WorkingCalendar, after: WorkingCalendar, today: date
) -> dict[str, str]:
    """Move the promises that counted ``day``, and return them with their old days."""
    facts: dict[str, str] = {}
    for name, (start, due_on) in _running(row).items():
        if start < day <= due_on and today <= due_on:
            moved_to = after.add(start, before.working_days(start, due_on))
            setattr(row, name, moved_to)
            facts[name] = moved_to.isoformat()
            facts[f"{name}_before"] = due_on.isoformat()
    return facts


def _running(row: Feedback) -> dict[str, tuple[date, date]]:
    """Return the promises still to be kept, each with the day it counts from and its own day."""
    received_on, complaint = row.received_on, row.kind is Kind.COMPLAINT
    running = {
        "routed_by": (row.area_code is None, received_on, row.routed_by),
        "pass_on_by": (row.kind is Kind.COMPLIMENT, received_on, row.pass_on_by),
        "read_by": (
            row.kind is not Kind.COMPLIMENT and row.acknowledged_on is None,
            received_on,
            row.read_by,
        ),
        "contact_by": (complaint and row.contacted_on is None, received_on, row.contact_by),
        "talk_by": (complaint and row.talk_on is None, received_on, row.talk_by),
        "answer_by": (complaint and row.delivered_on is None, row.talk_on, row.answer_by),
    }
    return {
        name: (start, due_on)
        for name, (open_, start, due_on) in running.items()
        if open_ and start and due_on
    }

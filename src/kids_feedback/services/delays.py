"""Promises that are missed: what the child is told of it, and by whom (ruling R3)."""

from datetime import date

from sqlalchemy.orm import Session

from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.people import Person
from kids_feedback.domain.procedure import Step
from kids_feedback.domain.promises import Because, Moved, Promise
from kids_feedback.services import cases, promises
from kids_feedback.services.act import Act, Saved
from kids_feedback.services.refusals import Incomplete, NotAWorkingDay, check_day
from kids_feedback.storage.feedback import Feedback


def as_said(
    session: Session,
    case_id: str,
    person: Person,
    *,
    promise: Promise,
    new_on: date,
    reason: str,
    today: date,
    calendar: WorkingCalendar,
) -> Moved:
    """Return what the child would be told, and keep nothing.

    Args:
        new_on: a working day to come, later than the day that was said before.
        reason: in plain words, for the child to read.

    Raises:
        NotThere: no such case, or not one this person may know of.
        Incomplete: no reason, or nothing of that kind is promised (any more).
        WrongDay, NotAWorkingDay: the new day is none that can be promised.
    """
    row = cases.find(session, case_id, person)
    return _moved(session, row, promise, new_on, reason, today, calendar)


def say_late(act: Act, *, promise: Promise, new_on: date, reason: str) -> Saved:
    """Tell the child that a promise is missed, why, and the new day; the Heads of Practice hear.

    The promise itself stays where it was, and stays broken: the queue and the figures count it.

    Args:
        new_on, reason: see ``as_said``.

    Raises:
        NotAllowedNow: see ``Act.take``.
        Incomplete, WrongDay, NotAWorkingDay: see ``as_said``.

    Source: docs/procedure.md, paragraphs 27 and 28.
    """
    moved = _moved(act.session, act.row, promise, new_on, reason, act.today, act.calendar)
    act.take(Step.SAY_LATE)
    promises.keep(act.session, act.row, moved, by=act.person_id or "", now=act.now)
    days = {"old_on": moved.old_on.isoformat(), "new_on": moved.new_on.isoformat()}
    return act.record(reason, {"promise": promise.value, **days})


def _moved(
    session: Session,
    row: Feedback,
    promise: Promise,
    new_on: date,
    reason: str,
    today: date,
    calendar: WorkingCalendar,
) -> Moved:
    missing = () if reason.strip() else ("reason",)
    days = {each.promise: each.told_on for each in promises.owed(session, row) if each.is_told}
    if promise not in days or missing:
        raise Incomplete(missing=missing or ("promise",))
    old_on = days[promise]
    earliest = calendar.next_working_day(max(today, old_on))
    check_day(new_on, earliest=earliest, latest=calendar.last)
    if not calendar.is_working(new_on):
        raise NotAWorkingDay
    return Moved(promise=promise, old_on=old_on, new_on=new_on, because=Because.SAID, reason=reason)

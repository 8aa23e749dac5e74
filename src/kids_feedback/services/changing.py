"""A child changes how we get in touch, or who comes along. What was said before is replaced."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from kids_feedback.domain import clocks
from kids_feedback.domain.calendar import WorkingCalendar
from kids_feedback.domain.clocks import Promises
from kids_feedback.domain.contact import Method, may_name_ourselves, safe_email
from kids_feedback.domain.errors import NotAllowedNow
from kids_feedback.domain.feedback import Answers
from kids_feedback.services import messages, outbox, standing, tracking
from kids_feedback.services.cases import Mark, add_line, of_child
from kids_feedback.storage.feedback import Feedback


def change_contact(
    session: Session,
    feedback_id: str,
    *,
    method: Method,
    details: Answers,
    now: datetime,
    today: date,
    calendar: WorkingCalendar,
    promises: Promises,
) -> None:
    """Replace how we get in touch. Nothing more goes the old way, and no clock moves.

    Only a child who wanted no contact until now was never promised any: they are from today on.

    Args:
        details: all that was answered about contact, by the names of the child's pages.

    Raises:
        NotThere: it has been erased.
        NotAllowedNow: it is closed, or praise.
        CalendarGap: a day that is promised lies outside the calendar.

    Source: docs/procedure.md, paragraphs 10, 20, 27 and 29.
    """
    row = _row(session, feedback_id)
    old_address = safe_email(row.method, row.contact or {})
    old_named = may_name_ourselves(row.contact or {})
    wanted_before = standing.situation_of(row).wants_contact
    row.method, row.contact = method, dict(details) or None
    new_days = {}
    if not wanted_before and standing.situation_of(row).wants_contact:
        new_days = _promise_contact(row, today, calendar, promises)
    standing.restate(row, today=today, calendar=calendar)
    session.flush()
    facts = {"method": method.value, **new_days}
    add_line(session, row, Mark.CONTACT_CHANGED, person_id=None, now=now, facts=facts)
    still_safe = old_address == safe_email(method, details) and (
        not old_named or may_name_ourselves(details)
    )
    if old_address and not still_safe:
        outbox.withdraw(session, row.id, to=old_address)
    messages.tell_owner(session, row, now=now)


def change_supporter(
    session: Session, feedback_id: str, *, supporter: str, details: Answers, now: datetime
) -> None:
    """Replace who comes along.

    Args:
        supporter: a code of the child's page: known, cafcass, help_find, no, not_sure.
        details: all that was answered about it, by the names of the child's pages.

    Raises:
        NotThere: it has been erased.
        NotAllowedNow: it is closed, or praise.

    Source: docs/procedure.md, paragraph 22.
    """
    row = _row(session, feedback_id)
    row.supporter, row.helper = supporter, dict(details) or None
    session.flush()
    add_line(session, row, Mark.SUPPORTER_CHANGED, person_id=None, now=now)
    messages.tell_owner(session, row, now=now)


def _row(session: Session, feedback_id: str) -> Feedback:
    row = of_child(session, feedback_id)
    if not tracking.may_change(row):
        raise NotAllowedNow(step="change", state=row.stage)
    return row


def _promise_contact(
    row: Feedback, today: date, calendar: WorkingCalendar, promises: Promises
) -> dict[str, str]:
    """Promise contact for the first time; return the days for the history."""
    if row.contacted_on or row.talk_on:
        return {}
    days = clocks.promised(today, promises, calendar)
    row.contact_by, row.talk_by = days.contact_by, days.talk_by
    return {"contact_by": days.contact_by.isoformat(), "talk_by": days.talk_by.isoformat()}

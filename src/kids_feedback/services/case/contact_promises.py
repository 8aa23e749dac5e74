"""Promising what was not promised until now: contact, and to find out about the court."""

from kids_feedback.domain.case import clocks
from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.promises import Promise
from kids_feedback.services.case import case_state
from kids_feedback.services.case.act import Act


def promise_contact(act: Act, promises: Allowances) -> dict[str, str]:
    """Promise contact for the first time, from today on; return the days for the history.

    Nothing is promised to who was reached already, or wants no contact.

    Raises:
        CalendarGap: a day that is promised lies outside the calendar.

    Source: docs/procedure.md, paragraph 29.
    """
    row = act.row
    if row.contacted_on or row.talk_on or not case_state.wants_contact(row):
        return {}
    promised = clocks.promised(act.today, promises, act.calendar)
    days = {promise: promised[promise] for promise in (Promise.CONTACT, Promise.TALK)}
    case_state.keep_days(row, days)
    row.asked_on = act.today
    return {case_state.STORED_IN[promise]: day.isoformat() for promise, day in days.items()}


def begin_as_complaint(act: Act, promises: Allowances) -> dict[str, str]:
    """Promise what a complaint is promised, from today on; return the days for the history.

    Raises:
        CalendarGap: a day that is promised lies outside the calendar.

    Source: docs/procedure.md, paragraphs 9, 29 and 45 (ruling R22).
    """
    promised = clocks.promised(act.today, promises, act.calendar)
    case_state.keep_days(act.row, {Promise.COURT: promised[Promise.COURT]})
    act.row.court_asked_on = act.today
    return promise_contact(act, promises)

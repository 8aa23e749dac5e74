"""Promising contact to a child who was promised none until now."""

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

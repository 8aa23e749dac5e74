"""Delay notices: what the child is told of a missed promise, and by whom (ruling R3)."""

from datetime import date, timedelta

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.promises import Because, MovedPromise, Promise
from kids_feedback.domain.case.submission import Kind
from kids_feedback.services.case import promises
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.case.people import identity
from kids_feedback.services.errors import Incomplete, NotAWorkingDay, NothingChanged, check_day

_FURTHEST = timedelta(days=365)  # from today: what lies beyond is a slip of the keyboard


def preview_delay_notice(
    opened: Opened, *, promise: Promise, new_on: date, reason: str
) -> MovedPromise:
    """Return what the child would be told, and keep nothing.

    Args:
        new_on: a working day to come within a year, later than was promised. It may be earlier than
            what was said last, which puts that right.
        reason: in plain words, for the child to read.

    Raises:
        Incomplete: no reason, or nothing of that kind is promised (any more).
        DayOutOfRange, NotAWorkingDay: the new day is none that can be promised.
        NothingChanged: the child was told that day already.
    """
    missing = () if reason.strip() else ("reason",)
    owed = promises.owed(opened.session, opened.row)
    told = {item.promise: item for item in owed if item.is_told}
    if promise not in told or missing:
        raise Incomplete(missing=missing or ("promise",))
    old_on = told[promise].told_on
    earliest = opened.calendar.next_working_day(max(opened.today, told[promise].by))
    check_day(new_on, earliest=earliest, latest=min(opened.calendar.last, opened.today + _FURTHEST))
    if new_on == old_on:
        raise NothingChanged
    if not opened.calendar.is_working(new_on):
        raise NotAWorkingDay
    return MovedPromise(
        promise=promise, old_on=old_on, new_on=new_on, because=Because.SAID, reason=reason
    )


def send_delay_notice(
    act: Act, *, promise: Promise, new_on: date, reason: str, nothing_of_case: bool = False
) -> Saved:
    """Tell the child that a promise is missed, why, and the new day; the Heads of Practice hear.

    The promise itself stays where it was, and stays broken: the queue and the figures count it.

    Args:
        new_on, reason: see ``preview_delay_notice``.
        nothing_of_case: is in the reason, as who writes it says.

    Raises:
        StepNotOpen: see ``Act.take``.
        IdentityUnchecked: it may tell of the case, and who the child is is not found in its file.
        Incomplete, DayOutOfRange, NotAWorkingDay: see ``preview_delay_notice``.

    Source: docs/procedure.md, paragraphs 27 and 28.
    """
    moved = preview_delay_notice(act, promise=promise, new_on=new_on, reason=reason)
    act.take(Step.SEND_DELAY_NOTICE)
    if act.row.kind is not Kind.COMPLIMENT:
        identity.check_may_write(act, nothing_of_case=nothing_of_case)
    promises.keep(act.session, act.row, moved, by=act.person_id or "", now=act.now)
    days = {"old_on": moved.old_on.isoformat(), "new_on": moved.new_on.isoformat()}
    said = identity.said_so(nothing_of_case=nothing_of_case)
    return act.record(reason, {"promise": promise.value, **days, **said})

"""The court notice: whether a case goes on, and what the court and the child have been told."""

from datetime import date

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.court_notice import CaseOngoing, blocks_closing
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.case import case_state
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework.court import hearings
from kids_feedback.services.errors import (
    CourtNotTold,
    DayOutOfRange,
    Incomplete,
    check_day,
    check_said,
)
from kids_feedback.storage.tables.case import Hearing

_KEPT = {CaseOngoing.YES: True, CaseOngoing.NO: False, CaseOngoing.UNKNOWN: None}


_TOLD = {  # the days that are kept of a hearing, by the name that the history gives them
    "told_complaint_on": "complaint_on",
    "told_doing_on": "doing_on",
    "child_told_on": "child_on",
}


def check_told(opened: Opened) -> None:
    """Check that nothing of the court stands in the way of an ending.

    Raises:
        CourtNotTold: the court is still to be told, or it is not known whether it must be.

    Source: docs/procedure.md, paragraph 51.
    """
    flag = case_state.flag_of(opened.row, today=opened.today, calendar=opened.calendar)
    if blocks_closing(flag):
        raise CourtNotTold(flag.state)


def set_ongoing(act: Act, *, ongoing: CaseOngoing, promises: Allowances, note: str = "") -> Saved:
    """Say whether a case goes on in court. Where it does not, no hearing lies ahead any more.

    Raises:
        StepNotOpen: see ``Act.take``.

    Source: docs/procedure.md, paragraphs 45 and 46.
    """
    act.take(Step.COURT_ONGOING)
    act.row.ongoing = _KEPT[ongoing]
    off = hearings.vacate_ahead(act) if ongoing is CaseOngoing.NO else {}
    hearings.ask(act, promises)
    return act.record(note, {"ongoing": ongoing, **off})


def tell_court(
    act: Act, *, complaint_on: date | None, doing_on: date | None, promises: Allowances
) -> Saved:
    """Keep the days on which the court was told of the complaint, and of what is being done.

    A part counts for each hearing that misses it, one that was missed among them. Where none misses
    it, it is put right for the next hearing, listed or not.

    Args:
        complaint_on: local day of the first part; None leaves it as it is.
        doing_on: local day of the second part; None likewise.

    Raises:
        StepNotOpen: see ``Act.take``.
        Incomplete: neither part was told.
        DayOutOfRange: a day lies in the future, or before the complaint came in; or the second
            part was told before another hearing, and is to be told again for the one that misses
            it.

    Source: docs/procedure.md, paragraphs 41, 47 and 48.
    """
    told = {"complaint_on": complaint_on, "doing_on": doing_on}
    days = {part: day for part, day in told.items() if day is not None}
    if not days:
        raise Incomplete(missing=tuple(told))
    for day in days.values():
        check_day(day, earliest=act.row.received_on, latest=act.today)
    act.take(Step.COURT_TOLD)
    if complaint_on:
        for row in _missing(act, "told_complaint_on"):
            row.told_complaint_on = complaint_on
    if doing_on:
        for row in _told_for(act, _missing(act, "told_doing_on"), doing_on):
            row.told_doing_on = doing_on
    hearings.ask(act, promises)
    return act.record(facts={part: day.isoformat() for part, day in days.items()})


def tell_child(act: Act) -> Saved:
    """Keep that the child has been told that the court will know.

    Raises:
        StepNotOpen: see ``Act.take``.

    Source: docs/procedure.md, paragraph 50.
    """
    act.take(Step.COURT_CHILD_TOLD)
    for row in _missing(act, "child_told_on"):
        row.child_told_on = act.today
    return act.record()


def told_hearings(opened: Opened) -> tuple[Hearing, ...]:
    """Return the rows of the hearings of which court or child were told something."""
    return tuple(row for row in opened.row.hearings if any(getattr(row, part) for part in _TOLD))


def take_back(act: Act, *, hearing_id: str, reason: str, promises: Allowances) -> Saved:
    """Say that what was kept as told before a hearing was not: it is to be told again.

    Raises:
        StepNotOpen: see ``Act.take``.
        NotFound: nothing was kept as told of such a hearing.
        Incomplete: there is no reason.

    Source: docs/procedure.md, paragraphs 41 and 50.
    """
    row = next((row for row in told_hearings(act) if row.id == hearing_id), None)
    if row is None:
        raise NotFound
    check_said(reason=reason)
    act.take(Step.TAKE_NOTICE_BACK)
    told = {name: getattr(row, part) for part, name in _TOLD.items()}
    row.told_complaint_on = row.told_doing_on = row.child_told_on = None
    hearings.ask(act, promises)
    return act.record(reason, {name: day.isoformat() for name, day in told.items() if day})


def end_duty(act: Act, *, reason: str) -> Saved:
    """Keep why the court need not hear of a complaint that was withdrawn.

    Once the child wants it after all, the court is told as if this had not been.

    Raises:
        StepNotOpen: see ``Act.take``.
        Incomplete: there is no reason.

    Source: docs/procedure.md, paragraph 51.
    """
    return _with_reason(act, Step.END_COURT_DUTY, reason)


def restore_duty(act: Act, *, reason: str) -> Saved:
    """Keep why the court hears of it after all.

    Raises:
        StepNotOpen: see ``Act.take``.
        Incomplete: there is no reason.

    Source: docs/procedure.md, paragraphs 51 and 51b.
    """
    return _with_reason(act, Step.RESTORE_COURT_DUTY, reason)


def _with_reason(act: Act, step: Step, reason: str) -> Saved:
    check_said(reason=reason)
    act.take(step)
    return act.record(reason)


def _missing(act: Act, part: str) -> list[Hearing]:
    """Return the rows for which a part counts that is told now."""
    untold = [row for row in hearings.taking_place(act) if getattr(row, part) is None]
    return untold or hearings.ahead(act)[:1] or [hearings.next_awaited(act)]


def _told_for(act: Act, untold: list[Hearing], day: date) -> list[Hearing]:
    """Return the hearings of which no other one was between ``day`` and themselves.

    Raises:
        DayOutOfRange: there is none.
    """
    days = (row.hearing_on for row in hearings.taking_place(act))
    heard = [on for on in days if on and on <= act.today]

    def next_after(row: Hearing) -> bool:
        return not any(day < on < (row.hearing_on or date.max) for on in heard)

    if found := [row for row in untold if next_after(row)]:
        return found
    raise DayOutOfRange(earliest=max(heard), latest=act.today)

"""The court notice: finding out, the hearing, what the court and the child have been told."""

from datetime import date

from kids_feedback.domain.case.court_notice import CaseOngoing
from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.errors import Incomplete, check_day

_KEPT = {CaseOngoing.YES: True, CaseOngoing.NO: False, CaseOngoing.UNKNOWN: None}


def set_ongoing(act: Act, *, ongoing: CaseOngoing, note: str = "") -> Saved:
    """Say whether a case goes on in court.

    Raises:
        NotAllowedNow: see ``Act.take``.

    Source: docs/procedure.md, paragraphs 45 and 46.
    """
    act.take(Step.COURT_ONGOING)
    act.row.ongoing = _KEPT[ongoing]
    return act.record(note, {"ongoing": ongoing})


def set_hearing(act: Act, *, hearing_on: date | None) -> Saved:
    """Keep the day of the next hearing, the first time or because it was moved.

    Args:
        hearing_on: its local day, which also says that the case goes on; None: none is listed.

    Raises:
        NotAllowedNow: see ``Act.take``.
        WrongDay: the hearing was before the complaint came in, or lies beyond the calendar.

    Source: docs/procedure.md, paragraphs 42, 46 and 48.
    """
    row = act.row
    if hearing_on is not None:
        check_day(hearing_on, earliest=row.received_on, latest=act.calendar.last)
    act.take(Step.COURT_HEARING)
    facts = {
        "hearing_on": hearing_on.isoformat() if hearing_on else None,
        "moved_from": row.hearing_on.isoformat() if row.hearing_on else None,
    }
    row.hearing_on = hearing_on
    if hearing_on is not None:
        row.ongoing = True
    return act.record(facts=facts)


def tell_court(act: Act, *, complaint_on: date | None, doing_on: date | None) -> Saved:
    """Keep the days on which the court was told of the complaint, and of what is being done.

    Args:
        complaint_on: local day of the first part; None leaves it as it is.
        doing_on: local day of the second part, for the hearing now known; None likewise.

    Raises:
        NotAllowedNow: see ``Act.take``.
        Incomplete: neither part was told.
        WrongDay: a day lies in the future, or before the complaint came in.

    Source: docs/procedure.md, paragraphs 41 and 48.
    """
    row, told = act.row, {"complaint_on": complaint_on, "doing_on": doing_on}
    days = {part: day for part, day in told.items() if day is not None}
    if not days:
        raise Incomplete(missing=tuple(told))
    for day in days.values():
        check_day(day, earliest=row.received_on, latest=act.today)
    act.take(Step.COURT_TOLD)
    row.told_complaint_on = complaint_on or row.told_complaint_on
    if doing_on is not None:
        row.told_doing_on, row.told_for_on = doing_on, row.hearing_on
    return act.record(facts={part: day.isoformat() for part, day in days.items()})


def tell_child(act: Act) -> Saved:
    """Keep that the child has been told that the court will know.

    Raises:
        NotAllowedNow: see ``Act.take``.

    Source: docs/procedure.md, paragraph 50.
    """
    act.take(Step.COURT_CHILD_TOLD)
    return act.record()

"""Late complaints: staff ask why, and never refuse one (ruling R5)."""

from datetime import date

from kids_feedback.domain.case.clocks import is_late_complaint
from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.errors import DayInFuture, Incomplete


def record_end_of_work(act: Act, *, ended_on: date | None, circumstances: str) -> Saved:
    """Say when Cafcass' work with the child ended, and of a late complaint what was special.

    Nothing else changes: a late complaint goes on like any other, and the child is contacted.

    Args:
        ended_on: local date; None while the work goes on.
        circumstances: whether there were exceptional circumstances, in staff's words.

    Raises:
        StepNotOpen: see ``Act.take``.
        DayInFuture: it is a day to come.
        Incomplete: the complaint is late, and nobody said whether circumstances were exceptional.

    Source: docs/procedure.md, paragraphs 13 to 15.
    """
    if ended_on and ended_on > act.today:
        raise DayInFuture
    late = is_late_complaint(act.row.received_on, ended_on)
    if late and not circumstances:
        raise Incomplete(missing=("circumstances",))
    act.take(Step.SAY_ENDED)
    act.row.ended_on = ended_on
    facts = {"ended_on": ended_on.isoformat() if ended_on else None, "late": late}
    return act.record(circumstances, facts)

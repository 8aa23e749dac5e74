"""Writing to a child behind the secret words."""

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case import case_state
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.case.people import identity
from kids_feedback.services.errors import check_said
from kids_feedback.storage.tables.casework import Letter

TRY_AGAIN_AFTER = 5  # working days in which the child has not opened it


def write(act: Act, *, text: str, nothing_of_case: bool = False) -> Saved:
    """Write to the child. It waits behind the secret words; an email says so where that is safe.

    To a child whom nothing else reaches it is a try; only that they open it is reaching them.

    Args:
        nothing_of_case: is in it, as who writes it says.

    Raises:
        StepNotOpen: see ``Act.take``.
        Incomplete: nothing is written.
        IdentityUnchecked: it may tell of the case, and who the child is is not found in its file.
        CalendarGap: the day of the next try lies outside the calendar.

    Source: docs/procedure.md, paragraphs 20, 29 and 33.
    """
    row, only_here = act.row, case_state.is_only_here(act.row)
    act.take(Step.WRITE_TO_CHILD)
    check_said(text=text)
    identity.check_may_write(act, nothing_of_case=nothing_of_case)
    letter = Letter(
        case_id=row.id,
        written_by=act.person_id,
        written_on=act.today,
        text=text,
        nothing_of_case=nothing_of_case,
    )
    act.session.add(letter)
    again_on = act.calendar.add(act.today, TRY_AGAIN_AFTER)
    if row.next_attempt_on and not only_here:  # that other way is still to be tried
        again_on = min(again_on, row.next_attempt_on)
    row.next_attempt_on = again_on
    is_try = only_here and row.contacted_on is None
    said = identity.said_so(nothing_of_case=nothing_of_case)
    return act.record(facts={"letter": letter.id, "is_try": is_try, **said})

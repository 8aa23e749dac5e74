"""Checking who a child is against the case file, before anything about the case is told."""

from kids_feedback.domain.case.answer import AnswerChangeState
from kids_feedback.domain.case.identity import CHECKED, Identity
from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.act import Act, Saved
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.errors import NothingChanged, check_said


def record_check(act: Act, *, result: Identity, who: str = "", note: str = "") -> Saved:
    """Keep what was found of who the child is; earlier findings stay in the history.

    Where they were not found, or not for sure, the Head of Practice hears, and sees to it by a day.
    What may tell of the case is held from then on, the answer that is out too.

    Args:
        result: one of ``CHECKED``.
        who: they are in the case file; needed where they were found.
        note: where was looked, or why it is not sure; needed where they were not.

    Raises:
        StepNotOpen: see ``Act.take``.
        Incomplete: one of these is missing.
        NothingChanged: it goes on without the case already, and still nobody was found.
        ValueError: no check comes to that.

    Source: docs/procedure.md, paragraph 22a.
    """
    row = act.row
    if result not in CHECKED:
        raise ValueError(f"no check comes to {result}")
    if result is Identity.FOUND:
        check_said(who=who)
    else:
        check_said(note=note)
        if row.identity is Identity.WITHOUT_CASE:
            raise NothingChanged
    row.identity, row.identity_on = result, act.today
    act.take(Step.CHECK_IDENTITY)
    return act.record("\n".join(filter(None, (who, note))), {"result": result})


def go_on_without_case(act: Act, *, reason: str) -> Saved:
    """Decide that it goes on with nothing about the case told, where the child is not found.

    So nobody waits for ever. An answer that was approved before waits to be approved again, with
    that in mind; one that is out is behind the secret words no more until then.

    Raises:
        StepNotOpen: see ``Act.take``.
        Incomplete: there is no reason.

    Source: docs/procedure.md, paragraph 22a.
    """
    check_said(reason=reason)
    row, was = act.row, act.row.stage
    act.take(Step.GO_ON_WITHOUT_CASE)
    row.identity, row.identity_on = Identity.WITHOUT_CASE, act.today
    if row.stage is not was:
        answer = answers.kept(act.session, row)
        answer.approved_by = answer.approved_on = answer.read_on = None
    if row.change is AnswerChangeState.APPROVED:
        row.change = AnswerChangeState.WRITTEN
    return act.record(reason)

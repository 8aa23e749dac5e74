"""Where the check of who a child is stands, in words, and the way to it."""

from dataclasses import dataclass

from kids_feedback.domain.case.identity import Identity
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.submission import Kind
from kids_feedback.services.reading.case_file import CaseFile
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.dates import short_year
from kids_feedback.web.staff.steps.registry import STEPS


@dataclass(frozen=True, kw_only=True)
class IdentityNotice:
    """What stands above whatever might tell of the case."""

    text: str
    may_tell: bool
    may_answer: bool
    address: str  # of the check; empty where it is not this person's
    decide: str  # where the Head of Practice decides how it goes on; empty where that is not so


def identity_of(case: CaseFile) -> IdentityNotice | None:
    """Return where it stands; None of praise, which tells of no case."""
    if case.summary.kind is Kind.COMPLIMENT:
        return None
    return IdentityNotice(
        text=_in_words(case),
        may_tell=case.identity.may_tell,
        may_answer=case.identity.may_answer,
        address=_way(case, Step.CHECK_IDENTITY),
        decide=_way(case, Step.GO_ON_WITHOUT_CASE),
    )


def _in_words(case: CaseFile) -> str:
    state, on = case.identity.state, case.identity.on
    if state is None or on is None:
        return _("Nobody has checked it yet.")
    if state is Identity.WITHOUT_CASE:
        return _(
            "Decided on %(day)s: nothing about the case is told, in the answer neither.",
            day=short_year(on),
        )
    return _("Checked on %(day)s. %(result)s.", result=labels.of(state), day=short_year(on))


def _way(case: CaseFile, step: Step) -> str:
    return STEPS[step].place(case.id) if step in case.steps else ""

"""Checking who a child is against the case file, and going on where they are not found."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from kids_feedback.domain.case.identity import CHECKED, Identity
from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.casework import identity
from kids_feedback.services.errors import IdentityUnchecked, NothingChanged
from kids_feedback.services.reading.case_file import CaseFile
from kids_feedback.web.kit.text import Text
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import StepForm, long_text, single_choice
from kids_feedback.web.staff.steps.declaration import StepDeclaration


class IdentityForm(StepForm):
    """What the case file says."""

    refused_at = ("result",)
    refusals = {
        NothingChanged: _l(
            "It was decided already that nothing about the case is told. Only that you found the "
            "child would change that."
        )
    }
    needed: ClassVar[Mapping[str, Text]] = {
        "who": _l("Write who this child is in the case file"),
        "note": _l("Write where you looked, or why you are not sure"),
    }
    result = single_choice(
        _l("Is this child in the case file?"),
        {item: labels.IDENTITIES[item] for item in CHECKED},
        must=_l("Choose what you found"),
    )
    who = long_text(
        _l("Who is it in the case file?"),
        hint=_l(
            "If you found them: the case number and the name, as they stand there, and what "
            "matches. The child does not see this."
        ),
        limit=500,
    )
    note = long_text(
        _l("Where did you look? Why are you not sure?"),
        hint=_l("If you did not find them, or are not sure. Nobody asks the child for proof."),
    )

    def arguments(self) -> dict[str, object]:
        return {**super().arguments(), "result": Identity(self.result.data)}


class WithoutCaseForm(StepForm):
    """Why nothing about the case is told."""

    reason = long_text(
        _l("Why does it go on without the case file?"),
        must=_l("Write why: it stays in the history"),
    )


def nothing_of_case() -> BooleanField:
    """Return what who writes to a child says of it, below the words."""
    return BooleanField(_l("Nothing about the case is in it: no name, date or fact"))


class ForChildForm(StepForm):
    """Words that a child reads. Who writes them says whether the case is in them."""

    nothing_of_case: BooleanField
    refused_at: ClassVar[tuple[str, ...]] = ("nothing_of_case",)
    refusals = {
        IdentityUnchecked: _l(
            "Who the child is has not been found in the case file. Tick that nothing about the "
            "case is in it, or check who it is first."
        )
    }

    def ask_of(self, case: CaseFile) -> None:
        """Ask it only where the case may not be told of."""
        if case.identity.may_tell and "nothing_of_case" in self:
            del self.nothing_of_case


def said_nothing(facts: EventFacts) -> Iterator[str]:
    """Yield what who wrote to the child said of it."""
    if "nothing_of_case" in facts:
        yield _("Nothing about the case is in it, as who wrote it said.")


def _checked(facts: EventFacts) -> str:
    found = labels.of(Identity(facts["result"]))
    return _("Checked who the child is against the case file. %(result)s.", result=found)


def _without_case(facts: EventFacts) -> str:
    return _("Decided that it goes on with nothing about the case told.")


DECLARED = (
    StepDeclaration(
        step=Step.CHECK_IDENTITY,
        sentence=_checked,
        label=_l("Check who it is against the case file"),
        slug="identity",
        form=IdentityForm,
        act=identity.record_check,
        title=_l("Check who it is against the case file"),
        lead=_l(
            "Somebody else may have written this, or hold the child's secret words. Until the "
            "child is found in the case file, nothing about the case is told. Contact with the "
            "child, acknowledging, safety and the court do not wait for it."
        ),
        done=_l("Saved. It is in the history who checked."),
    ),
    StepDeclaration(
        step=Step.GO_ON_WITHOUT_CASE,
        sentence=_without_case,
        label=_l("Go on with nothing about the case told"),
        slug="without-case",
        form=WithoutCaseForm,
        act=identity.go_on_without_case,
        title=_l("Go on with nothing about the case told"),
        lead=_l(
            "The child was not found in the case file, or not for sure. Then they still get an "
            "answer, with nothing about the case in it. An answer that was approved already is "
            "returned, to be approved again with that in mind."
        ),
        button=_l("Go on with nothing about the case told"),
        done=_l("Saved. The answer goes out with nothing about the case in it."),
    ),
)

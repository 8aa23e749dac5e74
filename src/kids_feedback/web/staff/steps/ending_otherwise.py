"""Endings of their own: a manager proposes one, the Head of Practice decides."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from kids_feedback.domain.case.procedure import FEWEST_TRIES, Ending, Step
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework import endings
from kids_feedback.services.casework.endings import OtherCase
from kids_feedback.services.errors import WordsNotOpened
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.dates import short_year
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import StepForm, choices_of, long_text, single_choice
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain


class EndingForm(StepForm):
    """Why it ends without an answer."""

    refused_at = ("ending",)
    refusals = {
        WordsNotOpened: _l("Open what the child said first. Only who has read it can decide."),
    }
    needed = {"same_as": _l("Choose what the child had told us before")}
    ending = single_choice(_l("Why does it end?"), labels.ENDINGS, must=_l("Choose why it ends"))
    same_as = SelectField(
        _l("If the child told us the same before: which is it?"), validate_choice=False
    )
    reason = long_text(
        _l("How do you know?"),
        must=_l("Write how you know: it stays in the history"),
        hint=_l("The child does not see this. They read, in simple words, what was decided."),
    )

    def arguments(self) -> dict[str, object]:
        said = super().arguments()
        return {**said, "ending": Ending(self.ending.data), "same_as": self.same_as.data or ""}


def _fill(opened: Opened, form: EndingForm) -> None:
    pairs = [("", _("None of these"))]
    pairs += [(other.id, _other(other)) for other in endings.others(opened)]
    form.same_as.choices = choices_of(pairs)
    form.ending.description = _(
        "That the child can't be reached may be said after %(number)s attempts, and before any "
        "talk.",
        number=FEWEST_TRIES,
    )


def _other(other: OtherCase) -> str:
    return _(
        "%(name)s, %(age)s, %(kind)s, received %(day)s",
        name=labels.named(other.name),
        age=labels.of(other.age_band),
        kind=labels.of(other.kind),
        day=short_year(other.received_on),
    )


def _proposed(facts: EventFacts) -> str:
    return _("Proposed to close it: %(why)s.", why=labels.of(Ending(facts["ending"])))


def _ended(facts: EventFacts) -> str:
    return _("Closed: %(why)s.", why=labels.of(Ending(facts["ending"])))


DECLARED = (
    StepDeclaration(
        step=Step.PROPOSE_ENDING,
        sentence=_proposed,
        label=_l("Propose to close it without an answer"),
        slug="propose-ending",
        form=EndingForm,
        act=endings.propose,
        title=_l("Propose to close it without an answer"),
        lead=_l("The Head of Practice is notified by email, and decides."),
        button=_l("Propose it"),
        done=_l("Saved. The Head of Practice decides on it."),
        fill=_fill,
    ),
    StepDeclaration(
        step=Step.END_OTHERWISE,
        sentence=_ended,
        label=_l("Close it without an answer"),
        slug="end",
        form=EndingForm,
        act=endings.end,
        title=_l("Close it without an answer"),
        lead=_l("The child can read what was decided, and say that it is not right."),
        button=_l("Close it without an answer"),
        done=_l("Closed."),
        fill=_fill,
    ),
    StepDeclaration(
        step=Step.REJECT_ENDING,
        sentence=plain(_l("The child says that it was not right to close it. It is open again.")),
    ),
)

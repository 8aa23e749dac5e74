"""A second version of an answer that is out: written, checked, given."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.answer import PARTS, to_edit
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework.answering import answer_changes, answers
from kids_feedback.services.casework.answering.answer_changes import Change
from kids_feedback.services.errors import NothingChanged
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import (
    PlainForm,
    long_text,
    single_choice,
    text_for_child,
)
from kids_feedback.web.staff.steps.answering import AnswerForm, list_ways
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain

_TEMPLATE = "staff/step_pages/answer_change.html"


class ChangeAnswerForm(AnswerForm):
    """What the answer should say instead."""

    refused_at = ("outcome",)
    refusals = {NothingChanged: _l("That is what the answer says already.")}
    why = text_for_child(
        _l("Why do we change it? The child reads this"), must=_l("Write why: the child reads it")
    )

    def arguments(self) -> dict[str, object]:
        return {"parts": self.parts(), "why": self.why.data}


class CheckForm(PlainForm):
    """Nothing but the button, below both versions."""

    change: Change | None = None


class DropForm(CheckForm):
    """Why the answer stays as it is."""

    reason = long_text(
        _l("Why does the answer stay as it is?"), must=_l("Write why: it stays in the history")
    )


class GiveForm(CheckForm):
    """How the child was given it."""

    how = single_choice(
        _l("How was the answer delivered?"), {}, must=_l("Choose how the answer was delivered")
    )

    def arguments(self) -> dict[str, object]:
        return {"how": Method(self.how.data)}


def _begin(opened: Opened, form: ChangeAnswerForm) -> None:
    """Begin with what is on its way, else with what the child can read."""
    waiting = answer_changes.waiting(opened)
    parts = waiting.parts if waiting else answers.read(opened).parts
    if form.why.raw_data is None:
        form.why.data = waiting.why if waiting else ""
        for part in PARTS:
            form[part].data = to_edit(parts[part])


def _show(opened: Opened, form: CheckForm) -> None:
    form.change = answer_changes.waiting(opened)


def _ways(opened: Opened, form: GiveForm) -> None:
    _show(opened, form)
    list_ways(opened, form.how)


def _given(facts: EventFacts) -> str:
    said = _("Delivered the changed answer: %(how)s.", how=labels.of(Method(facts["how"])))
    return " ".join(filter(None, (said, facts.emailed())))


DECLARED = (
    StepDeclaration(
        step=Step.CHANGE_ANSWER,
        sentence=plain(_l("Wrote a change of the answer. It waits to be checked.")),
        label=_l("Change the answer"),
        slug="change-answer",
        form=ChangeAnswerForm,
        act=answer_changes.write,
        title=_l("Change the answer"),
        lead=_l(
            "Somebody else checks it first. Then the child reads the new answer, when and why it "
            "was changed, and can still read the first one."
        ),
        button=_l("Submit for approval"),
        done=_l("Saved. The Head of Practice decides on it next."),
        fill=_begin,
    ),
    StepDeclaration(
        step=Step.APPROVE_CHANGE,
        sentence=plain(_l("Approved the change of the answer.")),
        label=_l("Approve the changed answer"),
        slug="check-change",
        form=CheckForm,
        act=answer_changes.approve,
        title=_l("Approve the changed answer"),
        lead=_l("Never by who wrote it. To leave the answer as it is, there is a step of its own."),
        button=_l("Approve the answer"),
        done=_l("Saved. The changed answer is delivered next."),
        template=_TEMPLATE,
        fill=_show,
    ),
    StepDeclaration(
        step=Step.DROP_CHANGE,
        sentence=plain(_l("The answer stays as it is: the change is not delivered.")),
        label=_l("Leave the answer as it is"),
        slug="drop-change",
        form=DropForm,
        act=answer_changes.drop,
        title=_l("Leave the answer as it is"),
        button=_l("Leave the answer as it is"),
        done=_l("Saved. The answer stays as it is."),
        template=_TEMPLATE,
        fill=_show,
    ),
    StepDeclaration(
        step=Step.GIVE_CHANGE,
        sentence=_given,
        label=_l("Deliver the changed answer"),
        slug="give-change",
        form=GiveForm,
        act=answer_changes.give,
        title=_l("Deliver the changed answer"),
        lead=_l("From then on the child can read it with the secret words, too."),
        shows_rules=True,
        button=_l("I did it this way"),
        done=_l("Saved. The changed answer is there for the child."),
        template=_TEMPLATE,
        fill=_ways,
    ),
)

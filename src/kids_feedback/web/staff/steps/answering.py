"""The written answer: writing it, checking it, giving it to the child."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.answer import PARTS, to_keep
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework import answers
from kids_feedback.services.errors import Incomplete
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import (
    PlainForm,
    StepForm,
    choices_of,
    long_text,
    single_choice,
)
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain


class AnswerForm(StepForm):
    """The parts of the answer, in the order in which the child reads them."""

    refusals = {Incomplete: _l("Complete this part first")}

    understanding = long_text(
        _l("What the child told us"), hint=_l("So that they see that you understood.")
    )
    wants = long_text(_l("How the child wanted it put right"))
    outcome = long_text(_l("What we found out"))
    explanation = long_text(_l("Why we think so"))
    steps_taken = long_text(_l("What we have done"))
    steps_to_come = long_text(_l("What we will do, and by when"))
    none_because = long_text(_l("Or: we will do nothing more, because"))

    def parts(self) -> dict[str, str]:
        """Return the answer, part by part."""
        return {part: to_keep(self[part].data or "") for part in PARTS}

    def arguments(self) -> dict[str, object]:
        return {"parts": self.parts()}


class ApprovalForm(StepForm):
    """What should be better; nothing where it can go out."""

    note = long_text(
        _l("What should be changed?"),
        hint=_l("Only if you return it. The local manager reads this."),
    )


class DeliverForm(StepForm):
    """How the child gets the answer."""

    refused_at = ("how",)
    how = single_choice(
        _l("How do you deliver the answer?"),
        {},
        must=_l("Choose how you deliver the answer"),
        hint=_l("Only the methods that the child called safe are listed."),
    )

    def arguments(self) -> dict[str, object]:
        return {"how": Method(self.how.data)}


def _ways(opened: Opened, form: DeliverForm) -> None:
    ways = answers.read(opened).ways
    form.how.choices = choices_of((way, labels.of(way)) for way in ways)


def _deliver(facts: EventFacts) -> str:
    how = labels.of(Method(facts["how"]))
    return " ".join(filter(None, (_("Delivered the answer: %(how)s.", how=how), facts.emailed())))


WRITE = StepDeclaration(
    step=Step.WRITE,
    sentence=plain(_l("Saved the answer.")),
    label=_l("Write the answer"),
    endpoint="staff.answer",
    form=AnswerForm,
    act=answers.save,
    done=_l("Saved. Only staff see it until it is approved and delivered."),
)
SUBMIT = StepDeclaration(
    step=Step.SUBMIT,
    sentence=plain(_l("Submitted the answer for approval.")),
    endpoint="staff.answer",
    form=AnswerForm,
    act=answers.submit,
    done=_l("Saved. The Head of Practice decides on it next."),
)
APPROVE = StepDeclaration(
    step=Step.APPROVE,
    sentence=plain(_l("Approved the answer.")),
    label=_l("Approve the answer"),
    endpoint="staff.preview",
    form=PlainForm,
    act=answers.approve,
    done=_l("Saved. The local manager delivers the answer next."),
)
SEND_BACK = StepDeclaration(
    step=Step.SEND_BACK,
    sentence=plain(_l("Returned the answer for changes.")),
    endpoint="staff.preview",
    form=ApprovalForm,
    act=answers.send_back,
    done=_l("Saved. The answer is back with the local manager."),
)
DELIVER = StepDeclaration(
    step=Step.DELIVER,
    sentence=_deliver,
    label=_l("Deliver the answer"),
    slug="deliver",
    form=DeliverForm,
    act=answers.deliver,
    title=_l("Deliver the answer"),
    lead=_l(
        "Do this when the answer goes out. From then on the child can read it with "
        "the secret words, too."
    ),
    button=_l("Record it as delivered today"),
    done=_l("Saved. The answer is there for the child."),
    fill=_ways,
)
DECLARED = (WRITE, SUBMIT, APPROVE, SEND_BACK, DELIVER)

"""The written answer: writing it, checking it, giving it to the child."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from kids_feedback.domain.case.answer import PARTS, to_keep
from kids_feedback.domain.case.contact import Method, NotArrived
from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.errors import DayOutOfRange
from kids_feedback.services.reading import contact_rules
from kids_feedback.web.kit.text import Text
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import (
    PlainForm,
    StepForm,
    choices_of,
    day_field,
    long_text,
    single_choice,
)
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain


class AnswerForm(StepForm):
    """The parts of the answer, in the order in which the child reads them."""

    sorry = long_text(
        _l("What we are sorry for"),
        hint=_l("The child reads it first. Say what we did wrong, and that we are sorry."),
    )
    not_sorry_because = long_text(
        _l("Or: there is nothing that we should be sorry for, because"),
        hint=_l("The child does not read this. Whoever approves the answer does."),
    )
    understanding = long_text(
        _l("What the child told us"), hint=_l("So that they see that you understood.")
    )
    wants = long_text(_l("How the child wanted it put right"))
    outcome = long_text(_l("What we found out"))
    explanation = long_text(_l("Why we think so"))
    steps_taken = long_text(_l("What we have done"))
    steps_to_come = long_text(_l("What we will do, and by when"))
    none_because = long_text(_l("Or: we will do nothing more, because"))

    needed = {
        "sorry": _l("Write the part “What we are sorry for”, or why there is nothing"),
        "understanding": _l("Write the part “What the child told us”"),
        "wants": _l("Write the part “How the child wanted it put right”"),
        "outcome": _l("Write the part “What we found out”"),
        "explanation": _l("Write the part “Why we think so”"),
        "steps_taken": _l("Write the part “What we have done”"),
        "steps_to_come": _l("Write the part “What we will do, and by when”, or why nothing more"),
    }

    def parts(self) -> dict[str, str]:
        """Return the answer, part by part."""
        return {part: to_keep(self[part].data or "") for part in PARTS}

    def arguments(self) -> dict[str, object]:
        return {"parts": self.parts()}


class SubmitForm(StepForm):
    """What is saved goes to be checked; the page says which part is still missing."""

    needed = AnswerForm.needed


class ApprovalForm(StepForm):
    """What should be better; nothing where it can go out."""

    note = long_text(
        _l("What should be changed?"),
        hint=_l("Only if you return it. The local manager reads this."),
    )


_DONE_SO: Mapping[Method, Text] = {
    Method.MEET: _l("I gave it to the child in person"),
    Method.LETTER: _l("I posted it"),
    Method.EMAIL: _l("An email tells the child that it waits on this website"),
    Method.HERE: _l("Nothing goes out: it waits behind the secret words"),
}
_RISKS: Mapping[str, Text] = {  # by what the child answered about letters
    "other": _l("The child said that somebody else might open a letter."),
    "not_sure": _l("The child is not sure who opens their letters."),
}


class DeliverForm(StepForm):
    """How and when the child was given the answer."""

    refused_at = ("on",)
    refusals = {
        DayOutOfRange: _l(
            "Choose today. If you posted it or gave it in person, an earlier day is possible, but "
            "none before the answer was approved, or before a letter came back."
        )
    }
    how = single_choice(
        _l("How was the answer delivered?"),
        {},
        must=_l("Choose how the answer was delivered"),
    )
    on = day_field(_l("On which day?"), hint=_l("Leave it empty for today."))
    proof = long_text(
        _l("Proof of posting, or anything else to note"),
        hint=_l("You can leave this empty. The child does not see it."),
        limit=500,
    )

    def arguments(self) -> dict[str, object]:
        return {"how": Method(self.how.data), "on": self.on.data, "proof": self.proof.data or ""}


class NotArrivedForm(StepForm):
    """What became of the letter."""

    why = single_choice(
        _l("What happened to the letter?"),
        {
            NotArrived.CAME_BACK: _l("It came back"),
            NotArrived.WRONG_ADDRESS: _l("It went to a wrong address"),
        },
        must=_l("Choose what happened to the letter"),
    )
    note = long_text(
        _l("Anything else to note"), hint=_l("You can leave this empty. The child does not see it.")
    )

    def arguments(self) -> dict[str, object]:
        return {"why": NotArrived(self.why.data), "note": self.note.data or ""}


def _ways(opened: Opened, form: DeliverForm) -> None:
    list_ways(opened, form.how)
    if not form.on.raw_data:
        form.on.data = opened.today


def list_ways(opened: Opened, how: RadioField) -> None:
    """List the child's own ways, and beside them what the child said of their dangers."""
    safe = contact_rules.safe_contact(opened)
    how.choices = choices_of((way, _DONE_SO[way]) for way in answers.ways_of(opened.row))
    said = [_("These are the ways that the child chose, and the secret words.")]
    if safe.tell_by is Method.LETTER:
        risk = _RISKS.get(str(safe.rules.get("letter_opener")))
        said += [_("%(risk)s Is a letter safe today?", risk=risk)] if risk else []
    if safe.tell_by is Method.PHONE:
        said.append(_("A written answer is not given by phone: ring to say that it is there."))
    how.description = " ".join(said)


def _deliver(facts: EventFacts) -> str:
    how = labels.of(Method(facts["how"]))
    said = (
        _("Delivered the answer on %(day)s: %(how)s.", day=facts.day("on"), how=how)
        if "on" in facts
        else _("Delivered the answer: %(how)s.", how=how)
    )
    return " ".join(filter(None, (said, facts.emailed())))


def _not_arrived(facts: EventFacts) -> str:
    said = {
        NotArrived.CAME_BACK: _("The letter with the answer came back."),
        NotArrived.WRONG_ADDRESS: _("The letter with the answer went to a wrong address."),
    }[NotArrived(facts["why"])]
    after = (
        _("The child had read the answer behind the secret words already.")
        if "read" in facts
        else _("The answer waits behind the secret words.")
    )
    return f"{said} {after}"


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
        "Do this when the answer has gone out. From then on the child can read it with "
        "the secret words, too."
    ),
    shows_rules=True,
    button=_l("I did it this way"),
    done=_l("Saved. The answer is there for the child."),
    fill=_ways,
)
NOT_ARRIVED = StepDeclaration(
    step=Step.NOT_ARRIVED,
    sentence=_not_arrived,
    label=_l("The letter did not arrive"),
    slug="not-arrived",
    form=NotArrivedForm,
    act=answers.not_arrived,
    title=_l("The letter did not arrive"),
    lead=_l(
        "The answer then waits behind the secret words, the child is told so there, and you can "
        "record another delivery."
    ),
    done=_l("Saved. The answer waits behind the secret words."),
)
DECLARED = (WRITE, SUBMIT, APPROVE, SEND_BACK, DELIVER, NOT_ARRIVED)

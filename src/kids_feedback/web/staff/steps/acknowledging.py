"""Reading what a child said, saying so, and looking to their safety."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.safety import Decision
from kids_feedback.services.casework import workflow
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain


def _acknowledge(facts: EventFacts) -> str:
    said = _("Acknowledged. The child sees it with the secret words.")
    return " ".join(filter(None, (said, facts.emailed())))


def _decided(facts: EventFacts) -> str:
    said = labels.of(Decision(facts["decision"]))
    if "before" in facts:
        return _("The decision about the child's safety was put right: %(what)s.", what=said)
    return _("Decided about the child's safety: %(what)s.", what=said)


ACKNOWLEDGE = StepDeclaration(
    step=Step.ACKNOWLEDGE,
    sentence=_acknowledge,
    label=_l("Acknowledge it"),
    slug="read",
    endpoint="staff.statement",  # the button stands under the words
    act=workflow.acknowledge,
    title=_l("Acknowledge it"),
    lead=_l("The child then sees that you have read it, and gets an email if that is safe."),
    button=_l("I have read it"),
    done=_l("Saved. The child can see that you have read it."),
)
OPEN_STATEMENT = StepDeclaration(
    step=Step.OPEN_STATEMENT,
    sentence=plain(_l("Opened what the child said.")),
    endpoint="staff.statement",
)
OPEN_CONTACT = StepDeclaration(
    step=Step.OPEN_CONTACT,
    sentence=plain(_l("Opened the contact details.")),
    endpoint="staff.contact",
)
SAFEGUARDING = StepDeclaration(
    step=Step.SAFEGUARDING,
    sentence=plain(_l("Started the safeguarding handover.")),
    endpoint="staff.safeguarding",
)
DECIDE_SAFETY = StepDeclaration(
    step=Step.DECIDE_SAFETY,
    sentence=_decided,
    endpoint="staff.safeguarding",
)
DECLARED = (ACKNOWLEDGE, OPEN_STATEMENT, OPEN_CONTACT, SAFEGUARDING, DECIDE_SAFETY)

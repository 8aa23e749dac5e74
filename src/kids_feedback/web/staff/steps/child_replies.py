"""What the child does on the way back, and the secret words that lead there."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.procedure import Step
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import StepForm, long_text
from kids_feedback.web.staff.steps.contacting.request_sentences import decided
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain


class IdentityCheckForm(StepForm):
    """How it was made sure that it is this child."""

    checked = long_text(
        _l("How did you check the child's identity?"),
        must=_l("Enter how you checked: it stays in the history"),
    )


def _added(facts: EventFacts) -> str:
    if "written_on" in facts:
        return _("The child answered the message of %(day)s.", day=facts.day("written_on"))
    return _("The child sent more.")


def _points(facts: EventFacts) -> str:
    if "not_quite" in facts:
        return _("The child said of the answer: not quite right. Please look at it with them.")
    return _("The child said that the answer understood them.")


def _not_happy(facts: EventFacts) -> str:
    if facts["asks_for"] == "advocate":
        return _("The child is not happy with the answer, and wants help to find an advocate.")
    return _("The child is not happy with the answer, and wants to talk to the Head of Practice.")


def _stopped(facts: EventFacts) -> str:
    said = [*decided(facts)] if "what" in facts else [_("The child asked us to stop.")]
    if "meeting_off" in facts:
        said.append(_("The meeting on %(when)s is off.", when=facts.moment("meeting_off")))
    return " ".join(said)


REPLACE_WORDS = StepDeclaration(
    step=Step.REPLACE_WORDS,
    sentence=plain(_l("Gave the child new secret words.")),
    endpoint="staff.secret_words",
    form=IdentityCheckForm,
    # Its page does it and shows the words, once.
)
DECLARED = (
    REPLACE_WORDS,
    StepDeclaration(step=Step.ADD, sentence=_added),
    StepDeclaration(step=Step.NUDGE, sentence=plain(_l("The child asked why it takes so long."))),
    StepDeclaration(step=Step.STOP, sentence=_stopped, endpoint="staff.contact"),
    StepDeclaration(step=Step.READ_ANSWER, sentence=plain(_l("The child opened the answer."))),
    StepDeclaration(step=Step.SAY_OF_ANSWER, sentence=_points),
    StepDeclaration(step=Step.NOT_HAPPY, sentence=_not_happy),
)

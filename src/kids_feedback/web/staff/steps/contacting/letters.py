"""Writing to the child behind the secret words, and the child opening it."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.casework.contact import letters
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import text_for_child
from kids_feedback.web.staff.steps.contacting.identity import (
    ForChildForm,
    nothing_of_case,
    said_nothing,
)
from kids_feedback.web.staff.steps.declaration import StepDeclaration

LONGEST = 2_000  # letters


class LetterForm(ForChildForm):
    """What the child reads."""

    text = text_for_child(
        _l("Your message to the child"), must=_l("Write the message first"), limit=LONGEST
    )
    nothing_of_case = nothing_of_case()


def _written(facts: EventFacts) -> str:
    said = [_("Wrote to the child. The message waits behind the secret words."), facts.emailed()]
    if "is_try" in facts:
        said.append(_("Nothing else reaches the child, so this is a contact attempt."))
    return " ".join(filter(None, [*said, *said_nothing(facts)]))


def _read(facts: EventFacts) -> str:
    return _("The child opened the message of %(day)s.", day=facts.day("written_on"))


WRITE_TO_CHILD = StepDeclaration(
    step=Step.WRITE_TO_CHILD,
    sentence=_written,
    label=_l("Write to the child"),
    endpoint="staff.write_to_child",
    form=LetterForm,
    act=letters.write,
    title=_l("Write to the child on this website"),
    done=_l("Saved. The message waits for the child behind the secret words."),
)
DECLARED = (WRITE_TO_CHILD, StepDeclaration(step=Step.READ_LETTER, sentence=_read))

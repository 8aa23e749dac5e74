"""Checking who comes along with the child."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.casework.contact import supporters
from kids_feedback.services.casework.contact.supporters import SupporterCheck
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import StepForm, long_text, single_choice
from kids_feedback.web.staff.steps.declaration import StepDeclaration


class SupporterForm(StepForm):
    """What was found out."""

    result = single_choice(
        _l("Is the supporter part of the court case?"),
        labels.SUPPORTER_CHECKS,
        must=_l("Choose what you found out"),
    )
    note = long_text(_l("Notes"), hint=_l("You can leave this empty."))

    def arguments(self) -> dict[str, object]:
        return {**super().arguments(), "result": SupporterCheck(self.result.data)}


def _checked(facts: EventFacts) -> str:
    return _(
        "Checked the supporter. %(result)s.", result=labels.of(SupporterCheck(facts["result"]))
    )


CHECK_SUPPORTER = StepDeclaration(
    step=Step.CHECK_SUPPORTER,
    sentence=_checked,
    label=_l("Check the supporter"),
    slug="supporter",
    form=SupporterForm,
    act=supporters.record_check,
    title=_l("Check the supporter"),
    lead=_l(
        "Nobody who is part of the court case can be there when you talk with the child. "
        "The supporter's name is on the contact page. Tell the child what you found out."
    ),
)
DECLARED = (CHECK_SUPPORTER,)

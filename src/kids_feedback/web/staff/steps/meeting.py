"""Meeting the child: times and places, yes to what the child suggests, and calling it off."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.casework import meetings
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain
from kids_feedback.web.staff.steps.meeting_forms import AgreeForm, CancelForm, OfferForm


def _meeting_picked(facts: EventFacts) -> str:
    if "starts_at" in facts:
        return _("The child chose a time to meet: %(when)s.", when=facts.moment("starts_at"))
    return _("The child chose a time to meet.")


def _meeting_suggested(facts: EventFacts) -> str:
    if "starts_at" in facts:
        return _("The child would rather meet on %(when)s.", when=facts.moment("starts_at"))
    return _("The child would rather meet at another time or place.")


def _meeting_cancelled(facts: EventFacts) -> str:
    if "starts_at" in facts:
        return _("Cancelled the meeting on %(when)s.", when=facts.moment("starts_at"))
    return _("Withdrew the times that were offered.")


def _meeting_agreed(facts: EventFacts) -> str:
    return _("Agreed to meet on %(when)s.", when=facts.moment("starts_at"))


OFFER = StepDeclaration(
    step=Step.OFFER,
    sentence=plain(_l("Offered times to meet.")),
    label=_l("Offer a meeting"),
    endpoint="staff.meeting",
    form=OfferForm,
    act=meetings.offer,
    done=_l("Saved. The child can choose now."),
)
AGREE_MEETING = StepDeclaration(
    step=Step.AGREE_MEETING,
    sentence=_meeting_agreed,
    endpoint="staff.meeting",
    form=AgreeForm,
    act=meetings.agree,
    done=_l("Saved. The child sees when and where you meet."),
)
CANCEL_MEETING = StepDeclaration(
    step=Step.CANCEL_MEETING,
    sentence=_meeting_cancelled,
    endpoint="staff.meeting",
    form=CancelForm,
    act=meetings.cancel,
    done=_l(
        "Saved. The child can read why with the secret words; tell them by their "
        "preferred method, too."
    ),
)
PICK_MEETING = StepDeclaration(step=Step.PICK_MEETING, sentence=_meeting_picked)
SUGGEST_MEETING = StepDeclaration(step=Step.SUGGEST_MEETING, sentence=_meeting_suggested)
DECLINE_MEETING = StepDeclaration(
    step=Step.DECLINE_MEETING, sentence=plain(_l("The child does not want to meet."))
)
DECLARED = (
    OFFER,
    AGREE_MEETING,
    CANCEL_MEETING,
    PICK_MEETING,
    SUGGEST_MEETING,
    DECLINE_MEETING,
)

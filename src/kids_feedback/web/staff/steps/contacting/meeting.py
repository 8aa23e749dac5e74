"""Meeting the child: times and places, yes to what the child suggests, and calling it off."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.casework.contact import meetings
from kids_feedback.services.casework.contact.meetings import MeetingOutcome
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.steps.contacting.identity import said_nothing
from kids_feedback.web.staff.steps.contacting.meeting_forms import (
    AgreeForm,
    CancelForm,
    MetForm,
    OfferForm,
)
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain


def _meeting_picked(facts: EventFacts) -> str:
    if "starts_at" in facts:
        return _("The child chose a time to meet: %(when)s.", when=facts.moment("starts_at"))
    return _("The child chose a time to meet.")


def _meeting_suggested(facts: EventFacts) -> str:
    if "starts_at" in facts:
        return _("The child would rather meet on %(when)s.", when=facts.moment("starts_at"))
    return _("The child would rather meet at another time or place.")


def _meeting_cancelled(facts: EventFacts) -> str:
    return " ".join((_called_off(facts), *said_nothing(facts)))


def _called_off(facts: EventFacts) -> str:
    if "starts_at" in facts:
        return _("Cancelled the meeting on %(when)s.", when=facts.moment("starts_at"))
    return _("Withdrew the times that were offered.")


def _meeting_agreed(facts: EventFacts) -> str:
    return _("Agreed to meet on %(when)s.", when=facts.moment("starts_at"))


def _say_met(facts: EventFacts) -> str:
    outcome = MeetingOutcome(facts["outcome"])
    when = facts.moment("starts_at")
    if outcome is MeetingOutcome.CAME:
        return _("The child came to the meeting on %(when)s.", when=when)
    if outcome is MeetingOutcome.DID_NOT_COME:
        return _(
            "The child did not come to the meeting on %(when)s. Next attempt on %(day)s.",
            when=when,
            day=facts.day("next_try_on"),
        )
    return _("The meeting on %(when)s is to be moved to another day.", when=when)


def _after_meeting(form: MetForm) -> Step | None:
    """After a meeting the talk is logged; one that is moved is offered anew."""
    return {MeetingOutcome.CAME: Step.LOG_TALK, MeetingOutcome.MOVED: Step.OFFER}.get(
        MeetingOutcome(form.outcome.data)
    )


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
SAY_MET = StepDeclaration(
    step=Step.SAY_MET,
    sentence=_say_met,
    label=_l("Meet the child, then record how it went"),
    slug="met",
    form=MetForm,
    act=meetings.say_met,
    title=_l("How did the meeting go?"),
    lead=_l("Whether the child came is recorded. If not, the case stays in your queue."),
    leads_on=_after_meeting,
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
    SAY_MET,
    PICK_MEETING,
    SUGGEST_MEETING,
    DECLINE_MEETING,
)

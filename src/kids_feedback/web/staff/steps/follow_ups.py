"""What the child did since, what came of it, what may be opened again, and who stands in."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from kids_feedback.domain.case.follow_ups import RULES, FollowUp, Outcome
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.errors import EditConflict
from kids_feedback.domain.people import Fallback
from kids_feedback.services.case import follow_ups
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework import workflow
from kids_feedback.services.errors import NothingWritten
from kids_feedback.web.kit.forms import OurForm
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import (
    REASON_LIMIT,
    StepForm,
    WithPromises,
    choices_of,
    long_text,
    single_choice,
)
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain


class FollowUpForm(StepForm):
    """What came of what the child did."""

    refused_at = ("outcome",)
    refusals = {
        NothingWritten: _l(
            "The child left no way to be written to but this website, and nothing has been "
            "written there since. Write to the child first, or choose another."
        )
    }
    which = RadioField(_l("What have you followed up?"), choices=[])
    outcome = single_choice(  # of these the ones that fit are asked
        _l("What came of it?"),
        {**labels.OUTCOMES, **labels.OF_PROPOSALS},
        must=_l("Choose what came of it"),
    )
    note = long_text(
        _l("What did you do? If nothing, why?"),
        must=_l("Write what you did, or why nothing is needed"),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        what = self.known.get(self.which.data)
        if what is None:
            self.which.errors = [_l("Choose what you have followed up")]
        elif Outcome(self.outcome.data) not in RULES[what].outcomes:
            self.outcome.errors = [_l("The child asked for more than that. Choose another.")]
        return not self.errors

    def arguments(self) -> dict[str, object]:
        said = super().arguments()
        return {
            "follow_up_id": said["which"],
            "outcome": Outcome(self.outcome.data),
            "note": said["note"],
        }

    known: Mapping[str, FollowUp] = {}  # what this person may say it of, by id


def _fill(opened: Opened, form: FollowUpForm) -> None:
    """Offer what waits for this person; where that is one thing, it is chosen."""
    mine = follow_ups.theirs(follow_ups.open_in(opened), opened.actors)
    form.known = {item.id: item.what for item in mine}
    if form.which.raw_data and not mine:  # somebody has said already what came of it
        raise EditConflict
    form.which.choices = choices_of((item.id, labels.of(item.what)) for item in mine)
    proposals = [item for item in mine if item.what is FollowUp.ENDING_PROPOSED]
    if proposals:
        fits = labels.OUTCOMES if len(proposals) < len(mine) else {}
        form.outcome.choices = choices_of([*fits.items(), *labels.OF_PROPOSALS.items()])
    if len(mine) == 1:
        form.which.data = form.which.data or mine[0].id


class ReopenForm(StepForm):
    """Why."""

    note = long_text(_l("Why do you open it again?"), must=_l("Write why: it stays in the history"))


class MakeComplaintForm(WithPromises):
    """That the child agrees."""

    agreed = long_text(
        _l("How did the child say that they want it looked into?"),
        must=_l("Write how the child agreed: it stays in the history"),
    )


class OpeningForm(OurForm):
    """Why the person outside the list opens a case; nothing of it is shown yet, not its version."""

    reason = long_text(
        _l("Why do you open this case?"),
        must=_l("Say why you open this case"),
        limit=REASON_LIMIT,
    )


STANDS_IN = {
    Fallback.DEPUTY: _l("Nobody else may have it: the deputy of the Head of Practice stands in."),
    Fallback.CUSTOMER_SERVICE: _l("Nobody else may have it: customer service stands in."),
    Fallback.LAST_RESORT: _l("Nobody else may have it: it went to the people named for that."),
    Fallback.OUTSIDE: _l("Nobody else may have it: it went to the person named outside the list."),
}


def _followed_up(facts: EventFacts) -> str:
    return _(
        "Followed up: %(what)s. %(outcome)s.",
        what=labels.of(FollowUp(facts["what"])),
        outcome=labels.of(Outcome(facts["outcome"])),
    )


def _made_complaint(facts: EventFacts) -> str:
    if "contact_by" in facts:
        return _(
            "Made a complaint, as the child agreed. First contact is due by %(day)s.",
            day=facts.day("contact_by"),
        )
    return _("Made a complaint, as the child agreed.")


def _asked_for_more(facts: EventFacts) -> str:
    if "contact_by" in facts:
        return _(
            "The child wants it looked into: it is a complaint now. First contact is due by "
            "%(day)s.",
            day=facts.day("contact_by"),
        )
    return _("The child wants it looked into: it is a complaint now.")


def _handed_on(facts: EventFacts) -> str:
    return _(
        "Handed on to %(name)s, by an administrator.", name=facts.name("manager", _("somebody"))
    )


DECLARED = (
    StepDeclaration(
        step=Step.OPEN_FOLLOW_UP,
        sentence=plain(_l("Opened what the child did since.")),
        endpoint="staff.case",
    ),
    StepDeclaration(
        step=Step.FOLLOW_UP,
        sentence=_followed_up,
        slug="follow-up",
        form=FollowUpForm,
        act=workflow.follow_up,
        title=_l("Follow up"),
        lead=_l("What the child did since waits until you say what came of it."),
        fill=_fill,
    ),
    StepDeclaration(
        step=Step.REOPEN,
        sentence=plain(_l("Opened again.")),
        label=_l("Open the case again"),
        slug="reopen",
        form=ReopenForm,
        act=workflow.reopen,
        title=_l("Open the case again"),
        lead=_l("It comes back to where it was, and the child can see that."),
        button=_l("Open it again"),
        done=_l("The case is open again."),
    ),
    StepDeclaration(
        step=Step.MAKE_COMPLAINT,
        sentence=_made_complaint,
        label=_l("Make it a complaint"),
        slug="look-into",
        form=MakeComplaintForm,
        act=workflow.make_complaint,
        title=_l("Look into it after all"),
        lead=_l(
            "Only if the child agrees. Then it is looked into and answered, and the court is told "
            "where proceedings are ongoing."
        ),
        button=_l("Make it a complaint"),
        done=_l("It is a complaint now."),
    ),
    StepDeclaration(
        step=Step.RESUME,
        sentence=plain(_l("The child does want it looked into. All goes on as before.")),
    ),
    StepDeclaration(step=Step.ASK_FOR_MORE, sentence=_asked_for_more),
    StepDeclaration(
        step=Step.HAND_UP, sentence=lambda facts: str(STANDS_IN[Fallback(facts["to"])])
    ),
    StepDeclaration(
        step=Step.OPEN_FROM_OUTSIDE,
        sentence=plain(_l("Opened the case as the person named outside the list.")),
        label=_l("Say why you open this case"),
        endpoint="staff.reason",
    ),
    StepDeclaration(
        step=Step.EMAIL_FAILED, sentence=plain(_l("An email to the child did not get through."))
    ),
    StepDeclaration(step=Step.HAND_ON, sentence=_handed_on, endpoint="staff.case"),
)

"""Praise that is passed on, complaints that came late, and the end."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.casework import late_complaints, workflow
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import StepForm, day_field, long_text, single_choice
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain


class PassOnForm(StepForm):
    """What becomes of praise."""

    refused_at = ("told",)
    told = single_choice(
        _l("Have you told the person who was praised?"),
        {"yes": _l("Yes, I have told them"), "no": _l("No, I have only noted it")},
        must=_l("Choose one of the two"),
    )
    note = long_text(_l("Notes"), hint=_l("You can leave this empty."))

    def arguments(self) -> dict[str, object]:
        return {**super().arguments(), "told": self.told.data == "yes"}


class EndedForm(StepForm):
    """When the work ended; of a late complaint, what was special."""

    refused_at = ("ended_on",)
    ended_on = day_field(
        _l("On which date did our involvement with the child end?"),
        hint=_l(
            "Leave this empty while it is ongoing. The end of our involvement counts, not "
            "the end of the court case."
        ),
    )
    circumstances = long_text(
        _l("Were there exceptional circumstances?"),
        hint=_l("Needed if that was more than six months before the child told us."),
    )


class CloseForm(StepForm):
    """The end."""

    note = long_text(_l("Notes"), hint=_l("You can leave this empty."))


def _pass_on(facts: EventFacts) -> str:
    if "told" in facts:
        return _("Passed on to the person it is about, and closed.")
    return _("Noted and closed. The person it is about was not told.")


def _say_ended(facts: EventFacts) -> str:
    if "ended_on" not in facts:
        return _("Our involvement with the child is ongoing.")
    if "late" in facts:
        return _(
            (
                "Our involvement with the child ended on %(day)s. This is a late complaint, "
                "and is handled like any other."
            ),
            day=facts.day("ended_on"),
        )
    return _("Our involvement with the child ended on %(day)s.", day=facts.day("ended_on"))


PASS_ON = StepDeclaration(
    step=Step.PASS_ON,
    sentence=_pass_on,
    label=_l("Pass on the compliment"),
    slug="pass-on",
    form=PassOnForm,
    act=workflow.pass_on,
    title=_l("Pass on the compliment"),
    lead=_l("The person is told only if the child said so."),
    button=_l("Save and close"),
    done=_l("Saved and closed."),
)
SAY_ENDED = StepDeclaration(
    step=Step.SAY_ENDED,
    sentence=_say_ended,
    label=_l("Record when our involvement ended"),
    slug="ended",
    form=EndedForm,
    act=late_complaints.record_end_of_work,
    title=_l("Record when our involvement ended"),
    lead=_l(
        "A complaint that comes more than six months after that is late. "
        "It is never refused for that: get in touch with the child all the same."
    ),
)
CLOSE = StepDeclaration(
    step=Step.CLOSE,
    sentence=plain(_l("Closed.")),
    label=_l("Close the case"),
    slug="close",
    form=CloseForm,
    act=workflow.close,
    title=_l("Close the case"),
    lead=_l("The case leaves the queue. The child can still read everything."),
    button=_l("Close the case"),
    done=_l("Closed."),
)
DECLARED = (PASS_ON, SAY_ENDED, CLOSE)

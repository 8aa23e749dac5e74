"""The court: whether a case goes on, when it is heard, and what court and child were told."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from kids_feedback.domain.case.court_notice import CaseOngoing
from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.casework import court_notice
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import StepForm, day_field, long_text, single_choice
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain


class OngoingForm(StepForm):
    """Is there a case?"""

    ongoing = single_choice(
        _l("Are there ongoing court proceedings about the child?"),
        {
            CaseOngoing.YES: _l("Yes"),
            CaseOngoing.NO: _l("No"),
            CaseOngoing.UNKNOWN: _l("Not known yet"),
        },
        must=_l("Pick one"),
    )
    note = long_text(_l("How do you know?"), hint=_l("You can leave this empty."))

    def arguments(self) -> dict[str, object]:
        return {**super().arguments(), "ongoing": CaseOngoing(self.ongoing.data)}


class HearingForm(StepForm):
    """When is it heard?"""

    refused_at = ("hearing_on",)
    hearing_on = day_field(_l("Date of the next hearing"))
    none_listed = BooleanField(_l("No hearing is listed"))

    def arguments(self) -> dict[str, object]:
        return {"hearing_on": self.hearing_on.data}

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if not good or bool(self.hearing_on.data) != self.none_listed.data:
            return good
        self.hearing_on.errors = [_l("Enter the date, or tick that no hearing is listed")]
        return False


class ToldForm(StepForm):
    """What has the court been told?"""

    refused_at = ("complaint_on", "doing_on")
    complaint_on = day_field(_l("Part one, the complaint: the court was told on"))
    doing_on = day_field(_l("Part two, what we are doing about it: the court was told on"))


def _court_ongoing(facts: EventFacts) -> str:
    return {
        CaseOngoing.YES.value: _("There are ongoing court proceedings."),
        CaseOngoing.NO.value: _("There are no ongoing court proceedings."),
        CaseOngoing.UNKNOWN.value: _(
            "It is not known whether there are ongoing court proceedings."
        ),
    }[facts["ongoing"]]


def _court_hearing(facts: EventFacts) -> str:
    if "hearing_on" not in facts:
        return _("No hearing is listed.")
    day = facts.day("hearing_on")
    if "moved_from" in facts:
        return _(
            "The hearing is on %(day)s, not on %(before)s.", day=day, before=facts.day("moved_from")
        )
    return _("The next hearing is on %(day)s.", day=day)


def _court_told(facts: EventFacts) -> str:
    parts = []
    if "complaint_on" in facts:
        parts.append(
            _("The court was told of the complaint on %(day)s.", day=facts.day("complaint_on"))
        )
    if "doing_on" in facts:
        parts.append(
            _(
                "The court was told what we are doing about it on %(day)s.",
                day=facts.day("doing_on"),
            )
        )
    return " ".join(parts)


COURT_ONGOING = StepDeclaration(
    step=Step.COURT_ONGOING,
    sentence=_court_ongoing,
    endpoint="staff.court",
    form=OngoingForm,
    act=court_notice.set_ongoing,
    title=_l("Are there court proceedings?"),
)
COURT_HEARING = StepDeclaration(
    step=Step.COURT_HEARING,
    sentence=_court_hearing,
    endpoint="staff.court",
    form=HearingForm,
    act=court_notice.set_hearing,
    title=_l("When is the next hearing?"),
    lead=_l("If the hearing was moved, enter the new date. Then the court is told part two again."),
)
COURT_TOLD = StepDeclaration(
    step=Step.COURT_TOLD,
    sentence=_court_told,
    label=_l("Tell the court"),
    quiet_label=_l("The court"),
    endpoint="staff.court",
    form=ToldForm,
    act=court_notice.tell_court,
    title=_l("What has the court been told?"),
    lead=_l(
        "The court is told both parts before the day of the hearing. You can save one at a time."
    ),
)
COURT_CHILD_TOLD = StepDeclaration(
    step=Step.COURT_CHILD_TOLD,
    sentence=plain(_l("Told the child that the court will know.")),
    endpoint="staff.court",
    act=court_notice.tell_child,
    title=_l("Has the child been told?"),
    lead=_l("Tell the child that the court will know, before you tell the court."),
    button=_l("The child has been told"),
)
DECLARED = (COURT_ONGOING, COURT_HEARING, COURT_TOLD, COURT_CHILD_TOLD)

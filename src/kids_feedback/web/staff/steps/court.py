"""The court: whether a case goes on, when it is heard, and what court and child were told."""

from datetime import date
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, TimeField
from wtforms.validators import Optional

from kids_feedback.domain.case.court_notice import CaseOngoing
from kids_feedback.domain.case.hearings import TAKES_PLACE, HearingState
from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework.court import court_notice, hearings
from kids_feedback.services.errors import DayOutOfRange, HearingListed
from kids_feedback.web.kit.text import Text
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.kit.dates import short_year
from kids_feedback.web.staff.kit.event_facts import EventFacts
from kids_feedback.web.staff.kit.forms import (
    WithPromises,
    choices_of,
    day_field,
    long_text,
    single_choice,
)
from kids_feedback.web.staff.steps.declaration import StepDeclaration, plain


def _hour(label: Text) -> TimeField:
    return TimeField(
        label,
        description=_l("For example 10:30. You can leave this empty."),
        validators=[Optional()],
        invalid_value_message=_l("That is not a time. Enter it as 10:30."),
    )


class OngoingForm(WithPromises):
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


class HearingForm(WithPromises):
    """When is it heard?"""

    refused_at = ("hearing_on",)
    hearing_on = day_field(_l("Date of the next hearing"))
    hearing_at = _hour(_l("Time of the hearing, if you know it"))
    none_listed = BooleanField(_l("No hearing is listed"))
    was_held = BooleanField(_l("This hearing has been held already"))

    def arguments(self) -> dict[str, object]:
        said = super().arguments()
        return {name: value for name, value in said.items() if name != "none_listed"}

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if not good or bool(self.hearing_on.data) != self.none_listed.data:
            return good
        self.hearing_on.errors = [_l("Enter the date, or tick that no hearing is listed")]
        return False


class ChangeForm(WithPromises):
    """What became of a hearing?"""

    refused_at = ("state",)
    refusals: ClassVar = {
        DayOutOfRange: _l("The new date must be today or later."),
        HearingListed: _l("A hearing on the new date is listed already."),
    }
    hearing_id = SelectField(_l("Which hearing?"), choices=[])
    state = single_choice(
        _l("What happened to it?"),
        {
            HearingState.HELD: _l("It was held"),
            HearingState.MOVED: _l("It was moved to another date"),
            HearingState.VACATED: _l("It was vacated: it does not take place"),
            HearingState.MISTYPED: _l("It was a slip: no hearing was listed on that date"),
        },
        must=_l("Choose what happened to it"),
    )
    moved_to = day_field(
        _l("The new or the right date"),
        hint=_l("Of a slip you can leave this empty, if there is no right date."),
    )
    moved_to_at = _hour(_l("Time on that date, if you know it"))
    reason = long_text(
        _l("What is the reason?"),
        hint=_l("Needed for a slip, and for every change after the date has passed."),
    )

    def arguments(self) -> dict[str, object]:
        return {**super().arguments(), "state": HearingState(self.state.data)}


class ToldForm(WithPromises):
    """What has the court been told?"""

    refused_at = ("complaint_on", "doing_on")
    complaint_on = day_field(_l("Part one, the complaint: the court was told on"))
    doing_on = day_field(_l("Part two, what we are doing about it: the court was told on"))


def _court_ongoing(facts: EventFacts) -> str:
    said = {
        CaseOngoing.YES.value: _("There are ongoing court proceedings."),
        CaseOngoing.NO.value: _("There are no ongoing court proceedings."),
        CaseOngoing.UNKNOWN.value: _(
            "It is not known whether there are ongoing court proceedings."
        ),
    }[facts["ongoing"]]
    return " ".join([said, *_vacated(facts)])


def _court_hearing(facts: EventFacts) -> str:
    if "hearing_on" not in facts:
        return " ".join([*_vacated(facts), _("No hearing is listed.")])
    day = facts.day("hearing_on")
    if facts["moved_from"] not in (None, facts["hearing_on"]):  # written before hearings had rows
        return _(
            "The hearing is on %(day)s, not on %(before)s.", day=day, before=facts.day("moved_from")
        )
    if "held" in facts:
        return _("A hearing was held on %(day)s.", day=day)
    if "hearing_at" in facts:
        return _("The next hearing is on %(day)s at %(time)s.", day=day, time=facts["hearing_at"])
    return _("The next hearing is on %(day)s.", day=day)


def _vacated(facts: EventFacts) -> list[str]:
    days = [short_year(date.fromisoformat(day)) for day in facts["vacated"] or ()]
    return [_("The hearing on %(day)s does not take place.", day=day) for day in days]


def _hearing_changed(facts: EventFacts) -> str:
    day, state = facts.day("hearing_on"), HearingState(facts["state"])
    if state is HearingState.HELD:
        return _("The hearing on %(day)s was held.", day=day)
    if state is HearingState.MOVED:
        return _("The hearing on %(day)s was moved to %(to)s.", day=day, to=facts.day("moved_to"))
    if state is HearingState.VACATED:
        return _("The hearing on %(day)s does not take place.", day=day)
    if "moved_to" in facts:
        return _(
            "The date %(day)s was a slip: the hearing is on %(to)s.",
            day=day,
            to=facts.day("moved_to"),
        )
    return _("The date %(day)s was a slip: no hearing was listed on it.", day=day)


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


def _listed(opened: Opened, form: ChangeForm) -> None:
    """Offer the hearings that something can be said of, the one that waits for it first."""
    rows = [row for row in opened.row.hearings if row.state in TAKES_PLACE and row.hearing_on]
    rows.sort(key=lambda row: (row.state is HearingState.HELD, row.hearing_on))
    form.hearing_id.choices = choices_of(
        (row.id, short_year(row.hearing_on)) for row in rows if row.hearing_on
    )


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
    act=hearings.set_hearing,
    title=_l("When is the next hearing?"),
    lead=_l("A further date takes nothing away: each hearing has its own notice."),
)
CHANGE_HEARING = StepDeclaration(
    step=Step.CHANGE_HEARING,
    sentence=_hearing_changed,
    endpoint="staff.court",
    form=ChangeForm,
    act=hearings.change_hearing,
    fill=_listed,
    title=_l("Was a hearing held, moved or vacated, or was its date a slip?"),
    lead=_l("If it was moved, the court is told part two again before the new date."),
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
DECLARED = (COURT_ONGOING, COURT_HEARING, CHANGE_HEARING, COURT_TOLD, COURT_CHILD_TOLD)

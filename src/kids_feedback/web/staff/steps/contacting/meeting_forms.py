"""What a manager who wants to meet a child is asked."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from kids_feedback.domain.case.meetings import PLACE_LIMIT, Offer, OfferFault
from kids_feedback.services.casework.contact.meetings import MeetingOutcome
from kids_feedback.services.errors import Incomplete
from kids_feedback.web.kit import context
from kids_feedback.web.kit.forms import trimmed, within
from kids_feedback.web.kit.text import Text
from kids_feedback.web.kit.translation import _
from kids_feedback.web.kit.typed.days import read_time
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.forms import (
    StepForm,
    choices_of,
    day_field,
    long_text,
    single_choice,
)
from kids_feedback.web.staff.steps.contacting.identity import ForChildForm, nothing_of_case

_LENGTHS = {
    15: _l("A quarter of an hour"),
    30: _l("Half an hour"),
    45: _l("Three quarters of an hour"),
    60: _l("One hour"),
    90: _l("One hour and a half"),
}


class _TimeField(DateTimeLocalField):
    """A day and a time, from the browser's own control or as people type it."""

    data: Any  # a time without a zone, or None

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and " ".join(valuelist).strip():
            self.data = read_time(" ".join(valuelist))
            if self.data is None:
                raise ValueError(_("That is not a date and time. Write it like 20/3/2026 16:00."))


def _a_time(label: Text, *, must: Text | None = None, hint: Text = "") -> _TimeField:
    return _TimeField(
        label,
        format="%Y-%m-%dT%H:%M",
        description=hint,
        validators=[InputRequired(must) if must else Optional()],
    )


def _a_place(label: Text, hint: Text = "") -> StringField:
    return StringField(
        label,
        description=hint,
        filters=[trimmed],
        validators=within(PLACE_LIMIT),
    )


class OfferForm(StepForm):
    """Times and places."""

    time_1 = _a_time(_l("First time"))
    time_2 = _a_time(_l("Second time"))
    time_3 = _a_time(_l("Third time"))
    time_4 = _a_time(_l("Fourth time"), hint=_l("You can leave this empty."))
    time_5 = _a_time(_l("Fifth time"), hint=_l("You can leave this empty."))
    minutes = SelectField(
        _l("How long will it take?"), coerce=int, choices=choices_of(_LENGTHS.items()), default=45
    )
    place_1 = _a_place(_l("First place"))
    place_2 = _a_place(_l("Second place"))
    place_3 = _a_place(_l("Third place"), hint=_l("You can leave this empty."))
    not_on_case = BooleanField(
        _l("I have never worked on this child's case"),
        description=_l("Tick it only if it is true: then the child reads it."),
    )

    def offer(self) -> Offer:
        """Return what is offered; the times are meant where the service is."""
        zone = context.settings().timezone
        times = [self[f"time_{number}"].data for number in range(1, 6)]
        places = [self[f"place_{number}"].data for number in range(1, 4)]
        return Offer(
            starts=tuple(start.replace(tzinfo=zone) for start in times if start),
            places=tuple(place for place in places if place),
            minutes=self.minutes.data,
        )

    def arguments(self) -> dict[str, object]:
        return {"offered": self.offer(), "not_on_case": self.not_on_case.data}


class AgreeForm(StepForm):
    """Yes to what the child suggested."""

    refusals = {Incomplete: _l("Enter where you will meet")}

    start = _a_time(_l("When will you meet?"), must=_l("Enter the date and the time"))
    meeting_place = _a_place(_l("Where will you meet?"))

    def arguments(self) -> dict[str, object]:
        """Return when, meant where the service is, and where."""
        start = self.start.data.replace(tzinfo=context.settings().timezone)
        return {"start": start, "place": self.meeting_place.data or ""}


class CancelForm(ForChildForm):
    """Why it is off."""

    reason = long_text(
        _l("Why is it cancelled? The child reads this."),
        must=_l("Enter the reason for the child"),
        limit=300,
    )
    nothing_of_case = nothing_of_case()


class MetForm(StepForm):
    """What became of a meeting."""

    refused_at = ("next_attempt_on",)
    needed: ClassVar[Mapping[str, Text]] = {
        "next_attempt_on": _l("Enter the date on which you try again")
    }
    outcome = single_choice(
        _l("Did the meeting take place?"), labels.MEETING_OUTCOMES, must=_l("Choose what happened")
    )
    next_attempt_on = day_field(
        _l("When do you try again to reach the child?"),
        hint=_l("Only if the child did not come. The queue shows it to you on that day."),
    )

    def arguments(self) -> dict[str, object]:
        return {**super().arguments(), "outcome": MeetingOutcome(self.outcome.data)}


_FAULTS: Mapping[OfferFault, tuple[str, Text]] = {
    OfferFault.FEW_TIMES: ("time_3", _l("Offer three times or more")),
    OfferFault.SAME_TIME: ("time_1", _l("Two of these times are the same")),
    OfferFault.PAST: ("time_1", _l("Offer only times that are still to come")),
    OfferFault.NOT_IN_THE_DAY: (
        "time_1",
        _l("Keep to times from 8 in the morning to 8 in the evening"),
    ),
    OfferFault.ALL_IN_SCHOOL: (
        "time_1",
        _l("Offer one time out of school hours: before 9, from 15:30 on, or on a weekend"),
    ),
    OfferFault.FEW_PLACES: ("place_2", _l("Offer two places or more")),
    OfferFault.LONG_PLACE: ("place_1", _l("Make the name of the place shorter")),
    OfferFault.LENGTH: ("minutes", _l("Choose how long it will take")),
}


def say_faults(form: StepForm, faults: tuple[OfferFault, ...]) -> None:
    """Write on ``form`` what is wrong, each at its field."""
    for name, said in _told(form, faults):
        form[name].errors = [*form[name].errors, said]


def _told(form: StepForm, faults: tuple[OfferFault, ...]) -> Iterator[tuple[str, str]]:
    for fault in faults:
        name, said = _FAULTS[fault]
        if name not in form:
            name = "meeting_place" if name.startswith("place") else "start"
        yield name, str(said)

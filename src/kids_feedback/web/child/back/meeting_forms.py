"""What a child is asked when a manager offers to meet."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, ValidationError

from kids_feedback.domain.case.meetings import WISH_LIMIT, UsualPlace
from kids_feedback.services.child.meeting_replies import MeetingForChild
from kids_feedback.web.kit.forms import OurForm, no_odd_characters, trimmed
from kids_feedback.web.kit.preferences import say
from kids_feedback.web.rendering import meeting_labels

_NONE = "none"
PLACES: Mapping[str, str] = {
    UsualPlace.SCHOOL: "school",
    UsualPlace.PHONE: "phone",
    UsualPlace.VIDEO: "video",
    _NONE: "suggest",
}


class PickForm(OurForm):
    """One of what is offered, or words about what would be better."""

    icons: Mapping[str, str] = {}  # the picture of each pick, for the look with pictures
    pick = RadioField(validate_choice=False)
    other = StringField(
        filters=[trimmed],
        validators=[
            no_odd_characters,
            Length(max=WISH_LIMIT, message=_l("This is too long. Please make it shorter.")),
        ],
    )

    def validate_pick(self, field: Any) -> None:
        """Words alone are a pick as well: none of these."""
        if field.data not in {choice.value for choice in field.choices}:
            if not self.other.data:
                raise ValidationError(_l("Pick one"))
            field.data = _NONE

    @property
    def picked(self) -> str:
        """What was picked; empty: none of these."""
        return "" if self.pick.data == _NONE else str(self.pick.data)

    @property
    def words(self) -> str:
        """What would be better, where none of these is good."""
        return "" if self.picked else str(self.other.data or "")

    def show(self, picked: str | None, words: str | None) -> None:
        """Show again what was picked before; None: nothing yet."""
        if picked is not None and self.comes_back is None:
            self.pick.data = picked or _NONE
            self.other.data = words


class CalendarForm(OurForm):
    """What the calendar may show."""

    place = BooleanField(_l("Show the place"))


def when_form(meet: MeetingForChild) -> PickForm:
    """Return the question when to meet."""
    form = PickForm()
    halves = {slot.at.isoformat(): meeting_labels.half_of_day(slot) for slot in meet.slots}
    form.icons = {**halves, _NONE: "suggest"}
    form.pick.choices = [
        *(SelectChoice(slot.at.isoformat(), meeting_labels.when(slot)) for slot in meet.slots),
        SelectChoice(
            _NONE,
            say(
                gettext("None of these are good for me"),
                gettext("None of these work. I'll suggest a time"),
            ),
        ),
    ]
    return form


def where_form(meet: MeetingForChild) -> PickForm:
    """Return the question where to meet."""
    form = PickForm()
    form.icons = {**dict.fromkeys(meet.places, "place"), **PLACES}
    form.pick.choices = [
        *(
            SelectChoice(place, meeting_labels.where(place))
            for place in (*meet.places, *UsualPlace)
        ),
        SelectChoice(
            _NONE,
            say(gettext("Somewhere else"), gettext("Somewhere else that's good for me")),
        ),
    ]
    return form

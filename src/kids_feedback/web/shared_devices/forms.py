"""What staff say of a screen: where it stands, and what they call it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from kids_feedback.services.organisation.shared_devices import LONGEST_NAME
from kids_feedback.web.kit.forms import OurForm, trimmed, within


class OfficeForm(OurForm):
    """Which office; where there is only one, it is known."""

    office = SelectField(
        _l("Office"), validators=[InputRequired(_l("Choose the office"))], validate_choice=False
    )

    def __init__(self, offices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        first = [] if len(offices) == 1 else [("", _l("Pick an office"))]
        self.office.choices = [SelectChoice(code, name) for code, name in [*first, *offices]]
        self.only = offices[0] if len(offices) == 1 else None  # code and name

    @property
    def chosen(self) -> str:
        """The code that was picked; the service decides whether it may be."""
        return str(self.office.data)


class KioskForm(OfficeForm):
    """A new kiosk."""

    name = StringField(
        _l("What is this device called?"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Give the device a name")),
            *within(LONGEST_NAME),
        ],
    )

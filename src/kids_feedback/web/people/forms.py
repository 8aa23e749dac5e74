"""What an administrator fills in about a person."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from kids_feedback.domain.addresses import Fault, Wrong, fault_in, folded
from kids_feedback.domain.people import Role
from kids_feedback.services.accounts.people import LONGEST_NAME, Particulars, missing_in
from kids_feedback.services.case.people.colleagues import Place
from kids_feedback.web.kit import roles
from kids_feedback.web.kit.forms import OurForm, no_odd_characters, trimmed
from kids_feedback.web.kit.typed.addresses import said

_PRACTITIONER = "practitioner"  # no role: never signs in
_MISSING = {
    "areas": _l("Choose the areas that this Head of Practice answers for"),
    "offices": _l("Choose the offices that this local manager works in"),
}


class CloseForm(OurForm):
    """Whether somebody stands in where an account is closed."""

    stand_in = BooleanField()


class PersonForm(OurForm):
    """Everything about a person. What does not fit their role is not kept."""

    name = StringField(
        filters=[trimmed],
        validators=[
            DataRequired(_l("Write their name")),
            Length(max=LONGEST_NAME, message=_l("Use %(max)d letters or fewer")),
            no_odd_characters,
        ],
    )
    role = RadioField(
        choices=[
            *(SelectChoice(role.value, name) for role, name in roles.NAMES.items()),
            SelectChoice(_PRACTITIONER, _l("Practitioner, who does not sign in")),
        ],
        validators=[InputRequired(_l("Choose a role"))],
    )
    email = StringField(filters=[trimmed])
    areas = SelectMultipleField()
    offices = SelectMultipleField()
    line_manager = SelectField()
    stand_in = BooleanField()  # what would be nobody's then goes to who stands in

    def __init__(
        self,
        *,
        places: Sequence[Place],
        line_managers: Sequence[tuple[str, str]],
        present: Particulars | None = None,
    ) -> None:
        super().__init__(data=_shown(present) if present else None)
        self.areas.choices = [SelectChoice(place.code, place.name) for place in places]
        self.offices.choices = [
            SelectChoice(code, name) for place in places for code, name in place.offices
        ]
        self.line_manager.choices = [
            SelectChoice("", _l("Nobody")),
            *(SelectChoice(person_id, name) for person_id, name in line_managers),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        missing = missing_in(self.particulars())
        for name in missing:
            self[name].errors = [_MISSING.get(name) or self._wrong_address()]
        return not missing

    def _wrong_address(self) -> str:
        return said(fault_in(folded(self.email.data or "")) or Fault(Wrong.EMPTY))

    def particulars(self) -> Particulars:
        """Return what was filled in. Call it only after ``validate()`` said yes."""
        practises = self.role.data == _PRACTITIONER
        return Particulars(
            name=self.name.data,
            role=None if practises else Role(self.role.data),
            email=self.email.data or "",
            areas=frozenset(self.areas.data or ()),
            offices=frozenset(self.offices.data or ()),
            line_manager=self.line_manager.data or None,
        )

    def refuse_address(self) -> None:
        """Say that somebody has that address, perhaps somebody who left."""
        self.email.errors = [
            _l("Somebody already has that email address. Check the closed accounts.")
        ]


def _shown(present: Particulars) -> dict[str, Any]:
    return {
        "name": present.name,
        "role": present.role.value if present.role else _PRACTITIONER,
        "email": present.email,
        "areas": sorted(present.areas),
        "offices": sorted(present.offices),
        "line_manager": present.line_manager or "",
    }

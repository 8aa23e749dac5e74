"""What people fill in to get in, and to change how they do."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, PasswordField, StringField
from wtforms.validators import InputRequired, ValidationError

from kids_feedback.domain.brakes import NO_WAIT
from kids_feedback.domain.passwords import LONGEST, SHORTEST, Weakness, weakness
from kids_feedback.web.kit.forms import OurForm, trimmed

_WHAT_TO_DO = {
    Weakness.SHORT: _l(
        "Use %(count)d characters or more. A few words in a row do well.", count=SHORTEST
    ),
    Weakness.LONG: _l("Use %(count)d characters or fewer.", count=LONGEST),
    Weakness.COMMON: _l("That is one of the first that others would try. Choose another password."),
    Weakness.TELLING: _l("Leave out your name, your email address and the name of this service."),
}

_WAIT = _l(
    "Please wait a little, then try again. Too many tries failed, so this one was not checked."
)


class GuardedForm(OurForm):
    """What may be a guess, and so is not always judged."""

    later = NO_WAIT  # until then it is not

    def wait(self, later: timedelta) -> None:
        """Say that nothing of it was looked at."""
        self.later, self.form_errors = later, [_WAIT]


class SignInForm(GuardedForm):
    """Everything at once, so that no half of it can be tried alone."""

    email = StringField(
        filters=[trimmed], validators=[InputRequired(_l("Write your email address"))]
    )
    password = PasswordField(validators=[InputRequired(_l("Write your password"))])
    code = StringField(filters=[trimmed], validators=[InputRequired(_l("Write a code"))])

    def refuse(self) -> None:
        """Say one thing, whatever was wrong."""
        self.form_errors = [
            _l(
                "That did not work. Check the email address and the password, and wait for a new"
                " code: each works once. After several wrong codes, wait a minute."
            )
        ]


class ProofForm(GuardedForm):
    """The password and a code again, before something that matters."""

    current = PasswordField(validators=[InputRequired(_l("Write your password"))])
    code = StringField(filters=[trimmed], validators=[InputRequired(_l("Write a code"))])

    def refuse(self) -> None:
        """Say one thing, whatever was wrong."""
        self.form_errors = [
            _l(
                "That did not work. Check the password, and wait for a new code: each works once."
                " After several wrong codes, wait a minute."
            )
        ]


class _NewPassword(OurForm):
    password = PasswordField()

    def __init__(self, *, name: str, email: str, places: Collection[str], **more: Any) -> None:
        super().__init__(**more)
        self._name, self._email, self._places = name, email, places

    def validate_password(self, field: Field) -> None:
        found = weakness(field.data or "", name=self._name, email=self._email, places=self._places)
        if found is not None:
            raise ValidationError(_WHAT_TO_DO[found])


class InvitationForm(_NewPassword):
    """A password of one's own, and proof that the phone is set up."""

    code = StringField(
        filters=[trimmed], validators=[InputRequired(_l("Write the code that your phone shows"))]
    )

    def refuse(self) -> None:
        self.code.errors = [_l("That code is not right. Write the one that your phone shows now.")]


class PasswordForm(_NewPassword, ProofForm):
    """A new password, by whoever has the old one and a code."""

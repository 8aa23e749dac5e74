"""What every form shares: our token, and text that is trimmed but otherwise left alone."""

from typing import Any

from flask import g, request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, StringField
from wtforms.validators import ValidationError

from kids_feedback.domain.visible import is_visible
from kids_feedback.web.kit import csrf
from kids_feedback.web.kit.csrf import FIELD, MaskedCSRF

NEVER_SHOWN = frozenset({FIELD, "password", "current", "again", "code"})
_MADE = "forms_made"  # in this request


def trimmed(value: str | None) -> str:
    """Return the text without the space around it, counted as the child sees it (CRLF is one).

    Where nobody would see a sign, there is none.
    """
    text = (value or "").replace("\r\n", "\n").strip()
    return text if is_visible(text) or "\0" in text else ""


def no_odd_characters(form: Form, field: object) -> None:
    """Refuse what one database keeps and the other does not: NUL and half characters."""
    value = getattr(field, "data", "") or ""
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise ValidationError(_l("Some signs in this can't be read. Please take them out."))


class OurForm(FlaskForm):
    """A form of ours. It is right only if it also came from our own page."""

    class Meta(FlaskForm.Meta):
        csrf = True
        csrf_class = MaskedCSRF
        csrf_field_name = FIELD

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        g.setdefault(_MADE, []).append(self)

    @property
    def stale(self) -> bool:
        """Whether the page was too old to be trusted: nothing is wrong with the words on it."""
        return not csrf.is_ours()

    def validate(self, extra_validators: Any = None) -> bool:
        good: bool = super().validate(extra_validators)
        return good and not self.stale


def words_typed() -> list[str]:
    """Return each text that this request brings, to be given back. Never a password.

    The forms that the view made say which fields hold words. If it made none, all may be words.
    """
    made: list[OurForm] = g.get(_MADE, [])
    words = {field.name for form in made for field in form if _holds_words(field)}
    wanted = (words if made else set(request.form) - {"seen"}) - NEVER_SHOWN
    return [
        value for name, value in request.form.items(multi=True) if name in wanted and value.strip()
    ]


def _holds_words(field: object) -> bool:
    return isinstance(field, StringField) and not isinstance(field, HiddenField)

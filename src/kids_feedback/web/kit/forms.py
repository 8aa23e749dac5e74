"""What every form shares: our token, and text that is trimmed but otherwise left alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, Form, HiddenField, SubmitField
from wtforms.fields import SelectFieldBase
from wtforms.fields.core import UnboundField
from wtforms.validators import Length, ValidationError
from wtforms.widgets import HiddenInput

from kids_feedback.domain.visible import is_visible
from kids_feedback.web.kit import csrf, pairs, refused
from kids_feedback.web.kit.csrf import FIELD, MaskedCSRF

NEVER_SHOWN = frozenset({FIELD, "password", "current", "again", "code"})
_PICKED = (SelectFieldBase, BooleanField, HiddenField, SubmitField)  # all others are typed
_ODD = re.compile(f"[\0\ud800-\udfff{pairs.SIGNS}]")
_TYPED: set[str] = set()  # the names of all fields that are typed, on any form
_CODES: dict[str, set[str]] = {}  # what can be picked of a field, by name, on any form
_WHOLE = ""  # of whom a mistake is that is of no field


def trimmed(value: str | None) -> str:
    """Return the text without the space around it, counted as the child sees it (CRLF is one).

    Where nobody would see a sign, there is none.
    """
    text = (value or "").replace("\r\n", "\n").strip()
    return text if is_visible(text) or "\0" in text else ""


def no_odd_characters(form: Form, field: object) -> None:
    """Refuse what no text has: NUL and half characters, which not every database keeps, and signs
    that are for the inside of programs, as ours has some in its pages (see ``pairs``)."""
    value = getattr(field, "data", "") or ""
    if _ODD.search(value):
        raise ValidationError(_l("We can't read some of the signs here. Please take them out."))


def within(limit: int) -> tuple[Callable[[Form, Field], None], ...]:
    """Return what is checked of any text that is typed: its signs, and at most so many letters."""
    too_long = _l("This is too long. Please keep it to %(max)d letters.")
    return no_odd_characters, Length(max=limit, message=too_long)


class OurForm(FlaskForm):
    """A form of ours. It is right only if it also came from our own page."""

    class Meta(FlaskForm.Meta):
        csrf = True
        csrf_class = MaskedCSRF
        csrf_field_name = FIELD

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Return what the request brings, or what comes back from one that was refused.

            It brings text alone: a file is no answer to anything that we ask.
            """
            if isinstance(formdata, MultiDict):
                return formdata
            sent = formdata is not None and request.method not in csrf.SAFE
            return request.form if sent else refused.typed(type(form).__name__)

    def __init_subclass__(cls, **named: Any) -> None:
        super().__init_subclass__(**named)
        for name, field in [pair for part in cls.__mro__ for pair in vars(part).items()]:
            if isinstance(field, UnboundField):
                _note(name, field)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.comes_back = refused.of_form(type(self).__name__)
        for name, errors in (self.comes_back.errors if self.comes_back else {}).items():
            if name in self:
                self[name].errors = errors
            elif name == _WHOLE:
                self.form_errors.extend(errors)

    @property
    def stale(self) -> bool:
        """Whether the page was too old to be trusted: nothing is wrong with the words on it."""
        return not csrf.is_ours()

    @property
    def too_old(self) -> bool:
        """Whether it is shown again because it was stale."""
        return self.comes_back.too_old if self.comes_back else self.stale

    @property
    def sent_to(self) -> str:
        """The address to which it was sent, now or before it came back."""
        return self.comes_back.sent_to if self.comes_back else request.path

    def validate(self, extra_validators: Any = None) -> bool:
        good: bool = super().validate(extra_validators)
        return not self.say_of_files() and good and not self.stale

    def say_of_files(self) -> bool:
        """Say beside each box that a file came where a text is due; return whether any did."""
        files = [self[name] for name in request.files if name in self]
        for field in files:
            field.errors = [_l("We can't open a file here. Please write it in the box.")]
        return bool(files)


def shown_again(
    form: OurForm, page: Callable[[], str], *, too_old: bool = False, at: str | None = None
) -> ResponseReturnValue:
    """Bring a form back that is stale or not right, with every word and what is wrong with it.

    Args:
        page: makes the page, for where it cannot be another one (see ``refused.can_come_back``).
        too_old: nothing but the age of the page is wrong, though its token is ours.
        at: the address of that page; None: the one to which the form was sent.
    """
    too_old = too_old or form.stale
    form.say_of_files()
    if not refused.can_come_back():
        return page(), 400 if too_old else 422
    fields = {name: given for name, given in request.form.lists() if name not in NEVER_SHOWN}
    return refused.come_back(type(form).__name__, fields, mistakes(form), too_old=too_old, at=at)


def mistakes(form: OurForm) -> dict[str, list[str]]:
    """Return what is wrong with each field and with the whole, as the page says it."""
    return {name or _WHOLE: [*map(str, wrong)] for name, wrong in form.errors.items()}


def not_right(*forms: OurForm | None) -> OurForm | None:
    """Return which form of a page is not right: of several it is only one; None: none is."""
    return next((form for form in forms if form and (form.errors or form.too_old)), None)


@dataclass(frozen=True, kw_only=True)
class Given:
    """A value that this request brings, for the page that gives it back."""

    name: str
    value: str
    typed: bool  # a text by hand: it is shown, to be changed or copied; all else goes along unseen


def given_back() -> list[Given]:
    """Return all that this request brings. Never a password.

    Whether a field is typed is known of its name: no form need have been made, as when the store
    fails before any view.
    """
    return [
        Given(name=name, value=value, typed=bool(value.strip()) and is_typed(name, value))
        for name, value in request.form.items(multi=True)
        if name not in NEVER_SHOWN
    ]


def is_typed(name: str, value: str) -> bool:
    """Say whether ``value`` was typed into a field of that name, and may be given back.

    Some names are of a text on one form, and of a choice on another: what can be picked is not
    what was typed.
    """
    typed = name in _TYPED and name not in NEVER_SHOWN
    return typed and value not in _CODES.get(name, set())


def _note(name: str, field: UnboundField) -> None:
    """Note what a field of a form is."""
    if not issubclass(field.field_class, _PICKED):
        if not isinstance(field.kwargs.get("widget"), HiddenInput):
            _TYPED.add(name)
    elif issubclass(field.field_class, BooleanField):
        _CODES.setdefault(name, set()).add("y")
    else:
        choices = field.kwargs.get("choices") or ()
        _CODES.setdefault(name, set()).update(str(choice.value) for choice in choices)

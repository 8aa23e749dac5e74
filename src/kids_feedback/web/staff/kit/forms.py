"""What staff fill in has in common."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, IntegerField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import HiddenInput

from kids_feedback.domain.case.submission import WORDS_LIMIT
from kids_feedback.domain.errors import DomainError
from kids_feedback.web.kit import context
from kids_feedback.web.kit.forms import OurForm, trimmed, within
from kids_feedback.web.kit.text import Text
from kids_feedback.web.kit.typed.days import DayField

Code = StrEnum | str | int
REASON_LIMIT = 500  # letters of a reason: a child reads it first of all


class SeenForm(OurForm):
    """A form about one case. It says which version of the case was on the page."""

    seen = IntegerField(
        widget=HiddenInput(),
        validators=[
            InputRequired(
                _l(
                    "Please open the page again: it does not say which version of the case it "
                    "shows."
                )
            )
        ],
    )


_OUR_OWN = frozenset({"seen", SeenForm.Meta.csrf_field_name})


class StepForm(SeenForm):
    """What a step asks. It knows how to say it to the service, and where a refusal belongs."""

    refused_at: ClassVar[tuple[str, ...]] = ()  # the fields beside which a refusal stands
    refused_on_top: ClassVar[tuple[type[DomainError], ...]] = ()  # of no answer on the page
    refusals: ClassVar[Mapping[type[DomainError], Text]] = {}  # what is said here in other words
    needed: ClassVar[Mapping[str, Text]] = {}  # what is said where one of these fields is missing

    def arguments(self) -> dict[str, object]:
        """Return what the service is told, beside the act itself."""
        return {name: value for name, value in self.data.items() if name not in _OUR_OWN}


class PlainForm(StepForm):
    """Nothing but the button."""


class WithPromises(StepForm):
    """A step that promises days: how many working days each has is a setting."""

    def arguments(self) -> dict[str, object]:
        return {**super().arguments(), "promises": context.settings().reference.promises}


def long_text(
    label: Text, *, must: Text | None = None, hint: Text = "", limit: int = WORDS_LIMIT
) -> TextAreaField:
    """Return a box for words; ``must`` is what to say when it was left empty."""
    return TextAreaField(
        label,
        description=hint,
        filters=[trimmed],
        validators=[
            *([_Filled(must)] if must else []),
            *within(limit),
        ],
    )


def text_for_child(label: Text, *, must: Text, limit: int = REASON_LIMIT) -> TextAreaField:
    """Return a box for words that a child reads; ``must`` is what to say when it was left empty."""
    hint = _l("In plain words, as you would say it to the child. Name nobody else.")
    return long_text(label, must=must, hint=hint, limit=limit)


def single_choice(
    label: Text, options: Mapping[Any, Text], *, must: Text, hint: Text = ""
) -> RadioField:
    """Return a question with one answer out of ``options``, codes and their names."""
    return RadioField(
        label,
        description=hint,
        choices=choices_of(options.items()),
        filters=[_or_none],
        validators=[InputRequired(must)],
    )


def day_field(label: Text, *, must: Text | None = None, hint: Text = "") -> DayField:
    """Return a day; without ``must`` it may be left empty."""
    return DayField(
        label,
        description=hint or _l("The day first, for example 20/3/2026 or 20 March 2026."),
        validators=[InputRequired(must) if must else Optional()],
    )


def choices_of(pairs: Iterable[tuple[Code, Text]]) -> list[SelectChoice]:
    return [
        SelectChoice(code.value if isinstance(code, StrEnum) else code, name)
        for code, name in pairs
    ]


class _Filled:
    """Something is written, not only spaces."""

    def __init__(self, message: Text) -> None:
        self._message = message

    def __call__(self, form: Form, field: Field) -> None:
        if not field.data:
            raise ValidationError(self._message)


def _or_none(value: object) -> object:
    """An unanswered radio is no answer, not the word "None"."""
    return value if value and value != "None" else None

"""The form of a question page, made from its fields."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from kids_feedback.domain.addresses import fault_in
from kids_feedback.web.kit.forms import OurForm, trimmed, within
from kids_feedback.web.kit.typed import addresses
from kids_feedback.web.questions.catalogue import BY_ID, PAGES, together
from kids_feedback.web.questions.model import Choice, QuestionPage, Text

_SHORTEST_NUMBER = 7  # digits


def form_for(screen_id: str, answers: Mapping[str, Any] | None = None, **named: None) -> OurForm:
    """Return the form of a screen, filled from the request or from earlier answers.

    Args:
        named: ``formdata=None``, where the request is about something else.
    """
    return form_of((BY_ID[screen_id],), answers, **named)


def form_of(
    page: tuple[QuestionPage, ...], answers: Mapping[str, Any] | None = None, **named: None
) -> OurForm:
    """Return the form of a page, with all questions that stand on it."""
    made: OurForm = _OF_PAGE[_ids(page)](data=dict(answers or {}), **named)
    return made


def form_class(name: str, fields: Iterable[Choice | Text]) -> type[OurForm]:
    """Return a form with one control for each field."""
    return type(f"{name}Form", (OurForm,), {asked.name: _field(asked) for asked in fields})


def _field(asked: Choice | Text) -> Field:
    if isinstance(asked, Text):
        kind = TextAreaField if asked.lines > 1 else StringField
        return kind(filters=[trimmed], validators=[*within(asked.limit), *_checks(asked)])
    choices = [SelectChoice(option.code, option.label) for option in asked.options]
    known = frozenset(option.code for option in asked.options)
    if asked.many:
        return SelectMultipleField(
            choices=choices,
            validate_choice=False,
            filters=[lambda picked: [code for code in picked or () if code in known]],
        )
    kind = SelectField if asked.listed else RadioField
    return kind(
        choices=choices,
        validate_choice=False,  # what nobody offered is no answer, not a mistake of the child's
        filters=[lambda picked: picked if picked in known else None],
        validators=[_Picked(asked.must)] if asked.must else [],
    )


def _checks(asked: Text) -> list[Any]:
    """Return what is checked besides the length of a text."""
    if asked.kind == "tel":
        return [_phone]
    return [_email] if asked.kind == "email" else []


class _Picked:
    """One of the options, whatever the look of the page says about it."""

    def __init__(self, message: Any) -> None:
        self._message = message

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            raise ValidationError(self._message)


def _phone(form: Any, field: Any) -> None:
    digits = sum(character.isdigit() for character in field.data)
    if field.data and digits < _SHORTEST_NUMBER:
        raise ValidationError(_l("That phone number looks too short. Check it or leave it empty."))


def _email(form: Any, field: Any) -> None:
    fault = fault_in(field.data) if field.data else None
    if fault:
        raise ValidationError(addresses.said(fault))


def _ids(page: tuple[QuestionPage, ...]) -> tuple[str, ...]:
    return tuple(asked.id for asked in page)


_OF_PAGE = {  # of each question by itself, and of those that stand on one page
    ids: form_class("".join(ids), (field for each in ids for field in BY_ID[each].fields))
    for ids in {*((one,) for one in BY_ID), *(_ids(together(screen)) for screen in PAGES)}
}

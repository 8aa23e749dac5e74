"""The duty list: who is told when a child may not be safe, and who is there at other times."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField, TimeField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from kids_feedback.domain.case.safety import Shift
from kids_feedback.domain.people import Role
from kids_feedback.services.casework.people import duty as service
from kids_feedback.services.errors import Incomplete
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import (
    OurForm,
    not_right,
    shown_again,
    trimmed,
    within,
)
from kids_feedback.web.kit.translation import _
from kids_feedback.web.people.blueprint import people

_DAYS = (
    _l("Monday"),
    _l("Tuesday"),
    _l("Wednesday"),
    _l("Thursday"),
    _l("Friday"),
    _l("Saturday"),
    _l("Sunday"),
)
_NO_TIME = _l("Enter a time like 09:00")
_MUST = {
    "weekdays": _l("Choose at least one day"),
    "ends": _l("The end must be after the beginning"),
}


class DutyForm(OurForm):
    """Somebody's hours, each week."""

    person_id = SelectField(_l("Who?"), validators=[InputRequired(_l("Choose somebody"))])
    area = SelectField(_l("For which area?"))
    weekdays = SelectMultipleField(
        _l("On which days?"),
        choices=[SelectChoice(str(number), name) for number, name in enumerate(_DAYS)],
        description=_l("On a weekday on which Cafcass is closed nobody is on duty."),
    )
    starts = TimeField(
        _l("From"),
        default=lambda: context.settings().watch.opens,
        validators=[InputRequired(_NO_TIME)],
        invalid_value_message=_NO_TIME,
    )
    ends = TimeField(
        _l("Until"),
        default=lambda: context.settings().watch.closes,
        validators=[InputRequired(_NO_TIME)],
        invalid_value_message=_NO_TIME,
    )

    def __init__(self, **named: None) -> None:
        super().__init__(**named)
        with context.reading() as db:
            able, areas = service.candidates(db), service.areas(db)
        self.person_id.choices = [
            SelectChoice("", _l("Choose somebody")),
            *(SelectChoice(person_id, name) for person_id, name in able),
        ]
        self.area.choices = [
            SelectChoice("", _l("All areas")),
            *(SelectChoice(code, name) for code, name in areas),
        ]

    def shift(self) -> Shift:
        """Return the hours. Call it only after ``validate()`` said yes."""
        return Shift(
            weekdays=frozenset(map(int, self.weekdays.data or ())),
            starts=self.starts.data,
            ends=self.ends.data,
        )


class OutsideForm(OurForm):
    """What children of an area read outside its hours."""

    outside = StringField(
        filters=[trimmed],
        validators=[
            *within(service.LONGEST_OUTSIDE),
        ],
    )


@people.get("/duty", endpoint="duty")
@guard.only(Role.ADMINISTRATOR)
def show_duty() -> ResponseReturnValue:
    """List who is on duty, by area; nobody is in red."""
    return _page()


@people.post("/duty")
@guard.only(Role.ADMINISTRATOR)
@guard.keeps_words
def add_duty() -> ResponseReturnValue:
    """Put somebody on the duty list."""
    form = DutyForm()
    if not form.validate():
        return shown_again(form, lambda: _page(form))
    try:
        with context.transaction() as db:
            service.add(
                db,
                guard.person(),
                form.person_id.data,
                form.area.data or None,
                form.shift(),
                now=context.now(),
            )
    except Incomplete as error:
        for name in error.missing:
            form[name].errors = [_MUST[name]]
        return shown_again(form, lambda: _page(form))
    return _said(_("Saved."))


@people.post("/duty/<duty_id>/remove")
@guard.only(Role.ADMINISTRATOR)
def remove_duty(duty_id: str) -> ResponseReturnValue:
    with context.transaction() as db:
        service.remove(db, guard.person(), duty_id, now=context.now())
    return _said(_("Taken off the duty list."))


@people.post("/duty/outside/<area_code>")
@guard.only(Role.ADMINISTRATOR)
@guard.keeps_words
def say_outside(area_code: str) -> ResponseReturnValue:
    """Keep who a child can ring outside the hours of an area."""
    form = OutsideForm()
    if not form.validate():
        return shown_again(form, lambda: _page(outside=form), at=url_for("people.duty"))
    with context.transaction() as db:
        service.say_outside(db, guard.person(), area_code, form.outside.data)
    return _said(_("Saved."))


def _page(form: DutyForm | None = None, *, outside: OutsideForm | None = None) -> str:
    with context.reading() as db:
        found = service.listed(db, guard.person())
    form, outside = form or DutyForm(formdata=None), outside or OutsideForm(formdata=None)
    return render_template(
        "people/duty.html",
        found=found,
        form=not_right(form, outside),
        adds=form,
        outside=outside,
        days=_days,
        watch=context.settings().watch,
    )


def _days(shift: Shift) -> str:
    return ", ".join(str(_DAYS[number]) for number in sorted(shift.weekdays))


def _said(what: str) -> ResponseReturnValue:
    current_app.logger.info("duty list changed by %s", guard.person().id)
    flash(what)
    return redirect(url_for("people.duty"), code=303)

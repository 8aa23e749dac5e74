"""Days on which nobody works, beside the bank holidays: closed and opened, with who did it."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kids_feedback.domain.errors import CalendarGap
from kids_feedback.domain.people import Role
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.casework.days.redating import Redated
from kids_feedback.services.errors import DayAlreadyClosed, DayAlreadyOpen
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import not_right, shown_again
from kids_feedback.web.working_days.forms import CloseForm, DayForm

days = Blueprint("days", __name__, url_prefix="/closed-days")


@days.get("/", endpoint="days")
@guard.only(Role.ADMINISTRATOR)
def closed_days() -> ResponseReturnValue:
    """List the days that were closed, and ask for another."""
    return _page()


@days.post("/")
@guard.only(Role.ADMINISTRATOR)
@guard.keeps_words
def close() -> ResponseReturnValue:
    """Ask whether they are sure; then close the day: every open day that counted it moves."""
    form = CloseForm()
    if not form.validate():
        return shown_again(form, lambda: _page(form))
    try:
        if request.form.get("go") != "close":
            return _asked(form), 200
        with context.transaction() as db:
            done = working_days.close_day(
                db,
                form.day.data,
                form.reason.data,
                now=context.now(),
                today=context.today(),
                by=guard.person().id,
            )
    except DayAlreadyClosed as closed:
        form.refuse(closed)
        return shown_again(form, lambda: _page(form))
    except CalendarGap:
        form.day.errors = [_("The calendar does not reach to that day.")]
        return shown_again(form, lambda: _page(form))
    return _done(_("That day is closed."), done)


@days.post("/open", endpoint="open")
@guard.only(Role.ADMINISTRATOR)
def open_again() -> ResponseReturnValue:
    """Open a day again: what left it out moves back, never to a day before today."""
    form = DayForm()
    if not form.validate():
        return shown_again(form, lambda: _page(opens=form), at=url_for("days.days"))
    try:
        with context.transaction() as db:
            done = working_days.open_day(
                db, form.day.data, now=context.now(), today=context.today(), by=guard.person().id
            )
    except (CalendarGap, DayAlreadyClosed, DayAlreadyOpen):
        flash(_("That day was not closed here, or is open again already. Nothing moved."))
        return redirect(url_for("days.days"), code=303)
    return _done(_("The closing of that day is taken back."), done)


def _done(said: str, done: Redated) -> ResponseReturnValue:
    current_app.logger.info("working day changed by %s", guard.person().id)
    moved = _(
        "Promised days that moved: %(days)s. Open cases that they are in: %(cases)s. "
        "Open cases with a meeting on that day: %(meetings)s.",
        days=done.days,
        cases=done.cases,
        meetings=done.meetings,
    )
    flash(f"{said} {moved}")
    return redirect(url_for("days.days"), code=303)


def _asked(form: CloseForm) -> str:
    with context.reading() as db:
        working_days.check_closes(db, form.day.data)
    return _page(form, is_asked=True)


def _page(
    form: CloseForm | None = None, *, opens: DayForm | None = None, is_asked: bool = False
) -> str:
    form, opens = form or CloseForm(formdata=None), opens or DayForm(formdata=None)
    with context.reading() as db:
        found = working_days.listed_days(db)
    return render_template(
        "working_days/days.html",
        form=not_right(form, opens),
        closes=form,
        listed=found,
        is_asked=is_asked,
    )

"""Handing on what somebody has before they go or are away; who stands in; the last resort."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from kids_feedback.domain.errors import DomainError
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.services.accounts import directory
from kids_feedback.services.case.opened import Moment
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.casework.people import handing_on, staffing
from kids_feedback.services.casework.people.handing_on import TO_HEAD
from kids_feedback.services.casework.people.staffing import Absence
from kids_feedback.services.errors import (
    ConflictOfInterest,
    Incomplete,
    LastResortNeeded,
    NeedsSomebodyFirst,
)
from kids_feedback.web.kit import context, guard, refused
from kids_feedback.web.kit.context import Session
from kids_feedback.web.kit.forms import OurForm, shown_again
from kids_feedback.web.kit.translation import _, ngettext
from kids_feedback.web.kit.typed.days import DayField
from kids_feedback.web.people.blueprint import people

_TO = "to-"  # and the id of a case: to whom it goes


class HandOnForm(OurForm):
    """A choice for each case, by its id; nothing that is always there."""


class AwayForm(OurForm):
    """Who stands in, and until when."""

    deputy = SelectField(_l("Deputy"), validators=[InputRequired(_l("Choose who stands in"))])
    until = DayField(
        _l("Away until"),
        description=_l("As far as you know, for example 20/3/2026. You can leave this empty."),
        validators=[Optional()],
    )
    stand_in = BooleanField(_l("What the deputy may not have goes to customer service"))

    def __init__(self, person_id: str) -> None:
        super().__init__()
        with context.reading() as db:
            able = staffing.deputies(db, of=person_id)
        self.deputy.choices = [
            SelectChoice("", _l("Nobody chosen yet")),
            *(SelectChoice(id_, name) for id_, name in able),
        ]


def moment(db: Session) -> Moment:
    """Return the moment of this request."""
    return working_days.moment_of(db, now=context.now(), today=context.today())


@people.get("/<person_id>/cases")
@guard.only(Role.ADMINISTRATOR)
def cases(person_id: str) -> ResponseReturnValue:
    """What somebody has, to be handed on. An administrator sees nothing of what it says."""
    return _cases(person_id, HandOnForm()), 200


@people.post("/<person_id>/cases")
@guard.only(Role.ADMINISTRATOR)
def hand_on(person_id: str) -> ResponseReturnValue:
    """Hand on what has a choice; what has none stays."""
    form = HandOnForm()
    to = {
        name.removeprefix(_TO): whom
        for name, whom in request.form.items()
        if name.startswith(_TO) and whom
    }
    try:
        with context.transaction() as db:
            count = handing_on.hand_on(db, guard.person(), person_id, to, moment(db))
    except ConflictOfInterest:
        form.form_errors.append(_("Somebody there may not have it. Choose again."))
        return shown_again(form, lambda: _cases(person_id, form))
    current_app.logger.info("person %s: handed on by %s", person_id, guard.person().id)
    flash(ngettext("%(num)d case is handed on.", "%(num)d cases are handed on.", count))
    return redirect(url_for("people.cases", person_id=person_id), code=303)


@people.get("/<person_id>/away")
@guard.only(Role.ADMINISTRATOR)
def away(person_id: str) -> ResponseReturnValue:
    return _away(person_id, AwayForm(person_id)), 200


@people.post("/<person_id>/away")
@guard.only(Role.ADMINISTRATOR)
@guard.keeps_words
def go_away(person_id: str) -> ResponseReturnValue:
    """Note that somebody is away, and who has what they have."""
    form = AwayForm(person_id)
    if not form.validate():
        return shown_again(form, lambda: _away(person_id, form))
    absence = Absence(deputy_id=form.deputy.data, until=form.until.data)
    try:
        with context.transaction() as db:
            staffing.go_away(
                db, guard.person(), person_id, absence, moment(db), stand_in=form.stand_in.data
            )
    except (NeedsSomebodyFirst, Incomplete) as error:
        form.form_errors.append(why(error))
        return shown_again(form, lambda: _away(person_id, form))
    current_app.logger.info("person %s: away, by %s", person_id, guard.person().id)
    flash(_("Saved. The deputy has their cases now."))
    return redirect(url_for("people.person", person_id=person_id), code=303)


@people.post("/<person_id>/back")
@guard.only(Role.ADMINISTRATOR)
def come_back(person_id: str) -> ResponseReturnValue:
    with context.transaction() as db:
        staffing.come_back(db, guard.person(), person_id, moment(db))
    current_app.logger.info("person %s: back, by %s", person_id, guard.person().id)
    flash(_("Saved. They are back."))
    return redirect(url_for("people.person", person_id=person_id), code=303)


@people.post("/<person_id>/last-resort")
@guard.only(Role.ADMINISTRATOR)
def name_for_last_resort(person_id: str) -> ResponseReturnValue:
    """Name somebody for what nobody else may have, or take that back."""
    asked = request.form.get("named", "")
    fallback = Fallback(asked) if asked in {Fallback.LAST_RESORT, Fallback.OUTSIDE} else None
    try:
        with context.transaction() as db:
            staffing.name_for_last_resort(db, guard.person(), person_id, fallback, moment(db))
    except (Incomplete, LastResortNeeded) as error:
        flash(why(error))
        return redirect(url_for("people.person", person_id=person_id), code=303)
    current_app.logger.info("person %s: last resort, by %s", person_id, guard.person().id)
    flash(_("Saved."))
    return redirect(url_for("people.person", person_id=person_id), code=303)


def why(error: DomainError) -> str:
    """Return why an act on people is refused, in words."""
    if isinstance(error, NeedsSomebodyFirst):
        return ngettext(
            "%(num)d case needs somebody first. Hand it on, or let somebody stand in.",
            "%(num)d cases need somebody first. Hand them on, or let somebody stand in.",
            len(error.case_ids),
        )
    if isinstance(error, LastResortNeeded):
        return _(
            "Two people must always be named for cases that nobody else may have, and one outside "
            "that list. Name somebody else first."
        )
    if isinstance(error, Incomplete) and "role" in error.missing:
        return _("Only customer service or a Head of Practice can be named for this.")
    return _("Choose somebody who works with cases, and is here.")


def _cases(person_id: str, form: HandOnForm) -> str:
    with context.reading() as db:
        person = directory.details(db, guard.person(), person_id)
        held = handing_on.held_by(db, guard.person(), person_id)
    return render_template(
        "people/cases.html",
        person=person,
        held=held,
        form=form,
        to_head=TO_HEAD,
        prefix=_TO,
        chosen=refused.said,
    )


def _away(person_id: str, form: AwayForm) -> str:
    with context.reading() as db:
        person = directory.details(db, guard.person(), person_id)
    return render_template("people/away.html", person=person, form=form)

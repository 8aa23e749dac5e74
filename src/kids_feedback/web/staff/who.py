"""Saying whom it is about: they, and by default their line manager, lose sight of it."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField

from kids_feedback.domain.errors import DomainError
from kids_feedback.domain.people import Role
from kids_feedback.domain.procedure import Step
from kids_feedback.services import at_hand, colleagues, conflicts
from kids_feedback.services.casefile import CaseFile
from kids_feedback.services.conflicts import Named
from kids_feedback.services.refusals import Barred, NobodyThere
from kids_feedback.web import context, guard
from kids_feedback.web.forms import trimmed
from kids_feedback.web.staff import refused
from kids_feedback.web.staff.face import staff
from kids_feedback.web.staff.forms import SeenForm, choices_of, words
from kids_feedback.web.staff.heading import heading
from kids_feedback.web.staff.opening import moment, onwards, open_at, open_case
from kids_feedback.web.staff.wording import _


class WhoForm(SeenForm):
    """Everybody whom it is about. A name is looked for without leaving the page."""

    name = StringField(
        _l("Look for a name"),
        description=_l("Without a name you see everybody who works in the area."),
        filters=[trimmed],
    )
    people = SelectMultipleField(
        _l("Who is it about?"),
        description=_l("Nobody ticked means: about nobody in particular."),
        choices=[],
    )
    may = SelectMultipleField(
        _l("Whose line manager may have it all the same?"),
        description=_l("Only if you decide so. Your reason stays in the history."),
        choices=[],
    )
    reason = words(_l("Why may they?"), hint=_l("Only where a line manager may have it."))


@staff.get("/case/<case_id>/who")
@guard.only(Role.HEAD_OF_PRACTICE)
def who(case_id: str) -> ResponseReturnValue:
    """Say who it is about."""
    with context.reading() as db:
        case = open_at(db, case_id, Step.NAME_WORKER)
        form = WhoForm(
            data={
                "seen": case.version,
                "people": [each.id for each in case.desk.about],
                "may": [each.id for each in case.desk.about if each.line_manager_may],
            }
        )
        _fill(db, case, form)
    return _page(case, form), 200


@staff.post("/case/<case_id>/who")
@guard.only(Role.HEAD_OF_PRACTICE)
def name_worker(case_id: str) -> ResponseReturnValue:
    """Keep who it is about, or look for a name."""
    form = WhoForm()
    with context.reading() as db:
        case = open_case(db, case_id)
        _fill(db, case, form)
    if "look" in request.form:
        return _page(case, form), 200
    if form.validate():
        try:
            with context.transaction() as db:
                saved = conflicts.name_worker(
                    db,
                    case_id,
                    guard.person(),
                    workers=[
                        Named(person_id=each, line_manager_may=each in (form.may.data or ()))
                        for each in dict.fromkeys(form.people.data or ())
                    ],
                    reason=form.reason.data,
                    seen=form.seen.data,
                    **moment(db),
                )
            return onwards(saved, _("Saved. They can't see it."))
        except refused.REFUSALS as error:
            _refuse(form, error)
    return _page(case, form), 422


def _page(case: CaseFile, form: WhoForm) -> str:
    return render_template("staff/who.html", case=case, head=heading(case), form=form)


def _fill(db: Any, case: CaseFile, form: WhoForm) -> None:
    """Offer who is named, who was ticked, and who was found."""
    named = {each.id: each.name for each in case.desk.about}
    ticked = at_hand.names_of(db, form.people.data or ())
    found = colleagues.workers(db, case.id, guard.person(), text=form.name.data or "")
    offered = {**named, **ticked, **{each.id: each.name for each in found}}
    form.people.choices = choices_of(offered.items())
    form.may.choices = choices_of({**named, **ticked}.items())


def _refuse(form: WhoForm, error: DomainError) -> None:
    said: Mapping[type[DomainError], str] = {
        Barred: _("You are that line manager, so another Head of Practice decides."),
        NobodyThere: _(
            "The answer has gone out, and then nobody could close this. Close it first."
        ),
    }
    if type(error) in said:
        form.may.errors = [said[type(error)]]
    else:
        refused.say(form, error)

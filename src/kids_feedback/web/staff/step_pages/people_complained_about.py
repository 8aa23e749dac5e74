"""Saying whom it is about: they, and by default their line manager, lose sight of it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.people import Role
from kids_feedback.services.case import colleagues
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.reading import contact_rules
from kids_feedback.services.reading.case_file import CaseFile, of_case
from kids_feedback.web.kit import guard
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.heading import heading
from kids_feedback.web.staff.case.loader import look, onwards, open_at, take
from kids_feedback.web.staff.kit.forms import choices_of
from kids_feedback.web.staff.steps.complained_about import NAME_WORKER, PeopleComplainedAboutForm


@staff.get("/case/<case_id>/who")
@guard.only(Role.HEAD_OF_PRACTICE)
def who(case_id: str) -> ResponseReturnValue:
    """Name the person complained about."""
    with look(case_id) as opened:
        case = open_at(opened, Step.NAME_WORKER)
        form = PeopleComplainedAboutForm(
            data={
                "seen": case.version,
                "people": [person.id for person in case.allocation.about],
                "may": [person.id for person in case.allocation.about if person.line_manager_may],
            }
        )
        _fill(opened, case, form)
    return _page(case, form), 200


@staff.post("/case/<case_id>/who")
@guard.only(Role.HEAD_OF_PRACTICE)
def name_worker(case_id: str) -> ResponseReturnValue:
    """Save the person complained about, or search for a name."""
    form = PeopleComplainedAboutForm()
    with look(case_id) as opened:
        case = of_case(opened)
        _fill(opened, case, form)
    if "look" in request.form:
        return _page(case, form), 200
    if saved := take(case_id, NAME_WORKER, form):
        return onwards(saved, str(NAME_WORKER.done))
    return _page(case, form), 422


def _page(case: CaseFile, form: PeopleComplainedAboutForm) -> str:
    return render_template(
        "staff/step_pages/people_complained_about.html", case=case, head=heading(case), form=form
    )


def _fill(opened: Opened, case: CaseFile, form: PeopleComplainedAboutForm) -> None:
    """Offer who is named, who was ticked, and who was found."""
    named = {person.id: person.name for person in case.allocation.about}
    ticked = contact_rules.names_of(opened.session, form.people.data or ())
    found = colleagues.workers(opened, text=form.name.data or "")
    offered = {**named, **ticked, **{row.id: row.name for row in found}}
    form.people.choices = choices_of(offered.items())
    form.may.choices = choices_of({**named, **ticked}.items())

"""Saying whom it is about: they, and by default their line manager, lose sight of it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.people import Role
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.case.people import colleagues, complained_about, workers
from kids_feedback.services.reading.case_file import CaseFile, of_case
from kids_feedback.web.kit import guard
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.heading import heading
from kids_feedback.web.staff.case.loader import look, onwards, open_at, shown_again, take
from kids_feedback.web.staff.steps.complained_about import NAME_WORKER, PeopleComplainedAboutForm

_DECIDES = (Role.HEAD_OF_PRACTICE, Role.CUSTOMER_SERVICE)  # the latter where no area has it


@staff.get("/case/<case_id>/who")
@guard.only(*_DECIDES)
def who(case_id: str) -> ResponseReturnValue:
    """Say who it is about: what the child typed, and whom it may mean."""
    with look(case_id) as opened:
        case = open_at(opened, Step.NAME_WORKER)
        named = [person for person in case.allocation.about if person.certain]
        form = PeopleComplainedAboutForm(
            data={
                "seen": case.version,
                "people": [person.id for person in named],
                "may": [person.id for person in named if person.line_manager_may],
            }
        )
        _fill(opened, form)
    return _page(case, form), 200


@staff.post("/case/<case_id>/who")
@guard.only(*_DECIDES)
def name_worker(case_id: str) -> ResponseReturnValue:
    """Save who it is about, or search for a name."""
    form = PeopleComplainedAboutForm()
    with look(case_id) as opened:
        case = of_case(opened)
        _fill(opened, form)
    if "look" in request.form:
        return _page(case, form), 200
    if saved := take(case_id, NAME_WORKER, form):
        return onwards(saved, _("Saved. They can't see it.") if form.people.data else _("Saved."))
    return shown_again(case_id, form, lambda: _page(case, form))


def _page(case: CaseFile, form: PeopleComplainedAboutForm) -> str:
    return render_template(
        "staff/step_pages/people_complained_about.html", case=case, head=heading(case), form=form
    )


def _fill(opened: Opened, form: PeopleComplainedAboutForm) -> None:
    """Offer who may be meant, who is named, who was ticked, and who was found.

    Where there is nobody to begin with, everybody of the area is offered.
    """
    about, name = complained_about.of_case(opened), form.name.data or ""
    ticked = workers.by_id(opened.session, form.people.data or ())
    form.must_read = not about.has_read
    found = colleagues.workers(opened, text=name) if name or not about.people else ()
    form.fill(about, (*ticked, *found))

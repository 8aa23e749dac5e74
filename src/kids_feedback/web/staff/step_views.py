"""One view for every small step: show its form, do its act, say what was done."""

from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from kids_feedback.domain.procedure import Step
from kids_feedback.services.casefile import CaseFile
from kids_feedback.services.cases import Saved
from kids_feedback.web import context, guard
from kids_feedback.web.staff import refused
from kids_feedback.web.staff.dates import the_sum
from kids_feedback.web.staff.face import staff
from kids_feedback.web.staff.heading import heading
from kids_feedback.web.staff.opening import moment, onwards, open_at, open_case
from kids_feedback.web.staff.steps import PAGES, StepPage
from kids_feedback.web.staff.wording import _


@staff.get("/case/<case_id>/step/<slug>")
@guard.only(*guard.STAFF)
def step(case_id: str, slug: str) -> ResponseReturnValue:
    """One small step: its form."""
    page = _page_of(slug)
    with context.reading() as db:
        case = open_at(db, case_id, page.step)
        form = page.form(data={"seen": case.version})
        page.fill(db, case, form)
    return _page(page, case, form), 200


@staff.post("/case/<case_id>/step/<slug>")
@guard.only(*guard.STAFF)
def take_step(case_id: str, slug: str) -> ResponseReturnValue:
    """Take the step."""
    page, person = _page_of(slug), guard.person()
    form = page.form()
    with context.reading() as db:
        case = open_case(db, case_id)
        page.fill(db, case, form)
    if form.validate():
        try:
            with context.transaction() as db:
                saved = page.act(db, case_id, person, form, moment(db))
            return onwards(saved, _said(page, saved, form))
        except refused.REFUSALS as error:
            refused.say(form, error, page.refused_at)
    return _page(page, case, form), 422


def _page_of(slug: str) -> StepPage:
    if slug not in PAGES:
        abort(404)
    return PAGES[slug]


def _page(page: StepPage, case: CaseFile, form: Any) -> str:
    return render_template("staff/step.html", page=page, case=case, head=heading(case), form=form)


def _said(page: StepPage, saved: Saved, form: Any) -> str:
    """Return what was done; after a talk with the sum that it starts."""
    if page.step is not Step.LOG_TALK:
        return str(page.done)
    with context.reading() as db:
        case = open_case(db, saved.id) if saved.still_theirs else None
    said = [str(page.done)]
    if case and case.clock:
        said.append(the_sum(case.clock))
    if not form.read_back.data:
        said.append(_("You have not read it back to the child yet."))
    return " ".join(said)

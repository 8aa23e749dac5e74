"""The court page: five small forms, each with its own button."""

from collections.abc import Mapping

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.court_notice import CaseOngoing
from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.casework.court import court_notice
from kids_feedback.services.reading.case_file import CaseFile, of_case
from kids_feedback.web.kit import guard
from kids_feedback.web.kit.forms import not_right
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.court_sentences import notice_of
from kids_feedback.web.staff.case.heading import heading, place
from kids_feedback.web.staff.case.loader import is_shown, look, take_or_show_again
from kids_feedback.web.staff.kit.forms import StepForm
from kids_feedback.web.staff.steps import court as steps
from kids_feedback.web.staff.steps.declaration import StepDeclaration
from kids_feedback.web.staff.steps.registry import STEPS

PARTS: Mapping[str, StepDeclaration] = {  # by what stands in the address
    "ongoing": steps.COURT_ONGOING,
    "hearing": steps.COURT_HEARING,
    "change": steps.CHANGE_HEARING,
    "told": steps.COURT_TOLD,
    "child": steps.COURT_CHILD_TOLD,
}

_BESIDE = frozenset({Step.TAKE_NOTICE_BACK, Step.END_COURT_DUTY, Step.RESTORE_COURT_DUTY})


@staff.get("/case/<case_id>/court", endpoint="court")
@staff.get("/case/<case_id>/court/<slug>", endpoint="court_part")
@guard.only(*guard.STAFF)
def show_court(case_id: str, slug: str = "") -> ResponseReturnValue:
    """Show the whole page, whichever part of it somebody comes back to."""
    return _page(case_id), 200


@staff.post("/case/<case_id>/court/<slug>")
@guard.only(*guard.STAFF)
def save_court(case_id: str, slug: str) -> ResponseReturnValue:
    """Keep what was found out, the hearing, or what court and child were told."""
    part = PARTS.get(slug) or abort(404)
    form = part.form()
    with look(case_id) as opened:
        part.fill(opened, form)
    return take_or_show_again(case_id, part, form, lambda: _page(case_id, form))


def _page(case_id: str, sent: StepForm | None = None) -> str:
    with look(case_id) as opened:
        case, told = of_case(opened), court_notice.told_hearings(opened)
        court = notice_of(case.court, opened.today, opened.calendar)
        every = {
            code: sent if sent and type(sent) is part.form else _fresh(part, case, opened)
            for code, part in PARTS.items()
        }
    forms = {
        code: form for code, form in every.items() if form.errors or _applies(PARTS[code], case)
    }
    beside = case.steps & (_BESIDE if told else _BESIDE - {Step.TAKE_NOTICE_BACK})
    return render_template(
        "staff/step_pages/court.html",
        case=case,
        head=heading(case),
        court=court,
        parts=PARTS,
        forms=forms,
        form=not_right(*forms.values()),
        may=any(is_shown(case, steps.COURT_TOLD.step, form) for form in forms.values()),
        beside={place(step, case.id): STEPS[step].title for step in sorted(beside)},
    )


def _applies(part: StepDeclaration, case: CaseFile) -> bool:
    """Say whether there is something to say: of a hearing, or that the child was not told yet."""
    if part is steps.COURT_CHILD_TOLD:
        return not case.court.child_told
    return part is not steps.CHANGE_HEARING or bool(case.court.facts.counted)


def _fresh(part: StepDeclaration, case: CaseFile, opened: Opened) -> StepForm:
    """Return a form with what is known already, or with what comes back of it."""
    known = case.court.facts
    form = part.form(
        formdata=None,
        data={
            "seen": case.version,
            "ongoing": None if known.ongoing is CaseOngoing.UNKNOWN else known.ongoing.value,
        },
    )
    part.fill(opened, form)
    return form

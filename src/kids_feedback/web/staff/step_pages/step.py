"""One view for every small step: show its form, do its act, say what was done."""

from flask import abort, redirect, render_template
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.court_notice import blocks_closing
from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.act import Saved
from kids_feedback.services.case.opened import Opened
from kids_feedback.services.reading.case_file import CaseFile, of_case
from kids_feedback.services.reading.contact_rules import safe_contact
from kids_feedback.web.kit import guard
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.contact_rules import ContactRules, rules_in_words
from kids_feedback.web.staff.case.heading import heading
from kids_feedback.web.staff.case.loader import look, onwards, open_at, shown_again, take
from kids_feedback.web.staff.kit.dates import the_sum
from kids_feedback.web.staff.kit.forms import StepForm
from kids_feedback.web.staff.steps.contacting.contact import TalkForm
from kids_feedback.web.staff.steps.declaration import SMALL_STEP, StepDeclaration
from kids_feedback.web.staff.steps.registry import BY_SLUG

# They may say that the child was written to on this website, which is done on a page of its own.
_SAY_WRITTEN = frozenset({Step.LOG_ATTEMPT, Step.LOG_TALK, Step.FOLLOW_UP})
# They give the child the answer, or say that it may be given.
_TELLS_OF_CASE = frozenset({Step.DELIVER, Step.APPROVE_CHANGE, Step.GIVE_CHANGE})
_ENDS = frozenset({Step.CLOSE, Step.END_OTHERWISE})


@staff.get("/case/<case_id>/step/<slug>")
@guard.only(*guard.STAFF)
def step(case_id: str, slug: str) -> ResponseReturnValue:
    """One small step: its form."""
    declared = _declared(slug)
    with look(case_id) as opened:
        case = open_at(opened, declared.step)
        form = declared.form(data={"seen": case.version})
        declared.fill(opened, form)
        safely = _rules(declared, opened)
    if declared.endpoint != SMALL_STEP and not form.comes_back:  # its button stands elsewhere
        return redirect(declared.place(case_id), code=303)
    return _page(declared, case, form, safely), 200


@staff.post("/case/<case_id>/step/<slug>")
@guard.only(*guard.STAFF)
def take_step(case_id: str, slug: str) -> ResponseReturnValue:
    """Take the step."""
    declared = _declared(slug)
    form = declared.form()
    with look(case_id) as opened:
        case = of_case(opened)
        declared.fill(opened, form)
        safely = _rules(declared, opened)
    if saved := take(case_id, declared, form):
        return onwards(saved, _said(declared, saved, form), at=declared.leads_on(form))
    return shown_again(case_id, form, lambda: _page(declared, case, form, safely))


def _declared(slug: str) -> StepDeclaration:
    if slug not in BY_SLUG:
        abort(404)
    return BY_SLUG[slug]


def _rules(declared: StepDeclaration, opened: Opened) -> ContactRules | None:
    """Return the child's own rules of contact as they are now, where the step needs them."""
    return rules_in_words(safe_contact(opened)) if declared.shows_rules else None


def _page(
    declared: StepDeclaration, case: CaseFile, form: StepForm, safely: ContactRules | None
) -> str:
    return render_template(
        declared.template,
        page=declared,
        case=case,
        head=heading(case),
        form=form,
        may_write=declared.step in _SAY_WRITTEN and Step.WRITE_TO_CHILD in case.steps,
        may_name=Step.NAME_WORKER in case.steps,
        court_first=declared.step in _ENDS and blocks_closing(case.court.flag),
        safely=safely,
        tells_of_case=declared.step in _TELLS_OF_CASE,
    )


def _said(declared: StepDeclaration, saved: Saved, form: StepForm) -> str:
    """Return what was done; after a talk with the sum that it starts."""
    said = [str(declared.done)]
    if declared.step is Step.LOG_TALK and isinstance(form, TalkForm):
        if saved.still_theirs:
            with look(saved.id) as opened:
                clock = of_case(opened).clock
            said += [the_sum(clock)] if clock else []
        if not form.read_back.data:
            said.append(_("You have not read it back to the child yet."))
    return " ".join(said)

"""A child's safety: raise the alarm, and record what was decided."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.safety import Decision
from kids_feedback.domain.errors import DomainError
from kids_feedback.services.case.events import events_of
from kids_feedback.services.casework import safeguarding as service
from kids_feedback.services.errors import Incomplete, WordsNotOpened
from kids_feedback.services.reading.case_file import of_case
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case import history
from kids_feedback.web.staff.case.heading import heading
from kids_feedback.web.staff.case.loader import act, look, shown_again
from kids_feedback.web.staff.kit import forms, labels

_MUST = {
    "note": _l("Record to whom, what the child said, or why no more is needed"),
    "reason": _l("Say why the earlier decision is put right"),
}


class DecisionForm(OurForm):
    """What was done for the child. It needs no version: each decision is kept."""

    decision = forms.single_choice(
        _l("What was done?"), labels.DECISIONS, must=_l("Choose what was done")
    )
    note = forms.long_text(
        _l("To whom was it handed over, what did the child say, or why is no more needed?"),
        must=_MUST["note"],
    )
    reason = forms.long_text(_l("Why is the earlier decision put right?"))


@staff.get("/case/<case_id>/safety")
@guard.only(*guard.STAFF)
def safeguarding(case_id: str) -> ResponseReturnValue:
    """What to do now, who was told, and what was decided."""
    return _page(case_id, DecisionForm()), 200


@staff.post("/case/<case_id>/safety")
@guard.only(*guard.STAFF)
def start_safeguarding(case_id: str) -> ResponseReturnValue:
    """Raise the alarm: one press, recorded, and people on duty are told."""
    with act(case_id) as acting:
        service.start(acting, context.settings().watch)
    flash(_("The handover is recorded. Now phone the duty safeguarding lead."))
    return redirect(url_for("staff.safeguarding", case_id=case_id), code=303)


@staff.post("/case/<case_id>/safety/decision")
@guard.only(*guard.STAFF)
def decide_safeguarding(case_id: str) -> ResponseReturnValue:
    """Record what was decided, which ends the alarm; or put it right."""
    form, at = DecisionForm(), url_for("staff.safeguarding", case_id=case_id)
    if not form.validate():
        return shown_again(case_id, form, lambda: _page(case_id, form), at=at)
    try:
        with act(case_id) as acting:
            service.decide(
                acting,
                decision=Decision(form.decision.data),
                note=form.note.data,
                reason=form.reason.data,
            )
    except (Incomplete, WordsNotOpened) as error:
        _say(form, error)
        return shown_again(case_id, form, lambda: _page(case_id, form), at=at)
    flash(_("The decision is recorded."))
    return redirect(at, code=303)


def _say(form: DecisionForm, error: DomainError) -> None:
    if isinstance(error, Incomplete):
        for name in error.missing:
            form[name].errors = [_MUST[name]]
    else:
        form.form_errors.append(_("Open what the child said first."))


def _page(case_id: str, form: DecisionForm) -> str:
    with look(case_id) as opened:
        case, found = of_case(opened), service.safety_of(opened, context.settings().watch)
        lines = events_of(opened, Step.SAFEGUARDING, Step.DECIDE_SAFETY)
    if found.alarm is None or found.alarm.decision is None:
        del form.reason
    return render_template(
        "staff/case/safeguarding.html",
        case=case,
        head=heading(case),
        form=form,
        found=found,
        alarm=found.alarm,
        lines=history.newest_first(lines, {}),
    )

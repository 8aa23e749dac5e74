"""M15: a promise will be or is missed, so the child is told why, and a new day."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.promises import Moved, Owed, Promise
from kids_feedback.domain.errors import NotAllowedNow
from kids_feedback.services.casework import delay_notices
from kids_feedback.services.reading.case_file import CaseFile, of_case
from kids_feedback.web.kit import guard
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.heading import heading
from kids_feedback.web.staff.case.loader import look, onwards, take
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.dates import short_year
from kids_feedback.web.staff.kit.forms import choices_of
from kids_feedback.web.staff.steps import form_errors
from kids_feedback.web.staff.steps.delays import SAY_LATE, LateForm


@staff.get("/case/<case_id>/late")
@guard.only(*guard.STAFF)
def late(case_id: str) -> ResponseReturnValue:
    """Which promise, until when, and why."""
    case, form = _opened(case_id)
    form.seen.data = case.version
    return _page(case, form), 200


@staff.post("/case/<case_id>/late")
@guard.only(*guard.STAFF)
def say_late(case_id: str) -> ResponseReturnValue:
    """Show it as the child will see it; the button below that tells the child."""
    case, form = _opened(case_id)
    if request.form.get("go") == "tell":
        if saved := take(case_id, SAY_LATE, form):
            return onwards(saved, str(SAY_LATE.done))
        return _page(case, form), 422
    shown = _looked_at(case_id, form) if form.validate() else None
    return _page(case, form, shown), 200 if shown else 422


def _opened(case_id: str) -> tuple[CaseFile, LateForm]:
    with look(case_id) as opened:
        case = of_case(opened)
    form = LateForm()
    told = [each for each in case.owed if each.is_told]
    if not told:
        raise NotAllowedNow(step="say_late", state=case.stage)
    form.promise.choices = choices_of((each.promise, _named(each)) for each in told)
    return case, form


def _named(owed: Owed) -> str:
    return _("%(what)s, by %(day)s", what=labels.of(owed.promise), day=short_year(owed.told_on))


def _looked_at(case_id: str, form: LateForm) -> Moved | None:
    """Return what the child would be told, or write on the form why not (None)."""
    try:
        with look(case_id) as opened:
            return delay_notices.as_said(
                opened,
                promise=Promise(form.promise.data),
                new_on=form.new_on.data,
                reason=form.reason.data,
            )
    except form_errors.REFUSALS as error:
        form_errors.say(form, error)
        return None


def _page(case: CaseFile, form: LateForm, shown: Moved | None = None) -> str:
    return render_template(
        "staff/step_pages/delay_notice.html", case=case, head=heading(case), form=form, shown=shown
    )

"""A promise will be or is missed, so the child is told why, and a new day."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.promises import MovedPromise, OwedPromise, Promise
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.services.casework import delay_notices
from kids_feedback.services.reading.case_file import CaseFile, of_case
from kids_feedback.web.kit import guard
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.heading import heading
from kids_feedback.web.staff.case.loader import look, shown_again, take_or_show_again
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.dates import short_year
from kids_feedback.web.staff.kit.forms import choices_of
from kids_feedback.web.staff.steps import form_errors
from kids_feedback.web.staff.steps.delays import SEND_DELAY_NOTICE, DelayNoticeForm


@staff.get("/case/<case_id>/late")
@guard.only(*guard.STAFF)
def delay_notice(case_id: str) -> ResponseReturnValue:
    """Which promise, until when, and why."""
    return _page(*_opened(case_id)), 200


@staff.post("/case/<case_id>/late")
@guard.only(*guard.STAFF)
def send_delay_notice(case_id: str) -> ResponseReturnValue:
    """Show it as the child will see it; the button below that tells the child."""
    case, form = _opened(case_id)
    if request.form.get("go") == "tell":
        return take_or_show_again(case_id, SEND_DELAY_NOTICE, form, lambda: _page(case, form))
    shown = _looked_at(case_id, form) if form.validate() else None
    if shown is None:
        return shown_again(case_id, form, lambda: _page(case, form))
    return _page(case, form, shown), 200


def _opened(case_id: str) -> tuple[CaseFile, DelayNoticeForm]:
    with look(case_id) as opened:
        case = of_case(opened)
    form = DelayNoticeForm(data={"seen": case.version})
    told = [item for item in case.owed if item.is_told]
    if not told:
        raise StepNotOpen(step="say_late", state=case.stage)
    form.ask_of(case)
    form.promise.choices = choices_of((item.promise, _named(item)) for item in told)
    return case, form


def _named(owed: OwedPromise) -> str:
    return _("%(what)s, by %(day)s", what=labels.of(owed.promise), day=short_year(owed.told_on))


def _looked_at(case_id: str, form: DelayNoticeForm) -> MovedPromise | None:
    """Return what the child would be told, or write on the form why not (None)."""
    try:
        with look(case_id) as opened:
            return delay_notices.preview_delay_notice(
                opened,
                promise=Promise(form.promise.data),
                new_on=form.new_on.data,
                reason=form.reason.data,
            )
    except form_errors.REFUSALS as error:
        form_errors.say(form, error)
        return None


def _page(case: CaseFile, form: DelayNoticeForm, shown: MovedPromise | None = None) -> str:
    return render_template(
        "staff/step_pages/delay_notice.html", case=case, head=heading(case), form=form, shown=shown
    )

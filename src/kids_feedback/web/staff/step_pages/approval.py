"""The answer as the child will see it, and the Head of Practice's check."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.promises import Promise, owed_by
from kids_feedback.domain.people import Role
from kids_feedback.services.case.events import talks_of
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.reading import contact_rules
from kids_feedback.services.reading.case_file import of_case
from kids_feedback.web.kit import guard
from kids_feedback.web.kit.forms import not_right
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.heading import heading, place
from kids_feedback.web.staff.case.loader import (
    is_shown,
    look,
    onwards,
    shown_again,
    take,
    take_or_show_again,
)
from kids_feedback.web.staff.case.words import words_beside
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.forms import PlainForm
from kids_feedback.web.staff.steps.answering import (
    APPROVE,
    SEND_BACK,
    SUBMIT,
    ApprovalForm,
    SubmitForm,
)


@staff.get("/case/<case_id>/answer/preview")
@guard.only(*guard.STAFF)
def preview(case_id: str) -> ResponseReturnValue:
    """The answer as the child sees it."""
    return _page(case_id), 200


@staff.post("/case/<case_id>/answer/preview")
@guard.only(Role.HEAD_OF_PRACTICE, Role.LOCAL_MANAGER)
def check(case_id: str) -> ResponseReturnValue:
    """Submit what is saved; or say that it can go out, or send it back with a note."""
    go, form = request.form.get("go"), ApprovalForm()
    if go == "check":
        return _submitted(case_id)
    if go not in ("approve", "back"):  # nothing goes out to a child that nobody pressed for
        form.form_errors = [_("Press one of the two buttons: it can go out, or it goes back.")]
        return shown_again(case_id, form, lambda: _page(case_id, check=form))
    step, asked = (APPROVE, PlainForm()) if go == "approve" else (SEND_BACK, form)
    if saved := take(case_id, step, asked):
        return onwards(saved, str(step.done))
    form.form_errors, form.seen.errors = asked.form_errors, asked.seen.errors
    return shown_again(case_id, form, lambda: _page(case_id, check=form))


def _submitted(case_id: str) -> ResponseReturnValue:
    form = SubmitForm()
    return take_or_show_again(case_id, SUBMIT, form, lambda: _page(case_id, submit=form))


def _page(
    case_id: str, *, check: ApprovalForm | None = None, submit: SubmitForm | None = None
) -> str:
    with look(case_id) as opened:
        case, written = of_case(opened), answers.read(opened)
        wished, talks = contact_rules.requested_remedies(opened), talks_of(opened)
        beside = words_beside(opened)
    ways: dict[str, str] = {
        step.value: place(step, case.id)
        for step in (Step.WRITE, Step.DELIVER)
        if step in case.steps
    }
    seen = {"seen": case.version}
    check = check or ApprovalForm(data=seen, formdata=None)
    submit = submit or SubmitForm(data=seen, formdata=None)
    return render_template(
        "staff/step_pages/approval.html",
        case=case,
        head=heading(case),
        written=written,
        remedies=labels.remedies(wished),
        talks=talks,
        ways=ways,
        due_on=owed_by(case.owed, Promise.ANSWER),
        words=beside() if Step.APPROVE in case.steps else None,
        may_check=is_shown(case, Step.APPROVE, check),
        may_submit=is_shown(case, Step.SUBMIT, submit),
        form=not_right(check, submit),
        check=check,
        submit=submit,
    )

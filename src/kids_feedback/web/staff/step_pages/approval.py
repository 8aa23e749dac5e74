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
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.heading import heading, place
from kids_feedback.web.staff.case.loader import look, onwards, take
from kids_feedback.web.staff.case.words import words_beside
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.kit.forms import PlainForm, StepForm
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
    if request.form.get("go") == "check":
        return _submitted(case_id)
    form = ApprovalForm()
    step, asked = APPROVE, PlainForm()
    if request.form.get("go") == "back":
        step, asked = SEND_BACK, form
    if saved := take(case_id, step, asked):
        return onwards(saved, str(step.done))
    form.form_errors, form.seen.errors = asked.form_errors, asked.seen.errors
    return _page(case_id, form), 422


def _submitted(case_id: str) -> ResponseReturnValue:
    form = SubmitForm()
    if saved := take(case_id, SUBMIT, form):
        return onwards(saved, str(SUBMIT.done))
    return _page(case_id, form), 422


def _page(case_id: str, form: StepForm | None = None) -> str:
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
        may_check=Step.APPROVE in case.steps,
        submit=SubmitForm(data=seen, formdata=None) if Step.SUBMIT in case.steps else None,
        form=form or ApprovalForm(data=seen, formdata=None),
    )

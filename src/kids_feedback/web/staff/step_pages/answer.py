"""Writing the answer. Of two who save at once, the second sees both texts."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.case.answer import PARTS, to_edit, to_keep
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.errors import EditConflict
from kids_feedback.domain.people import Role
from kids_feedback.services.case.act import Saved
from kids_feedback.services.case.events import LoggedTalk, talks_of
from kids_feedback.services.casework import answers
from kids_feedback.services.casework.answers import AnswerDraft
from kids_feedback.services.reading import contact_rules
from kids_feedback.services.reading.case_file import CaseFile, of_case
from kids_feedback.web.kit import guard
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.heading import heading
from kids_feedback.web.staff.case.loader import look, onwards, open_at, take
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.steps.answering import SUBMIT, WRITE, AnswerForm

_CHECK, _PREVIEW = "check", "preview"  # what a button asks for; any other only saves


@staff.get("/case/<case_id>/answer")
@guard.only(Role.LOCAL_MANAGER)
def answer(case_id: str) -> ResponseReturnValue:
    """Show the form of the answer, with what is saved."""
    with look(case_id) as opened:
        case = open_at(opened, Step.WRITE)
        written = answers.read(opened)
        wished, talks = contact_rules.requested_remedies(opened), talks_of(opened)
    typed = {part: to_edit(kept) for part, kept in written.parts.items()}
    form = AnswerForm(data={"seen": case.version, **typed})
    return _page(case, written, wished, talks, form), 200


@staff.post("/case/<case_id>/answer")
@guard.only(Role.LOCAL_MANAGER)
def save_answer(case_id: str) -> ResponseReturnValue:
    """Save the answer; on request give it to be checked."""
    form, go = AnswerForm(), request.form.get("go", "")
    try:
        saved = take(case_id, SUBMIT if go == _CHECK else WRITE, form)
    except EditConflict:
        return _both_texts(case_id, form), 409
    if saved:
        return _saved(saved, go)
    with look(case_id) as opened:
        case = open_at(opened, Step.WRITE)
        written = answers.read(opened)
        wished, talks = contact_rules.requested_remedies(opened), talks_of(opened)
    return _page(case, written, wished, talks, form), 422


def _saved(saved: Saved, go: str) -> ResponseReturnValue:
    if go == _CHECK:
        return onwards(saved, str(SUBMIT.done))
    flash(str(WRITE.done))
    page = "staff.preview" if go == _PREVIEW else "staff.answer"
    return redirect(url_for(page, case_id=saved.id), code=303)


def _page(
    case: CaseFile,
    written: AnswerDraft,
    wished: tuple[str, ...],
    talks: tuple[LoggedTalk, ...],
    form: AnswerForm,
) -> str:
    return render_template(
        "staff/step_pages/answer.html",
        case=case,
        head=heading(case),
        written=written,
        remedies=labels.remedies(wished),
        talks=talks,
        form=form,
        parts=PARTS,
        may_send=Step.SUBMIT in case.steps,
    )


def _both_texts(case_id: str, form: AnswerForm) -> str:
    """Show what is kept beside what was typed; saving from here is saving over what was seen."""
    with look(case_id) as opened:
        case, written = of_case(opened), answers.read(opened)
    return render_template(
        "staff/step_pages/both_texts.html",
        case=case,
        head=heading(case),
        written=written,
        form=form,
        parts=PARTS,
        version=written.version,
        differs=_differing(written, form),
    )


def _differing(written: AnswerDraft, form: AnswerForm) -> frozenset[str]:
    typed = form.parts()
    saved = {part: to_keep(to_edit(written.parts[part])) for part in PARTS}
    return frozenset(part for part in PARTS if typed[part] != saved[part])

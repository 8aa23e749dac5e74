"""Writing the answer. Of two who save at once, the second sees both texts."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from kids_feedback.domain.case.answer import PARTS, to_edit, to_keep
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.promises import Promise, owed_by
from kids_feedback.domain.errors import EditConflict
from kids_feedback.domain.people import Role
from kids_feedback.services.case.act import Saved
from kids_feedback.services.case.events import talks_of
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.casework.answering.answers import AnswerDraft
from kids_feedback.services.reading import contact_rules
from kids_feedback.services.reading.case_file import of_case
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.translation import _
from kids_feedback.web.rendering.filters import clock
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.heading import heading
from kids_feedback.web.staff.case.loader import look, onwards, open_at, shown_again, take
from kids_feedback.web.staff.case.words import Words, open_words, words_beside
from kids_feedback.web.staff.kit import labels
from kids_feedback.web.staff.steps.answering import SUBMIT, WRITE, AnswerForm

_CHECK, _PREVIEW, _WORDS, _KEEP = "check", "preview", "words", "keep"  # what a button asks for


@staff.get("/case/<case_id>/answer")
@guard.only(Role.LOCAL_MANAGER)
def answer(case_id: str) -> ResponseReturnValue:
    """Show the form of the answer, with what is saved."""
    return _desk(case_id), 200


@staff.post("/case/<case_id>/answer")
@guard.only(Role.LOCAL_MANAGER)
def save_answer(case_id: str) -> ResponseReturnValue:
    """Save the answer, then do what was asked for: check it, go to another page, or nothing."""
    form, go = AnswerForm(), request.form.get("go", "")
    try:
        saved = take(case_id, SUBMIT if go == _CHECK else WRITE, form)
    except EditConflict:
        return _both_texts(case_id, form), 409
    if saved:
        return _saved(saved, go)
    if go == _KEEP:
        return _desk(case_id, form), 422  # nobody looks at it: the page itself asked, and goes on
    return shown_again(case_id, form, lambda: _desk(case_id, form))


def _saved(saved: Saved, go: str) -> ResponseReturnValue:
    if go == _KEEP:  # as it was typed, by the page itself
        return {"seen": saved.version, "said": _("Saved %(time)s", time=clock(context.now()))}
    if go == _CHECK:
        return onwards(saved, str(SUBMIT.done))
    if go == _WORDS:
        return _desk(saved.id, words=open_words(saved.id)), 200
    flash(str(WRITE.done))
    if go == _PREVIEW:
        return redirect(url_for("staff.preview", case_id=saved.id), code=303)
    there = go if _is_page(go) else url_for("staff.answer", case_id=saved.id)
    return redirect(there, code=303)


def _is_page(address: str) -> bool:
    """Say whether it is the address of a page of this site: a way from the desk is a button."""
    try:
        current_app.url_map.bind("").match(address, method="GET")
    except HTTPException:
        return False
    return address.startswith("/")


def _desk(case_id: str, form: AnswerForm | None = None, words: Words | None = None) -> str:
    with look(case_id) as opened:
        case = open_at(opened, Step.WRITE)
        written = answers.read(opened)
        wished, talks = contact_rules.requested_remedies(opened), talks_of(opened)
        beside = words_beside(opened)
    typed = {part: to_edit(kept) for part, kept in written.parts.items()}
    return render_template(
        "staff/step_pages/answer.html",
        case=case,
        head=heading(case),
        saves="desk",
        written=written,
        remedies=labels.remedies(wished),
        talks=talks,
        words=words or beside(),
        due_on=owed_by(case.owed, Promise.ANSWER),
        form=form or AnswerForm(data={"seen": case.version, **typed}, formdata=None),
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
        saves="desk",
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

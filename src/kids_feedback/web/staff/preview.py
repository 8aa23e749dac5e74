"""The answer as the child will see it, and the Head of Practice's check."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.people import Role
from kids_feedback.domain.procedure import Step
from kids_feedback.services import answers, at_hand
from kids_feedback.web import context, guard
from kids_feedback.web.staff import labels, refused
from kids_feedback.web.staff.face import staff
from kids_feedback.web.staff.forms import SeenForm, words
from kids_feedback.web.staff.heading import heading, place
from kids_feedback.web.staff.opening import moment, onwards, open_case
from kids_feedback.web.staff.wording import _


class CheckForm(SeenForm):
    """What should be better; nothing where it can go out."""

    note = words(
        _l("What should be better?"),
        hint=_l("Only if you send it back. The local manager sees it."),
    )


@staff.get("/case/<case_id>/answer/preview")
@guard.only(*guard.STAFF)
def preview(case_id: str) -> ResponseReturnValue:
    """The answer as the child sees it."""
    return _page(case_id), 200


@staff.post("/case/<case_id>/answer/preview")
@guard.only(Role.HEAD_OF_PRACTICE)
def check(case_id: str) -> ResponseReturnValue:
    """Say that the answer can go out, or send it back with a note."""
    form = CheckForm()
    if form.validate():
        try:
            return _checked(case_id, form)
        except refused.REFUSALS as error:
            refused.say(form, error)
    return _page(case_id, form), 422


def _checked(case_id: str, form: CheckForm) -> ResponseReturnValue:
    person, seen = guard.person(), form.seen.data
    with context.transaction() as db:
        if request.form.get("go") == "back":
            note = form.note.data or ""
            saved = answers.send_back(db, case_id, person, note=note, seen=seen, **moment(db))
            said = _("Saved. It is back with the local manager.")
        else:
            saved = answers.approve(db, case_id, person, seen=seen, **moment(db))
            said = _("Saved. The local manager gives it to the child next.")
    return onwards(saved, said)


def _page(case_id: str, form: CheckForm | None = None) -> str:
    with context.reading() as db:
        case = open_case(db, case_id)
        written = answers.read(db, case_id, guard.person())
        wished = at_hand.wished_for(db, case_id, guard.person())
    ways: dict[str, Any] = {
        step.value: place(step, case.id)
        for step in (Step.WRITE, Step.DELIVER)
        if step in case.steps
    }
    return render_template(
        "staff/preview.html",
        case=case,
        head=heading(case),
        written=written,
        remedies=labels.remedies(wished),
        ways=ways,
        may_check=Step.APPROVE in case.steps,
        form=form or CheckForm(data={"seen": case.version}),
    )

"""Lost secret words: new ones, shown once, after a check that is recorded."""

from flask import render_template
from flask.typing import ResponseReturnValue

from kids_feedback.domain.people import Role
from kids_feedback.services.casework.secret_words import replace_secret_words as give
from kids_feedback.services.reading.case_file import of_case
from kids_feedback.web.kit import context, guard
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.heading import heading
from kids_feedback.web.staff.case.loader import act, look, shown_again
from kids_feedback.web.staff.steps.child_replies import IdentityCheckForm

_WHO = (Role.HEAD_OF_PRACTICE, Role.LOCAL_MANAGER)


@staff.get("/case/<case_id>/new-words")
@guard.only(*_WHO)
def secret_words(case_id: str) -> ResponseReturnValue:
    """Say first how it was checked who the child is."""
    return _page(case_id)


@staff.post("/case/<case_id>/new-words")
@guard.only(*_WHO)
def replace_secret_words(case_id: str) -> ResponseReturnValue:
    """Make new words; the old ones die. They are on this page only."""
    form = IdentityCheckForm()
    if not form.validate():
        return shown_again(case_id, form, lambda: _page(case_id, form))
    with act(case_id, form) as acting:
        given = give(acting, checked=form.checked.data, words_key=context.settings().words_key)
        case = of_case(acting)
    return render_template(
        "staff/case/secret_words.html",
        case=case,
        head=heading(case),
        given=given,
        address=context.settings().reference.links["short_url"],
    )


def _page(case_id: str, form: IdentityCheckForm | None = None) -> str:
    with look(case_id) as opened:
        case = of_case(opened)
    form = form or IdentityCheckForm(data={"seen": case.version})
    return render_template("staff/case/secret_words.html", case=case, head=heading(case), form=form)

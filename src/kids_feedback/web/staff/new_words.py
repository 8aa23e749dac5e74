"""Lost words: new ones, shown once, after a check that is recorded."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.people import Role
from kids_feedback.services import new_words as service
from kids_feedback.web import context, guard
from kids_feedback.web.staff.face import staff
from kids_feedback.web.staff.forms import SeenForm, words
from kids_feedback.web.staff.heading import heading
from kids_feedback.web.staff.opening import moment, open_case

_WHO = (Role.HEAD_OF_PRACTICE, Role.LOCAL_MANAGER)


class CheckedForm(SeenForm):
    """How it was made sure that it is this child."""

    checked = words(
        _l("How did you make sure that it is this child?"),
        must=_l("Write how you made sure: it stays in the history"),
    )


@staff.get("/case/<case_id>/new-words")
@guard.only(*_WHO)
def new_words(case_id: str) -> ResponseReturnValue:
    """Say first how it was checked who the child is."""
    with context.reading() as db:
        case = open_case(db, case_id)
    form = CheckedForm(data={"seen": case.version})
    return render_template("staff/new_words.html", case=case, head=heading(case), form=form)


@staff.post("/case/<case_id>/new-words")
@guard.only(*_WHO)
def give_new_words(case_id: str) -> ResponseReturnValue:
    """Make new words; the old ones die. They are on this page only."""
    form = CheckedForm()
    if not form.validate():
        with context.reading() as db:
            case = open_case(db, case_id)
        page = render_template("staff/new_words.html", case=case, head=heading(case), form=form)
        return page, 422
    with context.transaction() as db:
        given = service.give_new_words(
            db,
            case_id,
            guard.person(),
            checked=form.checked.data,
            words_key=context.settings().words_key,
            seen=form.seen.data,
            **moment(db),
        )
        case = open_case(db, case_id)
    return render_template(
        "staff/new_words.html",
        case=case,
        head=heading(case),
        given=given,
        address=context.settings().reference.links["short_url"],
    )

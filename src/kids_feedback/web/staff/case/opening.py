"""The person outside the list is asked why they open a case, before anything of it is shown."""

import re
from contextlib import suppress

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.domain.people import Fallback
from kids_feedback.services.case.act import by_person_outside
from kids_feedback.services.casework.people import outside
from kids_feedback.web.kit import context, forms, guard, refused
from kids_feedback.web.kit.forms import Given
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.loader import moment
from kids_feedback.web.staff.steps.follow_ups import STANDS_IN, OpeningForm

_TAIL = re.compile(r"(?:/[\w-]+)*", re.ASCII)  # of the address of a page of the case


@staff.get("/case/<case_id>/why")
@guard.only(*guard.STAFF)
def reason(case_id: str) -> ResponseReturnValue:
    """Ask the person outside the list why they open a case that nobody else may have."""
    then = request.args.get("then") or refused.said("then")
    with context.reading() as db:
        asked = outside.is_asked(db, case_id, guard.person())
    return page(case_id, then=then) if asked else _onwards(case_id, then)


@staff.post("/case/<case_id>/why")
@guard.only(*guard.STAFF)
def say_why(case_id: str) -> ResponseReturnValue:
    """Keep the reason in the history of the case, and go on to where they were going."""
    form, then = OpeningForm(), request.form.get("then", "")
    with context.reading() as db:
        asked = outside.is_asked(db, case_id, guard.person())
    if asked and not form.validate():
        return forms.shown_again(form, lambda: page(case_id, form, then=then))
    if asked:
        with suppress(StepNotOpen), context.transaction() as db:  # it was pressed twice at once
            act = by_person_outside(db, case_id, guard.person(), moment(db))
            outside.say_why(act, reason=form.reason.data)
    return _onwards(case_id, then)


def page(
    case_id: str,
    form: OpeningForm | None = None,
    *,
    then: str = "",
    given: list[Given] | None = None,
) -> str:
    """Return the page that asks, and nothing of the case.

    Args:
        then: the tail of the address where they were going.
        given: what they sent somewhere else, to be given back.
    """
    return render_template(
        "staff/case/opening.html",
        case_id=case_id,
        form=form or OpeningForm(formdata=None),
        stands_in=STANDS_IN[Fallback.OUTSIDE],
        then=then,
        given=given or [],
    )


def tail_of(path: str, case_id: str) -> str:
    """Return what stands behind the address of the case in that of one of its pages."""
    return path.removeprefix(url_for("staff.case", case_id=case_id))


def _onwards(case_id: str, then: str) -> ResponseReturnValue:
    """Go on to a page of this case, and nowhere else, whatever the address says."""
    tail = then if _TAIL.fullmatch(then) else ""
    return redirect(url_for("staff.case", case_id=case_id) + tail, code=303)

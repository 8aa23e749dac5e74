"""What the child did since: seen, by whoever opens it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.services.casework import workflow
from kids_feedback.web.kit import guard
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case.loader import act


@staff.post("/case/<case_id>/news")
@guard.only(*guard.STAFF)
def open_follow_ups(case_id: str) -> ResponseReturnValue:
    """Keep that this person has seen what the child did since."""
    with act(case_id) as acting:
        workflow.open_follow_ups(acting)
    flash(_("Saved. It is not marked as new any more."))
    return redirect(url_for("staff.case", case_id=case_id), code=303)

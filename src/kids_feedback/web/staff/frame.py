"""What the frame of every staff page needs, and the page for a step that is not open."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.errors import NotAllowedNow
from kids_feedback.domain.people import Role
from kids_feedback.services.casefile import of_case
from kids_feedback.web import csrf, guard
from kids_feedback.web.forms import words_typed
from kids_feedback.web.staff.face import staff
from kids_feedback.web.staff.heading import heading
from kids_feedback.web.staff.messages import may_see
from kids_feedback.web.staff.opening import look
from kids_feedback.web.staff.wording import _


@staff.context_processor
def _of_every_page() -> dict[str, object]:
    if "person" not in g:
        return {}
    me = guard.person()
    sections = [(url_for("staff.queue"), _("What waits")), (url_for("staff.leaves"), _("Leaves"))]
    if may_see(me):
        sections.append((url_for("staff.messages"), _("Messages")))
    if me.role is Role.LOCAL_MANAGER:
        sections.append((url_for("staff.about_me"), _("About me")))
    if me.role is not Role.CUSTOMER_SERVICE:
        sections.append((url_for("devices.give"), _("Give to child")))
        sections.append((url_for("devices.devices"), _("Screens")))
    return {"sections": sections}


@staff.errorhandler(NotAllowedNow)
def _not_open(error: NotAllowedNow) -> ResponseReturnValue:
    """Say what comes first, and keep what was typed."""
    case_id = (request.view_args or {})["case_id"]
    if request.method in csrf.SAFE:
        flash(_("That can't be done now. Something else must come first, or it is done already."))
        return redirect(url_for("staff.case", case_id=case_id), code=303)
    with look(case_id) as opened:
        case = of_case(opened)
    page = render_template(
        "staff/not_open.html", case=case, head=heading(case), typed=words_typed()
    )
    return page, 409

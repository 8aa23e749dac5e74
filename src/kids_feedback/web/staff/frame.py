"""What the frame of every staff page needs, and what stands instead of a page that is not open."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.domain.people import Role
from kids_feedback.services.errors import ReasonNeeded
from kids_feedback.services.reading.case_file import of_case
from kids_feedback.web.kit import csrf, guard
from kids_feedback.web.kit.forms import given_back
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.case import opening
from kids_feedback.web.staff.case.heading import heading
from kids_feedback.web.staff.case.loader import look
from kids_feedback.web.staff.lists.outbox import may_see


@staff.context_processor
def _of_every_page() -> dict[str, object]:
    if "person" not in g:
        return {}
    me = guard.person()
    sections = [(url_for("staff.queue"), _("Queue")), (url_for("staff.leaves"), _("Leaves"))]
    if may_see(me):
        sections.append((url_for("staff.messages"), _("Messages")))
    if me.role in {Role.CUSTOMER_SERVICE, Role.HEAD_OF_PRACTICE}:
        sections.append((url_for("staff.how_we_did"), _("How we did")))
    if me.role is Role.HEAD_OF_PRACTICE:
        sections.append((url_for("record.accounts"), _("Account record")))
    if me.role is Role.LOCAL_MANAGER:
        sections.append((url_for("staff.about_me"), _("My profile")))
    if me.role is not Role.CUSTOMER_SERVICE:
        sections.append((url_for("devices.lend"), _("Lend this device")))
        sections.append((url_for("devices.devices"), _("Shared devices")))
    return {"sections": sections}


@staff.errorhandler(StepNotOpen)
def _not_open(error: StepNotOpen) -> ResponseReturnValue:
    """Say what comes first, and keep what was typed."""
    case_id = (request.view_args or {})["case_id"]
    if request.method in csrf.SAFE:
        flash(
            _(
                "This step is not open now. Another step must come first, or it has been done "
                "already."
            )
        )
        return redirect(url_for("staff.case", case_id=case_id), code=303)
    with look(case_id) as opened:
        case = of_case(opened)
    page = render_template(
        "staff/case/not_open.html", case=case, head=heading(case), given=given_back()
    )
    return page, 409


@staff.errorhandler(ReasonNeeded)
def _asked_why(error: ReasonNeeded) -> ResponseReturnValue:
    """Ask why they open the case, and keep where they were going, or what was typed."""
    here = opening.tail_of(request.path, error.case_id)
    if request.method in csrf.SAFE:
        return redirect(url_for("staff.reason", case_id=error.case_id, then=here or None), code=303)
    return opening.page(error.case_id, given=given_back()), 409

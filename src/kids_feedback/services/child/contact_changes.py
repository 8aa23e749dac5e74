"""A child changes how we get in touch, or who comes along. What was said before is replaced."""

from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.contact import Method, may_name_ourselves, safe_email
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.submission import Answers
from kids_feedback.services.case import case_state
from kids_feedback.services.case.act import Act
from kids_feedback.services.case.contact_promises import promise_contact
from kids_feedback.services.site import outbox


def change_contact(act: Act, *, method: Method, details: Answers, promises: Allowances) -> None:
    """Replace how we get in touch. Nothing more goes the old way, and no clock moves.

    What could not be sent to an address goes to the new one.

    Only a child who wanted no contact until now was never promised any: they are from today on.

    Args:
        details: all that was answered about contact, by the names of the child's pages.

    Raises:
        StepNotOpen: it is closed, or praise.
        CalendarGap: a day that is promised lies outside the calendar.

    Source: docs/procedure.md, paragraphs 10, 20, 27 and 29.
    """
    row = act.row
    act.take(Step.CHANGE_CONTACT)
    old_address = safe_email(row.method, row.contact or {})
    old_named = may_name_ourselves(row.contact or {})
    wanted_before = case_state.wants_contact(row)
    row.method, row.contact = method, dict(details) or None
    new_days = {}
    if not wanted_before and case_state.wants_contact(row):
        new_days = promise_contact(act, promises)
    address = safe_email(method, details)
    if address is None or (old_named and not may_name_ourselves(details)):
        outbox.withdraw(act.session, row.id)
    elif address != old_address:
        failed = outbox.failed_for(act.session, row.id)
        outbox.try_again(act.session, [message.id for message in failed], act.now)
    act.record(facts={"method": method.value, **new_days})


def change_supporter(act: Act, *, supporter: str, details: Answers) -> None:
    """Replace who comes along.

    Args:
        supporter: a code of the child's page: known, cafcass, help_find, no, not_sure.
        details: all that was answered about it, by the names of the child's pages.

    Raises:
        StepNotOpen: it is closed, or praise.

    Source: docs/procedure.md, paragraph 22.
    """
    act.take(Step.CHANGE_SUPPORTER)
    act.row.supporter, act.row.helper = supporter, dict(details) or None
    act.record()

"""Messages: those that do not get through or, in a demonstration, all that went out."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from kids_feedback.domain.people import Person, Role
from kids_feedback.services.site import outbox, sent_mail
from kids_feedback.web.kit import context, guard
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.kit import unsent


def may_see(person: Person) -> bool:
    """Say whether the page is there for this person: for everybody in a demonstration."""
    return context.settings().demo is not None or person.role is Role.CUSTOMER_SERVICE


@staff.get("/messages")
@guard.only(*guard.STAFF)
def messages() -> ResponseReturnValue:
    """Messages that are stuck or, in a demonstration, all that went out."""
    if not may_see(guard.person()):
        abort(404)
    folder = context.settings().demo
    if folder is not None:
        return render_template("staff/lists/sent_messages.html", letters=sent_mail.newest(folder))
    with context.reading() as db:
        stuck = outbox.stuck(db)
    return render_template(
        "staff/lists/outbox.html", stuck=[(message, unsent.reason(message)) for message in stuck]
    )


@staff.get("/messages/<message_id>")
@guard.only(*guard.STAFF)
def message(message_id: str) -> ResponseReturnValue:
    """One message of a demonstration. In earnest nobody reads what went out to somebody else."""
    folder = context.settings().demo
    if folder is None:
        abort(404)
    return render_template(
        "staff/lists/sent_message.html", letter=sent_mail.read(folder, message_id)
    )

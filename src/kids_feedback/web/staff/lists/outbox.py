"""Messages: those that do not get through or, in a demonstration, all that went out."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kids_feedback.domain.people import Person
from kids_feedback.services.casework import undelivered
from kids_feedback.services.casework.undelivered import StuckMessage
from kids_feedback.services.site import sent_mail
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.context import Session
from kids_feedback.web.kit.translation import _, ngettext
from kids_feedback.web.staff.blueprint import staff
from kids_feedback.web.staff.kit import unsent


def may_see(person: Person) -> bool:
    """Say whether the page is there for this person: for everybody in a demonstration."""
    return context.settings().demo is not None or undelivered.may_see_stuck(person)


def stuck_words(db: Session) -> str:
    """Return for a queue how many messages are stuck that this person looks after, or nothing."""
    me = guard.person()
    if context.settings().demo is not None or not undelivered.may_see_stuck(me):
        return ""
    count = len(undelivered.stuck_for(db, me))
    if not count:
        return ""
    return ngettext("One message is stuck", "%(num)d messages are stuck", count)


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
        stuck = undelivered.stuck_for(db, guard.person())
    return render_template(
        "staff/lists/outbox.html",
        stuck=[(item, _whom(item), unsent.reason(item.message)) for item in stuck],
    )


@staff.post("/messages/again")
@guard.only(*guard.STAFF)
def messages_again() -> ResponseReturnValue:
    """Try every message once more that is stuck."""
    with context.transaction() as db:
        count = undelivered.try_again(db, guard.person(), context.now())
    if count:
        flash(
            ngettext(
                "One message is being tried again.",
                "%(num)d messages are being tried again.",
                count,
            )
        )
    return redirect(url_for("staff.messages"), code=303)


def _whom(item: StuckMessage) -> str:
    if item.message.to_child:
        return _("The child")
    return item.to or _("Whoever has the case")


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

"""What goes out to a child: that there is something to read, and never what it is about."""

from kids_feedback.services.case.notifications import Notification
from kids_feedback.web.kit import context, languages, pairs
from kids_feedback.web.kit.translation import _


def message_waiting(language: str, named: bool) -> Notification:  # noqa: FBT001 - the service's order
    """Return the letter in the child's language. It names Cafcass only where the child said so."""
    known = {item.code for item in languages.offered()}
    spoken = language if language in known else "en"
    with pairs.speaking_alone(spoken):
        body = _(
            "You have a new message. Go to %(address)s and use your words.",
            address=context.settings().reference.links["short_url"],
        )
        subject = _("You have a new message from Cafcass") if named else _("You have a new message")
        return Notification(subject=subject, body=f"{body}\n", language=spoken)

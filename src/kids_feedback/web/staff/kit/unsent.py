"""Why a message did not get through, in words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from kids_feedback.services.site.mail_progress import Stuck
from kids_feedback.web.kit.text import Text
from kids_feedback.web.kit.translation import _

_REASONS: Mapping[str, Text] = {
    "address": _l("Mail can't go to that address"),
    "recipient": _l("The address was refused"),
    "data": _l("The message was refused"),
    "sender": _l("Our own sender was refused"),
    "connect": _l("The mail server refused us"),
    "cannot": _l("It can't be read or written"),
    "no": _l("No mail server is set up"),
    "nobody": _l("Nobody who may have it can be emailed"),
    "worker": _l("Sending it broke off each time"),
    "tls": _l("No safe connection to the mail server"),
    "timeout": _l("The mail server did not answer"),
    "unreachable": _l("The mail server can't be reached"),
}


def reason(message: Stuck) -> str:
    """Return why, without address or words."""
    code = (message.last_error or "").split(" ")[0].split("_")[0]
    return str(_REASONS.get(code) or _("It did not get through"))

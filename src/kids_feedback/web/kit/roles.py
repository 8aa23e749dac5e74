"""What each role is called, and where its work begins."""

from flask import current_app, url_for
from flask_babel import lazy_gettext as _l

from kids_feedback.domain.people import Role

NAMES = {
    Role.CUSTOMER_SERVICE: _l("Customer service"),
    Role.HEAD_OF_PRACTICE: _l("Head of Practice"),
    Role.LOCAL_MANAGER: _l("Local manager"),
    Role.BOARD_REVIEWER: _l("Board reviewer"),
    Role.BOARD_SECRETARY: _l("Board secretary"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
_HOMES = {
    Role.CUSTOMER_SERVICE: "staff.queue",
    Role.HEAD_OF_PRACTICE: "staff.queue",
    Role.LOCAL_MANAGER: "staff.queue",
    Role.BOARD_REVIEWER: "board.home",
    Role.BOARD_SECRETARY: "secretary.home",
    Role.ADMINISTRATOR: "people.people",
}


def home(role: Role) -> str:
    """Return the address where this role's work begins; one's own account if there is none."""
    there = _HOMES[role] in current_app.view_functions
    return url_for(_HOMES[role] if there else "account.home")

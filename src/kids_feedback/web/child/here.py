"""Where this screen is."""

from flask import session

from kids_feedback.web import screens


def office_here() -> str | None:
    """Return the code of the office that a kiosk stands in, or that a poster's code named.

    None where the screen does not know, as on a child's own phone.
    """
    screen = screens.current()
    here: str | None = screen.office if screen else session.get("office")
    return here

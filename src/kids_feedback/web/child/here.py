"""Where this screen is."""

from flask import session


def office_here() -> str | None:
    """Return the code of the office that a kiosk stands in, or that a poster's code named.

    None where the screen does not know, as on a child's own phone.
    """
    here: str | None = session.get("office")
    return here

"""In which office the child is, as far as the device or a poster tells."""

from kids_feedback.web.kit import shared_device
from kids_feedback.web.kit.sessions import visit


def office_here() -> str | None:
    """Return the code of the office that a kiosk stands in, or that a poster's code named.

    None where the screen does not know, as on a child's own phone.
    """
    screen = shared_device.current()
    return screen.office if screen else visit().office

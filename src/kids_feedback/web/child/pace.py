"""How much comes from one browser or shared screen: after that it waits, and keeps every word.

No browser is known by anything that outlives its visit, so this holds up nobody who leaves and
comes again. It is for who presses and presses; what others spend costs a child nothing.
"""

from datetime import datetime, timedelta

from kids_feedback.domain.brakes import Budget
from kids_feedback.services.site import budgets
from kids_feedback.web.kit import context, shared_device
from kids_feedback.web.kit.sessions import visit

_AN_HOUR = timedelta(hours=1)


def ready_at() -> datetime | None:
    """Return when one more can be sent from here; None: it can now."""
    now = context.now()
    wait = _budget().wait(_back_at(), now)
    return now + wait if wait else None


def count() -> None:
    """Count one that was sent from here."""
    now, screen = context.now(), shared_device.current()
    if screen is None:
        visit().sends_back_at = _budget().after(visit().sends_back_at, now)
        return
    with context.transaction() as db:
        budgets.spend(db, {_name(screen.id): _budget()}, now=now)


def _back_at() -> datetime | None:
    screen = shared_device.current()
    if screen is None:
        return visit().sends_back_at
    with context.reading() as db:
        return budgets.seen(db, _name(screen.id))


def _budget() -> Budget:
    """Return so many at once, and one more as often as makes them an hour's."""
    settings, shared = context.settings(), shared_device.current() is not None
    most = settings.sends_an_hour_shared if shared else settings.sends_an_hour
    return Budget(at_once=most, one_in=_AN_HOUR / most)


def _name(screen_id: str) -> str:
    return f"sends {screen_id}"

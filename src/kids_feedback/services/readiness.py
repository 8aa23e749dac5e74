"""What the site needs in order to do its work."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import CalendarGap, CannotOpen, DatabaseUnavailable, EditConflict
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.site import mail_progress
from kids_feedback.storage import schema
from kids_feedback.storage.db import free_space
from kids_feedback.storage.encryption import keys_in
from kids_feedback.storage.tables.case import PersonComplainedAbout
from kids_feedback.storage.tables.sentinel import Sentinel

REACH = timedelta(days=90)  # how far ahead answers may have to be promised


LEAST_SPACE = 64 * 1024 * 1024  # bytes: thousands of messages, so that there is time to act


class WrongKey(Exception):
    """The key file is not the one this database was sealed with, or lacks one of its keys."""


def check_key(session: Session) -> None:
    """Open the sentinel row, or make it in a database that has none yet.

    Raises:
        WrongKey: it does not open, so nothing else would; or by a key that is not there people are
            kept from what is about them.
    """
    kept = session.scalar(select(Sentinel))
    if kept is None:
        session.add(Sentinel(text="sealed"))
        session.flush()
    elif not (_opens(kept) and _keeps_everybody(session)):
        raise WrongKey


def can_write(begin: Callable[[], AbstractContextManager[Session]]) -> bool:
    """Say whether something could be kept for good just now; it waits as a child's words would."""
    try:
        with begin() as session:
            kept = session.scalar(select(Sentinel))
            if kept is not None:
                kept.text = kept.text
    except (DatabaseUnavailable, EditConflict, CannotOpen):
        return False
    return True


def has_space(engine: Engine) -> bool:
    """Say whether there is room for what will be kept, so far as can be told from here."""
    free = free_space(engine)
    return free is None or free >= LEAST_SPACE


def checked(
    session: Session, *, now: datetime, today: date, longest_wait: timedelta
) -> dict[str, bool]:
    """Return yes or no for each need.

    Args:
        longest_wait: how old the oldest waiting message may be.
    """
    kept = session.scalar(select(Sentinel))
    return {
        "database": True,
        "schema": schema.is_newest(session.connection()),
        "key": kept is not None and _opens(kept),
        "calendar": _reaches(session, today + REACH),
        "outbox": mail_progress.oldest_waiting_age(session, now) <= longest_wait,
    }


def _keeps_everybody(session: Session) -> bool:
    """Say whether each key is there by which somebody is found whom a case is about.

    Without it they would be let in. The first byte of a digest names its key.
    """
    numbers = select(func.substr(PersonComplainedAbout.person_key, 1, 1)).distinct()
    used = {bytes(number)[0] for number in session.scalars(numbers)}
    return used <= keys_in(session).by_number.keys()


def _opens(kept: Sentinel) -> bool:
    try:
        return kept.text is not None
    except CannotOpen:
        return False


def _reaches(session: Session, day: date) -> bool:
    try:
        working_days.calendar_now(session).is_working(day)
    except CalendarGap:
        return False
    return True

"""Where somebody signed in before: nobody who guesses from elsewhere can make them wait there."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kids_feedback.storage.db import add_missing
from kids_feedback.storage.encryption import keys_in
from kids_feedback.storage.tables.people import KnownPlace, PersonRow

LASTS = timedelta(days=90)  # since the last time


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where somebody is. Only keyed hashes are kept of it."""

    network: str = field(repr=False)
    browser: str = field(default="", repr=False)  # what its cookie holds; empty: it has none


def known(session: Session, email: str, place: Place) -> str | None:
    """Return by what the place is known to whoever has that address: its browser comes first.

    It takes the same work for an address that nobody has.
    """
    by = {
        digest: name
        for name, what in _parts(place).items()
        for digest in keys_in(session).digests(what, name)
    }
    wanted = (
        select(KnownPlace.digest)
        .join(PersonRow, PersonRow.id == KnownPlace.person_id)
        .where(PersonRow.email == email, KnownPlace.digest.in_(by))
    )
    found = {by[digest] for digest in session.scalars(wanted)}
    return next((name for name in _parts(place) if name in found), None)


def remember(session: Session, person_id: str, place: Place, *, today: date) -> None:
    """Remember that somebody signed in there, each time anew."""
    for name, what in _parts(place).items():
        digest = keys_in(session).digest(what, name)
        key = {"person_id": person_id, "digest": digest}
        add_missing(session, KnownPlace, [{**key, "last_on": today}])
        session.get_one(KnownPlace, (person_id, digest)).last_on = today
    session.flush()


def forget(session: Session, person_id: str) -> None:
    """Know no place any more: somebody else may have signed in there."""
    session.execute(delete(KnownPlace).where(KnownPlace.person_id == person_id))


def erase_old(session: Session, *, today: date) -> None:
    """Forget where nobody has signed in for long."""
    session.execute(delete(KnownPlace).where(KnownPlace.last_on < today - LASTS))


def _parts(place: Place) -> dict[str, bytes]:
    """Return what a place is known by, the surest first."""
    parts = {"browser": place.browser, "network": place.network}
    return {name: what.encode(errors="replace") for name, what in parts.items() if what}

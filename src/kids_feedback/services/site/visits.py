"""Visits (others say sessions): what the server remembers of a browser between two pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from kids_feedback.domain.child.shared_devices import RULES
from kids_feedback.services.site import tokens
from kids_feedback.storage.tables.visits import Visit

CHILD_IDLE, CHILD_WHOLE = timedelta(hours=2), timedelta(hours=24)
STAFF_IDLE, STAFF_WHOLE = timedelta(minutes=30), timedelta(hours=8)
SHARED_IDLE = max(rules.drop_after for rules in RULES.values())  # a child's, where others come next
PERSON, LABEL = "person", "visit"  # what services read of a state: whose it is, and which of theirs
_TOUCH = timedelta(minutes=1)  # a visit that only reads is noted as seen this often


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """A visit that is still alive."""

    state: dict[str, Any]
    stale: bool  # its last-seen instant wants writing


def recall(
    session: Session, token: str, *, now: datetime, shared: bool = False
) -> Remembered | None:
    """Return what is remembered under ``token``; None when unknown, idle too long or too old.

    Args:
        shared: a screen asks that others use too. What a child wrote on one is remembered there
            alone: not once it is a screen like any other again.

    Raises:
        CannotOpen: there is one, but its bytes were changed, or this host lacks its key.
    """
    row = session.get(Visit, _hash(token))
    if row is None or not _alive(row, now):
        return None
    if row.shared and not shared and row.person_id is None:
        return None
    state = dict(row.state or {})
    if state.get(PERSON) != row.person_id:  # of the two, only the row knows a person who is there
        state.pop(PERSON, None)
    return Remembered(state=state, stale=now - row.seen_at > _TOUCH)


def keep(
    session: Session,
    token: str,
    state: dict[str, Any],
    *,
    now: datetime,
    fresh: bool = True,
    shared: bool = False,
) -> None:
    """Remember ``state`` under ``token``; what it has under ``PERSON`` says whose it is.

    Args:
        fresh: the token was made just now. A visit that was ended meanwhile is not revived.
        shared: it is on a screen that others use too.
    """
    row = session.get(Visit, _hash(token))
    if row is None:
        if not fresh:
            return
        row = Visit(id=_hash(token), started_at=now, seen_at=now)
        session.add(row)
    row.state = state
    row.person_id = state.get(PERSON)
    row.seen_at = now
    row.shared = shared


def note_seen(session: Session, token: str, *, now: datetime) -> None:
    """Note that somebody is still there, and touch nothing else of the visit."""
    session.execute(update(Visit).where(Visit.id == _hash(token)).values(seen_at=now))


def leave(
    session: Session, token: str, state: dict[str, Any], *, now: datetime, shared: bool = False
) -> None:
    """Leave only ``state`` behind under an old token; nothing at all if it is empty."""
    if state:
        keep(session, token, state, now=now, fresh=False, shared=shared)
    else:
        forget(session, token)


def forget(session: Session, token: str) -> None:
    """Erase a visit and the draft in it."""
    session.execute(delete(Visit).where(Visit.id == _hash(token)))


def take(session: Session, token: str, *, now: datetime) -> dict[str, Any] | None:
    """Erase a visit and return what was remembered; of two who take it at once only one gets it."""
    found = recall(session, token, now=now, shared=True)
    gone = delete(Visit).where(Visit.id == _hash(token)).returning(Visit.id)
    return found.state if found and session.scalar(gone) else None


def erase_old(session: Session, *, now: datetime) -> None:
    """Erase the visits, drafts and all, whose time is up."""
    staff = Visit.person_id.is_not(None)
    child_shared = Visit.shared & Visit.person_id.is_(None)
    session.execute(
        delete(Visit).where(
            or_(
                Visit.seen_at < now - CHILD_IDLE,
                Visit.started_at < now - CHILD_WHOLE,
                child_shared & (Visit.seen_at < now - SHARED_IDLE),
                staff & (Visit.seen_at < now - STAFF_IDLE),
                staff & (Visit.started_at < now - STAFF_WHOLE),
            )
        )
    )


def _alive(row: Visit, now: datetime) -> bool:
    if row.person_id:
        idle, whole = STAFF_IDLE, STAFF_WHOLE
    else:
        idle, whole = SHARED_IDLE if row.shared else CHILD_IDLE, CHILD_WHOLE
    return now - row.seen_at <= idle and now - row.started_at <= whole


def _hash(token: str) -> str:
    """Return the id of a visit. Of its hash 88 bits are plenty."""
    return tokens.digest(token)[:22]

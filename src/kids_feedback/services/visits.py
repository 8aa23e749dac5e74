"""What the server remembers of a browser between two pages."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from kids_feedback.storage.visits import Visit

CHILD_IDLE, CHILD_WHOLE = timedelta(hours=2), timedelta(hours=24)
STAFF_IDLE, STAFF_WHOLE = timedelta(minutes=30), timedelta(hours=8)
_TOUCH = timedelta(minutes=1)  # a visit that only reads is noted as seen this often


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """A visit that is still alive."""

    state: dict[str, Any]
    stale: bool  # its last-seen instant wants writing


def new_token() -> str:
    """Return a fresh cookie value: 256 random bits."""
    return secrets.token_urlsafe(32)


def recall(session: Session, token: str, *, now: datetime) -> Remembered | None:
    """Return what is remembered under ``token``; None when unknown, idle too long or too old."""
    row = session.get(Visit, _hash(token))
    if row is None or not _alive(row, now):
        return None
    return Remembered(state=dict(row.state or {}), stale=now - row.seen_at > _TOUCH)


def keep(
    session: Session, token: str, state: dict[str, Any], *, now: datetime, fresh: bool = True
) -> None:
    """Remember ``state`` under ``token``; its key "person" says whose visit it is.

    Args:
        fresh: the token was made just now. A visit that was ended meanwhile is not revived.
    """
    row = session.get(Visit, _hash(token))
    if row is None:
        if not fresh:
            return
        row = Visit(id=_hash(token), started_at=now, seen_at=now)
        session.add(row)
    row.state = state
    row.person_id = state.get("person")
    row.seen_at = now


def leave(session: Session, token: str, state: dict[str, Any], *, now: datetime) -> None:
    """Leave only ``state`` behind under an old token; nothing at all if it is empty."""
    if state:
        keep(session, token, state, now=now, fresh=False)
    else:
        forget(session, token)


def forget(session: Session, token: str) -> None:
    """Erase a visit and the draft in it."""
    session.execute(delete(Visit).where(Visit.id == _hash(token)))


def erase_old(session: Session, *, now: datetime) -> None:
    """Erase the visits, drafts and all, whose time is up."""
    staff = Visit.person_id.is_not(None)
    session.execute(
        delete(Visit).where(
            or_(
                Visit.seen_at < now - CHILD_IDLE,
                Visit.started_at < now - CHILD_WHOLE,
                staff & (Visit.seen_at < now - STAFF_IDLE),
                staff & (Visit.started_at < now - STAFF_WHOLE),
            )
        )
    )


def _alive(row: Visit, now: datetime) -> bool:
    idle, whole = (STAFF_IDLE, STAFF_WHOLE) if row.person_id else (CHILD_IDLE, CHILD_WHOLE)
    return now - row.seen_at <= idle and now - row.started_at <= whole


def _hash(token: str) -> str:
    """Keep a hash, so that a stolen table opens no visit. 128 of its bits are plenty."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()[:22]

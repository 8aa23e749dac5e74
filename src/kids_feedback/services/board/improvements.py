"""What changed because of what children said, for everybody to read."""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import EditConflict, NotFound
from kids_feedback.domain.people import Person
from kids_feedback.services.errors import Incomplete
from kids_feedback.storage.tables.learning import ImprovementRow

LIMIT = 500  # characters of each of the two texts


@dataclass(frozen=True, kw_only=True)
class Improvement:
    """What children said, and what was done about it."""

    id: str
    said: str
    did: str
    shown_on: date | None  # None: children do not see it

    @property
    def mark(self) -> str:
        """What tells these two texts from any others, for ``show``."""
        return hashlib.sha256(f"{self.said}\0{self.did}".encode()).hexdigest()


def shown(session: Session) -> tuple[Improvement, ...]:
    """Return what children see, the newest first."""
    return tuple(improvement for improvement in every(session) if improvement.shown_on)


def every(session: Session) -> tuple[Improvement, ...]:
    """Return all that was written, what is not shown yet first, then the newest."""
    found = [_change(row) for row in session.scalars(select(ImprovementRow))]
    return tuple(
        sorted(
            found, key=lambda each: (each.shown_on or date.max, each.said, each.id), reverse=True
        )
    )


def one(session: Session, change_id: str) -> Improvement:
    """Return one.

    Raises:
        NotFound: no such.
    """
    return _change(_row(session, change_id))


def write(
    session: Session,
    person: Person,
    *,
    said: str,
    did: str,
    change_id: str | None = None,
    seen: str | None = None,
    key: str | None = None,
) -> str:
    """Keep both texts, and hide them until somebody has looked at them again; return the id.

    Args:
        said, did: in words for children, at most ``LIMIT`` characters, naming nobody.
        change_id: of the one that is written anew; None: another one.
        seen: the mark of what is written anew; None: of whatever is written there.
        key: of the form. Sent twice with the same texts, it writes one, whose id is the key.

    Raises:
        NotFound: no such.
        EditConflict: somebody else has written it anew since.
        Incomplete: one of the two is empty.
    """
    missing = tuple(name for name, text in (("said", said), ("did", did)) if not text.strip())
    if missing:
        raise Incomplete(missing=missing)
    kept = session.get(ImprovementRow, key) if key else None
    if kept is not None and (kept.said, kept.did) == (said, did):
        return kept.id  # the button was pressed twice
    row = ImprovementRow(**({"id": key} if key and kept is None else {}))
    if change_id:
        row = _row(session, change_id, to_write=True)
        if seen not in {None, _change(row).mark} and (row.said, row.did) != (said, did):
            raise EditConflict
    row.said, row.did, row.shown_on, row.written_by = said, did, None, person.id
    session.add(row)
    session.flush()
    return row.id


def show(session: Session, change_id: str, *, today: date, seen: str | None = None) -> None:
    """Let children see it.

    Args:
        seen: the mark of what somebody looked at; None: of whatever is written there.

    Raises:
        NotFound: no such.
        EditConflict: it was written anew since.
    """
    row = _row(session, change_id, to_write=True)
    if seen is not None and seen != _change(row).mark:
        raise EditConflict
    row.shown_on = today


def hide(session: Session, change_id: str) -> None:
    """Take it away from what children see.

    Raises:
        NotFound: no such.
    """
    _row(session, change_id).shown_on = None


def _row(session: Session, change_id: str, *, to_write: bool = False) -> ImprovementRow:
    """Return one; of two who write or show it at once the second waits."""
    found = None if "\0" in change_id else change_id
    row = session.get(ImprovementRow, found, with_for_update=to_write) if found else None
    if row is None:
        raise NotFound
    return row


def _change(row: ImprovementRow) -> Improvement:
    return Improvement(id=row.id, said=row.said, did=row.did, shown_on=row.shown_on)

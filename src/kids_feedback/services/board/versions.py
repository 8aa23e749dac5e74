"""Every version of a period's figures that the board could ever see, and taking one back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.board.figures import Figures, thaw
from kids_feedback.domain.board.half_years import HalfYear, Period
from kids_feedback.domain.errors import EditConflict, NotFound
from kids_feedback.domain.people import Person
from kids_feedback.services.errors import check_said
from kids_feedback.storage.tables import summaries
from kids_feedback.storage.tables.people import PersonRow
from kids_feedback.storage.tables.summaries import Summary, TakenBack

LONGEST_REASON = 500  # characters


@dataclass(frozen=True, kw_only=True)
class Taking:
    """That a version was taken back: when, by whom, and why."""

    at: datetime
    by: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Version:
    """One release of a period's figures, as the secretary reads it."""

    number: int  # 1, 2, … of those of its period
    figures: Figures
    released_at: datetime
    released_by: str
    taken_back: Taking | None = None  # None: the board sees it

    @property
    def period(self) -> Period:
        return self.figures.period


def every(session: Session) -> tuple[Version, ...]:
    """Return every version, the newest period first, and of each period its newest version."""
    stands, away = summaries.released(session), summaries.taken_back(session)
    names = _names(session)
    numbers = _newest_numbers(away)
    found = [
        *(_standing(row, numbers.get(row.ends, 0) + 1, names) for row in stands),
        *(_away(row, names) for row in away),
    ]
    return tuple(sorted(found, key=lambda each: (each.period.ends, each.number), reverse=True))


def released(session: Session) -> tuple[Version, ...]:
    """Return what the board sees, the newest first."""
    return tuple(version for version in every(session) if version.taken_back is None)


def put_right(session: Session) -> tuple[Period, ...]:
    """Return the periods that were taken back and not released again, the newest first."""
    known = every(session)
    stand = {version.period for version in known if version.taken_back is None}
    return tuple(dict.fromkeys(each.period for each in known if each.period not in stand))


def one(session: Session, ends: HalfYear, number: int) -> Version:
    """Return a version of the period that ends with a half-year.

    Raises:
        NotFound: there is no such.
    """
    for version in every(session):
        if (version.period.ends, version.number) == (ends, number):
            return version
    raise NotFound


def standing(session: Session, ends: HalfYear) -> Version:
    """Return the version that the board sees of the period that ends with a half-year.

    Raises:
        NotFound: it sees none.
    """
    for version in released(session):
        if version.period.ends == ends:
            return version
    raise NotFound


def take_back(
    session: Session, ends: HalfYear, person: Person, *, number: int, why: str, now: datetime
) -> None:
    """Take a period's figures away from the board, and keep what the board saw.

    Args:
        number: of the version that is meant.
        why: for the secretary to read; at most ``LONGEST_REASON`` characters.

    Raises:
        Incomplete: no reason was given.
        EditConflict: that version does not stand any more.

    Source: docs/procedure.md, paragraphs 51b and 74.
    """
    check_said(why=why)
    row = session.get(Summary, ends.code)
    if row is None or number != _newest_numbers(summaries.taken_back(session)).get(row.ends, 0) + 1:
        raise EditConflict
    session.add(
        TakenBack(
            ends=row.ends,
            number=number,
            payload=row.payload,
            digest=row.digest,
            released_at=row.released_at,
            released_by=row.released_by,
            taken_back_at=now,
            taken_back_by=person.id,
            why=why,
        )
    )
    session.delete(row)
    session.flush()


def _newest_numbers(away: list[TakenBack]) -> dict[str, int]:
    return {row.ends: row.number for row in away}  # in order: the last one stays


def _standing(row: Summary, number: int, names: Mapping[str, str]) -> Version:
    return Version(
        number=number,
        figures=thaw(row.payload),
        released_at=row.released_at,
        released_by=names[row.released_by],
    )


def _away(row: TakenBack, names: Mapping[str, str]) -> Version:
    return Version(
        number=row.number,
        figures=thaw(row.payload),
        released_at=row.released_at,
        released_by=names[row.released_by],
        taken_back=Taking(at=row.taken_back_at, by=names[row.taken_back_by], why=row.why or ""),
    )


def _names(session: Session) -> dict[str, str]:
    by = (Summary.released_by, TakenBack.released_by, TakenBack.taken_back_by)
    people = {person for column in by for person in session.scalars(select(column))}
    wanted = select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(people))
    return {person.id: person.name for person in session.execute(wanted)}

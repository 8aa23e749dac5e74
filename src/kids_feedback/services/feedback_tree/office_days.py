"""How the office was today: three taps, counted by office. Nothing leads to a child."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.board.half_years import HalfYear, half_year_of
from kids_feedback.domain.child.leaves import Tap
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Person
from kids_feedback.services.organisation.scope import offices_of
from kids_feedback.storage.tables.leaves import OfficeDay
from kids_feedback.storage.tables.people import Office


@dataclass(frozen=True, kw_only=True)
class OfficeTotals:
    """What children tapped about one office in one half-year."""

    office: str  # its name
    half_year: HalfYear
    friendly: Mapping[Tap, int]
    greeted: Mapping[Tap, int]
    on_time: Mapping[Tap, int]


def give(
    session: Session,
    office: str,
    key: str,
    *,
    friendly: Tap | None,
    greeted: Tap | None,
    on_time: Tap | None,
    today: date,
) -> None:
    """Keep what a child tapped, once: the same ``key`` again is the same child. No tap is nothing.

    Args:
        office: its code.
        key: random, of the form that sends.
        today: local day.

    Raises:
        NotFound: no such office.
    """
    if "\0" in office or session.get(Office, office) is None:
        raise NotFound
    if not (friendly or greeted or on_time):
        return
    if session.scalar(select(OfficeDay.id).where(OfficeDay.key == key)) is not None:
        return
    session.add(
        OfficeDay(
            office_code=office,
            key=key,
            given_on=half_year_of(today).first,
            friendly=friendly,
            greeted=greeted,
            on_time=on_time,
        )
    )
    session.flush()


def totals(session: Session, person: Person, *, today: date) -> tuple[OfficeTotals, ...]:
    """Return what was tapped about this person's offices, in whole half-years and the present one.

    Offices by name, each with its newest half-year first. Never less than a half-year so far, so
    that no single day, and so no single child, stands out.
    """
    wanted = select(Office.code, Office.name).where(offices_of(person))
    names = dict(session.execute(wanted.order_by(Office.name)).all())
    found = _found(session, list(names), today)
    return tuple(
        OfficeTotals(
            office=names[code],
            half_year=half_year,
            friendly=friendly,
            greeted=greeted,
            on_time=on_time,
        )
        for code in names
        for half_year, (friendly, greeted, on_time) in sorted(found[code].items(), reverse=True)
    )


def _found(
    session: Session, codes: list[str], today: date
) -> dict[str, dict[HalfYear, tuple[dict[Tap, int], ...]]]:
    """Return by office and half-year how often each answer was tapped, question by question."""
    taps = (OfficeDay.friendly, OfficeDay.greeted, OfficeDay.on_time)
    wanted = (
        select(OfficeDay.office_code, OfficeDay.given_on, *taps, func.count())
        .where(OfficeDay.office_code.in_(codes), OfficeDay.given_on <= today)
        .group_by(OfficeDay.office_code, OfficeDay.given_on, *taps)
    )
    found = {code: dict[HalfYear, tuple[dict[Tap, int], ...]]() for code in codes}
    for code, given_on, *tapped, count in session.execute(wanted):
        nothing = tuple(dict.fromkeys(Tap, 0) for _ in taps)
        sums = found[code].setdefault(half_year_of(given_on), nothing)
        for sum_, one in zip(sums, tapped, strict=True):
            if one:
                sum_[Tap(one)] += count
    return found

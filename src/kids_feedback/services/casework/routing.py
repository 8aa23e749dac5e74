"""Whose desk a message goes to: the area of the worker, the office or the town that a child named.

Where none of them says, the customer service team routes it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.submission import Kind, Submission
from kids_feedback.domain.people_names import Meant
from kids_feedback.domain.place_names import offices_meant
from kids_feedback.services.case import access
from kids_feedback.services.case.people import complained_about, workers
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.people import Office, PersonOffice


@dataclass(frozen=True)
class _Place:
    office: str | None
    area: str | None


def place(session: Session, row: Case, draft: Submission, *, now: datetime) -> None:
    """Give a new message its office and area, and bar whoever it may be about.

    Where none of the area's Heads of Practice may then see it, somebody stands in (``holders``).

    Source: docs/procedure.md, paragraphs 17, 31 and 32.
    """
    towns = _of_town(session, draft.town)
    meant = _bar(session, row, draft, towns, now=now)
    found = _place(session, draft, towns, meant)
    if found is not None:
        row.office_code, row.area_code = found.office, found.area
    bar_named(session, row, complained_about.telling(draft.statement))


def bar_meant(session: Session, row: Case, typed: str, *, now: datetime) -> None:
    """Keep out whom a typed name may mean where a case lies now."""
    areas = {row.area_code} if row.area_code else set[str]()
    _keep(session, row, workers.meant_by(session, typed, areas=areas, now=now))


def bar_named(session: Session, row: Case, told: Iterable[str]) -> None:
    """Keep out who could open a case and is named in what the child told. Praise bars nobody.

    Source: docs/procedure.md, paragraph 31 (ruling R21).
    """
    if row.kind is Kind.COMPLIMENT:
        return
    named = workers.named_in(session, told, area=row.area_code, own_name=row.name or "")
    _keep(session, row, Meant(possible=named))


def bar(session: Session, row: Case, draft: Submission, *, now: datetime) -> None:
    """Keep whom a child may mean, which takes the case out of their sight. Praise bars nobody.

    Source: docs/procedure.md, paragraph 31 (rulings R8 and R21).
    """
    _bar(session, row, draft, _of_town(session, draft.town), now=now)


def _bar(
    session: Session, row: Case, draft: Submission, towns: list[_Place], *, now: datetime
) -> Meant:
    named = [_office(session, draft.office), *towns]
    areas = {place.area for place in named if place and place.area}
    meant = workers.meant_by(session, draft.worker, areas=areas, now=now)
    if row.kind is not Kind.COMPLIMENT:
        _keep(session, row, meant)
    return meant


def _keep(session: Session, row: Case, meant: Meant) -> None:
    known = access.complained_about(session, row.id)
    session.add_all(
        PersonComplainedAbout(case_id=row.id, person_id=person, certain=person in meant.certain)
        for person in sorted(meant.everybody.difference(known))
    )
    session.flush()


def _place(session: Session, draft: Submission, towns: list[_Place], meant: Meant) -> _Place | None:
    """Return where it goes; None where customer service is to say.

    A town that fits two offices is left to them, and so is a town that fits none: only where the
    child named no place at all do those who are possibly meant say where it is.
    """
    if device := _office(session, draft.office):
        return device
    if worked := _of_people(session, meant.certain):
        return worked
    if draft.town.strip():
        return towns[0] if len(towns) == 1 else None
    return _of_people(session, meant.possible)


def _office(session: Session, code: str | None) -> _Place | None:
    office = session.get(Office, code) if code else None
    return _Place(office.code, office.area_code) if office else None


def _of_people(session: Session, people: Collection[str]) -> _Place | None:
    """Return the one place where all of them work; None where they work in several."""
    places = {
        (office, area)
        for office, area in session.execute(
            select(Office.code, Office.area_code)
            .join(PersonOffice, PersonOffice.office_code == Office.code)
            .where(PersonOffice.person_id.in_(people))
        )
    }
    if len(places) == 1:
        return _Place(*places.pop())
    areas = {area for _, area in places}
    return _Place(None, areas.pop()) if len(areas) == 1 else None


def _of_town(session: Session, town: str) -> list[_Place]:
    """Return every office that a town, or a postcode, leads to."""
    if not town.strip():
        return []
    offices = {office.code: office for office in session.scalars(select(Office))}
    known = {code: (item.name, *item.towns.splitlines()) for code, item in offices.items()}
    meant = sorted(offices_meant(town, known))
    return [_Place(code, offices[code].area_code) for code in meant]

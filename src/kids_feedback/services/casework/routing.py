"""Whose desk a message goes to: the area of the worker, the office or the town that a child named.

Where none of them says, the customer service team routes it.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.submission import Kind, Submission
from kids_feedback.services.organisation.names import folded
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.people import Office, PersonOffice, PersonRow


@dataclass(frozen=True)
class _Place:
    office: str | None
    area: str | None


def place(session: Session, row: Case, draft: Submission) -> None:
    """Give a new message its office and area, and bar whoever it may be about.

    Until staff say otherwise, everybody of the name the child gave may be the one complained
    about. Where none of the area's Heads of Practice may then see it, somebody stands in
    (``holders``).

    Source: docs/procedure.md, paragraphs 17, 31 and 32.
    """
    named = _named(session, draft.worker)
    if row.kind is not Kind.COMPLIMENT:
        session.add_all(
            PersonComplainedAbout(case_id=row.id, person_id=person.id) for person in named
        )
        session.flush()
    found = (
        _office(session, draft.office)
        or _of_people(session, named)
        or _of_town(session, draft.town)
    )
    if found is not None:
        row.office_code, row.area_code = found.office, found.area


def _named(session: Session, name: str) -> list[PersonRow]:
    if not folded(name):
        return []
    return list(
        session.scalars(
            select(PersonRow).where(PersonRow.folded == folded(name), PersonRow.closed_at.is_(None))
        )
    )


def _office(session: Session, code: str | None) -> _Place | None:
    office = session.get(Office, code) if code else None
    return _Place(office.code, office.area_code) if office else None


def _of_people(session: Session, named: list[PersonRow]) -> _Place | None:
    """Return the one place where all of that name work; None where they work in several."""
    places = {
        (office, area)
        for office, area in session.execute(
            select(Office.code, Office.area_code)
            .join(PersonOffice, PersonOffice.office_code == Office.code)
            .where(PersonOffice.person_id.in_([person.id for person in named]))
        )
    }
    if len(places) == 1:
        return _Place(*places.pop())
    areas = {area for _, area in places}
    return _Place(None, areas.pop()) if len(areas) == 1 else None


def _of_town(session: Session, town: str) -> _Place | None:
    wanted = folded(town)
    if not wanted:
        return None
    for office in session.scalars(select(Office).order_by(Office.code)):
        if wanted in {folded(item) for item in (office.name, *office.towns.splitlines())}:
            return _Place(office.code, office.area_code)
    return None

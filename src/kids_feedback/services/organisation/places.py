"""Areas and their offices. They come from the command line; no page changes them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import DomainError
from kids_feedback.services.organisation.names import folded
from kids_feedback.storage.tables.people import Area, Office


class CodeTaken(DomainError):
    """There is a place with that code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the code {code} is taken")
        self.code = code


class NoSuchPlace(DomainError):
    """No place has that code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no place has the code {code}")
        self.code = code


def add_area(session: Session, code: str, name: str) -> None:
    """Keep an area that a Head of Practice can answer for.

    Raises:
        CodeTaken: there is one with that code.
    """
    if session.get(Area, code) is not None:
        raise CodeTaken(code)
    session.add(Area(code=code, name=name))
    session.flush()


def add_office(
    session: Session, code: str, name: str, *, area: str, towns: Sequence[str] = ()
) -> None:
    """Keep an office of an area.

    Args:
        towns: as children may name them; they lead to this office, as its own name does.

    Raises:
        CodeTaken: there is one with that code.
        NoSuchPlace: there is no such area.
    """
    check_codes(session, areas=(area,))
    if session.get(Office, code) is not None:
        raise CodeTaken(code)
    session.add(Office(code=code, name=name, area_code=area, towns="\n".join(towns)))
    session.flush()


def names(session: Session) -> frozenset[str]:
    """Return what areas, offices and their towns are called."""
    towns = session.scalars(select(Office.towns))
    return frozenset(
        (
            *session.scalars(select(Area.name)),
            *session.scalars(select(Office.name)),
            *(town for each in towns for town in (each or "").split("\n") if town),
        )
    )


def office_name(session: Session, code: str) -> str:
    """Return what an office is called.

    Raises:
        NoSuchPlace: there is none with that code.
    """
    row = None if "\0" in code else session.get(Office, code)
    if row is None:
        raise NoSuchPlace(code)
    return row.name


def office_meant(session: Session, typed: str) -> str | None:
    """Return the code of the office that somebody means who types it from a poster.

    Capitals, accents, spaces, slashes, dots and hyphens do not matter. None where no office has
    that code, or more than one.
    """
    wanted = _bare(typed)
    found = [code for code in session.scalars(select(Office.code)) if _bare(code) == wanted]
    return found[0] if len(found) == 1 else None


def _bare(code: str) -> str:
    return "".join(sign for sign in folded(code) if sign.isalnum())


def check_codes(
    session: Session, *, areas: Iterable[str] = (), offices: Iterable[str] = ()
) -> None:
    """Check that each code belongs to an area or an office.

    Raises:
        NoSuchPlace: one does not.
    """
    for code in areas:
        if session.scalar(select(Area.code).where(Area.code == code)) is None:
            raise NoSuchPlace(code)
    for code in offices:
        if session.scalar(select(Office.code).where(Office.code == code)) is None:
            raise NoSuchPlace(code)

"""Who works in the demonstration, and where."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.safety import Shift
from kids_feedback.domain.people import Fallback, Person, Role
from kids_feedback.services.accounts import accounts, passwords, people
from kids_feedback.services.accounts.people import Particulars
from kids_feedback.services.casework.people import duty
from kids_feedback.services.organisation import places
from kids_feedback.storage.tables.people import PersonRow

_AREAS = (("east-midlands", "East Midlands"), ("yorkshire", "Yorkshire"))
_OFFICES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "leicester",
        "Leicester",
        "east-midlands",
        ("Loughborough", "Hinckley", "Melton Mowbray", "Market Harborough", "Coalville"),
    ),
    (
        "nottingham",
        "Nottingham",
        "east-midlands",
        ("Mansfield", "Newark", "Worksop", "Beeston", "Arnold"),
    ),
    (
        "derby",
        "Derby",
        "east-midlands",
        ("Chesterfield", "Ilkeston", "Buxton", "Matlock", "Long Eaton"),
    ),
    (
        "leeds",
        "Leeds",
        "yorkshire",
        ("Bradford", "Wakefield", "Huddersfield", "Halifax", "Pudsey"),
    ),
    (
        "york",
        "York",
        "yorkshire",
        ("Harrogate", "Scarborough", "Selby", "Whitby", "Malton"),
    ),
)
_NOBODY = "nobody-there.example"  # mail to it can go nowhere (RFC 2606)


@dataclass(frozen=True)
class _Part:
    """Somebody of the cast. Whoever they report to comes before them."""

    name: str
    role: Role | None = None
    areas: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    reports_to: str | None = None
    last_resort: Fallback | None = None

    @property
    def email(self) -> str:
        """Return where mail to them would go; nowhere, for a practitioner."""
        return f"{self.name.lower().replace(' ', '.')}@{_NOBODY}" if self.role else ""


HAZEL, ROWAN = "Hazel Quill", "Rowan Lantern"
MARLOW, JUNIPER, TANSY, ORLA = "Marlow Finch", "Juniper Slate", "Tansy Bell", "Orla Kestrel"
COSMO, FERN, SAFFRON = "Cosmo Wren", "Fern Alder", "Saffron Page"
BASIL, CLEMENTINE, LINDEN, IRIS = "Basil Thistle", "Clementine Frost", "Linden Marsh", "Iris Copper"
BRYONY, JASPER, MAPLE = "Bryony Hale", "Jasper Tide", "Maple Stone"

_PARTS = (
    _Part(COSMO, Role.CUSTOMER_SERVICE, last_resort=Fallback.LAST_RESORT),
    _Part(FERN, Role.CUSTOMER_SERVICE, last_resort=Fallback.LAST_RESORT),
    _Part(HAZEL, Role.HEAD_OF_PRACTICE, areas=("east-midlands",)),
    _Part(ROWAN, Role.HEAD_OF_PRACTICE, areas=("yorkshire",)),
    _Part(MARLOW, Role.LOCAL_MANAGER, offices=("leicester",), reports_to=HAZEL),
    _Part(JUNIPER, Role.LOCAL_MANAGER, offices=("derby", "nottingham"), reports_to=HAZEL),
    _Part(TANSY, Role.LOCAL_MANAGER, offices=("leeds",), reports_to=ROWAN),
    _Part(ORLA, Role.LOCAL_MANAGER, offices=("york",), reports_to=ROWAN),
    _Part("Remy Lark", Role.BOARD_REVIEWER),
    _Part(SAFFRON, Role.BOARD_SECRETARY),
    _Part("Ada Keys", Role.ADMINISTRATOR),
    _Part(BASIL, offices=("leicester",), reports_to=MARLOW),
    _Part(CLEMENTINE, offices=("leicester",), reports_to=MARLOW),
    _Part(LINDEN, offices=("nottingham",), reports_to=JUNIPER),
    _Part(IRIS, offices=("derby",), reports_to=JUNIPER),
    _Part(BRYONY, offices=("leeds",), reports_to=TANSY),
    _Part(JASPER, offices=("leeds",), reports_to=TANSY),
    _Part(MAPLE, offices=("york",), reports_to=ORLA),
)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Everybody, once they are in the database."""

    ids: Mapping[str, str]  # by name
    people: Mapping[str, Person]  # who signs in, by id

    def person(self, name: str) -> Person:
        return self.people[self.ids[name]]

    def head_of(self, area: str) -> Person:
        return next(value for value in self.people.values() if area in value.areas)


def hire(session: Session, shift: Shift) -> Cast:
    """Keep the areas, the offices and everybody who works there; the Heads have that duty shift."""
    for code, name in _AREAS:
        places.add_area(session, code, name)
    for code, name, area, towns in _OFFICES:
        places.add_office(session, code, name, area=area, towns=towns)
    ids: dict[str, str] = {}
    for part in _PARTS:
        row = PersonRow()
        people.put(session, row, _particulars(part, ids))
        row.last_resort = part.last_resort
        if part.last_resort:  # they count once they can sign in; here they do it by a link
            row.password_hash = passwords.hashed(secrets.token_hex())
        ids[part.name] = row.id
    for part in _PARTS:
        for area in part.areas:
            duty.put(session, ids[part.name], area, shift)
    known = {item_id: accounts.signed_in(session, item_id) for item_id in ids.values()}
    return Cast(ids=ids, people={item: person for item, person in known.items() if person})


def on_stage(session: Session) -> list[Person]:
    """Return who of the cast can sign in here, in the order of the cast."""
    found = []
    for part in _PARTS:
        row = select(PersonRow.id).where(PersonRow.email == (part.email or None))
        person = accounts.signed_in(session, session.scalar(row) or "")
        found += [person] if person else []
    return found


def _particulars(part: _Part, ids: Mapping[str, str]) -> Particulars:
    return Particulars(
        name=part.name,
        role=part.role,
        email=part.email,
        areas=frozenset(part.areas),
        offices=frozenset(part.offices),
        line_manager=ids[part.reports_to] if part.reports_to else None,
    )

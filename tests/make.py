"""Rows for tests: plain functions that add what a test says, and fill in what it does not.

Areas are "east" and "west"; an area or office that a row names is added with it.
"""

import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from kids_feedback.domain.case.clocks import Allowances, answer_clock, promised
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.hearings import HearingState
from kids_feedback.domain.case.identity import Identity
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.submission import AgeBand, Door, Kind, PassOn, Wish
from kids_feedback.domain.child.leaves import LeafState
from kids_feedback.domain.people import Person, Role
from kids_feedback.gateways.bank_holidays import calendar_of
from kids_feedback.services.case import case_state
from kids_feedback.services.organisation import shared_devices
from kids_feedback.services.site import tokens, visits
from kids_feedback.storage.tables.case import Case, Hearing, PersonComplainedAbout
from kids_feedback.storage.tables.learning import ImprovementRow
from kids_feedback.storage.tables.leaves import Leaf
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import Area, Office, PersonRow

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday, and where the ``clock`` fixture stands
LONDON = ZoneInfo("Europe/London")
CALENDAR = calendar_of({})
WORDS = {"what": "She never asked me what I wanted."}


def an_area(db: Session, code: str = "east") -> Area:
    area = db.get(Area, code)
    if area is None:
        area = Area(code=code, name=code.title())
        db.add(area)
        db.flush()
    return area


def an_office(db: Session, code: str = "eastham", *, area: str = "east", towns: str = "") -> Office:
    office = db.get(Office, code)
    if office is None:
        an_area(db, area)
        office = Office(code=code, name=code.title(), area_code=area, towns=towns)
        db.add(office)
        db.flush()
    return office


def a_person(
    db: Session,
    name: str = "Ada Moss",
    *,
    role: Role | None = None,
    areas: Iterable[str] | None = None,
    offices: Iterable[str] | None = None,
    line_manager: PersonRow | None = None,
    **columns: Any,
) -> PersonRow:
    """Add somebody who works here. Without a role they are a practitioner.

    A Head of Practice answers for area east, a local manager works in office eastham, unless said.
    """
    columns.setdefault("email", _an_address() if role else None)
    if areas is None:
        areas = ("east",) if role is Role.HEAD_OF_PRACTICE else ()
    if offices is None:
        offices = ("eastham",) if role is Role.LOCAL_MANAGER else ()
    row = PersonRow(
        name=name,
        folded=name.casefold(),
        role=role,
        line_manager_id=line_manager.id if line_manager else None,
        areas=[an_area(db, code) for code in areas],
        offices=[an_office(db, code) for code in offices],
        **columns,
    )
    db.add(row)
    db.flush()
    return row


def a_visit(db: Session, now: datetime = NOW, **state: Any) -> str:
    """Remember ``state`` of a browser, such as its language or look; return its cookie's value."""
    token = tokens.new()
    visits.keep(db, token, state, now=now)
    return token


def a_kiosk(db: Session, now: datetime = NOW, *, office: str = "eastham") -> str:
    """Make a screen a kiosk of an office; return what its cookie holds."""
    an_office(db, office)
    by = person_of(a_person(db, "Ida Installer", role=Role.ADMINISTRATOR))
    return shared_devices.register(db, by, office=office, name="Desk", now=now)


def a_message(db: Session, to: str, at: datetime = NOW, **columns: Any) -> Message:
    """Add a message as all were once: it knows where it goes, and not whom it is for."""
    words = {"subject": "A message", "body": "Please look.", "created_at": at, "not_before": at}
    row = Message(to=to, **{**words, **columns})
    db.add(row)
    db.flush()
    return row


def person_of(row: PersonRow) -> Person:
    """Return a signed-in person as services know them."""
    assert row.role is not None, f"{row.name} never signs in"
    return Person(
        id=row.id,
        name=row.name,
        role=row.role,
        leads=_led_by(row),
        areas=frozenset(area.code for area in row.areas),
        offices=frozenset(office.code for office in row.offices),
    )


def _led_by(row: PersonRow) -> frozenset[str]:
    session = object_session(row)
    if session is None:
        return frozenset()  # read in a session that is over
    return frozenset(session.scalars(select(PersonRow.id).filter_by(line_manager_id=row.id)))


def a_complaint(db: Session, **columns: Any) -> Case:
    """Add a complaint, by default received in area east on Monday 2 March 2026.

    The child was found in the case file, unless ``identity`` says otherwise.
    """
    return some_feedback(
        db,
        **{
            "identity": Identity.FOUND,
            "identity_on": NOW.date(),
            "door": Door.WRONG,
            "kind": Kind.COMPLAINT,
            "wish": Wish.LOOK_INTO,
            "topics": ["not_listened"],
            "primary_topic": "not_listened",
            **columns,
        },
    )


def a_note(db: Session, **columns: Any) -> Case:
    """Add what a child only wanted somebody to know."""
    return a_complaint(db, **{"kind": Kind.NOTE, "wish": Wish.JUST_KNOW, **columns})


def a_compliment(db: Session, **columns: Any) -> Case:
    """Add praise that may be passed on with the child's name."""
    return some_feedback(
        db,
        **{
            "door": Door.GOOD,
            "kind": Kind.COMPLIMENT,
            "pass_on": PassOn.WITH_NAME,
            "topics": [],
            **columns,
        },
    )


def a_leaf(
    db: Session, *, office: str | None = "eastham", area: str = "east", **columns: Any
) -> Leaf:
    """Add a leaf for an office's tree, by default one that waits to be checked."""
    plain = {
        "shape": "oak",
        "picture": "sun",
        "words": "They were kind to me",
        "public": True,
        "state": LeafState.WAITING,
        "left_on": NOW.date(),
        "key": secrets.token_urlsafe(16),
    }
    row = Leaf(
        office_code=an_office(db, office, area=area).code if office else None,
        **{**plain, **columns},
    )
    db.add(row)
    db.flush()
    return row


def a_change(db: Session, **columns: Any) -> ImprovementRow:
    """Add what changed because of what children said; by default children see it."""
    if "written_by" not in columns:
        columns["written_by"] = a_person(db, "Saffron Page", role=Role.BOARD_SECRETARY).id
    plain = {
        "said": "The waiting room was cold.",
        "did": "There is a heater now.",
        "shown_on": NOW.date(),
    }
    row = ImprovementRow(**{**plain, **columns})
    db.add(row)
    db.flush()
    return row


def some_feedback(
    db: Session,
    *,
    area: str | None = "east",
    office: str | None = None,
    manager: PersonRow | None = None,
    about: Iterable[PersonRow] = (),
    received_at: datetime = NOW,
    hearings: Iterable[Hearing] = (),
    **columns: Any,
) -> Case:
    """Add one child's feedback, with the promises and the next step that follow from the rest.

    Nobody is to find out about the court, unless ``court_asked_on`` says from when on.
    """
    if area:
        an_area(db, area)
    row = Case(
        area_code=area,
        office_code=an_office(db, office, area=area or "east").code if office else None,
        manager_id=manager.id if manager else None,
        **{**_plain_columns(received_at.astimezone(LONDON).date()), **columns},
    )
    row.meeting_on = row.meeting_at.date() if row.meeting_at else None
    for number, hearing in enumerate(hearings, start=1):
        hearing.number = number
        row.hearings.append(hearing)
    if row.court_asked_on:
        row.court_by = CALENDAR.add(row.court_asked_on, Allowances().court)
    if row.stage is not Stage.RECEIVED and row.kind is not Kind.COMPLIMENT:
        row.acknowledged_on = row.acknowledged_on or row.received_on
    if row.talk_on and row.answer_by is None:
        case_state.keep_sum(row, answer_clock(row.talk_on, CALENDAR))
    if "next_step" not in columns:
        case_state.restate(row, today=row.received_on, calendar=CALENDAR)
    db.add(row)
    db.flush()
    db.add_all(PersonComplainedAbout(case_id=row.id, person_id=person.id) for person in about)
    db.flush()
    return row


def a_hearing(hearing_on: date, known_on: date = date(2026, 3, 2), **columns: Any) -> Hearing:
    """Return a hearing that is listed, for the case that it is given to."""
    return Hearing(
        **{"state": HearingState.LISTED, "hearing_on": hearing_on, "known_on": known_on, **columns}
    )


def _plain_columns(received_on: date) -> dict[str, Any]:
    promised_days = promised(received_on, Allowances(), CALENDAR)
    return {
        "key": secrets.token_urlsafe(16),
        "fingerprint": secrets.token_bytes(32),
        "age_band": AgeBand.TWELVE_TO_FOURTEEN,
        "method": Method.HERE,
        "needs": [],
        "share": False,
        "language": "en",
        "look": "words",
        "stage": Stage.RECEIVED,
        "name": "Robin",
        "statement": WORDS,
        "received_on": received_on,
        **{case_state.STORED_IN[promise]: day for promise, day in promised_days.items()},
        "court_by": None,
    }


def _an_address() -> str:
    return f"somebody-{secrets.token_hex(4)}@example.org"

"""Kiosks and tablets that were handed over: who makes them, who closes them, what is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.child.shared_devices import DeviceKind
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.errors import Incomplete
from kids_feedback.services.organisation import shared_devices
from kids_feedback.storage.tables.shared_devices import Device
from tests.make import NOW, a_person, an_office, person_of

HOUR, MOMENT = timedelta(minutes=60), timedelta(seconds=1)


@pytest.fixture
def manager(db: Session) -> Person:
    an_office(db, "westham", area="west")
    return person_of(a_person(db, "Mo Manager", role=Role.LOCAL_MANAGER))


def a_kiosk(db: Session, person: Person, name: str = "Reception") -> str:
    return shared_devices.register(db, person, office="eastham", name=name, now=NOW)


def only_row(db: Session) -> Device:
    return db.scalars(select(Device)).one()


def test_a_kiosk_is_recognised_by_what_its_cookie_holds_and_by_nothing_else(
    db: Session, manager: Person
) -> None:
    token = a_kiosk(db, manager)
    found = shared_devices.recognise(db, token, now=NOW + timedelta(days=900))
    assert found is not None
    assert (found.kind, found.office) == (DeviceKind.KIOSK, "eastham")
    for guess in ("", "kiosk", found.id, only_row(db).digest, token[:-1], "a\0b", "\ud800"):
        assert shared_devices.recognise(db, guess, now=NOW) is None


def test_only_a_hash_of_the_cookie_is_kept(db: Session, manager: Person) -> None:
    token = a_kiosk(db, manager)
    row = only_row(db)
    assert token not in {row.id, row.digest, row.name}
    assert row.made_by == manager.id


def test_a_closed_kiosk_is_a_screen_like_any_other(db: Session, manager: Person) -> None:
    token = a_kiosk(db, manager)
    shared_devices.close(db, manager, only_row(db).id, now=NOW)
    assert shared_devices.recognise(db, token, now=NOW) is None
    assert shared_devices.kiosks(db, manager) == ()
    shared_devices.close(db, manager, only_row(db).id, now=NOW + HOUR)
    assert only_row(db).closed_at == NOW


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.LOCAL_MANAGER, ["Eastham"]),
        (Role.HEAD_OF_PRACTICE, ["Eastby", "Eastham"]),
        (Role.ADMINISTRATOR, ["Eastby", "Eastham", "Westham"]),
        (Role.BOARD_REVIEWER, []),
        (Role.BOARD_SECRETARY, []),
    ],
)
def test_people_see_the_kiosks_of_their_own_offices(
    db: Session, role: Role, seen: list[str]
) -> None:
    administrator = person_of(a_person(db, role=Role.ADMINISTRATOR))
    person = person_of(a_person(db, role=role))
    for code, area in (("eastham", "east"), ("eastby", "east"), ("westham", "west")):
        an_office(db, code, area=area)
        shared_devices.register(db, administrator, office=code, name="Desk", now=NOW)
    assert [kiosk.office for kiosk in shared_devices.kiosks(db, person)] == seen
    assert [name for _, name in shared_devices.offices(db, person)] == seen


def test_nobody_makes_or_closes_a_kiosk_elsewhere(db: Session, manager: Person) -> None:
    elsewhere = person_of(a_person(db, role=Role.LOCAL_MANAGER, offices=["westham"]))
    a_kiosk(db, manager)
    for office in ("eastham", "nowhere", "a\0b"):
        with pytest.raises(NotFound):
            shared_devices.register(db, elsewhere, office=office, name="Desk", now=NOW)
        with pytest.raises(NotFound):
            shared_devices.hand_over(db, elsewhere, office=office, now=NOW)
    for kiosk_id in (only_row(db).id, "none-such", "a\0b"):
        with pytest.raises(NotFound):
            shared_devices.close(db, elsewhere, kiosk_id, now=NOW)
    assert only_row(db).closed_at is None


@pytest.mark.parametrize("name", ["", "x" * 81])
def test_a_kiosk_has_a_name_that_fits(db: Session, manager: Person, name: str) -> None:
    with pytest.raises(Incomplete):
        a_kiosk(db, manager, name)


def test_a_tablet_is_in_a_childs_hands_for_an_hour_and_nobody_knows_whose_it_is(
    db: Session, manager: Person
) -> None:
    token = shared_devices.hand_over(db, manager, office="eastham", now=NOW)
    assert (only_row(db).made_by, only_row(db).name) == (None, "")
    found = shared_devices.recognise(db, token, now=NOW + HOUR - MOMENT)
    assert found is not None
    assert (found.kind, found.office) == (DeviceKind.LENT, "eastham")
    assert shared_devices.recognise(db, token, now=NOW + HOUR) is None
    assert shared_devices.kiosks(db, manager) == ()


def test_a_tablet_that_is_taken_back_leaves_nothing(db: Session, manager: Person) -> None:
    token = shared_devices.hand_over(db, manager, office="eastham", now=NOW)
    with pytest.raises(NotFound):
        shared_devices.close(db, manager, only_row(db).id, now=NOW)
    shared_devices.take_back(db, only_row(db).id, now=NOW)
    assert shared_devices.recognise(db, token, now=NOW) is None
    assert db.scalars(select(Device)).all() == []


def test_what_was_handed_over_long_ago_is_forgotten(db: Session, manager: Person) -> None:
    for minutes in (0, 30, 61):
        shared_devices.hand_over(
            db, manager, office="eastham", now=NOW + timedelta(minutes=minutes)
        )
    assert len(db.scalars(select(Device)).all()) == 2


def test_signing_in_does_not_end_a_kiosk(db: Session, manager: Person) -> None:
    token = a_kiosk(db, manager)
    shared_devices.take_back(db, only_row(db).id, now=NOW)
    assert shared_devices.recognise(db, token, now=NOW) is not None


def test_a_demonstration_has_a_kiosk_once_it_has_an_office(db: Session) -> None:
    with pytest.raises(NotFound):
        shared_devices.register_demonstration(db, now=NOW)
    an_office(db)
    token = shared_devices.register_demonstration(db, now=NOW)
    assert shared_devices.recognise(db, token, now=NOW) is not None

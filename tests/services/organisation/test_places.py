"""Areas and their offices, as the command line adds them."""

import pytest
from sqlalchemy.orm import Session

from kids_feedback.services.organisation import places
from kids_feedback.services.organisation.places import CodeTaken, NoSuchPlace
from kids_feedback.storage.tables.people import Area, Office


@pytest.fixture(autouse=True)
def eastham(db: Session) -> None:
    places.add_area(db, "east", "East of England")
    places.add_office(db, "eastham", "Eastham", area="east", towns=("Little Ham", "Hamwick"))


def test_an_office_belongs_to_its_area_and_knows_its_towns(db: Session) -> None:
    assert db.get_one(Area, "east").name == "East of England"
    office = db.get_one(Office, "eastham")
    assert (office.name, office.area_code) == ("Eastham", "east")
    assert office.towns.splitlines() == ["Little Ham", "Hamwick"]


def test_an_office_needs_no_towns(db: Session) -> None:
    places.add_office(db, "westham", "Westham", area="east")
    assert db.get_one(Office, "westham").towns == ""


def test_a_code_is_given_once(db: Session) -> None:
    with pytest.raises(CodeTaken, match="the code east is taken") as area:
        places.add_area(db, "east", "Another East")
    with pytest.raises(CodeTaken, match="the code eastham is taken") as office:
        places.add_office(db, "eastham", "Another Eastham", area="east")
    assert (area.value.code, office.value.code) == ("east", "eastham")
    assert places.office_name(db, "eastham") == "Eastham"


def test_an_office_of_no_area_is_not_kept(db: Session) -> None:
    with pytest.raises(NoSuchPlace, match="no place has the code west") as refused:
        places.add_office(db, "westham", "Westham", area="west")
    assert refused.value.code == "west"
    assert db.get(Office, "westham") is None


@pytest.mark.parametrize("code", ["nowhere", "", "east", "east\0ham"])
def test_an_office_that_is_not_there_has_no_name(db: Session, code: str) -> None:
    with pytest.raises(NoSuchPlace) as refused:
        places.office_name(db, code)
    assert refused.value.code == code


def test_codes_pass_when_each_is_a_place_of_its_kind(db: Session) -> None:
    places.check_codes(db)
    places.check_codes(db, areas=("east",), offices=("eastham",))


@pytest.mark.parametrize(
    ("areas", "offices", "wrong"),
    [
        (("east", "west"), (), "west"),
        (("eastham",), (), "eastham"),
        ((), ("eastham", "westham"), "westham"),
        ((), ("east",), "east"),
    ],
    ids=["no area", "an office for an area", "no office", "an area for an office"],
)
def test_a_code_of_no_place_is_named(
    db: Session, areas: tuple[str, ...], offices: tuple[str, ...], wrong: str
) -> None:
    with pytest.raises(NoSuchPlace) as refused:
        places.check_codes(db, areas=areas, offices=offices)
    assert refused.value.code == wrong

"""Administrators and the people they look after."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Role
from kids_feedback.services.accounts import accounts, directory, people
from kids_feedback.services.accounts.directory import DirectoryFilter
from kids_feedback.services.accounts.people import EmailTaken, OwnAccount, Particulars
from kids_feedback.services.errors import Incomplete
from kids_feedback.services.site import visits
from tests import make
from tests.conftest import SetClock
from tests.services.accounts.newcomers import an_administrator, sign_in, somebody

BO = Particulars(
    name="Bo Reed",
    role=Role.LOCAL_MANAGER,
    email="bo@example.org",
    offices=frozenset({"eastham"}),
)


def test_a_new_person_is_listed_as_invited(db: Session) -> None:
    administrator = an_administrator(db)
    make.an_office(db)
    people.add(db, administrator, BO)
    listing = directory.listed(db, administrator, show=DirectoryFilter.SIGNING_IN)
    assert [(person.name, person.places, person.invited) for person in listing.people] == [
        ("Alma Administrator", (), True),
        ("Bo Reed", ("Eastham",), True),
    ]
    assert not listing.more


def test_a_list_has_fifty_names_a_page(db: Session) -> None:
    administrator = an_administrator(db)
    for number in range(51):
        make.a_person(db, f"Practitioner {number:02}")
    first = directory.listed(db, administrator, show=DirectoryFilter.PRACTITIONERS)
    second = directory.listed(db, administrator, show=DirectoryFilter.PRACTITIONERS, page=2)
    assert (len(first.people), first.more) == (50, True)
    assert [person.name for person in second.people] == ["Practitioner 50"]


def test_places_that_do_not_fit_the_role_are_not_kept(db: Session) -> None:
    administrator = an_administrator(db)
    make.an_office(db)
    new = replace(BO, areas=frozenset({"east"}))
    person_id, _ = people.add(db, administrator, new)
    assert directory.details(db, administrator, person_id).particulars == BO


@pytest.mark.parametrize(
    ("new", "missing"),
    [
        (replace(BO, offices=frozenset()), "offices"),
        (replace(BO, role=Role.HEAD_OF_PRACTICE), "areas"),
        (replace(BO, email="bo"), "email"),
    ],
)
def test_a_role_needs_its_place_and_address(db: Session, new: Particulars, missing: str) -> None:
    with pytest.raises(Incomplete) as refused:
        people.add(db, an_administrator(db), new)
    assert refused.value.missing == (missing,)


def test_a_practitioner_has_no_address_and_never_signs_in(db: Session) -> None:
    administrator = an_administrator(db)
    make.an_office(db)
    person_id, _ = people.add(db, administrator, replace(BO, role=None))
    assert directory.details(db, administrator, person_id).particulars.email == ""
    assert accounts.signed_in(db, person_id) is None


def test_a_practitioner_who_becomes_a_manager_stays_the_same_person(db: Session) -> None:
    administrator = an_administrator(db)
    make.an_office(db)
    row = make.a_person(db, "Bo Reed", offices=("eastham",))
    people.change(db, administrator, row.id, BO)
    details = directory.details(db, administrator, row.id)
    assert (details.particulars, details.invited) == (BO, True)


@pytest.mark.parametrize(
    "change",
    [
        {"role": Role.CUSTOMER_SERVICE},
        {"offices": frozenset({"westham"})},
        {"offices": frozenset({"eastham", "westham"})},
        {"email": "bo.reed@example.org"},
        {"role": None},
    ],
)
def test_a_new_role_place_or_address_ends_every_visit(
    db: Session, clock: SetClock, change: dict[str, object]
) -> None:
    administrator = an_administrator(db)
    make.an_office(db)
    make.an_office(db, "westham", area="west")
    person_id, _ = people.add(db, administrator, BO)
    token = make.a_visit(db, now=clock(), person=person_id)
    db.commit()
    people.change(db, administrator, person_id, replace(BO, **change))  # type: ignore[arg-type]
    db.commit()
    assert visits.recall(db, token, now=clock()) is None


def test_a_new_name_or_line_manager_signs_nobody_out(db: Session, clock: SetClock) -> None:
    administrator = an_administrator(db)
    make.an_office(db)
    head = make.a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE)
    person_id, _ = people.add(db, administrator, BO)
    token = make.a_visit(db, now=clock(), person=person_id)
    new = replace(BO, name="Bo Reed-Finch", line_manager=head.id)
    people.change(db, administrator, person_id, new)
    db.commit()
    assert visits.recall(db, token, now=clock())
    assert directory.details(db, administrator, person_id).particulars == new


def test_a_closed_account_ends_at_once(db: Session, clock: SetClock) -> None:
    administrator = an_administrator(db)
    row = somebody(db)
    token = make.a_visit(db, now=clock(), person=row.id)
    link = accounts.one_time_link(db, row.id, now=clock())
    people.close(db, administrator, row.id, now=clock())
    db.commit()
    assert visits.recall(db, token, now=clock()) is None
    assert sign_in(db, clock()) is None
    with pytest.raises(NotFound):
        accounts.use_demo_link(db, link, now=clock())
    assert [
        item.name
        for item in directory.listed(db, administrator, show=DirectoryFilter.CLOSED).people
    ] == ["Ada Moss"]


def test_no_administrator_shuts_themselves_out(db: Session, clock: SetClock) -> None:
    administrator = an_administrator(db)
    with pytest.raises(OwnAccount):
        people.close(db, administrator, administrator.id, now=clock())
    with pytest.raises(OwnAccount):
        people.change(db, administrator, administrator.id, BO)


def test_two_people_do_not_share_an_address(db: Session) -> None:
    administrator = an_administrator(db)
    make.an_office(db)
    somebody(db)
    person_id, _ = people.add(db, administrator, BO)
    db.commit()
    with pytest.raises(EmailTaken):
        people.change(db, administrator, person_id, replace(BO, email="ADA@example.org"))


def test_nobody_is_their_own_line_manager(db: Session) -> None:
    administrator = an_administrator(db)
    row = somebody(db)
    new = Particulars(name=row.name, role=row.role, email="ada@example.org", line_manager=row.id)
    with pytest.raises(NotFound):
        people.change(db, administrator, row.id, new)
    assert (row.id, row.name) not in directory.line_managers(db, of=row.id)


def test_a_line_manager_who_left_is_still_offered_for_their_people(
    db: Session, clock: SetClock
) -> None:
    left = make.a_person(db, "Lee Left", role=Role.LOCAL_MANAGER, closed_at=clock())
    row = make.a_person(db, "Pat Practitioner", line_manager=left)
    assert directory.line_managers(db) == ()
    assert directory.line_managers(db, of=row.id) == ((left.id, "Lee Left"),)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_but_administrators_reaches_people(db: Session, clock: SetClock, role: Role) -> None:
    person = make.person_of(make.a_person(db, role=role))
    other = make.a_person(db)
    with pytest.raises(NotFound):
        directory.listed(db, person, show=DirectoryFilter.SIGNING_IN)
    with pytest.raises(NotFound):
        directory.details(db, person, other.id)
    with pytest.raises(NotFound):
        people.add(db, person, BO)
    with pytest.raises(NotFound):
        people.change(db, person, other.id, BO)
    with pytest.raises(NotFound):
        people.close(db, person, other.id, now=clock())


@pytest.mark.parametrize("person_id", ["nobody", "\0", "x" * 500])
def test_somebody_who_is_not_there_is_not_there(db: Session, person_id: str) -> None:
    with pytest.raises(NotFound):
        directory.details(db, an_administrator(db), person_id)

"""How the office was today, in three taps."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.child.leaves import Tap
from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Role
from kids_feedback.services.feedback_tree import office_days
from kids_feedback.storage.tables.leaves import OfficeDay
from tests.make import a_person, an_office, person_of

MONDAY = date(2026, 3, 2)


def tap(
    db: Session,
    key: str,
    *,
    friendly: Tap | None = Tap.YES,
    greeted: Tap | None = None,
    on_time: Tap | None = None,
    office: str = "eastham",
    on: date = MONDAY,
) -> None:
    office_days.give(db, office, key, friendly=friendly, greeted=greeted, on_time=on_time, today=on)


def kept(db: Session) -> int | None:
    return db.scalar(select(func.count()).select_from(OfficeDay))


def test_a_double_tap_counts_once(db: Session) -> None:
    an_office(db)
    tap(db, "key")
    tap(db, "key")
    assert kept(db) == 1


def test_who_taps_nothing_is_not_counted(db: Session) -> None:
    an_office(db)
    tap(db, "key", friendly=None)
    assert kept(db) == 0


@pytest.mark.parametrize("office", ["nowhere", "a\0b"])
def test_an_office_that_is_none_has_no_days(db: Session, office: str) -> None:
    with pytest.raises(NotFound):
        tap(db, "key", office=office)


def test_a_manager_sees_the_sums_of_each_half_year_of_their_own_office(db: Session) -> None:
    manager = a_person(db, role=Role.LOCAL_MANAGER)
    an_office(db, "westham", area="west")
    tap(db, "a", greeted=Tap.NO)
    tap(db, "b", friendly=Tap.A_BIT, on=date(2025, 10, 1))
    tap(db, "c", on=date(2025, 9, 30))
    tap(db, "d", office="westham")
    present, before = office_days.totals(db, person_of(manager), today=MONDAY)
    assert (present.office, present.half_year.code) == ("Eastham", "2025-10")
    assert present.friendly == {Tap.YES: 1, Tap.A_BIT: 1, Tap.NO: 0}
    assert present.greeted == {Tap.YES: 0, Tap.A_BIT: 0, Tap.NO: 1}
    assert sum(present.on_time.values()) == 0
    assert (before.half_year.code, before.friendly[Tap.YES]) == ("2025-04", 1)


def test_a_head_of_practice_sees_every_office_of_their_area(db: Session) -> None:
    head = a_person(db, role=Role.HEAD_OF_PRACTICE)
    for code, area in (("eastham", "east"), ("eastby", "east"), ("westham", "west")):
        an_office(db, code, area=area)
        tap(db, code, office=code)
    found = office_days.totals(db, person_of(head), today=MONDAY)
    assert [row.office for row in found] == ["Eastby", "Eastham"]


def test_an_office_that_nobody_spoke_of_has_no_sums(db: Session) -> None:
    manager = a_person(db, role=Role.LOCAL_MANAGER)
    assert office_days.totals(db, person_of(manager), today=MONDAY) == ()

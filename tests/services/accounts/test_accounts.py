"""Staying in, and one's own account."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Role
from kids_feedback.services.accounts import accounts, passwords
from kids_feedback.services.site import visits
from kids_feedback.storage.db import Transactions
from tests import make
from tests.conftest import SetClock
from tests.services.accounts.newcomers import PASSWORD, sign_in, somebody


def test_a_request_finds_out_who_is_signed_in_with_one_query(
    db: Session, transactions: Transactions
) -> None:
    row = make.a_person(db, role=Role.HEAD_OF_PRACTICE, areas=("east", "west"))
    db.commit()
    expected, asked = make.person_of(row), list[str]()
    event.listen(transactions.engine, "before_cursor_execute", lambda *seen: asked.append(seen[2]))
    with transactions.reading() as reading:
        person = accounts.signed_in(reading, row.id)
    assert person == expected
    assert person.areas == {"east", "west"}
    assert len([sql for sql in asked if sql.startswith("SELECT")]) == 1


def test_who_has_no_role_or_a_closed_account_is_not_signed_in(db: Session, clock: SetClock) -> None:
    practitioner = make.a_person(db)
    closed = make.a_person(db, role=Role.ADMINISTRATOR, closed_at=clock())
    for person_id in (practitioner.id, closed.id, "nobody"):
        assert accounts.signed_in(db, person_id) is None


def test_a_closed_account_does_not_open(db: Session, clock: SetClock) -> None:
    row = somebody(db)
    row.closed_at = clock()
    db.commit()
    assert sign_in(db, clock()) is None


def test_a_new_password_ends_every_visit(db: Session, clock: SetClock) -> None:
    row = somebody(db)
    token = make.a_visit(db, now=clock(), person=row.id)
    other = make.a_visit(db, now=clock(), person=somebody(db, "Bo", email="bo@example.org").id)
    new = passwords.hashed("brand new and long")
    accounts.set_password(db, make.person_of(row), new, now=clock())
    db.commit()
    assert visits.recall(db, token, now=clock()) is None
    assert visits.recall(db, other, now=clock())
    assert sign_in(db, clock(), password=PASSWORD) is None
    assert sign_in(db, clock(), password="brand new and long")


def test_people_see_where_they_are_signed_in(db: Session, clock: SetClock) -> None:
    row = somebody(db)
    stranger = somebody(db, "Bo Reed", email="bo@example.org")
    make.a_visit(db, now=clock() - timedelta(minutes=31), person=row.id, visit="forgotten")
    make.a_visit(db, now=clock() - timedelta(minutes=5), person=row.id, visit="phone")
    make.a_visit(db, now=clock(), person=row.id, visit="desk")
    make.a_visit(db, now=clock(), person=stranger.id, visit="not theirs")
    db.commit()
    found = accounts.open_visits(db, make.person_of(row), label="desk", now=clock())
    assert [(item.seen_at, item.here) for item in found] == [
        (clock(), True),
        (clock() - timedelta(minutes=5), False),
    ]


def test_a_demo_link_signs_in_once(db: Session, clock: SetClock) -> None:
    row = make.a_person(db, role=Role.BOARD_REVIEWER)
    token = accounts.one_time_link(db, row.id, now=clock())
    db.commit()
    assert accounts.demo_person(db, token, now=clock()).name == row.name
    assert accounts.use_demo_link(db, token, now=clock()) == make.person_of(row)
    db.commit()
    for look in (accounts.demo_person, accounts.use_demo_link):
        with pytest.raises(NotFound):
            look(db, token, now=clock())


def test_a_demo_link_ends_after_a_day(db: Session, clock: SetClock) -> None:
    row = make.a_person(db, role=Role.BOARD_REVIEWER)
    token = accounts.one_time_link(db, row.id, now=clock())
    db.commit()
    clock.forward(hours=24)
    with pytest.raises(NotFound):
        accounts.use_demo_link(db, token, now=clock())

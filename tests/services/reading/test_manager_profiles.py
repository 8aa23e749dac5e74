"""Who the manager is, in their own words."""

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import NotFound
from kids_feedback.services.casework import conflicts
from kids_feedback.services.casework.conflicts import NamedPerson
from kids_feedback.services.reading import manager_profiles
from tests.make import a_complaint, a_person, person_of
from tests.services.acts import a_head, an_act, having_read
from tests.services.casework.meeting_room import Room


def not_on_case(room: Room) -> bool:
    return manager_profiles.of_manager(room.db, room.row.id).not_on_case


def test_a_manager_writes_three_short_lines(db: Session) -> None:
    room = Room(db)
    manager_profiles.introduce(db, room.manager, ("Hello, I'm\nMax.", " ", "x" * 151, "one more"))
    found = manager_profiles.of_manager(db, room.row.id)
    assert found.manager == "Max Manager"
    assert found.lines == ("Hello, I'm Max.", "x" * 150)
    assert manager_profiles.of_mine(db, room.manager) == found.lines


def test_nobody_is_said_not_to_have_worked_on_it_unless_they_said_so(db: Session) -> None:
    room = Room(db)
    assert not not_on_case(room)
    room.offer()
    assert not not_on_case(room)
    room.offer(not_on_case=True)
    assert not_on_case(room)
    room.offer()
    assert not not_on_case(room)


def test_nobody_is_said_so_of_whom_it_is_about(db: Session) -> None:
    room = Room(db)
    room.offer(not_on_case=True)
    worker = a_person(db, "A Worker", line_manager=room.manager_row)
    conflicts.name_worker(
        having_read(an_act(db, room.row, person_of(a_head(db)))),
        workers=[NamedPerson(person_id=worker.id)],
    )
    room.row.manager_id = room.manager.id
    db.flush()
    assert not not_on_case(room)


def test_while_nobody_has_it_nobody_is_introduced(db: Session) -> None:
    for case_id in (a_complaint(db).id, "gone"):
        with pytest.raises(NotFound):
            manager_profiles.of_manager(db, case_id)

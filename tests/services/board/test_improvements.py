"""What changed because of what children said."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.errors import NotFound
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.board import improvements
from kids_feedback.services.errors import Incomplete
from tests.make import a_change, a_person, person_of

TODAY = date(2026, 3, 2)


@pytest.fixture
def secretary(db: Session) -> Person:
    return person_of(a_person(db, "Sol Secretary", role=Role.BOARD_SECRETARY))


def said(found: tuple[improvements.Improvement, ...]) -> list[str]:
    return [row.said for row in found]


def test_children_see_it_once_it_is_shown_and_not_after_it_is_hidden(
    db: Session, secretary: Person
) -> None:
    kept = improvements.write(db, secretary, said="It was cold.", did="A heater.")
    assert said(improvements.shown(db)) == []
    improvements.show(db, kept, today=TODAY)
    assert said(improvements.shown(db)) == ["It was cold."]
    improvements.hide(db, kept)
    assert said(improvements.shown(db)) == []


def test_what_is_written_anew_is_hidden_until_it_is_shown_again(
    db: Session, secretary: Person
) -> None:
    kept = a_change(db).id
    improvements.write(db, secretary, said="It was cold.", did="Two heaters.", change_id=kept)
    assert improvements.one(db, kept).did == "Two heaters."
    assert said(improvements.shown(db)) == []


def test_the_newest_comes_first_and_what_waits_before_it(db: Session) -> None:
    for text, shown_on in (("old", date(2026, 1, 5)), ("hidden", None), ("new", TODAY)):
        a_change(db, said=text, shown_on=shown_on)
    assert said(improvements.every(db)) == ["hidden", "new", "old"]
    assert said(improvements.shown(db)) == ["new", "old"]


def test_both_halves_are_said(db: Session, secretary: Person) -> None:
    with pytest.raises(Incomplete):
        improvements.write(db, secretary, said="It was cold.", did=" ")


@pytest.mark.parametrize("change_id", ["none-such", "\0"])
def test_what_is_not_there_is_not_shown(db: Session, change_id: str) -> None:
    with pytest.raises(NotFound):
        improvements.show(db, change_id, today=TODAY)

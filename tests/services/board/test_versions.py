"""A half-year that was released is taken back, put right and released again; both are kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.board.half_years import AlreadyShown, HalfYear
from kids_feedback.domain.case.procedure import Ending
from kids_feedback.domain.case.submission import Kind
from kids_feedback.domain.errors import EditConflict, NotFound
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.board import improvements, review, summaries, versions
from kids_feedback.services.board.review import BeingPutRight
from kids_feedback.services.board.summaries import TooFew
from kids_feedback.services.errors import Incomplete
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.summaries import Summary, TakenBack
from tests.make import a_change, a_compliment, a_person, person_of
from tests.services.board.test_summaries import (
    SUMMER,
    TODAY,
    WINTER,
    children_of,
    preview,
    received,
    release,
    secretary,
)

__all__ = ["secretary"]  # a fixture
AT = datetime(2026, 4, 2, 9, tzinfo=UTC)
WHY = "Thirty were somebody trying the site out."


def take_back(
    db: Session, by: Person, *, ends: HalfYear = WINTER, number: int = 1, why: str = WHY
) -> None:
    versions.take_back(db, ends, by, number=number, why=why, now=AT)


def released(db: Session, half_year: HalfYear, by: Person) -> None:
    release(db, half_year, by, preview(db, half_year).digest)


def only_trials(db: Session, count: int, kind: Kind = Kind.COMPLAINT) -> None:
    """Say of so many of a kind that they are no child's."""
    counted = select(Case).where(Case.kind == kind, Case.ended_as.is_(None))
    for row in db.scalars(counted.limit(count)):
        row.ended_as = Ending.TEST
    db.flush()


def test_both_versions_are_kept_with_who_when_and_why(db: Session, secretary: Person) -> None:
    other = person_of(a_person(db, "Otto Other", role=Role.BOARD_SECRETARY))
    children_of(db, WINTER, ["unfair"] * 62)
    released(db, WINTER, secretary)
    first = db.get_one(Summary, WINTER.code).payload
    take_back(db, other)
    only_trials(db, 30)
    assert preview(db, WINTER).again
    released(db, WINTER, secretary)
    second, kept = versions.every(db)
    assert (second.number, second.taken_back) == (2, None)
    assert second.figures.about.total == 30
    assert (kept.number, kept.figures.about.total) == (1, 60)
    assert (kept.released_by, kept.released_at) == ("Sec Retary", second.released_at)
    assert kept.taken_back
    assert (kept.taken_back.by, kept.taken_back.at) == ("Otto Other", AT)
    assert kept.taken_back.why == WHY
    assert db.scalars(select(TakenBack.payload)).one() == first
    assert versions.one(db, WINTER, 1) == kept
    assert versions.one(db, WINTER, 2) == second == versions.standing(db, WINTER)
    for half_year, number in ((WINTER, 3), (SUMMER, 1)):
        with pytest.raises(NotFound):
            versions.one(db, half_year, number)


def test_the_reason_is_sealed(db: Session, secretary: Person) -> None:
    children_of(db, WINTER, ["unfair"] * 12)
    released(db, WINTER, secretary)
    take_back(db, secretary, why="Wagtail was counted twice")
    assert b"Wagtail" not in (db.scalars(select(TakenBack.why_sealed)).one() or b"Wagtail")


def test_a_reason_is_asked_for(db: Session, secretary: Person) -> None:
    children_of(db, WINTER, ["unfair"] * 12)
    released(db, WINTER, secretary)
    with pytest.raises(Incomplete):
        take_back(db, secretary, why=" ")
    assert versions.released(db)


def test_only_the_version_that_stands_is_taken_back(db: Session, secretary: Person) -> None:
    """A form for the first version says nothing of the second, even if both look the same."""
    with pytest.raises(EditConflict):
        take_back(db, secretary)
    children_of(db, WINTER, ["unfair"] * 12)
    released(db, WINTER, secretary)
    take_back(db, secretary)
    with pytest.raises(EditConflict):
        take_back(db, secretary)
    released(db, WINTER, secretary)
    with pytest.raises(EditConflict):
        take_back(db, secretary)
    take_back(db, secretary, number=2)
    assert [version.number for version in versions.every(db)] == [2, 1]
    with pytest.raises(NotFound):
        versions.standing(db, WINTER)


def test_two_who_take_back_at_once_leave_one_reason(transactions: Transactions) -> None:
    with transactions() as db:
        by = person_of(a_person(db, "Sec Retary", role=Role.BOARD_SECRETARY))
        children_of(db, WINTER, ["unfair"] * 12)
        released(db, WINTER, by)
        take_back(db, by)
    with transactions() as db:
        kept = db.scalars(select(TakenBack)).one()
        columns = {column.key for column in TakenBack.__table__.columns} - {"id"}
        same = {name: getattr(kept, name) for name in columns}
    with pytest.raises(EditConflict), transactions() as db:
        db.add(TakenBack(**same))


def test_the_board_sees_nothing_of_it_until_it_is_released_again(
    db: Session, secretary: Person
) -> None:
    """Not the half-year before in its place, either: nobody would notice."""
    for half_year in (SUMMER, WINTER):
        children_of(db, half_year, ["unfair"] * 12)
        released(db, half_year, secretary)
    take_back(db, secretary)
    for ends in (None, WINTER.code):
        with pytest.raises(BeingPutRight) as away:
            review.figures(db, ends)
        assert away.value.period.ends == WINTER
    with pytest.raises(BeingPutRight):
        review.periods(db)
    assert versions.put_right(db)[0].ends == WINTER
    released(db, WINTER, secretary)
    shown = review.figures(db)
    assert shown.period.ends == WINTER
    assert review.is_put_right(db, shown)
    assert not review.is_put_right(db, review.figures(db, SUMMER.code))
    assert versions.put_right(db) == ()


def test_a_newer_half_year_is_compared_with_none_that_is_away(
    db: Session, secretary: Person
) -> None:
    before = HalfYear.from_code("2024-10")
    for half_year, count in ((before, 12), (SUMMER, 22), (WINTER, 32)):
        children_of(db, half_year, ["unfair"] * count)
        released(db, half_year, secretary)
    assert review.change_since(db, review.figures(db))
    take_back(db, secretary, ends=SUMMER)
    assert review.figures(db).period.ends == WINTER
    assert review.change_since(db, review.figures(db)) is None


def test_a_second_release_shows_nothing_near_the_first(db: Session, secretary: Person) -> None:
    """Fifteen were shown, and without one child it would be ten."""
    children_of(db, WINTER, ["unfair"] * 13, praise=21)
    released(db, WINTER, secretary)
    take_back(db, secretary)
    only_trials(db, 1)
    found = preview(db, WINTER)
    assert found.figures.kinds == {"complaint": None, "compliment": 20, "other": 10}
    assert found.figures.about.total is None
    assert found.enough
    released(db, WINTER, secretary)
    assert review.figures(db).kinds["complaint"] is None


def test_a_third_release_is_held_against_both(db: Session, secretary: Person) -> None:
    """Far from the second is not enough: it is near to the first."""
    children_of(db, WINTER, ["unfair"] * 12, praise=12)
    released(db, WINTER, secretary)
    take_back(db, secretary)
    for day in range(13):
        a_compliment(db, received_at=received(WINTER, day))
    assert preview(db, WINTER).figures.kinds["compliment"] == 25
    released(db, WINTER, secretary)
    take_back(db, secretary, number=2)
    only_trials(db, 10, Kind.COMPLIMENT)
    assert preview(db, WINTER).figures.kinds == {"complaint": 10, "compliment": None, "other": None}


def test_where_nothing_could_be_shown_nothing_is_released(db: Session, secretary: Person) -> None:
    children_of(db, WINTER, ["unfair"] * 13)
    released(db, WINTER, secretary)
    take_back(db, secretary)
    only_trials(db, 1)
    found = preview(db, WINTER)
    assert not found.enough
    with pytest.raises(TooFew):
        release(db, WINTER, secretary, found.digest)


def test_what_was_taken_back_is_in_no_longer_period(db: Session, secretary: Person) -> None:
    """Else the first version could be subtracted from it."""
    before = HalfYear.from_code("2024-10")
    children_of(db, before, ["unfair"] * 6)
    children_of(db, SUMMER, ["unfair"] * 6)
    children_of(db, WINTER, ["unfair"] * 12)
    released(db, SUMMER, secretary)
    take_back(db, secretary, ends=SUMMER)
    later = preview(db, WINTER).figures
    assert (later.period.begins, later.about.total) == (WINTER, 10)
    again = preview(db, SUMMER).figures.period
    assert (again.begins, again.ends) == (before, SUMMER)
    with pytest.raises(AlreadyShown):
        preview(db, before)


def test_what_was_taken_back_does_not_wait_as_if_nobody_had_seen_it(
    db: Session, secretary: Person
) -> None:
    children_of(db, WINTER, ["unfair"] * 12)
    assert summaries.waiting(db, today=TODAY) == WINTER
    released(db, WINTER, secretary)
    take_back(db, secretary)
    assert summaries.waiting(db, today=TODAY) is None
    assert summaries.waiting(db, today=TODAY + timedelta(days=200)) == WINTER.after()


def test_what_changed_goes_on_being_shown(db: Session, secretary: Person) -> None:
    children_of(db, WINTER, ["unfair"] * 12)
    released(db, WINTER, secretary)
    kept = a_change(db).id
    take_back(db, secretary)
    assert [each.id for each in improvements.shown(db)] == [kept]
    improvements.hide(db, kept)
    improvements.show(db, kept, today=date(2026, 4, 3))
    assert improvements.shown(db)

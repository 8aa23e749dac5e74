"""A half-year is prepared, looked at, released, and never changes."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.board.disclosure import Trend
from kids_feedback.domain.board.figures import freeze
from kids_feedback.domain.board.half_years import AlreadyShown, HalfYear
from kids_feedback.domain.case.procedure import Ending, Stage
from kids_feedback.domain.errors import EditConflict, NotFound
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.board import review, summaries, versions
from kids_feedback.services.board.summaries import NotOver, Preview, TooFew
from kids_feedback.storage.tables.summaries import Summary
from tests.make import a_complaint, a_compliment, a_note, a_person, person_of

TOPICS = ("unfair", "not_listened", "unkind")
SUMMER, WINTER = HalfYear.from_code("2025-04"), HalfYear.from_code("2025-10")
TODAY = date(2026, 4, 1)


def received(half_year: HalfYear, day: int) -> datetime:
    at = datetime(half_year.first.year, half_year.first.month, 1, 12, tzinfo=UTC)
    return at + timedelta(days=day)


def children_of(db: Session, half_year: HalfYear, topics: Iterable[str], praise: int = 0) -> None:
    for day, topic in enumerate(topics):
        a_complaint(db, primary_topic=topic, topics=[topic], received_at=received(half_year, day))
    for day in range(praise):
        a_compliment(db, received_at=received(half_year, day))
    for day in range(praise // 2):
        a_note(db, received_at=received(half_year, day))


def preview(db: Session, upto: HalfYear, today: date = TODAY) -> Preview:
    return summaries.prepare(db, upto, today=today, topics=TOPICS, smallest=5)


def release(db: Session, upto: HalfYear, by: Person, digest: str, today: date = TODAY) -> None:
    summaries.release(
        db,
        upto,
        by,
        digest=digest,
        now=datetime(2026, 4, 1, 12, tzinfo=UTC),
        today=today,
        topics=TOPICS,
        smallest=5,
    )


@pytest.fixture
def secretary(db: Session) -> Person:
    return person_of(a_person(db, "Sec Retary", role=Role.BOARD_SECRETARY))


def shown(found: Preview, topic: str) -> int | None:
    return next(cell.shown for cell in found.figures.about.cells if cell.code == topic)


def test_numbers_are_rounded_and_small_ones_hidden(db: Session) -> None:
    children_of(db, WINTER, ["unfair"] * 14 + ["unkind"] * 3 + ["not_listened"] * 8, praise=12)
    found = preview(db, WINTER)
    assert found.figures.kinds == {"complaint": 25, "compliment": 10, "other": None}
    assert found.figures.about.total == 25
    assert (shown(found, "unfair"), shown(found, "unkind")) == (15, None)
    assert b"14" not in freeze(found.figures)


def test_no_sum_tells_a_hidden_number(db: Session) -> None:
    children_of(db, WINTER, ["unfair"] * 10)
    a_compliment(db, received_at=received(WINTER, 1))
    kept = json.loads(freeze(preview(db, WINTER).figures))
    assert set(kept) == {"version", "begins", "ends", "kinds", "about", "promises"}
    assert kept["kinds"] == {"complaint": 10, "compliment": None, "other": None}


def test_what_is_not_sure_or_not_said_is_counted_together(db: Session) -> None:
    small = ["not_listened"] * 3 + ["unkind"] * 2
    rest = ["not_sure"] * 4 + [""] * 3 + ["gone"] * 2
    children_of(db, WINTER, ["unfair"] * 12 + small + rest)
    assert shown(preview(db, WINTER), "other") == 10


def test_what_is_from_no_child_or_said_again_is_not_counted(db: Session) -> None:
    children_of(db, SUMMER, ["unkind"] * 20)
    before = preview(db, SUMMER)
    for ending in Ending:
        for day in range(10):
            at = received(SUMMER, day)
            ended = {"stage": Stage.CLOSED, "closed_on": at.date(), "ended_as": ending}
            a_complaint(db, primary_topic="unkind", received_at=at, **ended)
    assert before.figures.about.total == 20
    assert preview(db, SUMMER).figures.about.total == 40, "two of four endings are messages"


def test_a_half_year_that_goes_on_cannot_be_prepared(db: Session) -> None:
    with pytest.raises(NotOver):
        preview(db, WINTER, today=date(2026, 3, 31))


def test_what_was_released_never_changes(db: Session, secretary: Person) -> None:
    children_of(db, WINTER, ["unfair"] * 12)
    release(db, WINTER, secretary, preview(db, WINTER).digest)
    kept = db.get_one(Summary, WINTER.code).payload
    children_of(db, WINTER, ["unkind"] * 12)
    assert review.figures(db).about.total == 10
    assert db.get_one(Summary, WINTER.code).payload == kept
    with pytest.raises(AlreadyShown):
        preview(db, WINTER)


def test_the_release_is_of_what_was_looked_at(db: Session, secretary: Person) -> None:
    children_of(db, WINTER, ["unfair"] * 12)
    digest = preview(db, WINTER).digest
    children_of(db, WINTER, ["unkind"] * 12)
    with pytest.raises(EditConflict):
        release(db, WINTER, secretary, digest)


def test_too_few_children_are_carried_into_the_next_half_year(
    db: Session, secretary: Person
) -> None:
    children_of(db, SUMMER, ["unfair"] * 6)
    children_of(db, WINTER, ["unfair"] * 8)
    with pytest.raises(TooFew):
        release(db, SUMMER, secretary, preview(db, SUMMER).digest)
    found = preview(db, WINTER)
    assert (found.figures.period.begins, found.figures.period.ends) == (SUMMER, WINTER)
    assert found.figures.about.total == 15


def test_a_reviewer_sees_the_newest_and_how_it_compares(db: Session, secretary: Person) -> None:
    with pytest.raises(NotFound):
        review.figures(db)
    children_of(db, SUMMER, ["unfair"] * 14, praise=12)
    children_of(db, WINTER, ["unfair"] * 24, praise=12)
    for half_year in (SUMMER, WINTER):
        release(db, half_year, secretary, preview(db, half_year).digest)
    newest = review.figures(db)
    assert newest.period.ends == WINTER
    assert review.change_since(db, newest) is Trend.MORE
    assert review.change_since(db, review.figures(db, SUMMER.code)) is None
    assert [period.ends for period in review.periods(db)] == [WINTER, SUMMER]
    with pytest.raises(NotFound):
        review.figures(db, "2019-04")


def test_no_figure_is_released_that_counts_something_else(db: Session) -> None:
    """What was asked for is not what happened, and an answer without a clock is never late."""
    for day in range(14):
        a_complaint(
            db,
            received_at=received(WINTER, day),
            talk_on=date(2025, 11, 3),
            acknowledged_on=date(2025, 10, 1),
            delivered_on=date(2025, 11, 20),
            supporter="help_find",
        )
    promises = preview(db, WINTER).figures.promises
    assert set(promises) == {"read"}
    assert promises["read"].few_no


@pytest.mark.parametrize("late", [0, 1], ids=["on the very day", "a day late"])
def test_a_complaint_is_read_in_time_on_its_last_day(db: Session, late: int) -> None:
    for day in range(20):
        row = a_complaint(db, received_at=received(WINTER, day))
        row.acknowledged_on = row.read_by + timedelta(days=late if day < 10 else 1)
    db.flush()
    found = preview(db, WINTER).figures.promises["read"]
    assert (found.yes, found.base) == ((None, 20) if late else (10, 20))


def test_the_secretary_sees_what_waits_and_what_is_out(db: Session, secretary: Person) -> None:
    a_note(db, received_at=received(WINTER, 3))
    assert summaries.waiting(db, today=TODAY) == WINTER
    children_of(db, WINTER, ["unfair"] * 12)
    release(db, WINTER, secretary, preview(db, WINTER).digest)
    assert summaries.waiting(db, today=TODAY) is None
    assert [period.period.ends for period in versions.released(db)] == [WINTER]

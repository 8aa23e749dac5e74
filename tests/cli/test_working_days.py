"""Closing a day moves what is open; a calendar that ends soon is noticed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.cli import site
from kids_feedback.config import keys_from
from kids_feedback.storage.db import Transactions, engine_for
from kids_feedback.storage.encryption import Keys
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from tests.cli.conftest import Run, misused, refused
from tests.make import a_complaint

NOW = datetime(2026, 5, 6, 9, tzinfo=UTC)  # a Wednesday


@pytest.fixture(autouse=True)
def this_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "now", lambda: NOW)


@contextmanager
def rows(environ: dict[str, str]) -> Iterator[Session]:
    keys = keys_from(Path(environ["KIDS_FEEDBACK_KEY_FILE"])).data
    engine = engine_for(environ["KIDS_FEEDBACK_DATABASE_URL"])
    with Transactions(engine, Keys(keys, max(keys)))() as db:
        yield db
    engine.dispose()


def test_a_closed_day_moves_an_open_clock_and_says_so(run: Run, environ: dict[str, str]) -> None:
    with rows(environ) as db:
        moved = a_complaint(db, received_at=datetime(2026, 4, 20, 9, tzinfo=UTC))
        moved.talk_on, moved.answer_by = date(2026, 4, 27), date(2026, 5, 27)
        case_id = moved.id
    said = run("close-day", "2026-05-15", "--reason", " A storm ")
    assert said.exit_code == 0, said.stderr
    assert said.stdout == (
        "Friday 15 May 2026 is closed. Open cases with a promise that moved: 1.\n"
    )
    with rows(environ) as db:
        assert db.get_one(Case, case_id).answer_by == date(2026, 5, 28)
        assert db.scalars(select(Event.what)).all() == ["redated"]
    assert refused(run("close-day", "2026-05-15", "--reason", "again"), "no working day as it is")


def test_a_day_outside_the_calendar_is_not_closed(run: Run) -> None:
    assert refused(run("close-day", "2036-01-02", "--reason", "far"), "does not know 2036-01-02")


@pytest.mark.parametrize("reason", ["", " ", "x" * 121, "two\nlines"])
def test_a_day_is_closed_for_a_reason(run: Run, reason: str) -> None:
    assert misused(run("close-day", "2026-05-15", "--reason", reason), "1 to 120 characters")
    assert misused(run("close-day", "2026-05-15"), "--reason")
    assert misused(run("close-day", "tomorrow", "--reason", "x"), "is not a day")


def test_wrong_usage_is_noticed_before_the_settings(run: Run) -> None:
    said = run("close-day", "tomorrow", "--reason", "x", KIDS_FEEDBACK_DATABASE_URL=None)
    assert misused(said, "is not a day")


def test_a_calendar_that_reaches_far_enough_is_well(run: Run) -> None:
    said = run("check-calendar")
    assert said.exit_code == 0
    assert said.stdout == (
        "The working calendar reaches 3526 days ahead, to Monday 31 December 2035.\n"
    )


def test_a_calendar_that_ends_too_soon_fails(run: Run) -> None:
    assert refused(run("check-calendar", "--ahead", "3527"), "ends on Monday 31 December 2035")
    assert run("check-calendar", "--ahead", "3526").exit_code == 0
    assert misused(run("check-calendar", "--ahead", "-1"), "--ahead")

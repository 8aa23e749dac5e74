"""Closing a day moves what is open; a calendar that ends soon is noticed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from granian import Granian
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.cli import operations, site
from kids_feedback.cli import working_days as cli
from kids_feedback.config import keys_from
from kids_feedback.domain.errors import CalendarGap
from kids_feedback.gateways.bank_holidays import HolidayList, newest_list
from kids_feedback.services.casework.days import working_days
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
        "Friday 15 May 2026 is closed. Promised days that moved: 1. "
        "Open cases that they are in: 1. Open cases with a meeting on that day: 0.\n"
    )
    with rows(environ) as db:
        assert db.get_one(Case, case_id).answer_by == date(2026, 5, 28)
        assert db.scalars(select(Event.what)).all() == ["redated"]
    again = run("close-day", "2026-05-15", "--reason", "again")
    assert (again.exit_code, again.stdout) == (
        0,
        "Friday 15 May 2026 is closed already: A storm. Nothing moved.\n",
    )
    back = run("open-day", "2026-05-15")
    assert back.stdout == (
        "Friday 15 May 2026 is no longer closed by you. Promised days that moved: 1. "
        "Open cases that they are in: 1. Open cases with a meeting on that day: 0.\n"
    )
    with rows(environ) as db:
        assert db.get_one(Case, case_id).answer_by == date(2026, 5, 27)
    again = run("open-day", "2026-05-15")
    assert (again.exit_code, again.stdout) == (
        0,
        "Friday 15 May 2026 is a working day as it is. Nothing moved.\n",
    )


@pytest.mark.parametrize(
    ("day", "what"),
    [
        ("2026-05-16", "Saturday 16 May 2026 is a weekend"),
        ("2026-05-25", "Monday 25 May 2026 is a bank holiday: Spring Bank Holiday"),
    ],
)
def test_a_day_that_nobody_works_anyway_says_what_it_is(run: Run, day: str, what: str) -> None:
    said = run("close-day", day, "--reason", "A storm")
    assert (said.exit_code, said.stdout) == (0, f"{what}. Nothing moved.\n")
    assert refused(run("open-day", day), f"{what}: it cannot be opened")


@pytest.fixture
def coronation(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bank holiday that comes by an update of the list."""
    known = newest_list()
    more = {**known.days, date(2026, 5, 15): "A coronation"}
    newer = HolidayList(days=more, release=f"{known.release}.1")
    monkeypatch.setattr(cli, "newest_list", lambda: newer)


@pytest.mark.usefixtures("coronation")
@pytest.mark.parametrize(
    "words", [("serve",), ("worker", "--once"), ("close-day", "2026-05-25", "--reason", "x")]
)
def test_a_newer_list_of_bank_holidays_is_followed_by_whatever_starts(
    run: Run, environ: dict[str, str], words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "_check_free", lambda *_address: None)
    monkeypatch.setattr(operations, "_end_with", lambda _end: None)
    monkeypatch.setattr(Granian, "serve", lambda _server: None)
    with rows(environ) as db:
        working_days.follow_holidays(db, newest_list(), now=NOW, today=NOW.date())
        moved = a_complaint(db, received_at=datetime(2026, 4, 20, 9, tzinfo=UTC))
        moved.talk_on, moved.answer_by = date(2026, 4, 27), date(2026, 5, 27)
        case_id = moved.id
    said = run(*words)
    assert said.exit_code == 0, said.stderr
    assert said.stdout.startswith(
        "Friday 15 May 2026 has become a bank holiday. Promised days that moved: 1."
    )
    assert "Friday" not in run(*words).stdout
    with rows(environ) as db:
        assert db.get_one(Case, case_id).answer_by == date(2026, 5, 28)
        assert db.scalars(select(Event.what)).all() == ["redated"]


def test_a_list_that_cannot_be_followed_stops_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gap(*_args: object, **_more: object) -> None:
        raise CalendarGap(date(2036, 1, 1))

    monkeypatch.setattr(working_days, "follow_holidays", gap)
    said = run("worker", "--once")
    assert said.exit_code == 0
    assert "is not followed: the working calendar does not cover 2036-01-01" in said.stderr


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

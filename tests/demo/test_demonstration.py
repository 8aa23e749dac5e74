"""The demonstration is a whole service in miniature, on any day, on both databases."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.config import reference_from
from kids_feedback.demo import (
    cast,
    player,
    stories_answered,
    stories_in_court,
    stories_new,
    stories_past,
    stories_praise,
    stories_written,
)
from kids_feedback.demo.player import Service
from kids_feedback.domain.board.half_years import half_year_of
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.court_notice import CourtState, CourtWarning
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.safety import Watch
from kids_feedback.domain.case.submission import Kind, Submission
from kids_feedback.domain.people import Person, Role
from kids_feedback.services.accounts import accounts
from kids_feedback.services.board import improvements, summaries, versions
from kids_feedback.services.case import alarms
from kids_feedback.services.case.notifications import Notification
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.child import case_status
from kids_feedback.services.reading import queue
from kids_feedback.services.reading.queue import QueueEntry
from kids_feedback.services.site import mail_progress
from kids_feedback.storage.base import Base
from kids_feedback.storage.db import Transactions, engine_for
from kids_feedback.storage.tables.case import Case
from kids_feedback.web.questions.catalogue import asked_on, way
from kids_feedback.web.questions.model import Choice
from kids_feedback.web.rendering.figure_sentences import TOPIC_CODES
from tests import postgres
from tests.conftest import DATABASES, KEYS, REFERENCE
from tests.make import CALENDAR, LONDON

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("demonstration")]  # filled only once

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
TODAY = date(2026, 3, 2)
SERVICE = Service(
    watch=Watch(opens=time(8), closes=time(18)),
    promises=replace(reference_from(REFERENCE).promises, court=3),
    words_key=b"another key that only tests know",
    wording=lambda language, *, named: Notification(subject="A message", body="Please look."),
    topics=TOPIC_CODES,
    smallest=5,
)
STORIES = [
    *(
        item
        for book in (
            stories_answered,
            stories_new,
            stories_in_court,
            stories_praise,
            stories_written,
        )
        for item in book.STORIES
    ),
    *stories_past.stories(
        half_year_of(TODAY).before(), stories_past.OLDER, base=TODAY, calendar=CALENDAR
    ),
    *stories_past.stories(
        half_year_of(TODAY).before(), stories_past.NEWER, base=TODAY, calendar=CALENDAR
    ),
]


@dataclass(frozen=True)
class Played:
    """A demonstration that was filled, and the day on which."""

    db: Session
    today: date

    def person(self, name: str) -> Person:
        return next(item for item in cast.on_stage(self.db) if item.name == name)

    def queue(self, name: str) -> list[QueueEntry]:
        calendar = working_days.calendar_now(self.db)
        found = queue.waiting(self.db, self.person(name), today=self.today, calendar=calendar)
        return list(found.lines)

    def line(self, child: str) -> QueueEntry:
        heads = (*self.queue(cast.HAZEL), *self.queue(cast.ROWAN), *self.queue(cast.COSMO))
        return next(head for head in heads if head.name == child)


@pytest.fixture(scope="module")
def each(
    postgresql: str, empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Played]]:
    """Fill each database once, when it is first asked for; no test here changes it."""
    with ExitStack() as kept:

        @cache
        def fill(database: str) -> Played:
            if database == "postgresql":
                postgres.empty(postgresql, list(Base.metadata.tables))
                return kept.enter_context(filled(postgresql, NOW))
            here = shutil.copy(empty_sqlite, tmp_path_factory.mktemp("demo") / "demo.sqlite3")
            return kept.enter_context(filled(f"sqlite:///{here}", NOW))

        yield fill


@pytest.fixture(params=DATABASES)
def played(request: pytest.FixtureRequest, each: Callable[[str], Played]) -> Played:
    """What a demonstration looks like once it is filled."""
    return each(request.param)


@contextmanager
def filled(url: str, now: datetime) -> Iterator[Played]:
    transactions = Transactions(engine_for(url), KEYS)
    with transactions() as db:
        assert player.is_empty(db)
        player.fill(db, SERVICE, now=now)
    with transactions.reading() as db:
        yield Played(db, now.astimezone(LONDON).date())
    transactions.engine.dispose()


def test_there_is_something_in_every_stage(played: Played) -> None:
    found = {(row.kind, row.stage) for row in played.db.scalars(select(Case))}
    assert {stage for kind, stage in found if kind is Kind.COMPLAINT} == set(Stage)
    assert {stage for kind, stage in found if kind is Kind.COMPLIMENT} == {
        Stage.RECEIVED,
        Stage.CLOSED,
    }
    assert {stage for kind, stage in found if kind is Kind.NOTE} >= {Stage.RECEIVED, Stage.CLOSED}
    assert not player.is_empty(played.db)


def test_one_answer_is_due_on_the_next_working_day_and_one_is_late(played: Played) -> None:
    tomorrow = played.line("Ziggy Stardrop")
    assert (tomorrow.due_on, tomorrow.days_left) == (date(2026, 3, 3), 1)
    late = played.line("Marmalade Jones-the-Cat")
    assert (late.next_step, late.is_late) == (Step.WRITE, True)


def test_who_waits_too_long_was_told_why(played: Played) -> None:
    case = played.line("Marmalade Jones-the-Cat").id
    told = case_status.status(played.db, case, today=played.today)
    (said,) = told.delays
    assert (said.old_on, said.new_on) == (told.late, date(2026, 3, 5))
    assert said.new_on > played.today


def test_some_of_what_changed_is_shown(played: Played) -> None:
    assert len(improvements.shown(played.db)) == 2
    assert len(improvements.every(played.db)) == 3


def test_the_court_waits_knows_and_was_forgotten(played: Played) -> None:
    waits = played.line("Pixel Puddleduck").court
    assert (waits.state, waits.warning) == (CourtState.TO_NOTIFY, CourtWarning.URGENT)
    assert played.line("Moss Lightfoot").court.state is CourtState.NOTIFIED
    missed = played.line("Clover Nightingale").court
    assert (missed.state, missed.warning) == (CourtState.MISSED, CourtWarning.OVERDUE)
    asked = played.line("Echo").court
    assert (asked.state, asked.warning) == (CourtState.FIND_OUT, CourtWarning.OVERDUE)


def test_the_next_hearing_is_asked_for_by_the_promise_of_the_service(played: Played) -> None:
    row = played.db.get_one(Case, played.line("Pixel Puddleduck").id)
    hearing_on = row.hearings[-1].hearing_on
    assert row.court_asked_on == hearing_on
    assert hearing_on is not None
    assert row.court_by == CALENDAR.add(hearing_on, SERVICE.promises.court)


def test_the_heads_are_on_duty_while_somebody_looks(played: Played) -> None:
    shifts = {alarms.shift_of(duty) for duty in alarms.duties(played.db)}
    assert shifts == {SERVICE.watch.shift}


def test_one_child_waits_to_be_routed(played: Played) -> None:
    assert [line.name for line in played.queue(cast.COSMO)] == ["Pip"]


def test_a_manager_and_their_line_manager_never_see_who_complains_of_them(played: Played) -> None:
    names = {line.name for line in (*played.queue(cast.MARLOW), *played.queue(cast.HAZEL))}
    assert names
    assert "Sky Lanternjack" not in names
    assert played.line("Sky Lanternjack").manager == cast.ORLA


def test_every_role_has_a_link_that_works_once(played: Played) -> None:
    links = player.ways_in(played.db, now=NOW)
    assert {link.role for link in links} == set(Role)
    for link in links:
        assert accounts.use_demo_link(played.db, link.token, now=NOW).name == link.name
    played.db.rollback()


def test_the_secret_words_lead_to_an_answer_and_stay_the_same(played: Played) -> None:
    words = player.way_back(played.db, SERVICE, now=NOW)
    assert words == player.way_back(played.db, SERVICE, now=NOW)
    found = case_status.find(played.db, " ".join(words or ()), words_key=SERVICE.words_key)
    assert case_status.answer(played.db, found or "").manager == cast.MARLOW
    assert not played.db.new | played.db.dirty


def test_the_board_has_one_half_year_and_the_secretary_another(played: Played) -> None:
    waiting = half_year_of(played.today).before()
    assert [release.period.ends for release in versions.released(played.db)] == [waiting.before()]
    assert summaries.waiting(played.db, today=played.today) == waiting
    preview = summaries.prepare(
        played.db, waiting, today=played.today, topics=TOPIC_CODES, smallest=SERVICE.smallest
    )
    assert preview.enough
    assert sum(not cell.hidden for cell in preview.figures.about.cells) >= 3


def test_only_mail_of_this_day_waits(played: Played) -> None:
    assert mail_progress.oldest_waiting_age(played.db, NOW) < NOW - datetime(
        2026, 3, 1, 23, tzinfo=UTC
    )
    assert not mail_progress.stuck(played.db)


def test_children_write_in_three_languages_and_both_looks(played: Played) -> None:
    assert set(played.db.scalars(select(Case.language))) == {"en", "cy", "ar"}
    rows = played.db.scalars(select(Case)).all()
    assert {row.look for row in rows} == {"words", "pictures"}
    assert {row.method for row in rows} >= set(Method)


@pytest.mark.parametrize(
    "now",
    [
        pytest.param("2026-09-30T23:05:00", id="the first minutes of a half-year"),
        pytest.param("2026-12-26T12:00:00", id="a holiday in a holiday"),
    ],
)
def test_it_can_begin_on_any_day(now: str, empty_sqlite: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{shutil.copy(empty_sqlite, tmp_path / 'demo.sqlite3')}"
    with filled(url, datetime.fromisoformat(now).replace(tzinfo=UTC)) as found:
        assert found.line("Ziggy Stardrop").days_left == 1
        assert found.line("Bramble").received_on == found.today


@pytest.mark.parametrize("draft", [story.sent for story in STORIES], ids=lambda sent: sent.name)
def test_a_child_could_have_sent_just_that(draft: Submission) -> None:
    """On the way through the pages that its answers lead to, with codes that they offer."""
    parts = {"words": draft.statement, "contact": draft.contact, "helper": draft.helper}
    given = {name: value for part in parts.values() for name, value in part.items()}
    asked = asked_on(way(draft.door, given))
    assert given.keys() <= asked.keys()
    for part, answers in parts.items():
        for name, value in answers.items():
            field = asked[name]
            assert field.part == part
            if isinstance(field, Choice):
                assert isinstance(value, str) is not field.many
                chosen = {value} if isinstance(value, str) else set(value)
                assert chosen <= {option.code for option in field.options}
            else:
                assert len(str(value)) <= field.limit

"""A page of staff reads what it shows: few statements, nothing twice, no history where none stands.

``MOST`` has a figure for every page of a case, and for the lists. A page that comes to need less
gets the smaller figure; one that needs more gets it from whoever can say what for.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.people import Role
from kids_feedback.services.case import events
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow
from tests.conftest import SetClock
from tests.counting import Work, counted
from tests.make import a_complaint, a_compliment
from tests.web.conftest import SignIn
from tests.web.page import Visitor, get
from tests.web.staff.pages import a_given_case, a_talked_case, address, some_staff

LINES = 60  # of a long history
CASES = 12  # of a full queue
_CASE = "/staff/case/<case_id>"

# By page: who opens it of which case, and how many statements and openings it takes at most.
MOST: dict[str, tuple[Role, Stage, int, int]] = {
    # its history, what was felt, the messages to the child
    "": (Role.LOCAL_MANAGER, Stage.TALKED, 16, 4 + LINES),
    # who has opened the child's words reads them beside it
    "/answer": (Role.LOCAL_MANAGER, Stage.TALKED, 15, 4),
    "/answer/preview": (Role.HEAD_OF_PRACTICE, Stage.TALKED, 15, 4),
    "/contact": (Role.LOCAL_MANAGER, Stage.TALKED, 12, 3),
    "/court": (Role.LOCAL_MANAGER, Stage.TALKED, 12, 2),
    "/late": (Role.LOCAL_MANAGER, Stage.TALKED, 12, 2),
    "/message": (Role.LOCAL_MANAGER, Stage.TALKED, 14, 3),
    "/meeting": (Role.LOCAL_MANAGER, Stage.ALLOCATED, 13, 2),
    "/new-words": (Role.LOCAL_MANAGER, Stage.TALKED, 12, 2),
    "/safety": (Role.LOCAL_MANAGER, Stage.TALKED, 16, 2),  # alarm, duty list, who opened it
    "/step/ended": (Role.LOCAL_MANAGER, Stage.TALKED, 12, 2),
    "/step/allocate": (Role.HEAD_OF_PRACTICE, Stage.TALKED, 15, 3),  # the typed name stands there
    # which way the child chose, and whether they agreed to a meeting
    "/step/talk": (Role.LOCAL_MANAGER, Stage.ALLOCATED, 13, 3),
    "/step/attempt": (Role.LOCAL_MANAGER, Stage.ALLOCATED, 13, 3),
    "/who": (Role.HEAD_OF_PRACTICE, Stage.TALKED, 17, 3),  # and here, with whom it may mean
    "/words": (Role.LOCAL_MANAGER, Stage.TALKED, 12, 2),
}
SHOWS_NOTHING = {"/why"}  # of the case: the person outside the list is asked first
LISTS: dict[str, int] = {"/staff/praise": 8, "/staff/queue": 8, "/staff/to-check": 8}


@dataclass(frozen=True)
class World:
    """Cases with a long history, cases without, and browsers of those who see them."""

    long: dict[Stage, Case]
    short: dict[Stage, Case]
    browsers: dict[Role, Visitor]

    def work(self, role: Role, path: str) -> Work:
        with counted() as work:
            page = get(self.browsers[role], path)
        assert page.status == 200, path
        return work


@pytest.fixture
def world(transactions: Transactions, signed_in: SignIn, clock: SetClock) -> World:
    with transactions() as db:
        staff = some_staff(db)
        made = {Stage.ALLOCATED: a_given_case, Stage.TALKED: a_talked_case}
        short = {stage: make(db, staff) for stage, make in made.items()}
        long = {stage: make(db, staff) for stage, make in made.items()}
        for case in long.values():
            _fill_history(db, case, staff.head, clock())
    browsers = {
        Role.HEAD_OF_PRACTICE: signed_in(staff.head),
        Role.LOCAL_MANAGER: signed_in(staff.manager),
    }
    for browser in browsers.values():
        get(browser, "/staff/queue")  # so that the visit has begun
    return World(long, short, browsers)


def _fill_history(db: Session, case: Case, by: PersonRow, now: datetime) -> None:
    noted: dict[str, Any] = {"person_id": by.id, "now": now, "today": now.date()}
    for number in range(LINES):
        events.add_event(db, case, Step.OPEN_STATEMENT, note=f"Looked again, {number}.", **noted)


def test_every_page_of_a_case_has_its_figure(app: Flask) -> None:
    opened = {
        rule.rule.removeprefix(_CASE)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(_CASE) and "GET" in (rule.methods or ())
        if rule.arguments == {"case_id"}
    }
    assert {page for page in MOST if not page.startswith("/step/")} | SHOWS_NOTHING == opened


@pytest.mark.parametrize("page", MOST)
def test_a_page_of_a_case_reads_what_it_shows(world: World, page: str) -> None:
    role, stage, statements, openings = MOST[page]
    work = world.work(role, address(world.long[stage], page))
    assert len(work.statements) <= statements, work.statements
    assert len(work.opened) <= openings, work.opened
    assert work.reads("feedback") == 1, "the case is found once"
    assert work.reads("closed_day") == 1, "and the calendar read once"


@pytest.mark.parametrize("page", sorted(set(MOST) - {""}))
def test_a_page_without_the_history_opens_none_of_it(world: World, page: str) -> None:
    role, stage, _, _ = MOST[page]
    long = world.work(role, address(world.long[stage], page))
    short = world.work(role, address(world.short[stage], page))
    assert long.opened_of("event") == 0
    assert len(long.opened) == len(short.opened)
    assert len(long.statements) == len(short.statements)


@pytest.mark.parametrize("page", LISTS)
def test_a_list_of_many_takes_no_more_statements_and_opens_a_name_each(
    world: World, transactions: Transactions, page: str
) -> None:
    few = world.work(Role.HEAD_OF_PRACTICE, page)
    with transactions() as db:
        for _ in range(CASES):
            if page == "/staff/praise":
                a_compliment(db)
            else:
                a_complaint(db, stage=Stage.WRITTEN, talk_on=date(2026, 3, 2))
    many = world.work(Role.HEAD_OF_PRACTICE, page)
    assert len(few.statements) == len(many.statements) <= LISTS[page], many.statements
    assert len(many.opened) - len(few.opened) == CASES, many.opened

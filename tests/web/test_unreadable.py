"""One value that cannot be read: its page says so and goes on; no other page is touched by it."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from kids_feedback.storage.base import Base
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.encryption import SealedParts, SealedText
from tests import sample
from tests.conftest import SetClock
from tests.make import a_visit
from tests.web.conftest import COOKIE, SignIn, visitor
from tests.web.page import get, post
from tests.web.routes import a_world, routes_of
from tests.web.staff.pages import (
    TALK,
    Staff,
    a_given_case,
    address,
    open_words,
    saved,
    some_staff,
    take,
)

PLACES: dict[str, tuple[type, str]] = {  # each sealed column that pages show
    f"{mapper.class_.__tablename__}.{item.column}": (mapper.class_, item.column)
    for mapper in Base.registry.mappers
    for item in vars(mapper.class_).values()
    if isinstance(item, SealedText | SealedParts)
}
OFTEN = [
    "event.text_sealed",
    "feedback.contact_sealed",
    "feedback.glance_sealed",
    "feedback.words_sealed",
]
FOR_CHILDREN = ("/back/now", "/back/answer", "/back/more", "/back/change/8", "/back/how")
Pages = list[tuple[str, str]]  # "staff" or "child", and the address


def spoil(transactions: Transactions, place: str) -> None:
    """Change one bit of that column in every row."""
    table, column = PLACES[place]
    rows = Base.metadata.tables[place.partition(".")[0]]
    with transactions() as db:
        for row_id, kept in db.execute(select(rows.c.id, rows.c[column])).all():
            if kept is not None:
                spoilt = kept[:-1] + bytes([kept[-1] ^ 1])
                db.execute(update(table).where(rows.c.id == row_id).values({column: spoilt}))


@pytest.fixture
def team(transactions: Transactions) -> Staff:
    with transactions() as db:
        return some_staff(db)


@pytest.fixture
def case_id(transactions: Transactions, team: Staff, signed_in: SignIn) -> str:
    """A case of which a manager has written something in most of the tables."""
    with transactions() as db:
        case = a_given_case(db, team, name="Pip")
    desk = signed_in(team.manager)
    open_words(desk, case)
    parts = {"understanding": "You told us.", "outcome": "We found it."}
    tried = {"way": "phone", "result": "no_answer", "next_attempt_on": "2026-03-04"}
    saved(desk, take(desk, case, "attempt", **tried, note="Rang."))
    saved(desk, take(desk, case, "talk", **{**TALK, "talk_on": "2026-03-02"}))
    post(desk, address(case, "/answer"), **parts)
    return case.id


@pytest.mark.parametrize("place", sample.many(small=OFTEN, full=sorted(PLACES)))
def test_its_page_says_so_and_no_page_breaks(
    app: Flask,
    transactions: Transactions,
    clock: SetClock,
    signed_in: SignIn,
    team: Staff,
    case_id: str,
    place: str,
) -> None:
    with transactions() as db:
        world = {**a_world(db), "case_id": case_id}
        child = visitor(app)
        child.set_cookie(COOKIE, a_visit(db, now=clock(), mine=case_id))
    spoil(transactions, place)
    desk = signed_in(team.manager)
    looked = [route.path for route in routes_of(app, world) if route.blueprint == "staff"]
    for path in dict.fromkeys(looked):
        assert desk.get(path).status_code != 500, path
    for path in FOR_CHILDREN:
        assert child.get(path).status_code != 500, path
    assert get(desk, "/staff/queue").status == 200
    assert get(desk, f"/staff/case/{case_id}").status == 200
    assert get(child, "/back/now").status == 200


def test_a_name_that_cannot_be_read_is_said_in_its_place(
    transactions: Transactions,
    signed_in: SignIn,
    team: Staff,
    case_id: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    spoil(transactions, "feedback.glance_sealed")
    page = get(signed_in(team.manager), "/staff/queue")
    assert "cannot be read" in page.text
    assert "We can't read something that we kept, so it is missing here." in page.text
    assert "feedback.glance_sealed of " in caplog.text


def test_an_act_that_needs_it_changes_nothing_and_keeps_the_words(
    transactions: Transactions, signed_in: SignIn, team: Staff, case_id: str
) -> None:
    spoil(transactions, "feedback.words_sealed")
    answer = post(signed_in(team.manager), f"/staff/case/{case_id}/words")
    assert answer.status == 503
    assert "We can't read something that we kept" in answer.text

"""One bit of any sealed column is flipped: every page goes on, and says in its place what is lost.

Every column, every page of everybody, both databases; and the worker, which sends the rest.
"""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kids_feedback.domain.people import Role
from kids_feedback.services import readiness
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.outbox import Message
from kids_feedback.storage.tables.people import PersonRow
from tests import sample
from tests.conftest import SetClock
from tests.make import NOW, a_visit
from tests.services.acts import post
from tests.web.conftest import COOKIE, visitor
from tests.web.failures.whole_world import NO_PAGE, PLACES, a_whole_world, spoil
from tests.web.page import Visitor
from tests.web.routes import SECRET, Route, a_world, roles_of, routes_of, token

SAYS = ("We can't read something", "cannot be read")
SMALL = ["event.text_sealed", "feedback.contact_sealed", "meeting.details_sealed"]
# What is shown only once somebody has pressed for it.
OPENING: tuple[tuple[str, str, dict[str, str]], ...] = (
    (Role.LOCAL_MANAGER, "/staff/case/{second}/words", {}),
    (Role.LOCAL_MANAGER, "/staff/case/{second}/contact", {"read": "y"}),
    ("", "/back/answer", {}),
)
LEAVE = {"child.leave", "child.finish"}
NUMBERS = (1, 8, 13)  # the first of anything; where another way, or another supporter, is asked for
ALONE = {"drawing.png_sealed": {"staff.drawing"}}  # what is nothing without it


@pytest.mark.long
@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("place", sample.many(small=SMALL, full=sorted(PLACES)))
def test_every_page_goes_on_and_one_says_what_is_lost(
    app: Flask,
    transactions: Transactions,
    clock: SetClock,
    record_property: Any,
    place: str,
) -> None:
    clock.forward(hours=1)
    with transactions() as db:
        whole = a_whole_world(db)
        world = {**a_world(db), **whole}
        key = {"csrf": SECRET}
        people = staff(db, whole).items()
        everybody = {role: a_visit(db, clock(), person=row.id, **key) for role, row in people}
        everybody |= {"": a_visit(db, clock(), mine=world["second"], **key)}
        everybody |= {"met": a_visit(db, clock(), mine=world["first"], **key)}
    assert spoil(transactions, place), "nothing was there to be spoilt"
    said = set()
    for who, path, fields in OPENING:
        client = visitor(app)
        client.set_cookie(COOKIE, everybody[who])
        data = {"csrf_token": token(), **fields}
        answer = client.post(path.format(**world), data=data, follow_redirects=True)
        if says(answer):
            said.add(path)
        no_visit = answer.status_code == 400 and place == "visit.state_sealed"
        said_so = answer.status_code == 503 and says(answer)
        assert answer.status_code == 200 or said_so or no_visit, path
    came_back = set()
    for route in every_page(app, world):
        for who in readers(app, route, everybody):
            answer = opened(app, who, route)
            lost = says(answer)
            if lost:
                said.add(route.endpoint)
            if route.endpoint == "child.where_things_are":
                came_back.add(answer.status_code)
            fine = answer.status_code in {200, 303, 404}
            alone = answer.status_code == 503 and lost
            assert fine or (alone and route.endpoint in ALONE.get(place, ())), (
                place,
                route,
                answer.status_code,
            )
    assert came_back == {303 if place == "visit.state_sealed" else 200}, (
        "no child was there to read"
    )
    record_property(place, sorted(said))
    assert bool(said) == (place not in NO_PAGE) or place in ALONE, (place, said)


def every_page(app: Flask, world: dict[str, Any]) -> list[Route]:
    """Return the pages of both cases, each once. Whoever leaves reads no other, so that is last."""
    found = {
        (route.method, route.path): route
        for case in ("first", "second")
        for number in NUMBERS
        for route in routes_of(app, {**world, "case_id": world[case], "number": number})
    }
    return sorted(found.values(), key=lambda route: route.endpoint in LEAVE)


def says(answer: Any) -> bool:
    """Say whether a page says that something cannot be read."""
    return any(words in answer.get_data(as_text=True) for words in SAYS)


def staff(db: Any, world: dict[str, Any]) -> dict[str, PersonRow]:
    """Return one of each role, those of the world first."""
    found: dict[str, PersonRow] = {}
    everybody = db.scalars(select(PersonRow).where(PersonRow.role.is_not(None))).all()
    for row in sorted(everybody, key=lambda row: row.id not in set(map(str, world.values()))):
        found.setdefault(row.role.value, row)
    return found


def readers(app: Flask, route: Route, everybody: dict[str, str]) -> list[str]:
    """Return the cookies of who may open a page that only shows something."""
    if route.changes or route.blueprint == "health":  # which machines read
        return []
    roles = roles_of(app, route.endpoint)
    children = [everybody[""], everybody["met"]]
    return [
        everybody[role.value] for role in Role if role in roles and role in everybody
    ] or children


def opened(app: Flask, cookie: str, route: Route) -> Any:
    client: Visitor = visitor(app)
    client.set_cookie(COOKIE, cookie)
    return client.get(route.path)


def test_a_message_that_cannot_be_read_holds_up_no_other(
    app: Flask, transactions: Transactions
) -> None:
    with transactions() as db:
        a_whole_world(db)
        waiting = len(db.scalars(select(Message)).all())
    spoil(transactions, "message.to_sealed")
    with transactions() as db:
        assert 0 < len(post(db, NOW + timedelta(days=9))) < waiting
        codes = {row.last_error for row in db.scalars(select(Message)) if row.to_sealed}
    assert "cannot_open permanent" in codes


def test_a_spoilt_sentinel_is_said_by_readyz(app: Flask, transactions: Transactions) -> None:
    spoil(transactions, "sentinel.text_sealed")
    answer = visitor(app).get("/readyz")
    assert (answer.status_code, answer.get_json()["key"]) == (503, False)
    assert not readiness.can_write(transactions)

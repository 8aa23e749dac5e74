"""Whatever is not a person's own to know of looks exactly as if it were not there."""

import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from kids_feedback.domain.people import CASE_ROLES, Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow
from tests.conftest import SetClock
from tests.make import a_complaint, a_person
from tests.web.page import Visitor, without_code
from tests.web.routes import Route, a_world, everything, roles_of, routes_of, somebody, token

NOBODY = "A" * 22  # an id that no case has


def a_case_for(db: Session, me: PersonRow) -> Case:
    """Add a case that is for ``me``."""
    if me.role is Role.CUSTOMER_SERVICE:
        return a_complaint(db, area=None)  # to be routed
    return a_complaint(db, area="east", office="eastham", manager=me)


def hidden_from(db: Session, me: PersonRow) -> dict[str, str]:
    """Add cases that are not for ``me``; return each one's id by why it is not."""
    mine = {"area": "east", "office": "eastham"}
    managed = a_person(db, "Pat Practitioner", line_manager=me)
    other = a_person(db, "Olu Other", role=Role.LOCAL_MANAGER, offices=["eastham"])
    cases = {
        "about me": a_complaint(db, **mine, about=[me], manager=me),
        "about somebody I manage": a_complaint(db, **mine, about=[managed]),
    }
    if me.role is not Role.CUSTOMER_SERVICE:
        cases["of another area"] = a_complaint(db, area="west", office="westham")
    if me.role is Role.LOCAL_MANAGER:
        cases["given to a colleague"] = a_complaint(db, **mine, manager=other)
    return {why: case.id for why, case in cases.items()}


@pytest.mark.parametrize("role", sorted(CASE_ROLES))
def test_a_case_that_is_not_theirs_is_as_if_it_were_not_there(
    app: Flask, transactions: Transactions, clock: SetClock, role: Role
) -> None:
    with transactions() as db:
        me = a_person(db, "Mo Me", role=role)
        mine = a_case_for(db, me).id
        hidden = hidden_from(db, me)
        world = a_world(db)
    client = somebody(app, transactions, clock, me)
    routes = routes_to_a_case(app, world, role)
    assert any(answer(client, route, mine)[0] == 200 for route in routes), "their own is there"
    before = everything(transactions)
    for route in routes:
        nothing = answer(client, route, NOBODY)
        assert nothing[0] in (404, 422), f"{route} without a case"
        for why, case_id in hidden.items():
            assert answer(client, route, case_id) == nothing, f"{route}: a case {why}"
    assert everything(transactions) == before, "not even a line in its history"


def routes_to_a_case(app: Flask, world: dict[str, object], role: Role) -> list[Route]:
    return [
        route
        for route in routes_of(app, {**world, "case_id": NOBODY})
        if NOBODY in route.path and role in roles_of(app, route.endpoint)
    ]


def answer(client: Visitor, route: Route, case_id: str) -> tuple[int, str, str | None]:
    """Return all that the browser is told, but for the id that it sent and what is random."""
    path = route.path.replace(NOBODY, case_id)
    got = client.open(path, method=route.method, data={"csrf_token": token()})
    soup = BeautifulSoup(got.text, "html.parser")
    for hidden in soup.select("input[type=hidden]"):
        del hidden["value"]
    return got.status_code, without_code(re.sub(case_id, "ID", str(soup))), got.location

"""Every route, for everybody: who may open it, what it needs, what it always sends."""

import functools
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kids_feedback.domain.people import CASE_ROLES, Role
from kids_feedback.storage.db import Transactions
from kids_feedback.web.kit import guard
from kids_feedback.web.kit.guard import Public
from tests.conftest import SetClock
from tests.web import house_rules
from tests.web.page import Visitor, get, without_code
from tests.web.routes import Route, a_world, everything, roles_of, routes_of, somebody, token

Who = Role | None  # None: somebody who is not signed in
EVERYBODY: tuple[Who, ...] = (None, *Role)

# Which roles may find anything at all in a face, whatever its routes say of themselves.
FACES: dict[str, set[Role]] = {
    "child": set(Role),
    "health": set(Role),
    "account": set(Role),
    "people": {Role.ADMINISTRATOR},
    "days": {Role.ADMINISTRATOR},
    "record": {Role.HEAD_OF_PRACTICE, Role.ADMINISTRATOR},
    "staff": set(CASE_ROLES),
    "devices": {Role.LOCAL_MANAGER, Role.HEAD_OF_PRACTICE, Role.ADMINISTRATOR},
    "board": {Role.BOARD_REVIEWER},
    "secretary": {Role.BOARD_SECRETARY},
}
SIGN_IN = "/account/sign-in"
OPENED = "opened"


@pytest.fixture
def routes(app: Flask, transactions: Transactions) -> list[Route]:
    with transactions() as db:
        return list(routes_of(app, a_world(db)))


def test_every_face_is_one_that_we_know(routes: list[Route]) -> None:
    assert {route.blueprint for route in routes} <= set(FACES)


def test_a_face_is_closed_to_whom_it_does_not_concern(app: Flask, routes: list[Route]) -> None:
    policies = guard.policies(app)
    for route in routes:
        policy = policies[route.endpoint]
        if isinstance(policy, Public):
            assert FACES[route.blueprint] == set(Role), f"{route} is open to everybody"
        else:
            assert policy <= FACES[route.blueprint], (
                f"{route} is open to {policy - FACES[route.blueprint]}"
            )


def test_a_reviewer_reaches_the_board_and_their_own_account_alone(
    app: Flask, routes: list[Route]
) -> None:
    reached = {
        route.blueprint for route in routes if Role.BOARD_REVIEWER in roles_of(app, route.endpoint)
    }
    assert reached <= {"account", "board"}


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_those_who_may_get_past_the_door(
    app: Flask,
    routes: list[Route],
    transactions: Transactions,
    clock: SetClock,
    who: Who,
) -> None:
    """Behind each door the page is replaced by a sign, so that nothing but the door is tried."""
    put_up_signs(app)
    policies = guard.policies(app)
    client = somebody(app, transactions, clock, who)
    for route in routes:
        answer = client.open(route.path, method=route.method, data={"csrf_token": token()})
        policy = policies[route.endpoint]
        if policy is Public.CAME_BACK:
            assert was_asked_for_the_words(answer, route), route
        elif policy is Public.ANYONE or who in policy:
            assert answer.text == OPENED, route
        elif who is not None:
            assert answer.status_code == 404, route
            assert without_code(answer.text) == without_code(not_found(client, route).text), (
                f"{route} looks as if it were not there"
            )
        elif route.changes:
            assert answer.status_code == 400, route
        else:
            assert (answer.status_code, answer.location) == (303, SIGN_IN), route


def was_asked_for_the_words(answer: TestResponse, route: Route) -> bool:
    """Say whether somebody who did not come back is led to where they do, and loses no words."""
    if answer.status_code == 400 and route.changes:
        return 'href="/back"' in answer.text
    return (answer.status_code, answer.location) == (303, "/back")


@pytest.mark.parametrize("who", EVERYBODY)
def test_whoever_came_back_gets_past_the_door_of_their_case(
    app: Flask, routes: list[Route], transactions: Transactions, clock: SetClock, who: Who
) -> None:
    put_up_signs(app)
    policies = guard.policies(app)
    behind = [route for route in routes if policies[route.endpoint] is Public.CAME_BACK]
    assert behind
    assert {route.blueprint for route in behind} == {"child"}
    client = somebody(app, transactions, clock, who, mine="a case")
    for route in behind:
        answer = client.open(route.path, method=route.method, data={"csrf_token": token()})
        assert answer.text == OPENED, route


def test_every_page_of_the_way_back_but_the_first_is_behind_the_words(app: Flask) -> None:
    open_to_all = {
        *("child.back", "child.come_back", "child.lost"),
        *("child.word_pictures", "child.pick_word"),
    }
    policies = guard.policies(app)
    for rule in app.url_map.iter_rules():
        wanted = rule.rule.startswith("/back") and rule.endpoint not in open_to_all
        assert (policies[rule.endpoint] is Public.CAME_BACK) == wanted, rule


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_keeps_the_house_rules_for_everybody(
    app: Flask,
    routes: list[Route],
    transactions: Transactions,
    clock: SetClock,
    who: Who,
) -> None:
    for route in routes:
        if not route.changes:
            page = get(somebody(app, transactions, clock, who), route.path)
            assert page.status in (200, 303, 404), route


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("how", ["no token", "somebody else's token", "another site"])
def test_nothing_changes_without_the_token_of_this_visit(
    app: Flask,
    routes: list[Route],
    transactions: Transactions,
    clock: SetClock,
    who: Who,
    how: str,
) -> None:
    forged: dict[str, dict[str, Any]] = {
        "no token": {},
        "somebody else's token": {"data": {"csrf_token": token()[::-1]}},
        "another site": {
            "data": {"csrf_token": token()},
            "headers": {"Sec-Fetch-Site": "cross-site"},
        },
    }
    client = somebody(app, transactions, clock, who)
    before = everything(transactions)
    for route in (route for route in routes if route.changes):
        answer = client.open(route.path, method=route.method, **forged[how])
        signed_out = who is None and answer.location == SIGN_IN  # and so they were before
        assert answer.status_code in (400, 404) or signed_out, route
        house_rules.check_headers(answer, route.path)
        assert everything(transactions) == before, f"{route} changed something"


def test_a_stranger_gets_a_token_too(child: Visitor) -> None:
    assert get(child, "/look").token


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE"])
def test_an_address_that_is_nothing_says_so_in_full_dress(child: Visitor, method: str) -> None:
    answer = child.open("/nothing/here", method=method)
    assert answer.status_code == 404
    house_rules.check_headers(answer, "/nothing/here")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "NONSENSE"])
def test_a_method_that_a_page_does_not_know_is_refused(child: Visitor, method: str) -> None:
    answer = child.open("/", method=method)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    house_rules.check_headers(answer, "/")


@pytest.mark.parametrize("encoding", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_that_is_too_long_is_refused_and_keeps_nobody_waiting(
    child: Visitor, encoding: str
) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n%s\r\n--x--\r\n'
    written = {"application/x-www-form-urlencoded": b"words=%s"}.get(encoding, part)
    kind = f"{encoding}; boundary=x"
    answer = child.post("/look", data=written % (b"x" * 3_000_000), content_type=kind)
    assert answer.status_code == 413
    assert "One box holds up to 5,000 letters." in answer.text
    house_rules.check_headers(answer, "/look")
    assert get(child, "/look").status == 200


def test_a_page_that_breaks_says_sorry_and_nothing_else(app: Flask, child: Visitor) -> None:
    def broken() -> str:
        raise ValueError("what a child wrote")

    app.view_functions["child.look"] = functools.wraps(app.view_functions["child.look"])(broken)
    page = get(child, "/look")
    assert page.status == 500
    assert "what a child wrote" not in page.response.text


def test_a_static_file_is_kept_for_ever_under_a_name_that_changes(child: Visitor) -> None:
    scripts = get(child, "/").soup.select("script[src]")
    answer = child.get(str(scripts[0]["src"]))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    answer.close()


def test_the_size_of_the_table(routes: list[Route], record_property: Any) -> None:
    record_property("routes x roles", f"{len(routes)} x {len(EVERYBODY)}")
    assert len(routes) * len(EVERYBODY) > 100


def put_up_signs(app: Flask) -> None:
    for endpoint, view in app.view_functions.items():
        app.view_functions[endpoint] = sign_for(view)


def sign_for(view: Any) -> Any:
    @functools.wraps(view)  # which keeps what the view says of itself
    def opened(**arguments: object) -> str:
        return OPENED

    return opened


def not_found(client: Visitor, route: Route) -> TestResponse:
    """Return what is said of an address that is none, beside that of ``route``."""
    return client.get(f"/{route.path.split('/')[1]}/nothing/here")

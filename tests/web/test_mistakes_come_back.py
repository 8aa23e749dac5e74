"""No form of staff that is not right is answered in place: it comes back by a redirect, as typed.

Each form is sent empty, and then with far too long a text in each of its boxes, by the first of
those who may send it that is not told that nothing is there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.web.kit.forms import NEVER_SHOWN
from kids_feedback.web.staff.step_pages.court import PARTS
from kids_feedback.web.staff.steps.registry import BY_SLUG
from tests.conftest import SetClock
from tests.make import a_person
from tests.web.conftest import SignIn
from tests.web.page import Visitor, get
from tests.web.routes import Route, a_world, roles_of, routes_of, somebody, token
from tests.web.staff.pages import TALK, a_given_case, address, saved, some_staff, take

SLUGS = {"staff.take_step": BY_SLUG, "staff.save_court": PARTS}
FACES = ("staff", "devices", "secretary", "people", "days", "account")  # people change people last
TAKES = (Role.LOCAL_MANAGER, *(role for role in Role if role is not Role.LOCAL_MANAGER))
LONG = "Wagtail" * 1_000
BOXES = "textarea, input:not([type=hidden], [type=checkbox], [type=radio])"

# Nothing in them is wrong when they are empty: a button, or boxes that may stay empty.
GOOD_EMPTY = {
    "account.end_other_visits",
    "account.sign_out",
    "people.come_back",
    "people.hand_on",
    "people.invite",
    "people.name_for_last_resort",
    "people.say_outside",
    "secretary.release",
    "secretary.show_change",
    "staff.messages_again",
    "staff.open_follow_ups",
    "staff.open_lot",
    "staff.open_statement",
    "staff.save_about_me",
    "staff.start_safeguarding",
}
# What they are about is not there.
NOT_THERE = {
    "account.accept",
    "account.become_demo_kiosk",
    "account.use_demo_link",
    "devices.close_kiosk",
    "people.remove_duty",
    "secretary.take_back",
}
# Nobody here is the person outside the list, who alone is asked (see staff/test_opening.py).
NOT_ASKED = "staff.say_why"
# On their pages are several forms, or what is saved besides.
OF_SEVERAL = {
    *(("staff.save_court", part) for part in PARTS if part != "child"),  # which is a button
    ("people.say_outside", "east"),
    ("staff.ring_anyway", "now"),
    ("staff.save_answer", "answer"),
    ("staff.send_delay_notice", "late"),
    ("staff.send_to_child", "message"),
    ("staff.strike_talk", "strike"),
}
# A miss takes as long whoever it is about, so it is answered in place.
MISS = "account.let_in"


@dataclass(frozen=True)
class Sent:
    """A form that was sent: where it stands, how it was answered, and the page it led to."""

    route: Route
    path: str
    data: dict[str, str]
    status: int
    location: str
    page: BeautifulSoup
    page_status: int

    @property
    def comes_back(self) -> bool:
        return self.status == 303 and "again=" in self.location

    @property
    def boxes(self) -> list[Tag]:
        return self.page.select(f"form[action='{self.path}'] :is({BOXES})")

    def __str__(self) -> str:
        return f"{self.route} to {self.path}: {self.status} {self.location}"


@pytest.fixture
def every(
    app: Flask, transactions: Transactions, clock: SetClock, signed_in: SignIn
) -> list[list[Sent]]:
    """Every form of staff, sent empty and, where it has boxes, once more with all of them full."""
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
        world = {**a_world(db), "case_id": case.id}
        team = {role: a_person(db, role=role) for role in Role}
    team[Role.LOCAL_MANAGER] = staff.manager
    manager = signed_in(staff.manager)
    saved(manager, take(manager, case, "talk", **{**TALK, "talk_on": "2026-03-02"}))
    page = get(manager, address(case))
    world["talk_id"] = next(
        path.rpartition("/")[2] for path in page.links().values() if "/talk/" in path
    )
    found = []
    for route, path in _forms(app, world):
        roles = sorted(roles_of(app, route.endpoint), key=TAKES.index)
        clients = [somebody(app, transactions, clock, team[role]) for role in roles]
        clients = clients or [somebody(app, transactions, clock, None)]
        found.append(_empty_and_full(route, path, clients))
    return found


def test_none_is_answered_in_place_and_the_page_says_what_is_wrong(every: list[list[Sent]]) -> None:
    for empty, *full in every:
        if empty.route.endpoint in NOT_THERE:
            assert empty.status == 404, empty
        else:
            assert empty.comes_back == (empty.route.endpoint not in GOOD_EMPTY), empty
        for sent in full:
            assert sent.comes_back == (sent.route.endpoint != MISS), sent
    for sent in (sent for both in every for sent in both if sent.comes_back):
        assert sent.page_status == 422, sent
        assert sent.page.select_one("title:-soup-contains('Error:')"), sent
        assert sent.page.select(".summary li"), sent


def test_what_was_typed_stands_there_too_but_never_a_password(every: list[list[Sent]]) -> None:
    typed = set()
    for sent in (sent for _empty, *full in every for sent in full if sent.comes_back):
        shown = {str(box["name"]): LONG in str(box) for box in sent.boxes}
        assert shown == {name: name not in NEVER_SHOWN for name in sent.data}, sent
        typed.add((sent.route.endpoint, sent.path.rpartition("/")[2]))
    assert typed >= OF_SEVERAL


def _forms(app: Flask, world: dict[str, object]) -> Iterator[tuple[Route, str]]:
    changing = (route for route in routes_of(app, world) if route.changes)
    routes = [route for route in changing if route.endpoint != NOT_ASKED]
    for face in FACES:
        for route in routes:
            if route.blueprint == face:
                for slug in SLUGS.get(route.endpoint, [world["slug"]]):
                    yield route, route.path.replace(f"/{world['slug']}", f"/{slug}")


def _empty_and_full(route: Route, path: str, clients: list[Visitor]) -> list[Sent]:
    tries = [(client, _send(client, route, path, {})) for client in clients]
    client, empty = next((found for found in tries if found[1].status != 404), tries[0])
    names = [str(box["name"]) for box in empty.boxes]
    full = [_send(client, route, path, dict.fromkeys(names, LONG))] if names else []
    return [empty, *full]


def _send(client: Visitor, route: Route, path: str, data: dict[str, str]) -> Sent:
    answer = client.post(path, data={"csrf_token": token(), **data})
    page = client.get(answer.location) if answer.location else answer
    soup = BeautifulSoup(page.text, "html.parser")
    location = answer.location or ""
    return Sent(route, path, data, answer.status_code, location, soup, page.status_code)

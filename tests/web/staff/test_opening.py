"""The person outside the list says why they open a case, before a page shows any of it."""

from dataclasses import dataclass

import pytest
from flask import Flask

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import CASE_ROLES, Fallback, Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow
from kids_feedback.storage.tables.safety import Alarm, AlarmTold
from tests.conftest import SetClock
from tests.make import NOW, a_person
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, follow, get, post, submit
from tests.web.routes import a_world, everything, roles_of, routes_of, somebody, token
from tests.web.staff.pages import CANARY, PHONE, a_case, address, history, staff_with

QUESTION = "Why do you open this case?"
WHY = "Both who are named for it may be meant."
ASKS = {"staff.reason", "staff.say_why"}
NO_ADDRESS = {("staff.save_court", "read"), ("staff.step", "told"), ("staff.take_step", "told")}


@dataclass(frozen=True)
class Outside:
    """Somebody outside the list, and a case that nobody else may have."""

    person: PersonRow
    case: Case


def outside(transactions: Transactions, role: Role = Role.HEAD_OF_PRACTICE) -> Outside:
    with transactions() as db:
        meant = a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE)
        person = a_person(
            db, "Ola Outside", role=role, areas=["west"], last_resort=Fallback.OUTSIDE
        )
        case = a_case(
            db,
            name="Robin",
            about=[meant],
            fallback=Fallback.OUTSIDE,
            stage=Stage.RECEIVED,
        )
        return Outside(person, case)


def say_why(client: Visitor, page: Page, reason: str = WHY) -> Page:
    """Send the page that asks, with a reason."""
    return submit(client, page, to=str(page.found("form[action$='/why']")["action"]), reason=reason)


@pytest.mark.parametrize("role", sorted(CASE_ROLES))
def test_every_page_of_the_case_asks_first_and_shows_nothing(
    app: Flask, transactions: Transactions, clock: SetClock, role: Role
) -> None:
    it = outside(transactions, role)
    with transactions() as db:
        world = a_world(db)
    client = somebody(app, transactions, clock, it.person)
    before, here = everything(transactions), address(it.case)
    routes = [
        route
        for slug in ("read", "told")  # of a small step, and of a part of the court page
        for route in routes_of(app, {**world, "case_id": it.case.id, "slug": slug})
        if it.case.id in route.path
        and route.endpoint not in ASKS
        and role in roles_of(app, route.endpoint)
        and (route.endpoint, slug) not in NO_ADDRESS
    ]
    assert len({route.endpoint for route in routes}) > 20
    for route in routes:
        got = client.open(route.path, method=route.method, data={"csrf_token": token()})
        if route.changes:
            assert got.status_code == 409, route
            assert QUESTION in got.text, route
        else:
            tail = route.path.removeprefix(here)
            then = f"?then={tail}" if tail else ""
            assert (got.status_code, got.location) == (303, f"{here}/why{then}"), route
        for part in (CANARY, PHONE, "Robin", "Complaint", "Easy words"):
            assert part not in got.text, f"{route} shows {part}"
    assert everything(transactions) == before, "not even a line in its history"


def test_the_question_shows_nothing_of_the_case(
    signed_in: SignIn, transactions: Transactions
) -> None:
    it = outside(transactions)
    page = follow(signed_in(it.person), get(signed_in(it.person), address(it.case)))
    assert (page.status, page.heading) == (200, QUESTION)
    assert "it went to the person named outside the list" in page.text
    assert "The reason stays in its history, with your name and the time." in page.text
    for part in (CANARY, PHONE, "Robin", "Hana", "8 to 11", "Complaint", "East"):
        assert part not in page.response.text


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_an_empty_reason_is_refused(
    signed_in: SignIn, transactions: Transactions, reason: str
) -> None:
    it = outside(transactions)
    client = signed_in(it.person)
    asked = address(it.case, "/why")
    get(client, asked)
    sent = {"csrf_token": client.token, "reason": reason, "then": "/court"}
    assert client.post(asked, data=sent).status_code == 303
    page = say_why(client, get(client, address(it.case, "/why?then=/court")), reason)
    assert page.status == 422
    assert page.found("input[name=then]")["value"] == "/court"
    assert "Say why you open this case" in page.texts(".summary")[0]
    assert page.found("input[name=then]")["value"] == "/court", "it knows where they were going"
    assert "Robin" not in page.response.text
    assert history(transactions, it.case) == []


@pytest.mark.parametrize("more", ["", "/words", "/contact"])
def test_after_it_the_page_opens_and_the_history_shows_the_reason(
    signed_in: SignIn, transactions: Transactions, more: str
) -> None:
    it = outside(transactions)
    client = signed_in(it.person)
    said = say_why(client, follow(client, get(client, address(it.case, more))))
    assert (said.status, said.location) == (303, address(it.case, more))
    assert follow(client, said).heading == "Robin"
    assert history(transactions, it.case) == ["opened_from_outside"]
    line = get(client, address(it.case)).texts(".timeline li")[0]
    assert line == (
        f"Opened the case as the person named outside the list. {WHY} "
        "Mon 2 Mar 2026, 09:00 · Ola Outside"
    )


def test_whoever_has_it_later_reads_the_reason(
    signed_in: SignIn, transactions: Transactions
) -> None:
    it = outside(transactions)
    post(signed_in(it.person), address(it.case, "/why"), reason=WHY)
    with transactions() as db:
        later = a_person(db, "Nia New", role=Role.HEAD_OF_PRACTICE)
    page = get(signed_in(later), address(it.case))
    assert page.status == 200
    assert WHY in page.texts(".timeline")[0]


def test_they_are_asked_once(signed_in: SignIn, transactions: Transactions) -> None:
    it = outside(transactions)
    client = signed_in(it.person)
    asked = get(client, address(it.case, "/why?then=/words"))
    say_why(client, asked)
    for again in (
        get(client, address(it.case, "/why?then=/words")),
        say_why(client, asked, "And once more."),
    ):
        assert (again.status, again.location) == (303, address(it.case, "/words"))
    assert history(transactions, it.case) == ["opened_from_outside"]


@pytest.mark.parametrize("then", ["//evil.example", "/../../../people", "\r\nX: 1", "x", "/a?b=c"])
def test_from_the_question_one_goes_on_to_the_case_and_nowhere_else(
    signed_in: SignIn, transactions: Transactions, then: str
) -> None:
    it = outside(transactions)
    client = signed_in(it.person)
    get(client, address(it.case, "/why"))
    said = post(client, address(it.case, "/why"), reason=WHY, then=then)
    assert (said.status, said.location) == (303, address(it.case))


def test_what_was_typed_is_given_back(signed_in: SignIn, transactions: Transactions) -> None:
    """Somebody had it otherwise when they opened the page, and only from outside as they sent."""
    it = outside(transactions)
    client = signed_in(it.person)
    get(client, "/staff/queue")  # for its token
    page = post(client, address(it.case, "/message"), text="Dear child", seen="1")
    assert (page.status, page.heading) == (409, QUESTION)
    assert "Dear child" in page.text
    said = say_why(client, page)
    assert said.location == address(it.case)


def test_a_case_that_asks_nothing_has_no_such_page(
    signed_in: SignIn, transactions: Transactions
) -> None:
    staff, case = staff_with(transactions, lambda db, _staff, **more: a_case(db, **more))
    it = outside(transactions)
    head = signed_in(staff.head)
    get(head, "/staff/queue")  # for its token
    assert get(head, address(case, "/why")).location == address(case)
    assert post(head, address(case, "/why"), reason=WHY).location == address(case)
    assert history(transactions, case) == []
    stranger = signed_in(staff.manager)
    assert get(stranger, address(it.case, "/why")).status == 404
    get(stranger, "/staff/queue")  # for its token
    assert post(stranger, address(it.case, "/why"), reason=WHY).status == 404


def test_the_queue_says_no_more_than_that_a_case_waits(
    signed_in: SignIn, transactions: Transactions
) -> None:
    it = outside(transactions)
    client = signed_in(it.person)
    page = get(client, "/staff/queue")
    assert page.links()["A case waits that nobody else may have"] == address(it.case)
    for part in ("Robin", "8 to 11", "Phone", "Acknowledge", "Due", "Complaints (1)"):
        assert part not in page.response.text
    assert "Robin" not in get(client, "/staff/queue?show=answer").response.text
    post(client, address(it.case, "/why"), reason=WHY)
    page = get(client, "/staff/queue")
    assert "Robin" in page.text
    assert "A case waits" not in page.text


def test_two_that_wait_are_told_apart(signed_in: SignIn, transactions: Transactions) -> None:
    it = outside(transactions)
    with transactions() as db:
        second = a_case(db, fallback=Fallback.OUTSIDE)
    links = get(signed_in(it.person), "/staff/queue").links(".others a")
    assert set(links.values()) == {address(it.case), address(second)}


def test_who_looks_to_an_alarm_finds_the_question_among_the_steps(
    signed_in: SignIn, transactions: Transactions
) -> None:
    it = outside(transactions)
    with transactions() as db:
        alarm = Alarm(case_id=it.case.id, raised_at=NOW)
        db.add(alarm)
        db.flush()
        db.add(AlarmTold(alarm_id=alarm.id, person_id=it.person.id))
        db.get_one(Case, it.case.id).read_today = True
    client = signed_in(it.person)
    page = get(client, address(it.case))
    assert page.links(".others a") == {"Say why you open this case": address(it.case, "/why")}
    say_why(client, get(client, address(it.case, "/why")))
    assert "Say why you open this case" not in get(client, address(it.case)).text

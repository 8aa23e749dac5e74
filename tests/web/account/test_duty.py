"""An administrator keeps the duty list."""

from dataclasses import replace
from datetime import time

import pytest

from kids_feedback.config import Settings
from kids_feedback.domain.case.safety import Watch
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from tests import make
from tests.services.acts import a_head, a_manager
from tests.services.alarming import on_duty
from tests.web.conftest import SignIn
from tests.web.page import Visitor, follow, get, submit

DUTY = "/people/duty"


@pytest.fixture
def alma(signed_in: SignIn, transactions: Transactions) -> Visitor:
    with transactions() as db:
        make.an_area(db, "west")
        row = make.a_person(db, "Alma", role=Role.ADMINISTRATOR)
    return signed_in(row)


def test_who_has_nobody_is_in_red_and_an_alarm_without_anybody_is_said(
    alma: Visitor, transactions: Transactions
) -> None:
    page = get(alma, DUTY)
    assert page.texts(".flag")[0].startswith("Nobody can be told when a child is not safe")
    assert page.texts(".tag-late") == ["Nobody is on duty", "Nobody is on duty", "Nobody"]
    assert get(alma, "/people/").texts(".flag") == page.texts(".flag")
    with transactions() as db:
        make.a_person(db, role=Role.CUSTOMER_SERVICE)
    assert get(alma, DUTY).texts(".flag") == get(alma, "/people/").texts(".flag") == []


def test_somebody_is_put_on_the_list_and_taken_off(
    alma: Visitor, transactions: Transactions
) -> None:
    with transactions() as db:
        max_id = a_manager(db).id
    page = get(alma, DUTY)
    filled = {"person_id": max_id, "area": "east", "starts": "09:00", "ends": "12:30"}
    none = submit(alma, page, to=DUTY, **filled)
    assert (none.status, none.texts(".wrong")) == (422, ["Choose at least one day"])
    wrong = submit(alma, page, to=DUTY, **{**filled, "starts": "noon"}, weekdays=["0"])
    assert (wrong.status, wrong.texts(".wrong")) == (422, ["Enter a time like 09:00"])
    late = submit(alma, page, to=DUTY, **{**filled, "starts": "13:00"}, weekdays=["0"])
    assert late.texts(".wrong") == ["The end must be after the beginning"]
    page = follow(alma, submit(alma, page, to=DUTY, **filled, weekdays=["0", "5"]))
    assert "Monday, Saturday, 09:00 to 12:30" in page.text
    (remove,) = [form for form in page.soup.select("form") if "/remove" in str(form["action"])]
    page = follow(alma, submit(alma, page, to=str(remove["action"])))
    assert "Monday, Saturday" not in page.text


def test_what_a_child_can_ring_outside_the_hours(alma: Visitor) -> None:
    page, to = get(alma, DUTY), "/people/duty/outside/west"
    too_long = submit(alma, page, to=to, outside="x" * 201)
    assert (too_long.status, "x" * 201 in too_long.response.text) == (422, True)
    page = follow(alma, submit(alma, page, to=to, outside="Duty team: 01234"))
    assert page.found("#outside-west")["value"] == "Duty team: 01234"
    assert page.texts(".tag-late") == ["Nobody is on duty", "Nobody is on duty"]


def test_who_has_left_is_not_on_it(alma: Visitor, transactions: Transactions) -> None:
    with transactions() as db:
        head = on_duty(db, a_head(db))
        head.closed_at = make.NOW
    assert "Hana Head" not in get(alma, DUTY).text


class TestWhereDutyHoursAreOthers:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        duty = Watch(opens=time(8), closes=time(18, 30))
        return replace(settings, reference=replace(settings.reference, duty=duty))

    def test_those_are_offered(self, alma: Visitor) -> None:
        page = get(alma, DUTY)
        assert page.found("#starts")["value"] == "08:00"
        assert page.found("#ends")["value"] == "18:30"

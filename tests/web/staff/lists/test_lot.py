"""A Head of Practice reads many together, and ends what no child sent with one reason."""

import re

import pytest
from sqlalchemy import select

from kids_feedback.domain.case.procedure import Ending, Stage
from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from tests.make import a_complaint, a_compliment, a_note
from tests.services.alarming import raised
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, follow, get, submit

LIST = "/staff/queue?many=1"  # with a box to tick in each row
WHY = "They all came within a minute and say the same."


@pytest.fixture
def lot(transactions: Transactions) -> list[str]:
    with transactions() as db:
        rows = [a_complaint(db), a_note(db), a_compliment(db), a_complaint(db), a_complaint(db)]
        raised(db, rows[3])
        return [row.id for row in rows]


def ticked(head: Visitor, ids: list[str]) -> Page:
    return follow(head, submit(head, get(head, LIST), to="/staff/lot", case=ids))


def state(transactions: Transactions) -> dict[str, tuple[str, str | None]]:
    with transactions() as db:
        return {row.id: (row.stage, row.ended_as) for row in db.scalars(select(Case))}


def history(transactions: Transactions, case_id: str) -> list[tuple[str, str | None]]:
    with transactions() as db:
        wanted = select(Event).where(Event.case_id == case_id).order_by(Event.number)
        return [(line.what, line.note) for line in db.scalars(wanted)]


def test_those_that_are_ticked_are_ended_each_with_its_own_line(
    signed_in: SignIn, transactions: Transactions, lot: list[str]
) -> None:
    head = signed_in(Role.HEAD_OF_PRACTICE)
    page = ticked(head, lot[:4])
    assert page.status == 200
    assert page.text.count("She never asked me what I wanted.") >= 3, "each is read"
    queue = follow(head, submit(head, page, to="/staff/lot/end", case=lot[:4], reason=WHY))
    assert "3 were closed as not from a child" in queue.text
    assert "One stays as it was" in queue.text, "who may not be safe is decided about first"
    found = state(transactions)
    for case_id in lot[:3]:
        assert found[case_id] == (Stage.CLOSED, Ending.TEST)
        assert ("end_otherwise", WHY) in [
            (re.sub("^ended.*", "end_otherwise", what), note)
            for what, note in history(transactions, case_id)
        ]
    assert [found[case_id][1] for case_id in lot[3:]] == [None, None]


def test_each_can_be_opened_again(
    signed_in: SignIn, transactions: Transactions, lot: list[str]
) -> None:
    head = signed_in(Role.HEAD_OF_PRACTICE)
    submit(head, ticked(head, lot[:1]), to="/staff/lot/end", case=lot[:1], reason=WHY)
    path = f"/staff/case/{lot[0]}/step/reopen"
    submit(head, get(head, path), to=path, note="It was a child after all.")
    assert state(transactions)[lot[0]] == (Stage.ACKNOWLEDGED, None)


def test_without_a_reason_nothing_is_ended_and_every_tick_stays(
    signed_in: SignIn, transactions: Transactions, lot: list[str]
) -> None:
    head = signed_in(Role.HEAD_OF_PRACTICE)
    page = ticked(head, lot[:3])
    page = submit(head, page, to="/staff/lot/end", case=lot[:2], shown=lot[:3], reason=" ")
    assert page.status == 422
    assert "Write how you know" in page.text
    boxes = page.soup.select("input[name=case]")
    assert [box.has_attr("checked") for box in boxes] == [True, True, False]
    assert not any(ended for _, ended in state(transactions).values())


def test_what_changed_meanwhile_or_is_not_theirs_stays(
    signed_in: SignIn, transactions: Transactions, lot: list[str]
) -> None:
    head = signed_in(Role.HEAD_OF_PRACTICE)
    with transactions() as db:
        elsewhere = a_complaint(db, area="west").id
    page = ticked(head, [*lot[:2], elsewhere, "nobody's"])
    assert len(page.soup.select("input[name=case]")) == 2
    with transactions() as db:
        db.get_one(Case, lot[0]).version += 1
    ids = [*lot[:2], elsewhere]
    queue = follow(head, submit(head, page, to="/staff/lot/end", case=ids, reason=WHY))
    assert "One was closed" in queue.text
    assert "2 stay as they were" in queue.text
    found = state(transactions)
    assert [found[case_id][1] for case_id in ids] == [None, Ending.TEST, None]


def test_nothing_ticked_is_the_queue(signed_in: SignIn, lot: list[str]) -> None:
    head = signed_in(Role.HEAD_OF_PRACTICE)
    assert "Tick those first" in ticked(head, []).text
    assert get(head, "/staff/lot").location == "/staff/queue"


def test_what_this_person_has_not_opened_is_not_shown_by_an_address(
    signed_in: SignIn, transactions: Transactions, lot: list[str]
) -> None:
    head = signed_in(Role.HEAD_OF_PRACTICE)
    page = get(head, f"/staff/lot?case={lot[0]}")
    assert not page.soup.select("input[name=case]")
    assert history(transactions, lot[0]) == []


@pytest.mark.parametrize("role", [Role.LOCAL_MANAGER, Role.CUSTOMER_SERVICE])
def test_nobody_else_is_offered_it(signed_in: SignIn, lot: list[str], role: Role) -> None:
    client = signed_in(role)
    assert "Read the ticked ones" not in get(client, "/staff/queue").text

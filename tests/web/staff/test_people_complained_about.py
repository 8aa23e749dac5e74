"""Saying who it is about, and what they see from then on: nothing."""

from sqlalchemy import select

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case, PersonComplainedAbout
from kids_feedback.storage.tables.people import PersonRow
from tests.make import a_person
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, get, post, submit
from tests.web.staff.pages import (
    a_case,
    a_given_case,
    address,
    history,
    now,
    saved,
    some_staff,
)


def who(client: Visitor, case: Case) -> Page:
    return get(client, address(case, "/who"))


def ticked(page: Page, name: str = "people") -> list[str]:
    boxes = page.soup.select(f"label:has(input[name={name}][checked])")
    return [box.get_text().strip() for box in boxes]


def offered(page: Page, name: str = "people") -> list[str]:
    boxes = page.soup.select(f"label:has(input[name={name}])")
    return [box.get_text().strip() for box in boxes]


def named(transactions: Transactions, case: Case) -> dict[str, bool]:
    wanted = select(PersonComplainedAbout).where(PersonComplainedAbout.case_id == case.id)
    with transactions.reading() as db:
        return {row.person_id: row.line_manager_may for row in db.scalars(wanted)}


def a_worker(transactions: Transactions, name: str, **columns: object) -> PersonRow:
    with transactions() as db:
        return a_person(db, name, offices=["eastham"], **columns)  # type: ignore[arg-type]


def test_a_manager_who_is_named_loses_the_case_at_once(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff, name="Robin")
    head, manager = signed_in(staff.head), signed_in(staff.manager)
    page = who(head, case)
    assert offered(page) == ["Max Manager, Eastham"]
    assert "They can't see it." in saved(
        head, submit(head, page, to=page.path, people=[staff.manager.id])
    )
    assert named(transactions, case) == {staff.manager.id: False}
    assert now(transactions, case).stage is Stage.ACKNOWLEDGED
    assert get(manager, address(case)).status == 404
    queue = get(manager, "/staff/queue")
    assert "Robin" not in queue.text
    assert queue.texts(".subnav a")[0] == "All cases (0)"
    text = get(head, address(case)).text
    assert "The complaint is about Max Manager. They and their line managers can't see it." in text
    assert "The local manager may no longer have the case" in text


def test_a_name_is_looked_for_without_losing_what_was_ticked(
    signed_in: SignIn, transactions: Transactions
) -> None:
    ada, bo = a_worker(transactions, "Ada Moss"), a_worker(transactions, "Bo Reed")
    with transactions() as db:
        staff = some_staff(db)
        far = a_person(db, "Zoë Far")
        case = a_case(db)
    client = signed_in(staff.head)
    page = who(client, case)
    found = submit(client, page, to=page.path, look="1", name="zoe far", people=[ada.id])
    assert found.status == 200
    assert ticked(found) == ["Ada Moss, Eastham"]
    assert "Bo Reed, Eastham" not in offered(found)
    assert saved(client, submit(client, found, to=page.path, people=[ada.id, far.id]))
    assert named(transactions, case) == {ada.id: False, far.id: False}
    assert ticked(who(client, case)) == ["Ada Moss, Eastham", "Zoë Far"]
    cleared = submit(client, who(client, case), to=page.path, people=[])
    assert saved(client, cleared)
    assert named(transactions, case) == {}
    assert bo.id not in get(client, address(case)).response.text


def test_nobody_of_that_name_is_said_in_words(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_case(db)
    client = signed_in(staff.head)
    page = who(client, case)
    found = submit(client, page, to=page.path, look="1", name="Nobody At All")
    assert "Nobody of that name works here, or did in the last two years." in found.text


def test_a_line_manager_may_have_it_with_a_reason(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        ada = a_person(db, "Ada Moss", offices=["eastham"], line_manager=staff.manager)
        case = a_given_case(db, staff, name="Robin", about=[ada])
    head, manager = signed_in(staff.head), signed_in(staff.manager)
    assert get(manager, address(case)).status == 404
    page = who(head, case)
    bare = submit(head, page, to=page.path, may=[ada.id])
    assert (bare.status, bare.texts(".wrong")) == (422, ["Enter something here first."])
    assert saved(head, submit(head, page, to=page.path, may=[ada.id], reason="Nobody else."))
    assert named(transactions, case) == {ada.id: True}
    assert get(manager, address(case)).status == 200
    text = get(head, address(case)).text
    assert "Decided that a line manager may see it (Ada Moss). Nobody else." in text


def test_nobody_decides_that_for_themselves(signed_in: SignIn, transactions: Transactions) -> None:
    with transactions() as db:
        staff = some_staff(db)
        ada = a_person(db, "Ada Moss", offices=["eastham"], line_manager=staff.head)
        case = a_case(db)
    client = signed_in(staff.head)
    page = who(client, case)
    found = submit(client, page, to=page.path, look="1", people=[ada.id])
    own = submit(client, found, to=page.path, people=[ada.id], may=[ada.id], reason="I may.")
    assert own.status == 422
    assert own.texts(".wrong") == [
        "You are that line manager, so another Head of Practice decides."
    ]
    assert history(transactions, case) == []


def test_a_head_of_practice_who_bars_themselves_is_sent_to_the_queue(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        ada = a_person(db, "Ada Moss", offices=["eastham"], line_manager=staff.head)
        case = a_case(db)
    client = signed_in(staff.head)
    page = who(client, case)
    done = submit(client, page, to=page.path, people=[ada.id])
    assert done.location == "/staff/queue"
    assert now(transactions, case).area_code is None, "back to customer service"
    assert get(client, address(case)).status == 404


def test_only_a_head_of_practice_says_who_it_is_about(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    client = signed_in(staff.manager)
    get(client, "/staff/queue")
    assert who(client, case).status == 404
    assert post(client, address(case, "/who"), people=[], seen=str(case.version)).status == 404


def test_people_that_are_nobody_are_refused(signed_in: SignIn, transactions: Transactions) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_case(db)
    client = signed_in(staff.head)
    page = who(client, case)
    for nobody in ("nobody", "nul\0in-it"):
        assert submit(client, page, to=page.path, people=[nobody]).status == 422
    assert named(transactions, case) == {}

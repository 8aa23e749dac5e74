"""Saying who it is about, and what they see from then on: nothing."""

from datetime import UTC, datetime

from sqlalchemy import select

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import Role
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
    open_words,
    saved,
    some_staff,
)

CLOSED = datetime(2026, 1, 5, tzinfo=UTC)


def who(client: Visitor, case: Case) -> Page:
    """Open the page as somebody who has read what the child said."""
    open_words(client, case)
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
    assert history(transactions, case) == ["opened_words"]


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
    assert now(transactions, case).fallback is not None, "somebody stands in"
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


TYPED = {"happened": "She forgot me.", "worker": "Hazel 😢", "town": "Leicester"}


def a_case_of_hazel(transactions: Transactions, **columns: object) -> tuple[Case, PersonRow]:
    """Add a case in which the child typed a first name, and who may be meant by it."""
    with transactions() as db:
        hazel = a_person(db, "Hazel Quill", role=Role.LOCAL_MANAGER)
        case = a_case(db, statement=TYPED, stage=Stage.ACKNOWLEDGED, **columns)
        db.add(PersonComplainedAbout(case_id=case.id, person_id=hazel.id, certain=False))
    return case, hazel


def test_the_typed_name_stands_where_a_case_is_given_away_and_is_asked_about_first(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
    case, hazel = a_case_of_hazel(transactions)
    client, meant = signed_in(staff.head), signed_in(hazel)
    allocate = address(case, "/step/allocate")
    page = get(client, allocate)
    assert page.texts(".words") == ["Hazel 😢", "Leicester"]
    assert all(words["dir"] == "auto" for words in page.soup.select(".words"))
    assert page.texts(".option") == [], "there is nobody to choose yet"
    assert page.soup.select_one(f"main a[href='{address(case, '/who')}']")
    refused = post(
        client, allocate, manager=staff.manager.id, seen=str(case.version), csrf_token=page.token
    )
    assert refused.status == 422
    assert "First say who it is about." in refused.texts(".summary")[0]
    assert refused.soup.select_one(f"main a[href='{address(case, '/who')}']")
    assert now(transactions, case).manager_id is None
    asked = who(client, case)
    assert asked.texts(".words") == ["Hazel 😢", "Leicester"]
    assert offered(asked) == ["Perhaps meant: Hazel Quill, Eastham"]
    more = submit(client, asked, to=asked.path, look="1", name="max manger")
    assert offered(more) == ["Perhaps meant: Hazel Quill, Eastham", "Max Manager, Eastham"]
    assert ticked(asked) == [], "nobody is taken for certain"
    assert get(meant, address(case)).status == 404
    assert "perhaps Hazel Quill" in get(client, address(case)).text
    nothing = submit(client, asked, to=asked.path, people=[])
    assert (nothing.status, nothing.texts(".wrong")) == (
        422,
        ["Tick who it is, or tick “None of these”."],
    )
    both = submit(client, asked, to=asked.path, people=[hazel.id], none="y")
    assert both.texts(".wrong") == ["You ticked somebody and also “None of these”. Untick one."]
    assert saved(client, submit(client, asked, to=asked.path, people=[], none="y")) == "Saved."
    assert "It is not about Hazel Quill." in get(client, address(case)).text
    assert sorted(get(client, allocate).texts(".option")) == ["Hazel Quill", "Max Manager"]


def test_the_line_manager_is_asked_about_in_one_press_with_a_reason(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        ada = a_person(db, "Ada Moss", offices=["eastham"], line_manager=staff.manager)
        case = a_case(db, stage=Stage.ACKNOWLEDGED, statement={**TYPED, "worker": "Ada Moss"})
        db.add(PersonComplainedAbout(case_id=case.id, person_id=ada.id))
    client = signed_in(staff.head)
    page = who(client, case)
    assert ticked(page) == ["Ada Moss, Eastham, line manager: Max Manager"]
    assert offered(page, "may") == ["Max Manager, line manager of Ada Moss"]
    assert ticked(page, "may") == [], "never by default"
    assert saved(client, submit(client, page, to=page.path, people=[ada.id]))
    page = get(client, address(case, "/step/allocate"))
    assert "It is about: Ada Moss." in page.text
    assert page.texts(".option") == ["Max Manager, line manager: only with a reason"]
    bare = submit(client, page, to=page.path, manager=staff.manager.id)
    assert bare.texts(".wrong") == ["Write why the line manager may have it."]
    given = submit(client, page, to=page.path, manager=staff.manager.id, reason="Knows her best.")
    assert saved(client, given)
    assert named(transactions, case) == {ada.id: True}
    assert "Knows her best." in get(client, address(case)).text


def test_customer_service_decides_where_no_area_has_it(
    signed_in: SignIn, transactions: Transactions
) -> None:
    with transactions() as db:
        head = a_person(db, "Hazel Quill", role=Role.HEAD_OF_PRACTICE)
        desk = a_person(db, "Cosmo Wren", role=Role.CUSTOMER_SERVICE)
        left = a_person(db, "Iris Gone", closed_at=CLOSED, line_manager=head)
        case = a_case(db, area=None, statement=TYPED)
        db.add(PersonComplainedAbout(case_id=case.id, person_id=head.id, certain=False))
    client = signed_in(desk)
    assert get(client, address(case, "/step/area")).texts(".words") == ["Hazel 😢", "Leicester"]
    page = who(client, case)
    found = submit(client, page, to=page.path, look="1", name="iris gon")
    assert "Iris Gone, line manager: Hazel Quill, has left" in offered(found)
    assert saved(client, submit(client, found, to=page.path, people=[left.id]))
    assert named(transactions, case) == {left.id: False}
    assert get(client, address(case)).status == 200

"""An administrator hands on what somebody has, without seeing any of it. Ruling R18."""

import pytest
from sqlalchemy import select

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import Fallback, Role
from kids_feedback.services.casework.people.handing_on import TO_HEAD
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.people import PersonRow
from tests.make import NOW, a_complaint, a_person
from tests.services.acts import a_head, a_manager
from tests.web.conftest import SignIn
from tests.web.page import get, post, submit
from tests.web.staff.pages import address


@pytest.fixture
def manager(transactions: Transactions) -> PersonRow:
    """A manager with one case, a colleague, and their Head of Practice."""
    with transactions() as db:
        a_head(db)
        a_manager(db, "Olu Other")
        row = a_manager(db)
        a_complaint(db, stage=Stage.ALLOCATED, manager=row, name="Captain Custard")
        return row


def the_case(transactions: Transactions) -> Case:
    with transactions() as db:
        return db.scalars(select(Case)).one()


def test_closing_leads_to_the_cases_that_need_somebody_first(
    signed_in: SignIn, transactions: Transactions, manager: PersonRow
) -> None:
    ada = signed_in(Role.ADMINISTRATOR)
    person = get(ada, f"/people/{manager.id}")
    refused = submit(ada, person, to=f"/people/{manager.id}/close")
    assert refused.status == 422
    assert refused.path == person.path
    assert "1 case needs somebody first." in refused.text
    assert refused.soup.select("input[name=offices][checked]"), "the rest of the page is as it was"
    page = get(ada, refused.links()["Hand on their cases"])
    assert "Captain Custard" not in page.text
    case = the_case(transactions)
    with transactions() as db:
        other = db.scalars(select(PersonRow).where(PersonRow.name == "Olu Other")).one()
    done = submit(ada, page, to=page.path, **{f"to-{case.id}": other.id})
    assert done.location == page.path
    assert the_case(transactions).manager_id == other.id
    assert "They have no case now." in get(ada, page.path).text
    assert submit(ada, person, to=f"/people/{manager.id}/close").status == 303


def test_where_somebody_may_not_have_one_the_other_choices_stay(
    signed_in: SignIn, transactions: Transactions, manager: PersonRow
) -> None:
    ada, first = signed_in(Role.ADMINISTRATOR), the_case(transactions)
    with transactions() as db:
        other = db.scalars(select(PersonRow).where(PersonRow.name == "Olu Other")).one()
        second = a_complaint(db, stage=Stage.ALLOCATED, manager=manager, about=[other])
    page = get(ada, f"/people/{manager.id}/cases")
    to = {f"to-{first.id}": other.id, f"to-{second.id}": other.id}
    refused = submit(ada, page, to=page.path, **to)
    assert (refused.status, refused.path) == (422, page.path)
    assert refused.texts(".summary li") == ["Somebody there may not have it. Choose again."]
    assert refused.texts("option[selected]") == ["Olu Other"]


def test_what_goes_to_the_head_says_that_the_manager_has_it_no_more(
    signed_in: SignIn, transactions: Transactions, manager: PersonRow
) -> None:
    ada, case = signed_in(Role.ADMINISTRATOR), the_case(transactions)
    page = get(ada, f"/people/{manager.id}/cases")
    submit(ada, page, to=page.path, **{f"to-{case.id}": TO_HEAD})
    with transactions() as db:
        head = db.scalars(select(PersonRow).where(PersonRow.role == Role.HEAD_OF_PRACTICE)).one()
    text = get(signed_in(head), address(case)).text
    assert "The local manager does not have the case any more, so somebody else has to" in text
    assert "may no longer have the case" not in text, "nobody complains about them"


def test_who_is_away_has_a_deputy_until_they_are_back(
    signed_in: SignIn, transactions: Transactions, manager: PersonRow
) -> None:
    ada = signed_in(Role.ADMINISTRATOR)
    page = get(ada, f"/people/{manager.id}/away")
    assert submit(ada, page, to=page.path, deputy="").status == 422
    with transactions() as db:
        other = db.scalars(select(PersonRow).where(PersonRow.name == "Olu Other")).one()
    submit(ada, page, to=page.path, deputy=other.id, until="9 March 2026")
    person = get(ada, f"/people/{manager.id}")
    assert "Away until Mon 9 Mar 2026. Olu Other stands in." in person.text
    assert "Captain Custard" in get(signed_in(other), "/staff/queue").text
    submit(ada, person, to=f"/people/{manager.id}/back")
    assert "Captain Custard" not in get(signed_in(other), "/staff/queue").text


def test_only_who_can_stand_in_is_on_offer_as_a_deputy(
    signed_in: SignIn, transactions: Transactions, manager: PersonRow
) -> None:
    ada = signed_in(Role.ADMINISTRATOR)
    with transactions() as db:
        a_manager(db, "Al Away", away_on=NOW.date())
        a_manager(db, "Cal Closed", closed_at=NOW)
        a_person(db, "Pru Practitioner")
        boss = a_manager(db, "Bo Boss", closed_at=NOW)
        db.get_one(PersonRow, manager.id).line_manager_id = boss.id
    page = get(ada, f"/people/{manager.id}/away")
    offered = page.texts("select[name=deputy] option")
    assert "Olu Other" in offered
    assert not {"Al Away", "Cal Closed", "Pru Practitioner", "Bo Boss", manager.name} & {*offered}
    assert offered == submit(ada, page, to=page.path, deputy="").texts(
        "select[name=deputy] option"
    ), "refused, the page offers the same, each once"


@pytest.mark.parametrize("nobody", ["nobody", "no%00body"])
def test_nobody_is_no_person_to_be_away(signed_in: SignIn, nobody: str) -> None:
    ada = signed_in(Role.ADMINISTRATOR)
    get(ada, "/people/")
    assert get(ada, f"/people/{nobody}/away").status == 404
    assert post(ada, f"/people/{nobody}/away").status == 404


def test_the_list_says_how_many_are_named_for_what_nobody_else_may_have(
    signed_in: SignIn, transactions: Transactions
) -> None:
    ada = signed_in(Role.ADMINISTRATOR)
    with transactions() as db:
        desk = a_person(db, "Cleo Desk", role=Role.CUSTOMER_SERVICE, password_hash="set")
        manager = a_manager(db)
    assert "0 people are named." in get(ada, "/people/").text
    path = f"/people/{desk.id}"
    submit(ada, get(ada, path), to=f"{path}/last-resort", named="last_resort")
    assert "1 person is named." in get(ada, "/people/").text
    with transactions() as db:
        assert db.get_one(PersonRow, desk.id).last_resort is Fallback.LAST_RESORT
    theirs = f"/people/{manager.id}"
    submit(ada, get(ada, theirs), to=f"{theirs}/last-resort", named="last_resort")
    with transactions() as db:
        assert db.get_one(PersonRow, manager.id).last_resort is None


@pytest.mark.parametrize("page", ["cases", "away"])
def test_nobody_else_hands_on(signed_in: SignIn, manager: PersonRow, page: str) -> None:
    head = signed_in(Role.HEAD_OF_PRACTICE)
    get(head, "/staff/queue")
    assert get(head, f"/people/{manager.id}/{page}").status == 404
    assert post(head, f"/people/{manager.id}/{page}").status == 404

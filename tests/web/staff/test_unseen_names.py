"""A name in which nobody sees a sign is no name, whoever typed it and whenever."""

import pytest

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.web.child.test_journey import begin, next_page
from tests.web.conftest import SignIn
from tests.web.page import Visitor, get, submit
from tests.web.staff.pages import a_given_case, address, some_staff

UNSEEN = ("\u3164", "\u200b\u200d", "\u0301\u0308", "\u00a0\u2003")


@pytest.mark.parametrize("name", UNSEEN)
def test_a_child_is_called_by_what_can_be_read(
    signed_in: SignIn, transactions: Transactions, name: str
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff, name=name)  # as one was kept before
    client = signed_in(staff.manager)
    assert get(client, "/staff/queue").links()["No name given"] == address(case)
    assert get(client, address(case)).heading.startswith("No name given")


@pytest.mark.parametrize("name", UNSEEN)
def test_a_name_that_nobody_sees_is_not_kept(
    child: Visitor, transactions: Transactions, name: str
) -> None:
    next_page(child, begin(child, 31), topics="kind")
    next_page(child, get(child, "/p/32"), happened="They were kind.")
    check = next_page(child, get(child, "/p/33"), pass_on="with_name", name=name)
    next_page(child, check)
    with transactions.reading() as db:
        assert [row.name for row in db.query(Case)] == [None]


@pytest.mark.parametrize("name", UNSEEN)
def test_somebody_who_works_here_needs_one_that_is_seen(signed_in: SignIn, name: str) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    page = submit(client, get(client, "/people/new"), to="/people/new", name=name)
    assert "Write their name" in page.texts(".wrong")


def test_a_recovery_code_can_be_typed_on_a_phone(child: Visitor) -> None:
    code = get(child, "/account/sign-in").found("[name=code]")
    assert code["inputmode"] == "text"
    assert code["autocomplete"] == "one-time-code"

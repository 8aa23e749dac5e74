"""Administrators close a day and open it again. docs/procedure.md, paragraph 26."""

from datetime import date

import pytest

from kids_feedback.domain.people import Role
from kids_feedback.services.casework.days import working_days
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.make import a_complaint, a_person
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, follow, get, post, submit

HERE = "/closed-days/"
STORM = {"day": "2026-03-04", "reason": "A storm"}


@pytest.fixture
def alma(signed_in: SignIn, transactions: Transactions) -> Visitor:
    with transactions() as db:
        row = a_person(db, "Alma", role=Role.ADMINISTRATOR, email="alma@example.org")
    return signed_in(row)


def closing(alma: Visitor, **changed: str) -> Page:
    asked = submit(alma, get(alma, HERE), to=HERE, **{**STORM, **changed})
    if asked.status != 200:
        return asked
    return submit(alma, get(alma, HERE), to=HERE, **{**STORM, **changed, "go": "close"})


def test_closing_a_day_asks_first_with_the_whole_date(
    alma: Visitor, transactions: Transactions
) -> None:
    page = submit(alma, get(alma, HERE), to=HERE, **STORM)
    assert page.texts(".banner h2") == ["Close this day?"]
    assert "Nobody works on Wednesday 4 March 2026 then." in page.text
    with transactions.reading() as db:
        assert working_days.listed_days(db) == ()


def test_a_day_is_closed_and_opened_again_and_says_what_moved(
    alma: Visitor, transactions: Transactions
) -> None:
    with transactions() as db:
        case_id = a_complaint(db).id
    page = follow(alma, closing(alma))
    assert "That day is closed. Promised days that moved: 1." in page.text
    assert page.texts("main tbody tr") == [
        "Wed 4 Mar 2026 A storm Mon 2 Mar 2026, Alma Open it again Wed 4 Mar 2026"
    ]
    with transactions.reading() as db:
        assert db.get_one(Case, case_id).talk_by == date(2026, 3, 17)
    listed = page
    page = follow(alma, submit(alma, listed, to="/closed-days/open", day="2026-03-04"))
    assert "The closing of that day is taken back. Promised days that moved: 1." in page.text
    assert page.texts("main tbody tr") == [
        "Wed 4 Mar 2026 A storm Mon 2 Mar 2026, Alma Mon 2 Mar 2026, Alma"
    ]
    with transactions.reading() as db:
        assert db.get_one(Case, case_id).talk_by == date(2026, 3, 16)
    again = follow(alma, submit(alma, listed, to="/closed-days/open", day="2026-03-04"))
    assert "Nothing moved." in again.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day": "2026-04-03"}, "That day is a bank holiday already: Good Friday."),
        ({"day": "2026-03-07"}, "Nobody works on that day anyway: it is a weekend."),
        ({"day": "2999-03-07"}, "The calendar does not reach to that day."),
        ({"day": "soon"}, "That is not a date. Write it like 20/3/2026 or 20 March 2026."),
        ({"reason": " "}, "Say why nobody works on that day"),
        ({"reason": "x" * 121}, "This is too long. Please keep it to 120 letters."),
    ],
)
def test_what_cannot_be_closed_says_why_and_keeps_what_was_typed(
    alma: Visitor, changed: dict[str, str], said: str
) -> None:
    page = closing(alma, **changed)
    assert page.status == 422
    assert said in page.text
    for value in {**STORM, **changed}.values():
        assert f'value="{value.strip()}"' in page.response.text


def test_a_day_that_is_none_is_not_opened_and_closes_nothing(alma: Visitor) -> None:
    get(alma, "/closed-days/")
    page = post(alma, "/closed-days/open", day="soon")
    assert (page.status, page.path) == (422, "/closed-days/")
    assert page.texts(".summary li") == [
        "That is not a date. Write it like 20/3/2026 or 20 March 2026."
    ]
    assert page.found("input[name=day]:not([type=hidden])")["value"] == ""


def test_a_day_is_closed_once(alma: Visitor) -> None:
    closing(alma)
    assert "That day is closed already: A storm." in closing(alma, reason="Snow").text

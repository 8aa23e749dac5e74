"""A step that breaks a rule of the database is our fault, and nobody is told to try again."""

import logging
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import event

from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.web.conftest import SignIn
from tests.web.staff.pages import a_given_case, now, some_staff, take

NOTE = "Wagtail"
ATTEMPT = {"way": "phone", "result": "no_answer", "note": NOTE, "next_attempt_on": "2026-03-03"}


@pytest.fixture
def a_step_that_forgets_the_talk() -> Iterator[None]:
    """Let whatever saves a case leave it with a clock that nothing has started."""

    def forget(_: object, __: object, row: Case) -> None:
        row.answer_by = date(2026, 3, 30)

    event.listen(Case, "before_update", forget)
    yield
    event.remove(Case, "before_update", forget)


@pytest.mark.usefixtures("a_step_that_forgets_the_talk")
def test_a_broken_rule_is_named_in_the_log_and_nothing_is_saved(
    signed_in: SignIn, transactions: Transactions, caplog: pytest.LogCaptureFixture
) -> None:
    with transactions() as db:
        staff = some_staff(db)
        case = a_given_case(db, staff)
    client = signed_in(staff.manager)
    with caplog.at_level(logging.DEBUG):
        page = take(client, case, "attempt", **ATTEMPT)
    assert page.status == 500
    assert "ck_feedback_clock_needs_a_talk" in caplog.text
    assert NOTE not in caplog.text
    assert now(transactions, case).contacted_on is None

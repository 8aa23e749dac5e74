"""Where the page offers that a contact attempt is put right."""

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.storage.db import Transactions
from tests.web.conftest import SignIn
from tests.web.page import get, submit
from tests.web.staff.pages import Staff, address, saved, take
from tests.web.staff.steps.conftest import TRIED, a_case_of

PUT_RIGHT = "Put an attempt right"


def test_one_that_is_put_right_is_not_offered_again(
    signed_in: SignIn, transactions: Transactions, team: Staff
) -> None:
    case = a_case_of(transactions, team, Stage.ALLOCATED)
    desk = signed_in(team.manager)
    take(desk, case, "attempt", **TRIED)
    page = get(desk, get(desk, address(case)).links()[PUT_RIGHT])
    (number,) = (box["value"] for box in page.soup.select("input[name=number]"))
    none = {"number": str(number), "result": "none", "reason": "A slip."}
    assert saved(desk, submit(desk, page, to=page.path, **none)) == "Saved."
    assert PUT_RIGHT not in get(desk, address(case)).links()
    take(desk, case, "attempt", **TRIED)
    assert PUT_RIGHT in get(desk, address(case)).links(), "another one can be"

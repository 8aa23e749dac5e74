"""Endings without an answer: proposed, decided, said to the child, and undone by them."""

import pytest

from kids_feedback.domain.case.procedure import FEWEST_TRIES, Ending, Stage
from kids_feedback.storage.db import Transactions
from tests.web.conftest import SignIn
from tests.web.page import Visitor, get, submit
from tests.web.staff.pages import Staff, a_given_case, address, now, open_words, saved, take
from tests.web.staff.steps.conftest import TRIED, a_case_of, way_back


def test_a_child_who_cannot_be_reached_reads_it_and_can_undo_it(
    signed_in: SignIn, transactions: Transactions, team: Staff, child: Visitor
) -> None:
    case = a_case_of(transactions, team, Stage.ALLOCATED)
    desk, head = signed_in(team.manager), signed_in(team.head)
    ending = {"ending": "cant_reach", "reason": "Every number is dead."}
    early = take(desk, case, "propose-ending", **ending)
    assert "not enough attempts are recorded" in early.texts(".wrong")[0]
    for _ in range(FEWEST_TRIES):
        take(desk, case, "attempt", **TRIED)
    done = take(desk, case, "propose-ending", **ending)
    assert saved(desk, done) == "Saved. The Head of Practice decides on it."
    page = get(head, address(case))
    assert "The local manager proposes to close it without an answer" in page.text
    assert "Proposed to close it: The child can't be reached." in page.text
    unread = take(head, case, "end", **ending)
    assert "Open what the child said first." in unread.texts(".wrong")[0]
    open_words(head, case)
    assert saved(head, take(head, case, "end", **ending)) == "Closed."
    page = way_back(child)
    assert "We tried to reach you, and we could not. So we have stopped for now." in page.text
    assert "Your written answer" not in page.text
    assert "looks into it" not in page.text
    thanks = submit(child, page, to="/back/not-right")
    assert "Thank you. It is open again." in thanks.text
    assert "Hana Head will look at it by Thursday 5 March." in thanks.text
    assert now(transactions, case).stage is Stage.ALLOCATED
    assert "So we have stopped for now" not in get(child, "/back/now").text
    page = get(head, address(case))
    assert "The child says that it was not right to close it" in page.text


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (Ending.DUPLICATE, "We think you told us this before."),
        (Ending.TEST, "We think somebody was only trying out this website."),
        (Ending.NOT_OURS, "this is about people who don't work for us."),
    ],
)
def test_each_ending_is_said_in_simple_words(
    signed_in: SignIn,
    transactions: Transactions,
    team: Staff,
    child: Visitor,
    ending: Ending,
    said: str,
) -> None:
    case = a_case_of(transactions, team, Stage.ALLOCATED)
    with transactions() as db:
        other = a_given_case(db, team)
    head = signed_in(team.head)
    open_words(head, case)
    if ending is Ending.DUPLICATE:
        unsaid = take(head, case, "end", ending=ending, reason="The same words.")
        assert unsaid.texts(".wrong") == ["Choose what the child had told us before"]
    done = take(head, case, "end", ending=ending, reason="Read it.", same_as=other.id)
    assert saved(head, done) == "Closed."
    page = way_back(child)
    assert said in page.text
    assert page.form("/back/not-right")


def test_the_head_says_that_a_case_goes_on(
    signed_in: SignIn, transactions: Transactions, team: Staff
) -> None:
    case = a_case_of(transactions, team, Stage.ALLOCATED)
    take(signed_in(team.manager), case, "propose-ending", ending="not_ours", reason="A school.")
    head = signed_in(team.head)
    page = get(head, address(case, "/step/follow-up"))
    assert page.texts(".option")[-1] == "No, it goes on"
    done = submit(head, page, to=page.path, outcome="goes_on", note="It is ours too.")
    assert saved(head, done) == "Saved."
    assert now(transactions, case).stage is Stage.ALLOCATED

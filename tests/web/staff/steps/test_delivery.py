"""An answer is posted, comes back, and is delivered anew: what staff and the child then read."""

from datetime import date

import pytest

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.child.secret_words import fingerprint
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer
from tests.conftest import SetClock
from tests.make import NOW
from tests.services.acts import WHOLE
from tests.web.child.back.test_case_status import KEY, WORDS, come_back
from tests.web.conftest import SignIn
from tests.web.page import Visitor, follow, get, submit
from tests.web.staff.pages import Staff, a_talked_case, address, now, saved, take

AT_HOME = {"letter_where": "home", "letter_address": "1 High Street", "letter_opener": "other"}


def approved(
    transactions: Transactions, team: Staff, method: Method, contact: dict[str, str]
) -> Case:
    with transactions() as db:
        case = a_talked_case(
            db,
            team,
            stage=Stage.APPROVED,
            method=method,
            contact=contact,
            ongoing=False,
            fingerprint=fingerprint(" ".join(WORDS), KEY),
        )
        db.add(Answer(case_id=case.id, parts=WHOLE, written_by=team.head.id, saved_at=NOW))
        return case


def test_the_childs_own_rules_stand_where_the_answer_goes_out(
    signed_in: SignIn, transactions: Transactions, team: Staff
) -> None:
    case = approved(transactions, team, Method.LETTER, AT_HOME)
    desk = signed_in(team.manager)
    page = get(desk, address(case, "/step/deliver"))
    assert "Might somebody else open it? Yes" in page.texts(".banner")[0]
    assert "The child said that somebody else might open a letter." in page.text
    assert "called safe" not in page.text
    assert "High Street" not in page.text, "the address is opened apart, on record"
    refused = submit(desk, page, to=page.path)
    assert refused.status == 422
    assert "Might somebody else open it? Yes" in refused.texts(".banner")[0]


@pytest.mark.parametrize(
    ("opener", "said"),
    [("me", ""), ("not_sure", "The child is not sure who opens their letters.")],
)
def test_no_danger_is_said_that_the_child_did_not_say(
    signed_in: SignIn, transactions: Transactions, team: Staff, opener: str, said: str
) -> None:
    case = approved(transactions, team, Method.LETTER, {**AT_HOME, "letter_opener": opener})
    page = get(signed_in(team.manager), address(case, "/step/deliver"))
    assert said in page.text
    assert "somebody else might open" not in page.text


def test_a_written_answer_is_not_given_by_phone(
    signed_in: SignIn, transactions: Transactions, team: Staff
) -> None:
    case = approved(transactions, team, Method.PHONE, {"phone": "07700 900123"})
    page = get(signed_in(team.manager), address(case, "/step/deliver"))
    assert page.texts(".option") == ["Nothing goes out: it waits behind the secret words"]
    assert "ring to say that it is there" in page.text


def test_a_letter_that_came_back_is_told_to_the_child_and_delivered_another_way(
    signed_in: SignIn, transactions: Transactions, team: Staff, child: Visitor, clock: SetClock
) -> None:
    case = approved(transactions, team, Method.LETTER, AT_HOME)
    desk = signed_in(team.manager)
    given = take(desk, case, "deliver", how="letter", on="2026-03-02", proof="Receipt 12")
    assert saved(desk, given) == "Saved. The answer is there for the child."
    text = get(desk, address(case)).text
    assert "Receipt 12" in text
    assert "The answer was posted on Mon 2 Mar 2026, in time." in text
    page = follow(child, come_back(child, " ".join(WORDS)))
    assert page.texts(".path li")[-1] == (
        "Done: We posted your answer on Monday 2 March. You can read it here too."
    )
    clock.forward(days=3)
    desk = signed_in(team.manager)
    back = take(desk, case, "not-arrived", why="came_back")
    assert saved(desk, back) == "Saved. The answer waits behind the secret words."
    page = follow(child, come_back(child, " ".join(WORDS)))
    assert "We posted it on Monday 2 March, but it came back. It waits here for you." in page.text
    assert page.links()["Go to your answer"]
    page = get(desk, address(case))
    assert page.texts(".next a") == ["Deliver the answer"]
    assert "The letter with the answer came back." in page.text
    assert "The letter with the answer did not arrive: deliver it another way." in page.text
    early = take(desk, case, "deliver", how="here", on="2026-03-02")
    assert early.status == 422
    assert "Choose today." in early.text
    again = take(desk, case, "deliver", how="here", on="")
    assert saved(desk, again) == "Saved. The answer is there for the child."
    assert now(transactions, case).delivered_on == date(2026, 3, 5)
    page = get(child, "/back/now")
    assert page.texts(".path li")[-1] == "Done: Your answer came on Thursday 5 March."


def test_a_wrong_address_is_said_as_what_it_was(
    signed_in: SignIn, transactions: Transactions, team: Staff, child: Visitor
) -> None:
    case = approved(transactions, team, Method.LETTER, AT_HOME)
    desk = signed_in(team.manager)
    take(desk, case, "deliver", how="letter")
    take(desk, case, "not-arrived", why="wrong_address", note="Flat 2, not 3")
    page = follow(child, come_back(child, " ".join(WORDS)))
    assert "but to a wrong address. Sorry. It waits here for you." in page.text
    assert "Flat 2" not in page.text
    assert "The letter with the answer went to a wrong address." in get(desk, address(case)).text

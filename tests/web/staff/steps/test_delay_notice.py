"""Staff send a delay notice, and the child reads it first."""

import pytest

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.child.secret_words import fingerprint
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.conftest import SetClock
from tests.web.child.back.test_case_status import KEY, WORDS, come_back
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, follow, get, submit
from tests.web.staff.pages import Staff, a_talked_case, address, history, saved
from tests.web.staff.steps.conftest import a_case_of

WHY = "The person who knows is <ill>."
LATE = {"promise": "answer", "new_on": "2026-04-08", "reason": WHY}  # due on 30 March
SAID = "We are late. We said Monday 30 March. It will now be Wednesday 8 April. Sorry."


@pytest.fixture
def case(transactions: Transactions, team: Staff) -> Case:
    with transactions() as db:
        return a_talked_case(db, team, fingerprint=fingerprint(" ".join(WORDS), KEY))


@pytest.fixture
def desk(signed_in: SignIn, team: Staff) -> Visitor:
    return signed_in(team.manager)


def open_late(desk: Visitor, case: Case) -> Page:
    return get(desk, get(desk, address(case)).links()["Send the child a delay notice"])


def send(desk: Visitor, case: Case, page: Page, **changed: str) -> Page:
    return submit(desk, page, to=address(case, "/late"), **{**LATE, **changed})


def test_it_is_seen_as_the_child_will_before_anybody_is_told(
    desk: Visitor, case: Case, transactions: Transactions
) -> None:
    page = open_late(desk, case)
    assert page.texts("main .option") == ["The written answer, by Mon 30 Mar 2026"]
    page = send(desk, case, page, go="look")
    assert page.status == 200
    assert f"{SAID} This is why: {WHY}" in page.text
    assert history(transactions, case) == []
    page = send(desk, case, page, go="tell")
    assert saved(desk, page) == (
        "Saved. The child sees this first, and the Head of Practice is notified."
    )
    assert history(transactions, case) == ["delayed"]


def test_the_child_reads_it_first_of_all(
    desk: Visitor, case: Case, child: Visitor, clock: SetClock
) -> None:
    send(desk, case, open_late(desk, case), go="tell")
    page = follow(child, come_back(child, " ".join(WORDS)))
    assert page.text.startswith(f"Where things are {SAID} This is why: {WHY}")
    assert "Now: You will get your written answer by Wednesday 8 April." in page.texts(".path .now")
    assert "30 March" not in page.text.removeprefix(f"Where things are {SAID}")
    clock.forward(days=40)
    page = follow(child, come_back(child, " ".join(WORDS)))
    assert "We are late again. We said Monday 30 March, then Wednesday 8 April." in page.text
    assert page.soup.select_one("form[action='/back/nudge']")


def test_a_child_reads_just_what_was_written(desk: Visitor, case: Case, child: Visitor) -> None:
    """These words once stood for a cause, and were kept from the child."""
    send(desk, case, open_late(desk, case), go="tell", reason="you picked this day")
    page = follow(child, come_back(child, " ".join(WORDS)))
    assert page.text.startswith(f"Where things are {SAID} This is why: you picked this day")


def test_staff_still_see_it_as_late(desk: Visitor, case: Case, clock: SetClock) -> None:
    send(desk, case, open_late(desk, case), go="tell")
    page = get(desk, address(case))
    assert "The child was told: The written answer, now by Wed 8 Apr 2026." in page.text
    assert "The child gets the written answer by Monday 30 March." in page.text
    assert (
        "Sent the child a delay notice (The written answer): "
        "now by Wed 8 Apr 2026, not by Mon 30 Mar 2026."
    ) in page.texts(".timeline p")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"new_on": "2026-04-05"}, "That is not a working day. Choose a working day."),
        ({"new_on": "2026-03-30"}, "Choose a date from Tue 31 Mar 2026 to"),
        ({"new_on": ""}, "Enter the new date"),
        ({"reason": "  "}, "Enter the reason: the child reads it"),
        ({"promise": "read"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said(
    desk: Visitor, case: Case, changed: dict[str, str], said: str
) -> None:
    page = send(desk, case, open_late(desk, case), go="tell", **changed)
    assert page.status == 422
    assert said in " ".join(page.texts(".summary a"))


def test_a_delay_notice_shows_the_whole_date_and_is_capped_at_a_year(
    signed_in: SignIn, transactions: Transactions, team: Staff
) -> None:
    case = a_case_of(transactions, team, Stage.TALKED)
    desk = signed_in(team.manager)
    to = address(case, "/late")
    reason = {"promise": "answer", "reason": "We wait for a letter."}
    far = submit(desk, get(desk, to), to=to, new_on="2030-01-08", **reason)
    assert far.status == 422
    assert "to Tue 2 Mar 2027." in far.texts(".wrong")[0]
    page = submit(desk, get(desk, to), to=to, new_on="2027-01-08", **reason)
    assert "The new date is Friday 8 January 2027." in page.text
    assert "It will now be Friday 8 January 2027." in page.texts(".banner")[0]
    told = submit(desk, page, to=to, go="tell", new_on="2027-01-08", **reason)
    assert saved(desk, told)
    page = submit(desk, get(desk, to), to=to, new_on="2026-04-08", **reason)
    assert "We said Friday 8 January. It will now be Wednesday 8 April 2026." in page.text

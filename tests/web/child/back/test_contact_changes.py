"""On the way back a child asks for another way to get in touch, and for who comes along.

Nothing of it holds before a person has asked them (ruling R28), so the old stays.
"""

from dataclasses import dataclass
from datetime import date

import pytest

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.requests import Asked
from kids_feedback.services.case.asked import requests
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.web.child.back.test_case_status import WORDS, a_child_with_words, come_back
from tests.web.page import Page, Visitor, follow, get, submit

OLD = {"method": "phone", "phone": "07700 900999", "phone_else": "hang_up"}
OLD_HELPER = {"supporter": "known", "supporter_name": "Zebulon", "supporter_party": "no"}


@pytest.fixture
def case(transactions: Transactions) -> str:
    return a_child_with_words(
        transactions,
        method=Method.PHONE,
        contact=OLD,
        supporter="known",
        helper=OLD_HELPER,
    )


@pytest.fixture
def back(child: Visitor, case: str) -> Visitor:
    come_back(child, " ".join(WORDS))
    return child


def opened(back: Visitor, link: str) -> Page:
    return get(back, get(back, "/back/now").links()[link])


@dataclass(frozen=True)
class Kept:
    """What holds, and what is asked for beside it."""

    method: Method | None
    contact: object
    supporter: str | None
    helper: object
    asked: tuple[tuple[Asked, object], ...]


OLD_HOLDS = (Method.PHONE, OLD, "known", OLD_HELPER)


def kept(transactions: Transactions, case: str) -> Kept:
    with transactions.reading() as db:
        row = db.get_one(Case, case)
        asked = tuple((item.what, item.given) for item in requests.entries(db, row))
        return Kept(row.method, row.contact, row.supporter, row.helper, asked)


def asked_for(transactions: Transactions, case: str) -> tuple[tuple[Asked, object], ...]:
    """Return what is asked for, once it is clear that the old holds as it was."""
    found = kept(transactions, case)
    assert (found.method, found.contact, found.supporter, found.helper) == OLD_HOLDS
    return found.asked


def test_another_way_to_get_in_touch(back: Visitor, case: str, transactions: Transactions) -> None:
    page = opened(back, "Change how you contact me")
    page = follow(back, submit(back, page, method="email"))
    assert page.heading == "What is your email address?"
    page = follow(back, submit(back, page, email="robin@example.org"))
    done = submit(back, page, email_shared="no")
    assert done.heading == "Thank you. You asked us to change it."
    assert "We'll ask you first, when we talk with you. Until then, nothing changes." in done.text
    given = {"method": "email", "email": "robin@example.org", "email_shared": "no"}
    assert asked_for(transactions, case) == ((Asked.WAY, given),)
    back_now = get(back, "/back/now")
    assert "You asked us on Monday 2 March to reach you another way. We'll ask" in back_now.text
    assert "robin@example.org" not in back_now.response.text


def test_a_meeting_asks_how_to_tell_first(
    back: Visitor, case: str, transactions: Transactions
) -> None:
    page = follow(back, submit(back, opened(back, "Change how you contact me"), method="meet"))
    page = follow(back, submit(back, page, meet_tell="phone"))
    submit(back, follow(back, submit(back, page, phone="0116 496 0000")))
    given = {"method": "meet", "meet_tell": "phone", "phone": "0116 496 0000"}
    assert asked_for(transactions, case) == ((Asked.WAY, given),)


def test_nothing_that_was_given_before_is_on_the_pages(back: Visitor) -> None:
    pages = [opened(back, "Change how you contact me"), opened(back, "Add someone to help me")]
    pages.append(follow(back, submit(back, pages[0], method="phone")))
    pages.append(follow(back, submit(back, pages[1], supporter="known")))
    for page in pages:
        assert not page.soup.select("[checked], [selected]")
        assert not any(field["value"] for field in page.soup.select("input[type=tel]"))
        assert "900999" not in str(page.soup)
        assert "Zebulon" not in str(page.soup)


@pytest.mark.parametrize(
    ("number", "fields", "said"),
    [
        (8, {}, "Pick one, or go back"),
        (9, {}, "Pick one, or go back"),
        (10, {}, "Write it here, or go back and pick another way"),
        (10, {"phone": "12"}, "That phone number looks too short. Check it or leave it empty."),
        (12, {}, "Write it here, or go back and pick another way"),
        (13, {}, "Pick one, or go back"),
    ],
)
def test_half_a_way_is_no_way(
    back: Visitor,
    case: str,
    transactions: Transactions,
    number: int,
    fields: dict[str, str],
    said: str,
) -> None:
    page = submit(back, get(back, f"/back/change/{number}"), **fields)
    assert page.status == 422
    assert said in page.texts(".summary a")
    assert asked_for(transactions, case) == ()


def test_a_page_in_the_middle_leads_to_the_first(
    back: Visitor, case: str, transactions: Transactions
) -> None:
    page = follow(back, submit(back, get(back, "/back/change/10"), phone="0116 496 0000"))
    page = submit(back, page)
    assert page.location == "/back/change/8"
    assert asked_for(transactions, case) == ()


def test_somebody_else_comes_along(back: Visitor, case: str, transactions: Transactions) -> None:
    page = opened(back, "Add someone to help me")
    page = follow(back, submit(back, page, supporter="known"))
    page = follow(back, submit(back, page, supporter_name="Mum", supporter_link="other"))
    page = follow(back, submit(back, page, supporter_party="yes"))
    assert page.heading == "Please pick someone else"
    assert submit(back, page).status == 422
    page = follow(back, submit(back, page, supporter_instead="again"))
    page = follow(back, submit(back, page, supporter_name="Gran"))
    done = submit(back, page, supporter_party="not_sure")
    assert done.heading == "That's OK. We will check and tell you."
    given = {"supporter": "known", "supporter_name": "Gran", "supporter_party": "not_sure"}
    assert asked_for(transactions, case) == ((Asked.SUPPORTER, given),)


def test_coming_alone_after_all(back: Visitor, case: str, transactions: Transactions) -> None:
    page = opened(back, "Add someone to help me")
    assert submit(back, page, supporter="no").heading == "Thank you. You asked us to change it."
    assert asked_for(transactions, case) == ((Asked.SUPPORTER, {"supporter": "no"}),)


def test_words_survive_a_stale_page(back: Visitor) -> None:
    page = get(back, "/back/change/10")
    back.delete_cookie("__Host-id")
    again = submit(back, page, phone="0116 496 0000")
    assert again.status == 400
    assert again.soup.select_one("input[name=phone][value='0116 496 0000']")


def test_whoever_has_to_come_back_first_is_asked_for_the_words(back: Visitor) -> None:
    page = get(back, "/back/change/10")
    back.delete_cookie("__Host-id")
    again = submit(back, page, phone="0116 496 0000")
    asked = submit(back, again)
    assert asked.heading == "Please enter your secret words first"
    assert asked.links()["Enter your secret words (opens a new tab)"] == "/back"
    assert "0116 496 0000" in asked.response.text


def test_once_it_is_closed_nothing_is_asked(child: Visitor, transactions: Transactions) -> None:
    a_child_with_words(transactions, stage=Stage.CLOSED, closed_on=date(2026, 3, 2))
    come_back(child, " ".join(WORDS))
    assert "Change how you contact me" not in get(child, "/back/now").links()
    assert get(child, "/back/change/8").location == "/back/now"


def test_only_these_questions_are_asked_again(back: Visitor) -> None:
    assert get(back, "/back/change/2").status == 404


def test_without_words_there_is_nothing(child: Visitor) -> None:
    assert get(child, "/back/change/8").location == "/back"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("kid@gmail,com", "An email address can't have “,” there."),
        ("kid@gmail.com.", "There is a dot too many"),
        ("zoë@gmail.com", "an address with “ë” in it"),
        ("kid.gmail.com", "needs an @ sign"),
        ("kid@gmail", "needs a dot"),
        ("kid @gmail.com", "There is a space"),
    ],
)
def test_an_address_that_no_mail_reaches_is_said_beside_it_and_stays(
    back: Visitor, typed: str, said: str
) -> None:
    page = follow(back, submit(back, opened(back, "Change how you contact me"), method="email"))
    answer = submit(back, page, email=typed)
    assert answer.status == 422
    assert said in " ".join(answer.texts(".wrong"))
    assert answer.found("[name=email]")["value"] == typed

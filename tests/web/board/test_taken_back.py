"""Figures are taken back from the board with a reason, put right, and released again."""

import pytest
from sqlalchemy import select

from kids_feedback.domain.people import Role
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.summaries import TakenBack
from tests.conftest import SetClock
from tests.make import a_person
from tests.web.board.releases import CODE, came_in, release
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, follow, get, submit

NAME = "April 2025 to September 2025"
FIGURES = ("numbers", "about", "time")
WHY = "Twenty of them were somebody trying the site out."


@pytest.fixture
def secretary(signed_in: SignIn, transactions: Transactions, clock: SetClock) -> Visitor:
    """The board's secretary, after a release of about 30 complaints and 20 compliments."""
    with transactions() as db:
        came_in(db, complaints=30, compliments=20)
        release(db, clock())
    with transactions() as db:
        person = a_person(db, "Quin Second", role=Role.BOARD_SECRETARY)
    return signed_in(person)


@pytest.fixture
def reviewer(secretary: Visitor, signed_in: SignIn) -> Visitor:
    return signed_in(Role.BOARD_REVIEWER)


def asked(secretary: Visitor) -> Page:
    links = get(secretary, "/secretary/").links()
    return get(secretary, links[f"Take it back {NAME}"])


def taken_back(secretary: Visitor) -> Page:
    page = asked(secretary)
    return follow(secretary, submit(secretary, page, to=page.path, why=WHY))


def released_again(secretary: Visitor) -> Page:
    page = get(secretary, f"/secretary/period/{CODE}")
    page = submit(secretary, page, to=page.path)
    return follow(secretary, submit(secretary, page, to=page.path, go="release"))


def read(reviewer: Visitor) -> str:
    return " ".join(get(reviewer, f"/board/{name}").text for name in ("", *FIGURES))


def test_the_page_that_asks_says_what_cannot_be_taken_back(secretary: Visitor) -> None:
    page = asked(secretary)
    assert page.heading == f"Take back {NAME}?"
    assert "What people have seen stays seen: nobody can take that back." in page.text
    assert "at least 10 away from that" in page.text


def test_a_reason_must_be_given(secretary: Visitor, reviewer: Visitor) -> None:
    page = asked(secretary)
    again = submit(secretary, page, to=page.path, why=" ")
    assert again.status == 422
    assert "Say why you take it back" in again.text
    assert "about 30" in read(reviewer)


def test_the_secretary_sees_who_took_it_back_and_why(secretary: Visitor) -> None:
    page = taken_back(secretary)
    assert "Taken back. The board does not see it any more." in page.text
    assert f"{NAME}: taken back. The board does not see it." in page.text
    assert f"Quin Second: {WHY}" in page.text
    assert "Every half-year that is over has been released." not in page.text
    assert "Prepare it again and look at it" in page.links()


def test_the_board_reads_that_it_is_being_put_right(secretary: Visitor, reviewer: Visitor) -> None:
    """At every address that they may have had open, and of no figure."""
    taken_back(secretary)
    for name in ("", *FIGURES):
        page = get(reviewer, f"/board/{name}")
        assert page.status == 200
        assert page.heading in {
            "These numbers are being put right",
            "We are checking these numbers again",
        }
        assert f"They were for {NAME}." in page.text
        assert "You did nothing wrong." in page.text
        assert "about 30" not in page.text
        for told in (WHY, "Quin Second", "Pip First"):
            assert told not in page.soup.get_text()


def test_both_versions_stay_readable(
    secretary: Visitor, reviewer: Visitor, transactions: Transactions
) -> None:
    taken_back(secretary)
    with transactions() as db:
        came_in(db, complaints=20)
    page = released_again(secretary)
    first = get(secretary, f"/secretary/period/{CODE}/version/1")
    second = get(secretary, f"/secretary/period/{CODE}/version/2")
    for said in ("about 30", "Pip First", "Quin Second", WHY):
        assert said in first.text
    assert "about 50" in second.text
    assert WHY not in second.text
    assert {first.path, second.path} <= set(page.links().values())
    assert get(secretary, f"/secretary/period/{CODE}/version/3").status == 404
    said = read(reviewer)
    assert "about 50" in said
    assert "These numbers were taken away, checked and put back." in said
    assert "being put right" not in said


def test_a_first_release_says_nothing_of_another(reviewer: Visitor) -> None:
    assert "put back" not in read(reviewer)


def test_what_is_near_the_first_version_is_hidden(
    secretary: Visitor, reviewer: Visitor, transactions: Transactions
) -> None:
    """One child crosses a step: all that is about complaints is hidden, in words that are true."""
    taken_back(secretary)
    with transactions() as db:
        came_in(db, complaints=3)
    page = get(secretary, f"/secretary/period/{CODE}")
    assert "The board saw an earlier version." in page.text
    released_again(secretary)
    said = read(reviewer)
    assert "We hide this number to keep children safe." in said
    assert "We hide these numbers to keep children safe." in said
    assert "Read in time: hidden" in said
    assert "about 20" in said
    for untrue in ("about 30", "about 35", "Too few", "too few"):
        assert untrue not in said


def test_where_all_would_be_hidden_there_is_nothing_to_release(
    secretary: Visitor, transactions: Transactions
) -> None:
    taken_back(secretary)
    with transactions() as db:
        came_in(db, complaints=3, compliments=3)
    page = get(secretary, f"/secretary/period/{CODE}")
    assert "Every number would be hidden, so there is nothing to release." in page.text
    assert "carried into the next half-year" not in page.text
    assert not page.soup.select("main form")


def test_a_form_for_the_first_version_takes_no_second_back(
    secretary: Visitor, reviewer: Visitor, transactions: Transactions
) -> None:
    old = asked(secretary)
    taken_back(secretary)
    assert get(secretary, old.path).status == 404
    released_again(secretary)
    late = submit(secretary, old, to=old.path, why="An hour later, in another tab.")
    assert late.status == 409
    assert "about 30" in read(reviewer)
    with transactions() as db:
        assert len(db.scalars(select(TakenBack)).all()) == 1


def test_it_stays_in_order_over_many_versions(secretary: Visitor, clock: SetClock) -> None:
    for _ in range(3):
        clock.forward(minutes=1)
        taken_back(secretary)
        released_again(secretary)
    links = get(secretary, "/secretary/").links()
    versions = [f"{NAME}, version {number}" for number in (4, 3, 2, 1)]
    assert [name for name in links if "version" in name] == versions


def test_nobody_else_reads_versions(secretary: Visitor, reviewer: Visitor) -> None:
    taken_back(secretary)
    for path in (f"/secretary/period/{CODE}/version/1", f"/secretary/period/{CODE}/take-back"):
        assert get(reviewer, path).status == 404

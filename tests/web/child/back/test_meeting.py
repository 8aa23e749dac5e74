"""A child picks when and where to talk. Told on Monday 2 March 2026, a talk by 16 March."""

import pytest
from flask import Flask

from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.services.reading import manager_profiles
from kids_feedback.storage.db import Transactions
from tests.web.child.back.conftest import CHECK, THURSDAY, WHEN, WHERE, Child
from tests.web.page import Visitor, follow, get, submit


def test_times_and_places_are_offered_in_words(robin: Child) -> None:
    assert "Now: Choose a time to talk." in robin.now().text
    page = robin.open(robin.now().links()["Choose a time"])
    assert page.texts(".options span") == [
        "Wednesday 4 March, 10 o'clock",
        "Thursday 5 March, 4 o'clock, after school",
        "Wednesday 18 March, 4 o'clock, after school",
        "None of these work. I'll suggest a time",
    ]
    assert "It will take about 45 minutes." in page.text
    page = follow(robin.client, submit(robin.client, page, pick=THURSDAY))
    assert page.texts(".options span") == [
        "The library",
        "Our office",
        "My school or college",
        "By phone",
        "By video",
        "Somewhere else that's good for me",
    ]


def test_a_small_child_reads_it_in_fewer_words(app: Flask, transactions: Transactions) -> None:
    small = Child(app, transactions, look="pictures")
    page = small.open(small.now().links()["Pick a time"])
    assert page.heading == "When would you like to talk?"
    assert len(page.soup.select(".cards .option :is(.icon, .picture)")) == 4, "a picture each"
    page = small.confirm(small.pick(THURSDAY, ":phone"))
    page = follow(small.client, page)
    assert page.heading == "Your talk"
    assert "On the phone" in page.text


def test_what_was_picked_is_checked_confirmed_and_then_stands_on_the_way_back(
    robin: Child,
) -> None:
    page = robin.pick(THURSDAY, "The library")
    assert page.heading == "Your meeting"
    assert "Thursday 5 March, 4 o'clock, after school The library" in page.text
    assert page.texts(".card .day") == ["Thursday 5 March,"]
    assert "With Max Manager. The person you picked can come too." in page.text
    assert robin.kept().state is MeetingState.OFFERED
    page = follow(robin.client, robin.confirm(page))
    assert "Thursday 5 March, 4 o'clock, after school The library" in page.text
    assert robin.kept().state is MeetingState.AGREED
    assert "Now: We will talk on Thursday 5 March, 4 o'clock, after school." in robin.now().text


def test_no_choice_shows_in_an_address_or_a_title(robin: Child) -> None:
    page = robin.pick(THURSDAY, "The library")
    done = robin.confirm(page)
    assert (page.path, done.location) == (CHECK, CHECK)
    assert page.title == "Is this right? · Have your say"


@pytest.mark.parametrize("fields", [{}, {"pick": "2026-03-05T03:00:00+00:00"}, {"pick": "None"}])
def test_a_child_who_picks_nothing_is_asked_to(robin: Child, fields: dict[str, str]) -> None:
    page = submit(robin.client, robin.open(WHEN), **fields)
    assert (page.status, page.texts(".summary a")) == (422, ["Pick one"])


def test_words_that_are_too_long_or_odd_come_back(robin: Child) -> None:
    for words in ("x" * 301, "a\x00b"):
        page = submit(robin.client, robin.open(WHEN), pick="none", other=words)
        assert page.status == 422


def test_words_alone_are_enough_to_suggest_a_time_and_are_not_shown_again(robin: Child) -> None:
    page = submit(robin.client, robin.open(WHEN), other="After swimming")
    page = submit(robin.client, follow(robin.client, page), pick="none", other="At my gran's flat")
    page = follow(robin.client, page)
    assert "After swimming" in page.text
    page = follow(robin.client, robin.confirm(page))
    assert "You told us what would be better. Max Manager will say here" in page.text
    assert "swimming" not in str(page.soup)
    assert (robin.kept().state, robin.kept().starts_at) == (MeetingState.SUGGESTED, None)
    robin.staff(lambda room: room.agree("2026-03-06T17:30", "Your gran's flat"))
    assert "Now: We will talk on Friday 6 March, half past 5, after school." in robin.now().text
    assert "Your gran's flat" in robin.open(CHECK).text


def test_none_of_these_needs_no_words(robin: Child) -> None:
    page = robin.pick("none", "none")
    assert "Another time Somewhere else" in page.text
    robin.confirm(page)
    assert robin.kept().state is MeetingState.SUGGESTED


def test_a_child_who_goes_back_finds_what_they_picked(robin: Child) -> None:
    robin.pick(THURSDAY, "none", somewhere="The park")
    assert robin.open(WHEN).found("input[checked]")["value"] == THURSDAY
    page = robin.open(WHERE)
    assert page.found("input[checked]")["value"] == "none"
    assert page.found("input[name=other]")["value"] == "The park"


def test_a_child_may_say_no_and_change_their_mind(robin: Child) -> None:
    robin.confirm(robin.pick(THURSDAY, "The library"))
    page = submit(robin.client, robin.open(CHECK), to="/back/meet/stop")
    page = follow(robin.client, page)
    assert "You said that you don't want to meet. That's OK." in page.text
    assert "We will talk by Monday 16 March. You choose when and where." in page.text
    robin.confirm(robin.pick(THURSDAY, ":video"))
    assert robin.kept().state is MeetingState.AGREED


@pytest.mark.parametrize("path", [WHEN, WHERE, CHECK, "/back/who"])
def test_without_the_words_there_is_nothing(child: Visitor, path: str) -> None:
    page = get(child, path)
    assert page.status == 303
    assert page.location in ("/back", "/back/now")


def test_a_manager_is_introduced_in_their_own_lines(robin: Child) -> None:
    page = robin.open(robin.now().links()["Who is Max Manager?"])
    assert page.heading == "Who is Max Manager?"
    assert "I'd like to hear what happened from you." in page.text
    assert "did not work on your case" not in page.text
    robin.staff(lambda room: manager_profiles.introduce(room.db, room.manager, ("I like dogs.",)))
    robin.staff(lambda room: room.offer(not_on_case=True))
    page = robin.open("/back/who")
    assert "Max Manager did not work on your case." in page.text
    assert page.texts(".words") == ["I like dogs."]

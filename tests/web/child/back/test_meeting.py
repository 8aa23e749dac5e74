"""A child picks when and where to talk. Told on Monday 2 March 2026, a talk by 16 March."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.domain.case.promises import Promise
from kids_feedback.services.casework import delay_notices, workflow
from kids_feedback.services.reading import manager_profiles
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.meetings import Meeting
from tests.conftest import SetClock
from tests.make import NOW, a_visit, person_of
from tests.services.acts import a_head, a_manager, an_act
from tests.services.casework.meeting_room import LATE, TIMES, Room, at
from tests.web.conftest import COOKIE, visitor
from tests.web.page import Page, Visitor, follow, get, post, submit

WHEN, WHERE, CHECK = "/back/meet/when", "/back/meet/where", "/back/meet/check"
Act = Callable[[Room], object]


class Child:
    """A child who has come back, and the room in which a manager offered to meet."""

    def __init__(self, app: Flask, transactions: Transactions, look: str = "words") -> None:
        self._transactions = transactions
        with transactions() as db:
            room = Room(db, {"supporter": "known"})
            room.offer()
            self.case_id, self._room = room.row.id, room
        self._look = look
        self.client: Visitor = visitor(app)
        self.come_back(NOW)

    def come_back(self, now: datetime) -> None:
        """Enter the secret words: visits do not last for days."""
        with self._transactions() as db:
            cookie = a_visit(db, now, mine=self.case_id, look=self._look)
        self.client.set_cookie(COOKIE, cookie)

    def staff(self, act: Act) -> None:
        """Let the manager act."""
        with self._transactions() as db:
            self._room.db = db
            act(self._room)

    def open(self, path: str) -> Page:
        return get(self.client, path)

    def pick(self, start: str, place: str, **words: str) -> Page:
        """Go to the check page."""
        page = submit(self.client, self.open(WHEN), pick=start, other=words.get("wish", ""))
        page = submit(
            self.client, follow(self.client, page), pick=place, other=words.get("somewhere", "")
        )
        return follow(self.client, page)

    def confirm(self, page: Page) -> Page:
        return submit(self.client, page, to=CHECK)

    def calendar(self, page: Page) -> dict[str, str]:
        """Return what a calendar reads of the file that the page offers."""
        file = submit(self.client, page, to="/back/meet/calendar").response.text
        return dict(line.split(":", 1) for line in file.splitlines())

    def now(self) -> Page:
        return self.open("/back/now")

    def kept(self) -> Meeting:
        with self._transactions.reading() as db:
            row = db.query(Meeting).filter_by(case_id=self.case_id).one()
            db.expunge(row)
            return row


@pytest.fixture
def robin(app: Flask, transactions: Transactions) -> Child:
    return Child(app, transactions)


def iso(start: str) -> str:
    return f"{start}:00+00:00"


WEDNESDAY = iso("2026-03-04T10:00")
THURSDAY = iso("2026-03-05T16:00")


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
    assert "With Max Manager. You are bringing the person you picked." in page.text
    assert robin.kept().state is MeetingState.OFFERED
    page = follow(robin.client, robin.confirm(page))
    assert "Thursday 5 March, 4 o'clock, after school The library" in page.text
    assert robin.kept().state is MeetingState.AGREED
    assert "Now: We talk on Thursday 5 March, 4 o'clock, after school." in robin.now().text


def test_a_meeting_keeps_its_day_though_staff_said_that_the_talk_is_late(robin: Child) -> None:
    def say_late(room: Room) -> None:
        later = date(2026, 3, 25)
        delay_notices.send_delay_notice(
            room.act(), promise=Promise.TALK, new_on=later, reason="I was ill."
        )

    robin.staff(say_late)
    assert "We talk with you by Wednesday 25 March." in robin.now().text
    robin.confirm(robin.pick(THURSDAY, "The library"))
    page = robin.now()
    assert "We talk on Thursday 5 March." in page.text
    assert "Now: We talk on Thursday 5 March, 4 o'clock, after school." in page.text


def test_no_choice_shows_in_an_address_or_a_title(robin: Child) -> None:
    page = robin.pick(THURSDAY, "The library")
    done = robin.confirm(page)
    assert (page.path, done.location) == (CHECK, CHECK)
    assert page.title == "Where things are · Have your say"


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
    assert "Now: We talk on Friday 6 March, half past 5, after school." in robin.now().text
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
    assert "We talk, when and where you like, by Monday 16 March." in page.text
    robin.confirm(robin.pick(THURSDAY, ":video"))
    assert robin.kept().state is MeetingState.AGREED


def test_a_cancelled_meeting_says_why_and_keeps_the_promise(robin: Child) -> None:
    robin.confirm(robin.pick(THURSDAY, "The library"))
    robin.staff(lambda room: room.cancel("I am ill."))
    page = robin.now()
    assert "Your meeting on Thursday 5 March will not happen. Sorry. This is why: I am ill." in (
        page.text
    )
    assert "by Monday 16 March." in page.text
    assert robin.open(CHECK).location == "/back/now"
    robin.staff(lambda room: room.offer())
    assert "This is why: I am ill." in robin.now().text


def test_what_was_taken_back_before_it_was_picked_says_why(robin: Child) -> None:
    robin.staff(lambda room: room.cancel("The office is closed."))
    assert "don't work any more. Sorry. This is why: The office is closed." in robin.now().text


def test_a_late_day_is_said_and_whose_choice_it_was(robin: Child) -> None:
    robin.confirm(robin.pick(iso(LATE), "The library"))
    for page in (robin.now(), robin.open(CHECK)):
        assert "talk by Monday 16 March. It will be later, as you picked this day." in page.text


def test_a_late_day_that_was_all_we_offered_is_our_lateness(robin: Child, clock: SetClock) -> None:
    late = (at(LATE), at("2026-03-19T16:00"), at("2026-03-20T16:00"))
    robin.staff(lambda room: room.offer(late))
    page = follow(robin.client, robin.confirm(robin.pick(iso(LATE), "The library")))
    said = "We are late. We said Monday 16 March. It will now be Wednesday 18 March. Sorry."
    assert said in page.text
    clock.forward(days=15)
    robin.come_back(clock())
    assert robin.now().text.count("We are late.") == 1


def test_what_changed_since_the_child_looked_is_said(robin: Child) -> None:
    page, when = robin.pick(THURSDAY, "The library"), robin.open(WHEN)
    robin.staff(lambda room: room.offer(TIMES))
    again = robin.confirm(page)
    assert again.location == CHECK
    assert follow(robin.client, again).location == WHEN
    robin.staff(lambda room: room.cancel())
    for stale in (submit(robin.client, when), robin.confirm(page)):
        assert (stale.status, stale.heading) == (409, "That has changed since you looked")


def test_a_time_that_passed_while_the_child_looked_can_be_picked_anew(
    robin: Child, clock: SetClock
) -> None:
    soon = NOW + timedelta(minutes=10)
    robin.staff(lambda room: room.offer((soon, *TIMES), hour=NOW.hour))
    page = robin.pick(soon.isoformat(), "The library")
    clock.forward(minutes=11)
    gone = robin.confirm(page)
    assert gone.status == 409
    assert len(robin.open(gone.links()["Choose a time"]).texts(".options span")) == 4


def test_when_all_times_have_passed_a_child_may_still_suggest(
    robin: Child, clock: SetClock
) -> None:
    clock.forward(days=20)
    robin.come_back(clock())
    page = robin.open(WHEN)
    assert "The times we offered have passed." in page.text
    assert len(page.texts(".options span")) == 1


def test_a_meeting_whose_time_has_passed_leads_to_another(robin: Child, clock: SetClock) -> None:
    robin.confirm(robin.pick(THURSDAY, "The library"))
    clock.forward(days=4)
    robin.come_back(clock())
    page = robin.now()
    assert "The time for your meeting has passed." in page.text
    assert "Choose a time" in page.links()


def test_when_somebody_else_takes_over_the_child_is_told(robin: Child) -> None:
    def give(room: Room) -> None:
        head, new = person_of(a_head(room.db)), a_manager(room.db, "New Manager")
        workflow.allocate(an_act(room.db, room.row, head), manager_id=new.id)

    robin.confirm(robin.pick(THURSDAY, "The library"))
    robin.staff(give)
    assert "Someone else looks into it now" in robin.now().text
    assert robin.open(WHEN).location == "/back/now"


def test_the_calendar_says_neither_with_whom_nor_where_unless_it_may(robin: Child) -> None:
    robin.confirm(robin.pick(THURSDAY, "Our office"))
    page = robin.open(CHECK)
    plain = submit(robin.client, page, to="/back/meet/calendar").response
    assert plain.mimetype == "text/calendar"
    said = plain.text.splitlines()
    assert {"SUMMARY:Meeting", "DTSTART:20260305T160000Z", "DTEND:20260305T164500Z"} <= set(said)
    for word in ("office", "Manager", "Cafcass", "talk", "say"):
        assert word not in plain.text
    with_place = submit(robin.client, page, to="/back/meet/calendar", place="y").response
    assert "LOCATION:Our office" in with_place.text


def test_a_calendar_follows_a_meeting_that_moves_and_is_cancelled(robin: Child) -> None:
    """One entry all the way: each file is newer than the one before and takes its place."""
    robin.confirm(robin.pick(THURSDAY, "The library"))
    first = robin.calendar(robin.open(CHECK))
    robin.confirm(robin.pick(WEDNESDAY, "The library"))
    moved = robin.calendar(robin.open(CHECK))
    robin.staff(lambda room: room.cancel())
    off = robin.calendar(robin.now())
    robin.staff(lambda room: room.offer())
    robin.confirm(robin.pick(THURSDAY, "Our office"))
    again = robin.calendar(robin.open(CHECK))
    files = (first, moved, off, again)
    assert [file["METHOD"] for file in files] == ["PUBLISH", "PUBLISH", "CANCEL", "PUBLISH"]
    assert [file["DTSTART"][6:8] for file in files] == ["05", "04", "04", "05"]
    assert len({file["UID"] for file in files}) == 1
    counts = [int(file["SEQUENCE"]) for file in files]
    assert counts == sorted(set(counts))


def test_there_is_no_calendar_file_of_an_offer_that_was_never_agreed(robin: Child) -> None:
    robin.open(WHEN)
    robin.staff(lambda room: room.cancel())
    assert "Remove from my calendar" not in robin.now().texts("main button")
    assert post(robin.client, "/back/meet/calendar").status == 409


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

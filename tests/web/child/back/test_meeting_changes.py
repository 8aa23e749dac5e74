"""A talk that was arranged is late, cancelled, passed or handed on, and its calendar file.

Told on Monday 2 March 2026, a talk by 16 March.
"""

from datetime import date, timedelta

from kids_feedback.domain.case.promises import Promise
from kids_feedback.services.casework import delay_notices, workflow
from tests.conftest import SetClock
from tests.make import NOW, person_of
from tests.services.acts import a_head, a_manager, an_act, having_read
from tests.services.casework.meeting_room import LATE, TIMES, Room, at
from tests.web.child.back.conftest import CHECK, THURSDAY, WEDNESDAY, WHEN, Child, iso
from tests.web.page import follow, post, submit


def test_a_meeting_keeps_its_day_though_staff_said_that_the_talk_is_late(robin: Child) -> None:
    def say_late(room: Room) -> None:
        later = date(2026, 3, 25)
        delay_notices.send_delay_notice(
            room.act(), promise=Promise.TALK, new_on=later, reason="I was ill."
        )

    robin.staff(say_late)
    assert "We will talk with you by Wednesday 25 March." in robin.now().text
    robin.confirm(robin.pick(THURSDAY, "The library"))
    page = robin.now()
    assert "Now: We will talk on Thursday 5 March, 4 o'clock, after school." in page.text


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
    assert "have changed. Sorry. This is why: The office is closed." in robin.now().text


def test_a_late_day_is_said_and_whose_choice_it_was(robin: Child) -> None:
    robin.confirm(robin.pick(iso(LATE), "The library"))
    for page in (robin.now(), robin.open(CHECK)):
        assert (
            "talk by Monday 16 March. It will be later, because you picked this day." in page.text
        )


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
        workflow.allocate(having_read(an_act(room.db, room.row, head)), manager_id=new.id)

    robin.confirm(robin.pick(THURSDAY, "The library"))
    robin.staff(give)
    assert "Someone else is looking into it now" in robin.now().text
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

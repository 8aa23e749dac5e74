"""A manager offers to meet, sees what the child picked, agrees and cancels."""

import pytest

from kids_feedback.domain.case.meetings import MeetingState
from kids_feedback.services.case import meeting_offers
from kids_feedback.services.child import meeting_replies
from kids_feedback.services.child.meeting_replies import MeetingReply
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from tests.conftest import SetClock
from tests.make import LONDON
from tests.services.acts import a_childs_act
from tests.services.casework.meeting_room import PLACES, TIMES
from tests.web.conftest import SignIn
from tests.web.page import Page, Visitor, follow, get, submit
from tests.web.staff.pages import Staff, a_given_case, address, saved, some_staff, take

GOOD = {
    "time_1": "2026-03-04T10:00",
    "time_2": "2026-03-05T16:00",
    "time_3": "2026-03-18T16:00",
    "place_1": PLACES[0],
    "place_2": PLACES[1],
}


class Desk:
    """A manager with a case that was just given to them."""

    def __init__(self, transactions: Transactions, signed_in: SignIn) -> None:
        self.transactions = transactions
        with transactions() as db:
            self.people: Staff = some_staff(db)
            self.case: Case = a_given_case(db, self.people)
        self._signed_in = signed_in
        self.sign_in()
        self.path = address(self.case, "/meeting")

    def sign_in(self) -> None:
        """Begin a visit: none outlives the day."""
        self.client: Visitor = self._signed_in(self.people.manager)

    def open(self) -> Page:
        return get(self.client, self.path)

    def offer(self, **changed: str) -> Page:
        """Fill it in and look at it as the child will."""
        return submit(self.client, self.open(), to=self.path, **{**GOOD, **changed})

    def offered(self, **changed: str) -> None:
        page = submit(self.client, self.offer(**changed), to=self.path, go="offer")
        assert "The child can choose now" in saved(self.client, page)

    def child_says(self, said: MeetingReply) -> None:
        with self.transactions() as db:
            newest = meeting_offers.newest(db, self.case.id)
            assert newest is not None
            meeting_replies.reply(
                a_childs_act(db, self.case), meeting_id=newest.id, said=said, zone=LONDON
            )

    def state(self) -> MeetingState:
        with self.transactions.reading() as db:
            newest = meeting_offers.newest(db, self.case.id)
            assert newest is not None
            return newest.state


@pytest.fixture
def desk(transactions: Transactions, signed_in: SignIn) -> Desk:
    return Desk(transactions, signed_in)


def test_the_case_page_leads_to_the_offer(desk: Desk) -> None:
    links = get(desk.client, address(desk.case)).links()
    assert links["Offer a meeting"] == desk.path


def test_an_offer_is_seen_as_the_child_will_see_it_before_it_goes(desk: Desk) -> None:
    page = desk.offer()
    assert page.status == 200
    assert page.texts(".banner li") == [
        "Wednesday 4 March, 10 o'clock",
        "Thursday 5 March, 4 o'clock, after school",
        "Wednesday 18 March, 4 o'clock, after school",
        "None of these work. I'll suggest a time",
        *PLACES,
        "At the child's school or college",
        "By phone",
        "By video call",
        "Somewhere else that's good for me",
    ]
    assert "1 of these times is later than we promised." in page.text
    assert "The child has not chosen yet" not in desk.open().text
    page = submit(desk.client, page, to=desk.path, go="offer")
    assert "The child can choose now" in saved(desk.client, page)
    assert "The child has not chosen yet" in desk.open().text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"time_3": ""}, "Offer three times or more"),
        ({"time_2": "2026-03-04T10:00"}, "Two of these times are the same"),
        ({"time_1": "2026-03-01T16:00"}, "Offer only times that are still to come"),
        ({"time_1": "2026-03-04T04:00"}, "Keep to times from 8 in the morning"),
        (
            {"time_2": "2026-03-05T11:00", "time_3": "2026-03-06T11:00"},
            "Offer one time out of school hours",
        ),
        ({"place_2": ""}, "Offer two places or more"),
        ({"place_2": "x" * 121}, "This is too long"),
        ({"time_1": "soon"}, "That is not a date and time"),
        ({"time_1": "2099-03-04T16:00"}, "The working days of that year are not known yet"),
    ],
)
def test_what_is_no_choice_says_what_to_do(desk: Desk, changed: dict[str, str], said: str) -> None:
    for go in ("look", "offer"):
        page = desk.offer(**changed, go=go)
        assert page.status == 422
        assert said in " ".join(page.texts(".summary"))
        assert page.found("[name=place_1]")["value"] == PLACES[0]


def test_the_manager_sees_the_choice_and_cancels_with_a_reason(desk: Desk) -> None:
    desk.offered()
    desk.child_says(MeetingReply(start=TIMES[1], place=":phone"))
    assert "Agreed meeting Thu 5 Mar 2026, 16:00 · By phone" in desk.open().text
    assert "The child chose a time to meet" in get(desk.client, address(desk.case)).text
    cancel = f"{desk.path}/cancel"
    empty = submit(desk.client, desk.open(), to=cancel)
    assert (empty.status, empty.texts(".summary a")) == (422, [("Enter the reason for the child")])
    page = submit(desk.client, desk.open(), to=cancel, reason="I am ill.")
    assert "The child can read why" in saved(desk.client, page)
    assert "The child reads why: I am ill." in desk.open().text
    assert desk.state() is MeetingState.CANCELLED


def test_a_suggestion_is_agreed_to_in_the_managers_words(desk: Desk) -> None:
    desk.offered()
    desk.child_says(MeetingReply(start=None, wish="After swimming", somewhere="My gran's"))
    assert "After swimming My gran's" in desk.open().text
    agree = f"{desk.path}/agree"
    empty = submit(desk.client, desk.open(), to=agree)
    assert empty.texts(".summary a") == ["Enter the date and the time"]
    for changed, said in (
        ({"start": "2026-03-01T16:00"}, "Offer only times that are still to come"),
        ({"start": "2026-03-06T16:00", "meeting_place": " "}, "Enter where you will meet"),
        ({"start": "2099-03-06T16:00"}, "The working days of that year are not known yet"),
    ):
        page = submit(desk.client, desk.open(), to=agree, **changed)
        assert (page.status, page.texts(".summary li")) == (422, [said]) or said in page.text
    good = {"start": "2026-03-06T17:00", "meeting_place": "The cafe"}
    page = submit(desk.client, desk.open(), to=agree, **good)
    assert "The child sees when and where you meet" in saved(desk.client, page)
    assert "Agreed meeting Fri 6 Mar 2026, 17:00 · The cafe" in desk.open().text


def test_a_place_that_the_child_picked_stays_if_nothing_else_is_written(desk: Desk) -> None:
    desk.offered()
    desk.child_says(MeetingReply(start=None, place=":school"))
    page = desk.open()
    assert "None of the times is good." in page.text
    assert "to keep it: At the child's school or college" in page.text
    page = submit(desk.client, page, to=f"{desk.path}/agree", start="2026-03-06T17:00")
    assert page.status == 303
    assert "At the child's school or college" in desk.open().text


def test_a_time_that_was_picked_is_already_filled_in(desk: Desk) -> None:
    desk.offered()
    desk.child_says(MeetingReply(start=TIMES[1], somewhere="The park"))
    page = desk.open()
    assert page.found("[name=start]")["value"] == "2026-03-05T16:00"
    assert page.found("[name=meeting_place]")["value"] == "The park"


def test_a_child_who_does_not_want_to_meet_is_still_to_be_talked_to(desk: Desk) -> None:
    desk.offered()
    with desk.transactions() as db:
        newest = meeting_offers.newest(db, desk.case.id)
        assert newest is not None
        meeting_replies.decline(a_childs_act(db, desk.case), meeting_id=newest.id)
    assert "We still promised to talk by Mon 16 Mar 2026." in desk.open().text


def test_an_agreed_meeting_is_not_offered_over(desk: Desk) -> None:
    desk.offered()
    page = desk.offer()
    desk.child_says(MeetingReply(start=TIMES[1], place=PLACES[0]))
    late = submit(desk.client, page, to=desk.path, go="offer")
    assert late.status == 409
    version = str(desk.open().found(f"form[action='{desk.path}/cancel'] [name=seen]")["value"])
    late = submit(desk.client, page, to=desk.path, go="offer", seen=version)
    assert "You have agreed on a meeting. Cancel it first." in " ".join(late.texts(".summary"))


def test_a_head_of_practice_has_no_such_step(desk: Desk, signed_in: SignIn) -> None:
    assert get(signed_in(desk.people.head), desk.path).location == address(desk.case)


def test_a_manager_writes_about_themselves(desk: Desk) -> None:
    page = get(desk.client, "/staff/about-me")
    page = submit(
        desk.client,
        page,
        to="/staff/about-me",
        line_1="Hello, I'm Max.",
        line_2="",
        line_3="I like dogs.",
    )
    assert "Children see it from now on" in saved(desk.client, page)
    page = get(desk.client, "/staff/about-me")
    assert [element["value"] for element in page.soup.select("main input[type=text]")] == [
        "Hello, I'm Max.",
        "I like dogs.",
        "",
    ]
    assert submit(desk.client, page, to="/staff/about-me", line_1="x" * 151).status == 422


def test_the_meeting_stands_in_the_queue_and_the_day_after_somebody_says_how_it_went(
    desk: Desk, clock: SetClock
) -> None:
    desk.offered()
    desk.child_says(MeetingReply(start=TIMES[0], place=PLACES[0]))
    assert "Meet the child Wed 4 Mar, 10:00" in get(desk.client, "/staff/queue").text
    assert "Meet the child Wed 4 Mar, 10:00." in get(desk.client, address(desk.case)).text
    early = take(desk.client, desk.case, "met", outcome="came")
    assert early.status == 422
    assert "The meeting is still to come." in early.texts(".summary")[0]
    clock.forward(days=3)
    desk.sign_in()
    assert "Say how the meeting on Wed 4 Mar went" in get(desk.client, "/staff/queue").text
    assert "Record how it went" in desk.open().text
    unsaid = take(desk.client, desk.case, "met", outcome="did_not_come")
    assert unsaid.texts(".wrong") == ["Enter the date on which you try again"]
    done = take(desk.client, desk.case, "met", outcome="did_not_come", next_attempt_on="2026-03-06")
    assert saved(desk.client, done)
    assert "Try again to reach the child Fri 6 Mar" in get(desk.client, "/staff/queue").text
    page = get(desk.client, address(desk.case)).text
    assert "The next attempt is on Fri 6 Mar 2026." in page
    assert "The child did not come to the meeting on Wed 4 Mar 2026, 10:00." in page


@pytest.mark.parametrize(("outcome", "there"), [("came", "/step/talk"), ("moved", "/meeting")])
def test_after_the_meeting_the_next_page_is_the_one_that_follows(
    desk: Desk, clock: SetClock, outcome: str, there: str
) -> None:
    desk.offered()
    desk.child_says(MeetingReply(start=TIMES[0], place=PLACES[0]))
    clock.forward(days=3)
    desk.sign_in()
    done = take(desk.client, desk.case, "met", outcome=outcome)
    assert (done.status, done.location) == (303, address(desk.case, there))
    assert "cancelled" not in follow(desk.client, done).text

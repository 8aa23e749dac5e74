"""What becomes of what was asked for behind the secret words. Paragraph 20a (R22 and R28)."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.requests import Asked
from kids_feedback.domain.case.submission import Wish
from kids_feedback.domain.errors import DayOutOfRange, StepNotOpen
from kids_feedback.services.case import case_state, follow_ups, notifications
from kids_feedback.services.casework import workflow
from kids_feedback.services.casework.contact.contact_log import Channel
from kids_feedback.services.child import replies
from kids_feedback.services.errors import (
    Incomplete,
    NotAskedAgain,
    StillToFollowUp,
    UnsafeChannel,
)
from kids_feedback.services.reading import opened_words
from kids_feedback.services.site import mail_progress, outbox
from tests.make import NOW
from tests.services.acts import (
    MONDAY,
    a_childs_act,
    an_act,
    last_line,
    post,
    sent_to,
    wording,
)
from tests.services.casework.contact.request_desk import (
    BY_PHONE,
    LATER,
    MAIL,
    NEW,
    TUESDAY,
    Desk,
    a_desk,
    to_the_child,
)


def test_once_the_child_has_said_so_the_new_way_is_used(desk: Desk) -> None:
    desk.asks(Asked.WAY, NEW)
    desk.decides()
    assert (desk.row.method, desk.row.contact) == (Method.PHONE, NEW)
    assert (desk.row.requested_on, desk.row.contacted_on) == (None, LATER)
    line = last_line(desk.db, desk.row, "contact_changed")
    assert line.person_id == desk.manager.id
    assert line.facts == {
        "what": "way",
        "asked_on": "2026-03-02",
        "agreed": True,
        "way": "phone",
        "spoke_on": "2026-03-16",
        "method": "phone",
    }
    assert desk.waits() == {FollowUp.CONTACT_CHANGED}, "whoever rings next opens it anew"
    opened_words.open_contact(an_act(desk.db, desk.row, desk.manager))
    assert desk.waits() == set()


def test_who_did_not_ask_for_it_keeps_the_old_way(desk: Desk) -> None:
    desk.asks(Asked.WAY, NEW)
    desk.decides(agreed=False)
    assert (desk.row.contact, desk.row.requested_on, desk.waits()) == (BY_PHONE, None, set())
    ended = follow_ups.of_case(desk.db, desk.row)
    assert [item.outcome for item in ended] == [Outcome.SPOKE]


def is_withdrawn(desk: Desk) -> bool:
    return desk.row.stopped_on is not None


def test_a_stop_that_the_child_told_a_person_too_is_withdrawn(desk: Desk) -> None:
    replies.stop(a_childs_act(desk.db, desk.row))
    assert not is_withdrawn(desk)
    desk.decides()
    assert is_withdrawn(desk)
    assert (desk.row.stopped_on, desk.row.stage) == (LATER, Stage.ALLOCATED)
    assert desk.row.next_step is Step.CLOSE
    assert desk.waits() == {FollowUp.STOPPED}
    replies.resume(a_childs_act(desk.db, desk.row, LATER))
    assert not is_withdrawn(desk)


def test_what_a_manager_heard_the_child_completes_at_once(desk: Desk) -> None:
    replies.stop(a_childs_act(desk.db, desk.row))
    desk.row.stop_asked_on = TUESDAY
    replies.stop(a_childs_act(desk.db, desk.row, TUESDAY))
    assert (desk.row.stopped_on, desk.row.requested_on) == (TUESDAY, None)
    assert desk.waits() == {FollowUp.STOPPED}


def test_once_the_answer_is_out_a_stop_stops_nothing(desk: Desk) -> None:
    replies.stop(a_childs_act(desk.db, desk.row))
    desk.row.stage, desk.row.delivered_on, desk.row.talk_on = Stage.DELIVERED, MONDAY, MONDAY
    desk.decides()
    assert (desk.row.stopped_on, desk.row.stage, desk.waits()) == (None, Stage.DELIVERED, set())


def test_another_supporter_comes_once_the_child_has_said_so(desk: Desk) -> None:
    details = {"supporter": "help_find"}
    desk.asks(Asked.SUPPORTER, details)
    assert desk.row.supporter != "help_find"
    desk.decides()
    assert (desk.row.supporter, desk.row.helper) == ("help_find", details)


def test_the_child_is_asked_by_the_way_that_was_safe_first_and_since_then(desk: Desk) -> None:
    desk.asks(Asked.WAY, NEW, TUESDAY)
    for way in (Channel.EMAIL, Channel.HERE, Channel.LETTER, Channel.MEET):
        with pytest.raises(UnsafeChannel):
            desk.decides(way=way)
    for spoke_on in (MONDAY, LATER + timedelta(days=1)):
        with pytest.raises(DayOutOfRange):
            desk.decides(spoke_on=spoke_on)
    for missing in ({"way": None}, {"way": Channel.PHONE, "spoke_on": None}):
        with pytest.raises(Incomplete):
            desk.decides(agreed=True, **missing)
    with pytest.raises(Incomplete):  # a manager neither says yes nor no without a talk
        desk.decides(agreed=False, way=None, spoke_on=None, note="They can't be reached.")
    assert desk.row.contact == BY_PHONE


def test_the_head_may_leave_it_as_it_was_with_a_reason(desk: Desk) -> None:
    """Else nobody could close what belongs to a child whom nobody reaches."""
    desk.row.ongoing = False
    desk.asks(Asked.WAY, NEW)
    with pytest.raises(Incomplete):
        desk.decides(agreed=False, by=desk.head, way=None, spoke_on=None, note=" ")
    desk.decides(agreed=False, by=desk.head, way=None, spoke_on=None, note="Nobody answers.")
    assert (desk.row.contact, desk.row.contacted_on, desk.waits()) == (BY_PHONE, None, set())


def test_nothing_is_closed_while_a_request_waits(desk: Desk) -> None:
    desk.row.stopped_on, desk.row.ongoing = MONDAY, False
    desk.asks(Asked.SUPPORTER, {"supporter": "no"})
    with pytest.raises(StillToFollowUp):
        workflow.close(an_act(desk.db, desk.row, desk.head))


def test_where_there_never_was_a_way_the_head_decides_after_two_days(db: Session) -> None:
    desk = a_desk(db, method=Method.NONE, contact={"method": "none"})
    assert desk.row.next_step is Step.WRITE
    desk.asks(Asked.WAY, BY_PHONE)
    with pytest.raises(StepNotOpen):
        desk.decides(way=None, spoke_on=None)
    with pytest.raises(NotAskedAgain):
        desk.decides(by=desk.head, way=None, spoke_on=None)
    assert desk.row.method is Method.NONE
    desk.asks(Asked.WAY, BY_PHONE, TUESDAY)
    with pytest.raises(StepNotOpen):
        desk.decides(way=None, spoke_on=None)
    desk.decides(by=desk.head, way=None, spoke_on=None)
    assert (desk.row.method, desk.row.contact) == (Method.PHONE, BY_PHONE)
    assert (desk.row.contact_by, desk.row.talk_by) == (date(2026, 3, 17), date(2026, 3, 30))
    assert {item.since for item in case_state.owed_of(desk.row)} == {LATER}
    assert (desk.row.next_step, desk.row.next_due_on) == (Step.LOG_ATTEMPT, date(2026, 3, 17))
    facts = last_line(db, desk.row, "contact_changed").facts
    assert (facts["contact_by"], facts["again_on"]) == ("2026-03-17", "2026-03-03")
    assert "spoke_on" not in facts
    assert desk.waits() == {FollowUp.CONTACT_CHANGED}


def test_who_wants_us_just_to_know_is_promised_nothing(db: Session) -> None:
    desk = a_desk(db, method=Method.NONE, contact=None, wish=Wish.JUST_KNOW)
    before = desk.row.contact_by
    desk.asks(Asked.WAY, BY_PHONE)
    desk.asks(Asked.WAY, BY_PHONE, TUESDAY)
    desk.decides(by=desk.head, way=None, spoke_on=None)
    assert desk.row.contact_by == before


def test_no_clock_moves_and_a_child_may_say_that_nobody_gets_in_touch(desk: Desk) -> None:
    before = (desk.row.contact_by, desk.row.talk_by, desk.row.read_by)
    desk.asks(Asked.WAY, {"method": "none"})
    desk.decides()
    assert (desk.row.contact_by, desk.row.talk_by, desk.row.read_by) == before
    assert (desk.row.method, desk.row.next_step) == (Method.NONE, Step.WRITE)


def by_email(db: Session, given: Mapping[str, str], agreed_on: date = LATER) -> Desk:
    """Let a child who has mail ask for another way, and say so in a mail."""
    desk = a_desk(db, method=Method.EMAIL, contact=MAIL)
    notifications.notify_child(db, desk.row, wording, now=NOW)
    db.flush()
    desk.asks(Asked.WAY, given)
    assert "robin@example.org" in sent_to(db), "until then it goes the old way"
    desk.decides(way=Channel.EMAIL, on=agreed_on)
    return desk


def test_what_waits_to_go_the_old_way_does_not_go(db: Session) -> None:
    assert to_the_child(by_email(db, BY_PHONE)) == set()


def test_the_same_address_again_keeps_what_waits(db: Session) -> None:
    assert to_the_child(by_email(db, {**MAIL, "phone": "07700 1"})) == {"robin@example.org"}


@pytest.mark.parametrize("now_said", [{"email_says": "bare"}, {"email_shared": "yes"}])
def test_what_waits_does_not_say_who_we_are_once_the_child_forbids_it(
    db: Session, now_said: dict[str, str]
) -> None:
    assert to_the_child(by_email(db, {**MAIL, **now_said})) == set()


def test_what_could_not_be_sent_goes_to_the_new_address(db: Session) -> None:
    desk = a_desk(db, method=Method.EMAIL, contact=MAIL)
    letter = notifications.notify_child(db, desk.row, wording, now=NOW)
    assert letter is not None
    outbox.failed(db, letter, NOW, code="address_wrong", permanent=True)
    desk.asks(Asked.WAY, {**MAIL, "email": "new@example.org"})
    assert mail_progress.failed_for(db, desk.row.id)
    desk.decides(way=Channel.EMAIL)
    assert mail_progress.failed_for(db, desk.row.id) == []
    assert "new@example.org" in post(db, NOW + timedelta(days=30))

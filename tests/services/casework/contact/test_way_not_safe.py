"""The way that was safe first is not safe any more: two people decide. Paragraph 20a (R28)."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.follow_ups import FollowUp
from kids_feedback.domain.case.requests import Asked, WayFound, WayState
from kids_feedback.domain.errors import NotFound, StepNotOpen
from kids_feedback.services.case import notifications
from kids_feedback.services.case.asked import requests as kept
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.casework.contact import request_decisions as decisions
from kids_feedback.services.child import requests
from kids_feedback.services.errors import (
    Incomplete,
    SelfApproval,
)
from tests.make import NOW
from tests.services.acts import (
    a_childs_act,
    an_act,
    post,
    wording,
)
from tests.services.casework.contact.request_desk import (
    BY_PHONE,
    MAIL,
    NEW,
    TUESDAY,
    Desk,
    a_desk,
    to_the_child,
)


def test_nobody_decides_a_request_before_there_is_a_safe_way(desk: Desk) -> None:
    desk.asks(Asked.WAY, NEW)
    requests.say_not_safe(a_childs_act(desk.db, desk.row))
    assert desk.row.contact == BY_PHONE
    for who in (desk.manager, desk.head):
        with pytest.raises(StepNotOpen):
            desk.decides(by=who)
    assert decisions.first_ways(an_act(desk.db, desk.row, desk.manager)) == frozenset()
    assert answers.ways_of(desk.row) == (Method.HERE,)


def test_one_proposes_and_another_decides(desk: Desk) -> None:
    desk.asks(Asked.WAY, NEW)
    requests.say_not_safe(a_childs_act(desk.db, desk.row))
    desk.proposes(WayFound.ASKED)
    assert (desk.row.contact, desk.row.way_not_used) == (BY_PHONE, WayState.PROPOSED)
    assert desk.waits() == {FollowUp.WAY_REQUESTED, FollowUp.WAY_TO_CONFIRM}
    with pytest.raises(SelfApproval):
        desk.confirms(desk.manager)
    desk.db.expire_all()
    desk.confirms(desk.head)
    assert (desk.row.contact, desk.row.way_not_used) == (NEW, None)
    assert (desk.row.requested_on, desk.row.contacted_on) == (None, TUESDAY)
    assert desk.waits() == {FollowUp.CONTACT_CHANGED}


def test_who_has_the_words_changes_nothing_of_what_was_proposed(desk: Desk) -> None:
    desk.asks(Asked.WAY, NEW)
    requests.say_not_safe(a_childs_act(desk.db, desk.row))
    desk.proposes(WayFound.ASKED)
    other = {**NEW, "phone": "07700 000666"}
    desk.asks(Asked.WAY, other, TUESDAY)
    desk.confirms(desk.head)
    assert desk.row.contact == NEW, "as the child said it to a person"
    assert [item.given for item in kept.entries(desk.db, desk.row)] == [other]


def test_what_is_not_agreed_leaves_the_old_way_unused(desk: Desk) -> None:
    requests.say_not_safe(a_childs_act(desk.db, desk.row))
    desk.proposes(WayFound.FIRST)
    with pytest.raises(Incomplete):
        desk.confirms(desk.head, agreed=False)
    desk.confirms(desk.head, agreed=False, note="Who was it at school?")
    assert (desk.row.way_not_used, desk.waits()) == (
        WayState.NOT_SAFE,
        {FollowUp.WAY_NOT_SAFE},
    )
    desk.proposes(WayFound.FIRST)
    desk.confirms(desk.head)
    assert (desk.row.way_not_used, desk.row.contact) == (None, BY_PHONE)


def test_nothing_but_the_words_may_be_what_is_left(desk: Desk) -> None:
    desk.asks(Asked.WAY, NEW)
    requests.say_not_safe(a_childs_act(desk.db, desk.row))
    desk.proposes(WayFound.HERE)
    desk.confirms(desk.head)
    assert (desk.row.method, desk.row.requested_on) == (Method.HERE, None)


def test_a_way_that_nobody_asks_for_is_not_found(desk: Desk) -> None:
    requests.say_not_safe(a_childs_act(desk.db, desk.row))
    with pytest.raises(NotFound):
        desk.proposes(WayFound.ASKED)


def test_who_is_reached_no_more_is_found_another_way_as_well(desk: Desk) -> None:
    """The old phone is lost, so nobody can ask by it."""
    desk.asks(Asked.WAY, NEW)
    desk.proposes(WayFound.ASKED)
    desk.confirms(desk.head)
    assert desk.row.contact == NEW


def test_a_mail_that_waits_is_not_sent_any_more(db: Session) -> None:
    desk = a_desk(db, method=Method.EMAIL, contact=MAIL)
    letter = notifications.notify_child(db, desk.row, wording, now=NOW)
    assert letter
    requests.say_not_safe(a_childs_act(db, desk.row))
    assert to_the_child(desk) == set()
    assert "robin@example.org" not in post(db, NOW + timedelta(days=1))

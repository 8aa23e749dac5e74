"""Endings of their own, which the Head of Practice decides (docs/procedure.md, paragraph 51)."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.court_notice import CourtState
from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.procedure import FEWEST_TRIES, Ending, Stage
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.services.case import follow_ups
from kids_feedback.services.casework import endings, workflow
from kids_feedback.services.casework.contact.contact_log import AttemptResult
from kids_feedback.services.child import case_status, replies
from kids_feedback.services.errors import (
    CourtNotTold,
    Incomplete,
    SafetyUndecided,
    StillToFollowUp,
    TooFewTries,
    WordsNotOpened,
)
from tests.make import a_complaint, a_compliment, a_note, person_of
from tests.services.acts import MONDAY, a_childs_act, a_head, an_act, open_words
from tests.services.casework.given import a_try, given


def test_a_child_who_cannot_be_reached_is_said_so_after_tries_and_by_the_head(db: Session) -> None:
    row, manager, head = given(db)
    open_words(db, row, head)
    said: dict[str, Any] = {"ending": Ending.CANT_REACH, "reason": "Every number is dead."}
    with pytest.raises(TooFewTries):
        endings.propose(an_act(db, row, manager), **said)
    for _ in range(FEWEST_TRIES):
        a_try(db, row, manager, AttemptResult.NO_ANSWER)
    endings.propose(an_act(db, row, manager), **said)
    open_words(db, row, manager)
    with pytest.raises(StepNotOpen):
        endings.end(an_act(db, row, manager), **said)
    (item,) = follow_ups.waiting(db, row)
    assert (item.what, item.owner) == (FollowUp.ENDING_PROPOSED, "head_of_practice")
    saved = endings.end(an_act(db, row, head), **said)
    assert (saved.stage, row.ended_as) == (Stage.CLOSED, Ending.CANT_REACH)
    assert follow_ups.waiting(db, row) == []
    assert case_status.status(db, row.id, today=MONDAY).manager is None
    replies.reject_ending(a_childs_act(db, row))
    assert (row.stage, row.ended_as, row.closed_on) == (Stage.ALLOCATED, None, None)
    (item,) = follow_ups.waiting(db, row)
    assert (item.what, item.owner) == (FollowUp.ENDING_REJECTED, "head_of_practice")


def test_the_head_may_say_that_it_goes_on(db: Session) -> None:
    row, manager, head = given(db)
    endings.propose(an_act(db, row, manager), ending=Ending.NOT_OURS, reason="It is the school.")
    (item,) = follow_ups.waiting(db, row)
    workflow.follow_up(
        an_act(db, row, head), follow_up_id=item.id, outcome=Outcome.GOES_ON, note="It is us too."
    )
    assert (row.stage, follow_ups.waiting(db, row)) == (Stage.ALLOCATED, [])


def test_a_duplicate_says_of_which(db: Session) -> None:
    row, _, head = given(db)
    open_words(db, row, head)
    twin = a_complaint(db, stage=Stage.ACKNOWLEDGED)
    elsewhere = a_complaint(db, area="west")
    offered = {other.id for other in endings.others(an_act(db, row, head))}
    assert offered == {twin.id}
    for wrong in ("", row.id, elsewhere.id):
        with pytest.raises(Incomplete) as refused:
            endings.end(
                an_act(db, row, head), ending=Ending.DUPLICATE, reason="Same.", same_as=wrong
            )
        assert refused.value.missing == ("same_as",)
    endings.end(an_act(db, row, head), ending=Ending.DUPLICATE, reason="Same.", same_as=twin.id)
    assert row.same_as_id == twin.id
    assert endings.others(an_act(db, twin, head)) == (), "not of each other"
    workflow.reopen(an_act(db, row, head), note="They differ.")
    db.refresh(row)
    assert row.same_as_id is None
    assert row.stage is Stage.ALLOCATED


def test_what_blocks_an_end_blocks_these_too(db: Session) -> None:
    row, _, head = given(db, ongoing=None, court_asked_on=MONDAY)
    said: dict[str, Any] = {"ending": Ending.TEST, "reason": "It says test."}
    with pytest.raises(WordsNotOpened):
        endings.end(an_act(db, row, head), **said)
    open_words(db, row, head)
    with pytest.raises(CourtNotTold) as refused:
        endings.end(an_act(db, row, head), **said)
    assert refused.value.state is CourtState.FIND_OUT
    row.ongoing, row.court_by = False, None
    replies.send_more(a_childs_act(db, row), "And more.", not_safe=True)
    open_words(db, row, head)
    with pytest.raises(SafetyUndecided):
        endings.end(an_act(db, row, head), **said)
    row.read_today = False
    follow_ups.open_one(
        db, row, FollowUp.STOPPED, today=MONDAY, calendar=an_act(db, row, head).calendar
    )
    follow_ups.restate(db, row)
    with pytest.raises(StillToFollowUp):
        endings.end(an_act(db, row, head), **said)


def test_notes_and_praise_have_these_endings_too(db: Session) -> None:
    head = person_of(a_head(db))
    note, praise = a_note(db, stage=Stage.ACKNOWLEDGED), a_compliment(db)
    for row, back in ((note, Stage.ACKNOWLEDGED), (praise, Stage.RECEIVED)):
        open_words(db, row, head)
        with pytest.raises(TooFewTries):
            endings.end(an_act(db, row, head), ending=Ending.CANT_REACH, reason="No number.")
        endings.end(an_act(db, row, head), ending=Ending.TEST, reason="It says test.")
        assert (row.stage, row.closed_on) == (Stage.CLOSED, MONDAY)
        assert workflow.reopen(an_act(db, row, head), note="It was not.").stage is back


def test_one_of_many_that_no_child_sent_ends_without_asking_about_the_court(db: Session) -> None:
    head = person_of(a_head(db))
    row = a_complaint(db)
    with pytest.raises(WordsNotOpened):
        endings.not_from_a_child(an_act(db, row, head), reason="A machine wrote it.")
    open_words(db, row, head)
    with pytest.raises(Incomplete):
        endings.not_from_a_child(an_act(db, row, head), reason=" ")
    saved = endings.not_from_a_child(an_act(db, row, head), reason="A machine wrote it.")
    assert (saved.stage, row.ended_as) == (Stage.CLOSED, Ending.TEST)
    assert row.acknowledged_on == MONDAY


def test_where_a_case_in_court_is_recorded_the_court_comes_first(db: Session) -> None:
    head = person_of(a_head(db))
    row = a_complaint(db, stage=Stage.ACKNOWLEDGED, ongoing=True)
    open_words(db, row, head)
    with pytest.raises(CourtNotTold):
        endings.not_from_a_child(an_act(db, row, head), reason="A machine wrote it.")
    assert row.ended_as is None

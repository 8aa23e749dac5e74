"""Reading, routing, passing on and closing. docs/procedure.md, paragraphs 16-20, 51, 59."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.court_notice import CourtState
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.case.submission import PassOn
from kids_feedback.domain.errors import EditConflict, NotFound, StepNotOpen
from kids_feedback.domain.people import Fallback, Person, Role
from kids_feedback.services.case.people import colleagues
from kids_feedback.services.casework import workflow
from kids_feedback.services.child import replies
from kids_feedback.services.errors import ConsentMissing, CourtNotTold, WordsNotOpened
from kids_feedback.services.reading import opened_words
from kids_feedback.storage.tables.outbox import Message
from tests.make import a_complaint, a_compliment, a_note, a_person, an_area, an_office, person_of
from tests.services.acts import (
    BY_EMAIL,
    MONDAY,
    a_childs_act,
    a_head,
    a_manager,
    acknowledge,
    an_act,
    last_line,
    lines,
    sent_to,
)


def a_desk(db: Session) -> Person:
    return person_of(a_person(db, "Cleo Desk", role=Role.CUSTOMER_SERVICE))


def test_a_head_of_practice_acknowledges(db: Session) -> None:
    row, head = a_complaint(db), person_of(a_head(db))
    saved = acknowledge(db, row, head, seen=row.version)
    assert (saved.stage, saved.next_step) == (Stage.ACKNOWLEDGED, Step.ALLOCATE)
    assert row.acknowledged_on == MONDAY
    assert row.next_due_on == row.contact_by
    assert last_line(db, row, "acknowledge").facts == {"emailed": None}
    assert sent_to(db) == []


def test_the_child_is_told_where_email_is_safe(db: Session) -> None:
    row, head = a_complaint(db, method=Method.EMAIL, contact=BY_EMAIL), person_of(a_head(db))
    acknowledge(db, row, head)
    assert sent_to(db) == ["robin@example.org"]
    letter = db.scalars(select(Message.id)).one()
    assert last_line(db, row, "acknowledge").facts["emailed"] == letter


def test_nobody_acknowledges_twice(db: Session) -> None:
    row, head = a_complaint(db), person_of(a_head(db))
    acknowledge(db, row, head)
    with pytest.raises(StepNotOpen):
        workflow.acknowledge(an_act(db, row, head))
    assert lines(db, row) == ["opened_words", "acknowledge"]


def test_nobody_says_that_they_read_what_they_have_not_opened(db: Session) -> None:
    row, head, other = a_complaint(db), person_of(a_head(db)), person_of(a_head(db, "Other"))
    opened_words.open_statement(an_act(db, row, other))
    with pytest.raises(WordsNotOpened):
        workflow.acknowledge(an_act(db, row, head))


def test_what_the_child_added_is_read_too(db: Session) -> None:
    row, head = a_complaint(db), person_of(a_head(db))
    opened_words.open_statement(an_act(db, row, head))
    replies.send_more(a_childs_act(db, row), "And more.")
    with pytest.raises(WordsNotOpened):
        workflow.acknowledge(an_act(db, row, head))


def test_a_page_opened_before_somebody_else_saved_is_refused(db: Session) -> None:
    row, head = a_complaint(db), person_of(a_head(db))
    seen = row.version
    acknowledge(db, row, head, seen=seen)
    with pytest.raises(EditConflict):
        workflow.close(an_act(db, row, head, seen=seen))


def test_customer_service_routes_and_then_sees_it_no_more(db: Session) -> None:
    head, row = a_head(db), a_complaint(db, area=None)
    an_office(db, "eastham")
    saved = workflow.route(an_act(db, row, a_desk(db)), area="east", office="eastham")
    assert not saved.still_theirs
    assert (row.area_code, row.office_code) == ("east", "eastham")
    assert (row.next_step, row.next_due_on) == (Step.ACKNOWLEDGE, row.read_by)
    assert last_line(db, row, "route").facts == {"area": "east", "office": "eastham"}
    assert sent_to(db) == [head.email]


def test_a_head_of_practice_sends_on_what_came_to_the_wrong_area(db: Session) -> None:
    head, row = person_of(a_head(db)), a_complaint(db)
    a_head(db, "Wes Head", areas=["west"])
    assert not workflow.route(an_act(db, row, head), area="west").still_theirs


@pytest.mark.parametrize(
    ("area", "office"),
    [("nowhere", None), ("east", "nowhere"), ("east", "westham")],
    ids=["no such area", "no such office", "office of another area"],
)
def test_nothing_is_sent_to_a_place_that_is_not_there(
    db: Session, area: str, office: str | None
) -> None:
    a_head(db)
    an_office(db, "westham", area="west")
    row = a_complaint(db, area=None)
    with pytest.raises(NotFound):
        workflow.route(an_act(db, row, a_desk(db)), area=area, office=office)


def test_where_no_head_of_practice_may_have_it_who_sends_it_there_stands_in(db: Session) -> None:
    an_area(db)
    row, desk = a_complaint(db, area=None, about=[a_head(db)]), a_desk(db)
    saved = workflow.route(an_act(db, row, desk), area="east")
    assert (row.area_code, row.fallback) == ("east", Fallback.CUSTOMER_SERVICE)
    assert saved.still_theirs
    assert acknowledge(db, row, desk).stage is Stage.ACKNOWLEDGED


def test_places_are_areas_with_their_offices(db: Session) -> None:
    an_office(db, "eastham")
    an_office(db, "easton")
    an_area(db, "west")
    assert [(place.code, place.offices) for place in colleagues.places(db)] == [
        ("east", (("eastham", "Eastham"), ("easton", "Easton"))),
        ("west", ()),
    ]


@pytest.mark.parametrize("choice", [PassOn.WITH_NAME, PassOn.WITHOUT_NAME])
def test_a_service_manager_passes_praise_on_the_way_the_child_said(
    db: Session, choice: PassOn
) -> None:
    manager, row = person_of(a_manager(db)), a_compliment(db, office="eastham", pass_on=choice)
    saved = workflow.pass_on(an_act(db, row, manager), told=True, note="In supervision.")
    assert (saved.stage, saved.next_step, row.closed_on) == (Stage.CLOSED, None, MONDAY)
    line = last_line(db, row, "pass_on")
    assert (line.facts, line.note) == ({"told": True, "pass_on": choice.value}, "In supervision.")


@pytest.mark.parametrize("choice", [PassOn.NO, None], ids=["no", "not asked"])
def test_praise_stays_here_unless_the_child_said_otherwise(
    db: Session, choice: PassOn | None
) -> None:
    manager, row = person_of(a_manager(db)), a_compliment(db, office="eastham", pass_on=choice)
    with pytest.raises(ConsentMissing):
        workflow.pass_on(an_act(db, row, manager), told=True)
    assert workflow.pass_on(an_act(db, row, manager), told=False).stage is Stage.CLOSED


def test_an_answered_complaint_is_closed(db: Session) -> None:
    manager = a_manager(db)
    row = a_complaint(db, stage=Stage.DELIVERED, manager=manager, ongoing=False, talk_on=MONDAY)
    saved = workflow.close(an_act(db, row, person_of(manager)), note="Thank you sent.")
    assert (saved.stage, saved.next_step, row.closed_on) == (Stage.CLOSED, None, MONDAY)
    assert row.next_due_on is None
    assert last_line(db, row, "close").note == "Thank you sent."


def test_a_case_is_not_closed_before_the_court_is_told(db: Session) -> None:
    manager = a_manager(db)
    row = a_complaint(db, stage=Stage.DELIVERED, manager=manager, talk_on=MONDAY)
    with pytest.raises(CourtNotTold) as refused:
        workflow.close(an_act(db, row, person_of(manager)))
    assert refused.value.state is CourtState.FIND_OUT
    assert row.closed_on is None


def test_a_note_is_closed_by_the_head_of_practice_and_needs_no_court(db: Session) -> None:
    row = a_note(db, stage=Stage.ACKNOWLEDGED)
    assert workflow.close(an_act(db, row, person_of(a_head(db)))).stage is Stage.CLOSED


def test_a_complaint_is_not_closed_unanswered(db: Session) -> None:
    row = a_complaint(db, stage=Stage.ACKNOWLEDGED, ongoing=False)
    with pytest.raises(StepNotOpen):
        workflow.close(an_act(db, row, person_of(a_head(db))))

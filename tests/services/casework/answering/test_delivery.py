"""How an answer reaches the child, and comes back. docs/procedure.md, paragraph 33."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.contact import Method, NotArrived
from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.domain.errors import StepNotOpen
from kids_feedback.domain.people import Person
from kids_feedback.services.casework import workflow
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.child import case_status
from kids_feedback.services.errors import DayOutOfRange, UnsafeChannel
from kids_feedback.storage.tables.case import Case
from tests.services.acts import BY_EMAIL, MONDAY, a_childs_act, an_act, last_line, sent_to
from tests.services.casework.answering.written import written

TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)


def approved(db: Session, **columns: Any) -> tuple[Case, Person]:
    row, manager, head = written(db, **columns)
    answers.approve(an_act(db, row, head))
    return row, manager


def test_the_child_gets_the_answer_behind_the_secret_words(db: Session) -> None:
    row, manager = approved(db)
    saved = answers.deliver(an_act(db, row, manager), how=Method.HERE)
    assert (saved.stage, saved.next_step) == (Stage.DELIVERED, Step.CLOSE)
    assert row.delivered_on == MONDAY
    assert answers.kept(db, row).delivered_how == Method.HERE
    assert last_line(db, row, "deliver").facts == {
        "how": "here",
        "on": "2026-03-02",
        "emailed": None,
    }


def test_a_child_who_chose_email_is_told_by_email(db: Session) -> None:
    row, manager = approved(db, method=Method.EMAIL, contact=BY_EMAIL)
    answers.deliver(an_act(db, row, manager), how=Method.EMAIL)
    assert "robin@example.org" in sent_to(db)
    assert last_line(db, row, "deliver").facts["emailed"]


@pytest.mark.parametrize(
    ("method", "contact", "ways"),
    [
        pytest.param(None, None, (Method.HERE,), id="nothing said"),
        pytest.param(Method.NONE, None, (Method.HERE,), id="no contact"),
        pytest.param(Method.HERE, None, (Method.HERE,), id="here"),
        pytest.param(Method.PHONE, {}, (Method.HERE,), id="phone"),
        pytest.param(Method.LETTER, {}, (Method.LETTER, Method.HERE), id="letter"),
        pytest.param(Method.EMAIL, BY_EMAIL, (Method.EMAIL, Method.HERE), id="email"),
        pytest.param(Method.EMAIL, {}, (Method.HERE,), id="email without an address"),
        pytest.param(
            Method.MEET,
            {"meet_tell": "letter"},
            (Method.MEET, Method.LETTER, Method.HERE),
            id="meet, told by letter",
        ),
    ],
)
def test_an_answer_goes_out_only_in_a_way_the_child_called_safe(
    db: Session, method: Method | None, contact: dict[str, str] | None, ways: tuple[Method, ...]
) -> None:
    row, manager = approved(db, method=method, contact=contact)
    assert answers.ways_of(row) == ways
    for unsafe in set(Method) - set(ways):
        with pytest.raises(UnsafeChannel):
            answers.deliver(an_act(db, row, manager), how=unsafe)
    assert row.delivered_on is None


def posted(db: Session, day: date = MONDAY, **columns: Any) -> tuple[Case, Person]:
    """Return a complaint whose answer went by letter on that day, and its manager."""
    row, manager = approved(db, **{"method": Method.LETTER, "contact": {}, **columns})
    answers.deliver(an_act(db, row, manager, day), how=Method.LETTER, proof="Receipt 12")
    return row, manager


@pytest.mark.parametrize(
    ("how", "day", "possible"),
    [
        pytest.param(Method.LETTER, TUESDAY, True, id="posted yesterday"),
        pytest.param(Method.LETTER, MONDAY, True, id="posted when it was approved"),
        pytest.param(Method.LETTER, date(2026, 3, 1), False, id="posted before it was approved"),
        pytest.param(Method.LETTER, date(2026, 3, 5), False, id="to be posted tomorrow"),
        pytest.param(Method.MEET, TUESDAY, True, id="handed over yesterday"),
        pytest.param(Method.HERE, TUESDAY, False, id="it was not to be read yesterday"),
        pytest.param(Method.HERE, WEDNESDAY, True, id="to be read from now on"),
    ],
)
def test_a_delivery_is_recorded_on_the_day_on_which_it_was(
    db: Session, how: Method, day: date, *, possible: bool
) -> None:
    row, manager = approved(db, method=Method.MEET, contact={"meet_tell": "letter"})
    act = an_act(db, row, manager, WEDNESDAY)
    if possible:
        answers.deliver(act, how=how, on=day, proof="Receipt 12")
        assert row.delivered_on == day
        assert row.posted_on == (day if how is Method.LETTER else None)
        line = last_line(db, row, "deliver")
        assert (line.facts["on"], line.note) == (day.isoformat(), "Receipt 12")
    else:
        with pytest.raises(DayOutOfRange):
            answers.deliver(act, how=how, on=day)
        assert row.delivered_on is None


@pytest.mark.parametrize("why", NotArrived)
def test_an_answer_that_did_not_arrive_is_owed_until_it_is_delivered_another_way(
    db: Session, why: NotArrived
) -> None:
    row, manager = posted(db, ongoing=False)
    due = row.answer_by
    back = answers.not_arrived(an_act(db, row, manager, TUESDAY), why=why, note="Moved away")
    assert (back.stage, back.next_step) == (Stage.DELIVERED, Step.DELIVER)
    assert (row.delivered_on, row.next_due_on) == (None, due)
    assert last_line(db, row, "not_arrived").facts == {"why": why, "read": False}
    assert child_reads(db, row) == [(why, MONDAY)]
    assert case_status.status(db, row.id, today=TUESDAY).answer_ready
    with pytest.raises(StepNotOpen):
        workflow.close(an_act(db, row, manager, TUESDAY))
    with pytest.raises(StepNotOpen):
        answers.not_arrived(an_act(db, row, manager, TUESDAY), why=why)
    answers.deliver(an_act(db, row, manager, WEDNESDAY), how=Method.HERE)
    assert (row.delivered_on, row.posted_on, row.not_arrived) == (WEDNESDAY, None, None)
    assert row.next_step is Step.CLOSE
    assert child_reads(db, row) == [("answered", WEDNESDAY)]


def test_a_letter_can_be_posted_again_and_come_back_again(db: Session) -> None:
    row, manager = posted(db)
    for _ in range(2):
        act = an_act(db, row, manager, TUESDAY)
        answers.not_arrived(act, why=NotArrived.CAME_BACK)
        answers.deliver(an_act(db, row, manager, WEDNESDAY), how=Method.LETTER)
        assert child_reads(db, row) == [("posted", WEDNESDAY)]


def test_a_letter_that_comes_back_to_a_closed_case_opens_it(db: Session) -> None:
    row, manager = posted(db, ongoing=False)
    workflow.close(an_act(db, row, manager))
    saved = answers.not_arrived(an_act(db, row, manager, TUESDAY), why=NotArrived.CAME_BACK)
    assert (saved.stage, row.closed_on) == (Stage.DELIVERED, None)


def test_a_child_who_reads_what_came_back_has_got_it(db: Session) -> None:
    row, manager = posted(db)
    answers.not_arrived(an_act(db, row, manager, TUESDAY), why=NotArrived.CAME_BACK)
    case_status.read_answer(a_childs_act(db, row, WEDNESDAY))
    assert (row.delivered_on, row.next_step) == (WEDNESDAY, Step.CLOSE)
    assert child_reads(db, row) == [("answered", WEDNESDAY)]


def test_what_was_read_already_has_arrived_whatever_the_post_does(db: Session) -> None:
    row, manager = posted(db)
    case_status.read_answer(a_childs_act(db, row, MONDAY))
    answers.not_arrived(an_act(db, row, manager, TUESDAY), why=NotArrived.CAME_BACK)
    assert (row.delivered_on, row.next_step) == (MONDAY, Step.CLOSE)
    assert last_line(db, row, "not_arrived").facts["read"] is True


@pytest.mark.parametrize("how", [Method.HERE, Method.MEET])
def test_only_a_letter_comes_back(db: Session, how: Method) -> None:
    row, manager = approved(db, method=Method.MEET, contact={})
    answers.deliver(an_act(db, row, manager), how=how)
    with pytest.raises(StepNotOpen):
        answers.not_arrived(an_act(db, row, manager), why=NotArrived.CAME_BACK)


def child_reads(db: Session, row: Case) -> list[tuple[str, date | None]]:
    """Return what the child's page says of the answer, and its day."""
    found = case_status.status(db, row.id, today=WEDNESDAY)
    (answer,) = (step for step in found.dates if step.code not in {"talked"})
    assert answer in found.milestones
    return [(answer.code, answer.on)]

"""Nothing about the case is told before the child is found in its file; all else goes on.

docs/procedure.md, paragraph 22a (security.md, T3).
"""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from kids_feedback.domain.case.answer import AnswerChangeState
from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.court_notice import CaseOngoing
from kids_feedback.domain.case.identity import IN_DOUBT, Identity
from kids_feedback.domain.case.meetings import Offer
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.case.promises import Promise
from kids_feedback.domain.case.safety import USUAL
from kids_feedback.services.casework import delay_notices, safeguarding, workflow
from kids_feedback.services.casework.answering import answer_changes, answers
from kids_feedback.services.casework.contact import contact_log, letters, meetings
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel
from kids_feedback.services.casework.court import court_notice
from kids_feedback.services.errors import (
    IdentityUnchecked,
)
from kids_feedback.services.reading import opened_words
from tests.make import a_complaint, person_of
from tests.services.acts import (
    MONDAY,
    WHOLE,
    a_head,
    a_manager,
    acknowledge,
    an_act,
    having_read,
    last_line,
)
from tests.services.casework.answering.written import check_identity, delivered, written
from tests.services.casework.meeting_room import PLACES, TIMES

WEDNESDAY = date(2026, 3, 4)
OFFER = Offer(starts=TIMES, places=PLACES, minutes=45)
NOT_ENOUGH = (None, *sorted(IN_DOUBT))


@pytest.mark.parametrize("known", NOT_ENOUGH)
def test_no_answer_is_approved_before_the_child_is_found(
    db: Session, known: Identity | None
) -> None:
    row, _manager, head = written(db, identity=known)
    with pytest.raises(IdentityUnchecked):
        answers.approve(an_act(db, row, head))
    db.rollback()


def test_an_answer_waits_for_the_check_and_for_nothing_more(db: Session) -> None:
    row, manager, head = written(db, identity=None)
    check_identity(db, row, manager, Identity.FOUND)
    assert answers.approve(an_act(db, row, head)).stage is Stage.APPROVED


@pytest.mark.parametrize("known", NOT_ENOUGH)
def test_no_approved_answer_is_delivered_once_it_is_in_doubt(
    db: Session, known: Identity | None
) -> None:
    """Also one that was approved before anybody was asked to check."""
    row, manager, head = written(db)
    answers.approve(an_act(db, row, head))
    row.identity = known
    for how in answers.ways_of(row):
        with pytest.raises(IdentityUnchecked):
            answers.deliver(an_act(db, row, manager), how=how)
        db.expire(row)


@pytest.mark.parametrize("known", NOT_ENOUGH)
def test_no_changed_answer_goes_out_either(db: Session, known: Identity | None) -> None:
    row, manager, head = delivered(db)
    parts = {**WHOLE, "outcome": "<p>It was so.</p>"}
    answer_changes.write(an_act(db, row, manager), parts=parts, why="We heard more.")
    row.identity = known
    with pytest.raises(IdentityUnchecked):
        answer_changes.approve(an_act(db, row, head))
    row.identity = Identity.FOUND
    row.change = AnswerChangeState.WRITTEN
    answer_changes.approve(an_act(db, row, head))
    row.identity = known
    with pytest.raises(IdentityUnchecked):
        answer_changes.give(an_act(db, row, manager), how=Method.HERE)


def test_what_staff_write_says_nothing_of_the_case_before(db: Session) -> None:
    manager_row = a_manager(db)
    row, manager = (
        a_complaint(db, stage=Stage.ALLOCATED, manager=manager_row),
        person_of(manager_row),
    )
    meetings.offer(an_act(db, row, manager), offered=OFFER, not_on_case=False)
    to_write: tuple[Callable[..., object], ...] = (
        lambda **said: letters.write(an_act(db, row, manager), text="We saw your mum.", **said),
        lambda **said: delay_notices.send_delay_notice(
            an_act(db, row, manager, date(2026, 3, 17)),
            promise=Promise.TALK,
            new_on=date(2026, 3, 23),
            reason="We wait for a report.",
            **said,
        ),
        lambda **said: meetings.cancel(an_act(db, row, manager), reason="We are ill.", **said),
    )
    for write in to_write:
        for known in (*NOT_ENOUGH, Identity.WITHOUT_CASE):
            row.identity = known
            with pytest.raises(IdentityUnchecked):
                write()
        write(nothing_of_case=True)
    for what in ("letter_written", "delayed", "meeting_cancelled"):
        assert last_line(db, row, what).facts["nothing_of_case"] is True


def test_nobody_who_writes_is_asked_once_the_child_is_found(db: Session) -> None:
    row, manager, _ = written(db)
    letters.write(an_act(db, row, manager), text="We saw your mum.")
    assert "nothing_of_case" not in last_line(db, row, "letter_written").facts


@pytest.mark.parametrize("known", [*NOT_ENOUGH, Identity.WITHOUT_CASE])
def test_nothing_else_waits_for_it(db: Session, known: Identity | None) -> None:
    """Contact, an acknowledgement, safety and the court go on (security.md, T3)."""
    head, manager = person_of(a_head(db)), person_of(a_manager(db))
    row = a_complaint(db, identity=known)
    acknowledge(db, row, head)
    workflow.allocate(having_read(an_act(db, row, head)), manager_id=manager.id)
    opened_words.open_contact(an_act(db, row, manager))
    contact_log.log_attempt(
        an_act(db, row, manager),
        way=Channel.PHONE,
        result=AttemptResult.NO_ANSWER,
        next_attempt_on=WEDNESDAY,
        why_way="They asked for it.",
    )
    meetings.offer(an_act(db, row, manager), offered=OFFER, not_on_case=False)
    safeguarding.start(an_act(db, row, manager), USUAL)
    court_notice.set_ongoing(an_act(db, row, head), ongoing=CaseOngoing.YES, promises=Allowances())
    contact_log.log_talk(
        an_act(db, row, manager),
        talk_on=MONDAY,
        way=Channel.PHONE,
        present="Robin",
        wants="A word.",
        still_wants=True,
        why_way="They asked for it.",
    )
    answers.submit(an_act(db, row, manager), parts=WHOLE)
    assert row.stage is Stage.WRITTEN

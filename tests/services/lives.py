"""Cases from their first day to their last, step by step: what every step of staff can be tried on.

Each step stands where it is open, with what its form says. A new step needs a line in a life.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from kids_feedback.domain.case.contact import Method, NotArrived
from kids_feedback.domain.case.court_notice import CaseOngoing
from kids_feedback.domain.case.follow_ups import FollowUp, Outcome
from kids_feedback.domain.case.hearings import HearingState
from kids_feedback.domain.case.procedure import Ending, Step
from kids_feedback.services.case.act import Act
from kids_feedback.services.casework import (
    endings,
    workflow,
)
from kids_feedback.services.casework.answering import answer_changes, answers
from kids_feedback.services.casework.court import court_notice, hearings
from kids_feedback.services.casework.people import outside
from kids_feedback.services.child import replies
from kids_feedback.services.reading import opened_words
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import FollowUpRow
from tests.make import a_complaint, a_compliment, a_note
from tests.services.acts import WHOLE
from tests.services.presses import (
    CHILD,
    CONTACT,
    FIRST_DAYS,
    HEAD,
    MEETING,
    OUTSIDE,
    PROMISES,
    READ,
    TALK,
    WHY,
    Press,
)
from tests.services.presses_of_requests import REQUESTED, STOPPED

BY_LETTER = {
    "method": Method.LETTER,
    "contact": {"letter_where": "home", "letter_address": "1 High Street"},
}


@dataclass(frozen=True)
class Life:
    """One case and all that is done about it."""

    begin: Callable[..., Case]
    columns: dict[str, Any]
    presses: tuple[Press, ...]


def _hearing(act: Act) -> str:
    return hearings.taking_place(act)[-1].id


def _follow_up(act: Act) -> str:
    wanted = select(FollowUpRow.id).where(
        FollowUpRow.case_id == act.row.id, FollowUpRow.what == FollowUp.NOT_QUITE
    )
    return act.session.scalars(wanted).one()


def _change(act: Act) -> object:
    return answer_changes.write(act, parts={**WHOLE, "outcome": "<p>Another.</p>"}, why=WHY)


COURT = (
    Press(
        Step.COURT_ONGOING,
        lambda act: court_notice.set_ongoing(act, ongoing=CaseOngoing.YES, promises=PROMISES),
    ),
    Press(
        Step.COURT_HEARING,
        lambda act: hearings.set_hearing(
            act, hearing_on=act.today + timedelta(days=30), promises=PROMISES
        ),
    ),
    Press(
        Step.COURT_TOLD,
        lambda act: court_notice.tell_court(
            act, complaint_on=act.today, doing_on=act.today, promises=PROMISES
        ),
    ),
    Press(Step.COURT_CHILD_TOLD, court_notice.tell_child),
    Press(
        Step.TAKE_NOTICE_BACK,
        lambda act: court_notice.take_back(
            act, hearing_id=_hearing(act), reason=WHY, promises=PROMISES
        ),
    ),
    Press(
        Step.CHANGE_HEARING,
        lambda act: hearings.change_hearing(
            act,
            hearing_id=_hearing(act),
            state=HearingState.MISTYPED,
            reason=WHY,
            promises=PROMISES,
        ),
    ),
    Press(
        Step.COURT_ONGOING,
        lambda act: court_notice.set_ongoing(act, ongoing=CaseOngoing.NO, promises=PROMISES),
    ),
)
ANSWER = (
    Press(Step.WRITE, lambda act: answers.save(act, parts=WHOLE)),
    Press(Step.SUBMIT, answers.submit),
    Press(Step.RECALL_ANSWER, lambda act: answers.recall(act, reason=WHY)),
    Press(Step.SUBMIT, answers.submit),
    Press(Step.SEND_BACK, lambda act: answers.send_back(act, note=WHY), HEAD),
    Press(Step.SUBMIT, answers.submit),
    Press(Step.APPROVE, answers.approve, HEAD),
    Press(Step.TAKE_APPROVAL_BACK, lambda act: answers.take_approval_back(act, reason=WHY), HEAD),
    Press(Step.APPROVE, answers.approve, HEAD),
    Press(Step.DELIVER, lambda act: answers.deliver(act, how=Method.LETTER)),
    Press(Step.NOT_ARRIVED, lambda act: answers.not_arrived(act, why=NotArrived.CAME_BACK)),
    Press(Step.DELIVER, lambda act: answers.deliver(act, how=Method.HERE)),
    Press(Step.CHANGE_ANSWER, _change),
    Press(Step.DROP_CHANGE, lambda act: answer_changes.drop(act, reason=WHY)),
    Press(Step.CHANGE_ANSWER, _change),
    Press(Step.APPROVE_CHANGE, answer_changes.approve, HEAD),
    Press(Step.GIVE_CHANGE, lambda act: answer_changes.give(act, how=Method.HERE)),
)
LAST_DAYS = (
    Press(
        Step.SAY_OF_ANSWER, lambda act: replies.say_of_answer(act, {"wants": False}, "No."), CHILD
    ),
    Press(Step.OPEN_FOLLOW_UP, workflow.open_follow_ups, HEAD, sees=False),
    Press(
        Step.FOLLOW_UP,
        lambda act: workflow.follow_up(
            act, follow_up_id=_follow_up(act), outcome=Outcome.NOTHING_NEW, note=WHY
        ),
        HEAD,
    ),
    Press(Step.CLOSE, workflow.close),
    Press(Step.REOPEN, lambda act: workflow.reopen(act, note=WHY), HEAD),
)
LIVES = {
    "a complaint": Life(
        a_complaint,
        {
            **BY_LETTER,
            "supporter": "known",
            "helper": {"supporter_name": "Gran"},
        },
        (*FIRST_DAYS, *CONTACT, *MEETING, *TALK, *ANSWER, *COURT, *LAST_DAYS),
    ),
    "one that ends otherwise": Life(
        a_complaint,
        {"ongoing": False},
        (
            *FIRST_DAYS,
            Press(
                Step.PROPOSE_ENDING,
                lambda act: endings.propose(act, ending=Ending.NOT_OURS, reason=WHY),
            ),
            Press(
                Step.END_OTHERWISE,
                lambda act: endings.end(act, ending=Ending.NOT_OURS, reason=WHY),
                HEAD,
            ),
        ),
    ),
    "one that is withdrawn": Life(
        a_complaint,
        {"ongoing": True, **BY_LETTER},
        (
            *FIRST_DAYS,
            *STOPPED,
            Press(Step.END_COURT_DUTY, lambda act: court_notice.end_duty(act, reason=WHY), HEAD),
            Press(
                Step.RESTORE_COURT_DUTY,
                lambda act: court_notice.restore_duty(act, reason=WHY),
                HEAD,
            ),
            Press(Step.RESUME, replies.resume, CHILD),
        ),
    ),
    "one whose child asks for something behind the words": Life(
        a_complaint, BY_LETTER, (*FIRST_DAYS, *REQUESTED)
    ),
    "a note that becomes one": Life(
        a_note,
        {},
        (
            *READ,
            Press(
                Step.MAKE_COMPLAINT,
                lambda act: workflow.make_complaint(act, agreed=WHY, promises=PROMISES),
                HEAD,
            ),
        ),
    ),
    "praise": Life(
        a_compliment,
        {},
        (
            Press(Step.OPEN_STATEMENT, opened_words.open_statement, HEAD, sees=False),
            Press(Step.PASS_ON, lambda act: workflow.pass_on(act, told=True), HEAD),
        ),
    ),
    "one that only the person outside may have": Life(
        a_complaint,
        {},
        (
            Press(
                Step.OPEN_FROM_OUTSIDE,
                lambda act: outside.say_why(act, reason=WHY),
                OUTSIDE,
                sees=False,
            ),
        ),
    ),
}

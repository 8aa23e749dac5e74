"""What a child presses twice at once is done once, on both databases, and neither press fails."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from kids_feedback.domain.case.procedure import Stage, Step
from kids_feedback.services.case.act import Act
from kids_feedback.services.child import case_status, replies
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.casework import Answer, Event
from kids_feedback.storage.tables.learning import Rating
from kids_feedback.storage.tables.outbox import Message
from tests import sample
from tests.make import NOW, a_complaint
from tests.services.acts import MONDAY, a_childs_act, a_head, a_manager

PRESSES = 3  # at once
TIMES = sample.many(small=2, full=50)
LATE = {"contact_by": MONDAY.replace(day=1), "stage": Stage.ALLOCATED}
ANSWERED = {"stage": Stage.DELIVERED, "talk_on": MONDAY, "delivered_on": MONDAY}
ACTS: dict[Step, tuple[dict[str, object], Callable[[Act], object]]] = {
    Step.ADD: ({"stage": Stage.ALLOCATED}, lambda act: replies.send_more(act, "It was Monday.")),
    Step.NUDGE: (LATE, replies.nudge),
    Step.READ_ANSWER: (ANSWERED, case_status.read_answer),
    Step.SAY_OF_ANSWER: (ANSWERED, lambda act: replies.say_of_answer(act, {"wants": False}, "No.")),
    Step.NOT_HAPPY: (ANSWERED, lambda act: replies.not_happy(act, "head")),
}


def a_case(transactions: Transactions, **columns: object) -> str:
    with transactions() as db:
        manager = a_manager(db)
        row = a_complaint(db, manager=manager, **columns)
        if columns.get("stage") is Stage.DELIVERED:
            parts = {"wants": "You told us."}
            db.add(Answer(case_id=row.id, written_by=manager.id, saved_at=NOW, parts=parts))
        return row.id


def press(transactions: Transactions, case_id: str, act: Callable[[Act], object]) -> None:
    """Press several times at once, each in a transaction of its own."""
    ready = Barrier(PRESSES)

    def one(_: int) -> None:
        ready.wait()
        with transactions() as db:
            act(a_childs_act(db, case_id))

    with ThreadPoolExecutor(PRESSES) as pool:
        list(pool.map(one, range(PRESSES)))


@pytest.mark.parametrize("step", ACTS)
def test_it_is_done_and_told_once(transactions: Transactions, step: Step) -> None:
    columns, act = ACTS[step]
    with transactions() as db:
        a_head(db)
    for _ in range(TIMES):
        case_id = a_case(transactions, **columns)
        press(transactions, case_id, act)
        with transactions.reading() as db:
            steps = db.scalars(select(Event.what).where(Event.case_id == case_id)).all()
            mails = select(Message).where(Message.case_id == case_id)
            told = [(row.subject, row.person_id, row.role) for row in db.scalars(mails)]
        assert list(steps).count(step) == 1, steps
        assert len(told) == len(set(told)), told


def test_how_we_did_is_counted_once(transactions: Transactions) -> None:
    taps = {"listened": "yes"}
    for _ in range(TIMES):
        case_id = a_case(transactions, **ANSWERED)
        press(transactions, case_id, lambda act: replies.rate(act, taps, "Be kind."))
    with transactions.reading() as db:
        assert db.scalar(select(func.count()).select_from(Rating)) == TIMES

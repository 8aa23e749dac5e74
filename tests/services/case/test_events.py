"""A history: numbered lines, each with its day, and with its time only where that is asked for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Step
from kids_feedback.services.case.events import TIMED, add_event
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Event
from tests.conftest import KEYS
from tests.make import NOW, a_complaint, person_of
from tests.services.acts import MONDAY, a_childs_act, a_head, an_act, lines

AT_ONCE = 8


def numbers(db: Session, row: Case) -> list[int]:
    wanted = select(Event.number).where(Event.case_id == row.id)
    return list(db.scalars(wanted.order_by(Event.number)))


def test_the_lines_of_each_case_are_numbered_in_the_order_in_which_they_were_written(
    db: Session,
) -> None:
    mine, other = a_complaint(db), a_complaint(db)
    said = [Step.ACKNOWLEDGE, Step.OPEN_STATEMENT, Step.ALLOCATE, Step.ADD]  # at one instant
    for step in said:
        for row in (mine, other):
            add_event(db, row, step, person_id=None, now=NOW, today=MONDAY)
    assert lines(db, mine) == said
    assert numbers(db, mine) == numbers(db, other) == [1, 2, 3, 4]


def test_of_many_who_look_at_once_each_has_a_line_of_their_own(transactions: Transactions) -> None:
    with transactions() as db:
        heads, row = [person_of(a_head(db)) for _ in range(AT_ONCE)], a_complaint(db)
    ready = Barrier(AT_ONCE)

    def look(number: int) -> None:
        ready.wait()
        with transactions() as db:
            act = an_act(db, row, heads[number])
            act.take(Step.OPEN_STATEMENT)
            act.record()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(look, range(AT_ONCE)))
    with transactions() as db:
        assert numbers(db, row) == list(range(1, AT_ONCE + 1))


def test_a_look_that_is_pressed_twice_is_one_and_a_later_one_is_another(db: Session) -> None:
    head, row = person_of(a_head(db)), a_complaint(db)
    for hour, times in ((10, 2), (11, 1)):
        for _ in range(times):
            act = an_act(db, row, head, hour=hour)
            act.take(Step.OPEN_STATEMENT)
            act.record()
    assert numbers(db, row) == [1, 2]


@pytest.mark.parametrize("step", Step)
def test_the_time_is_kept_only_where_the_procedure_asks_for_it(db: Session, step: Step) -> None:
    row = a_complaint(db)
    after_midnight = datetime(2026, 6, 7, 23, 30, tzinfo=UTC)
    add_event(db, row, step, person_id=None, now=after_midnight, today=date(2026, 6, 8))
    line = db.scalars(select(Event)).one()
    assert line.written_on == date(2026, 6, 8)
    assert line.at == (after_midnight if step in TIMED else None)


def test_what_an_act_writes_is_committed_to(db: Session) -> None:
    row = a_complaint(db)
    act = a_childs_act(db, row)
    act.take(Step.ADD)
    act.record("More.")
    db.commit()
    db.expire_all()
    line = db.scalars(select(Event)).one()
    assert line.note == "More."
    assert line.holds(KEYS)

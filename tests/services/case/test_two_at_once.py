"""Two people act on one case at the same moment: the second is told, and nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from functools import partial
from threading import Barrier

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.errors import EditConflict
from kids_feedback.domain.people import Person
from kids_feedback.gateways.bank_holidays import HolidayList, newest_list
from kids_feedback.services.casework.answering import answers
from kids_feedback.services.casework.court import court_notice
from kids_feedback.services.casework.days import working_days
from kids_feedback.services.errors import DayAlreadyOpen
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer, Event
from tests.make import a_complaint, person_of
from tests.services.acts import MONDAY, a_manager, an_act, moment


def a_case(transactions: Transactions) -> tuple[str, int, Person]:
    with transactions() as db:
        manager = a_manager(db)
        row = a_complaint(db, stage=Stage.TALKED, talk_on=MONDAY, manager=manager)
        return row.id, row.version, person_of(manager)


def race(transactions: Transactions, act: Callable[[Session, int], object]) -> list[bool]:
    """Let two act at once, each in a transaction of their own; say for each if it was kept."""
    ready = Barrier(2)

    def one(number: int) -> bool:
        ready.wait()
        try:
            with transactions() as db:
                act(db, number)
        except EditConflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(2)))


def test_of_two_first_drafts_one_is_kept_and_the_other_told(transactions: Transactions) -> None:
    case_id, seen, manager = a_case(transactions)

    def save(db: Session, number: int) -> None:
        answers.save(an_act(db, case_id, manager, seen=seen), parts={"outcome": f"{number}"})

    kept = race(transactions, save)
    assert sorted(kept) == [False, True]
    with transactions() as db:
        answer = db.scalars(select(Answer)).one()
        assert answer.parts == {"outcome": f"{kept.index(True)}"}


def test_many_drafts_at_once_lose_none_unseen(transactions: Transactions) -> None:
    case_id, _, manager = a_case(transactions)
    for turn in range(10):
        with transactions() as db:
            seen = db.get_one(Case, case_id).version

        def save(db: Session, number: int, turn: int = turn, seen: int = seen) -> None:
            parts = {"outcome": f"{turn}-{number}"}
            answers.save(an_act(db, case_id, manager, seen=seen), parts=parts)

        kept = race(transactions, save)
        assert sorted(kept) == [False, True]
        with transactions() as db:
            answer = db.scalars(select(Answer)).one()
            assert answer.parts == {"outcome": f"{turn}-{kept.index(True)}"}


def test_an_act_that_changes_no_column_still_counts(transactions: Transactions) -> None:
    case_id, seen, manager = a_case(transactions)

    def tell(db: Session, number: int) -> None:
        court_notice.tell_child(an_act(db, case_id, manager, seen=seen))

    assert sorted(race(transactions, tell)) == [False, True]
    with transactions() as db:
        assert len(db.scalars(select(Event)).all()) == 1
        assert db.get_one(Case, case_id).version == seen + 1


def test_of_two_who_open_a_day_one_moves_what_it_moved(transactions: Transactions) -> None:
    case_id, _, _ = a_case(transactions)
    day, now = date(2026, 3, 11), moment().now
    with transactions() as db:
        working_days.close_day(db, day, "A coronation", now=now, today=MONDAY)

    def open_it(db: Session, _number: int) -> None:
        with suppress(DayAlreadyOpen):
            working_days.open_day(db, day, now=now, today=MONDAY)

    race(transactions, open_it)
    assert answer_due(transactions, case_id) == date(2026, 3, 30)


def test_of_two_processes_that_start_one_follows_a_new_bank_holiday(
    transactions: Transactions,
) -> None:
    case_id, _, _ = a_case(transactions)
    days = {**newest_list().days, date(2026, 3, 11): "A coronation"}

    def follow(db: Session, _number: int, brought: HolidayList) -> None:
        working_days.follow_holidays(db, brought, now=moment().now, today=MONDAY)

    race(transactions, partial(follow, brought=newest_list()))
    race(transactions, partial(follow, brought=HolidayList(days=days, release="999")))
    assert answer_due(transactions, case_id) == date(2026, 3, 31)


def answer_due(transactions: Transactions, case_id: str) -> date | None:
    with transactions.reading() as db:
        return db.get_one(Case, case_id).answer_by

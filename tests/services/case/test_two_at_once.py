"""Two people act on one case at the same moment: the second is told, and nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.errors import EditConflict
from kids_feedback.domain.people import Person
from kids_feedback.services.casework import answers, court_notice
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.tables.case import Case
from kids_feedback.storage.tables.casework import Answer, Event
from tests.make import a_complaint, person_of
from tests.services.acts import MONDAY, a_manager, an_act


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

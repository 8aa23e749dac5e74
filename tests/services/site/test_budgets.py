"""What was spent of a budget is known to all processes, and is gone within hours."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kids_feedback.domain.brakes import NO_WAIT, REMEMBERED, Budget
from kids_feedback.services.site import budgets
from kids_feedback.storage.db import Transactions, engine_for
from kids_feedback.storage.tables.visits import Brake
from tests.conftest import KEYS
from tests.make import NOW

SECOND = timedelta(seconds=1)
FEW = Budget(at_once=3, one_in=10 * SECOND)
MORE = Budget(at_once=5, one_in=10 * SECOND)


def test_one_is_spent_of_each_or_of_none(db: Session) -> None:
    for _ in range(3):
        assert budgets.spend(db, {"a": FEW, "b": MORE}, now=NOW) == NO_WAIT
    for _ in range(9):
        assert budgets.spend(db, {"a": FEW, "b": MORE}, now=NOW) == 10 * SECOND
    assert budgets.spend(db, {"b": MORE}, now=NOW) == NO_WAIT, "b was spared"
    assert budgets.spend(db, {"a": FEW}, now=NOW + 10 * SECOND) == NO_WAIT


def test_what_is_given_back_was_not_spent(db: Session) -> None:
    for _ in range(50):
        assert budgets.spend(db, {"a": FEW}, now=NOW) == NO_WAIT
        budgets.give_back(db, {"a": FEW}, now=NOW)


def test_only_a_keyed_hash_is_kept_of_whose_it_is_and_not_for_long(db: Session) -> None:
    budgets.spend(db, {"network 203.0.113.7": FEW}, now=NOW)
    (row,) = db.scalars(select(Brake))
    assert b"203" not in row.digest
    assert row.back_at == NOW + FEW.one_in
    budgets.erase_old(db, now=NOW + REMEMBERED)
    assert budgets.seen(db, "network 203.0.113.7")
    budgets.erase_old(db, now=NOW + REMEMBERED + FEW.one_in)
    assert db.scalars(select(Brake)).all() == []


def test_two_processes_share_what_is_spent_though_they_spend_at_once(
    database_url: str, transactions: Transactions
) -> None:
    """Each has its own connections, as two processes have; a name nobody has is the worst case."""
    both = [Transactions(engine_for(database_url), KEYS) for _ in range(2)]

    def spend(turn: int) -> bool:
        with both[turn % 2]() as db:
            return budgets.spend(db, {"a": FEW, "b": MORE}, now=NOW) == NO_WAIT

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(spend, range(40))) == FEW.at_once
    for process in both:
        process.engine.dispose()

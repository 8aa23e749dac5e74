"""Budgets of tries, shared by all processes: see ``domain.brakes`` for the rules.

Whoever spends holds the rows until the transaction is over, so that no two spend the same.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kids_feedback.domain.brakes import NO_WAIT, REMEMBERED, Budget
from kids_feedback.storage.db import add_missing
from kids_feedback.storage.encryption import keys_in
from kids_feedback.storage.tables.visits import Brake

_PLACE = "brake"  # what a digest of a name is for


def held(session: Session, names: Iterable[str], *, now: datetime) -> dict[str, datetime]:
    """Return when all is back that was spent under each name, and let nobody else spend of it.

    Args:
        names: whose budget of what. Only a keyed hash of each is kept.
    """
    keys = {_key(session, name): name for name in names}
    rows: dict[bytes, Brake] = {}
    wanted = select(Brake).where(Brake.digest.in_(keys)).order_by(Brake.digest).with_for_update()
    wanted = wanted.execution_options(populate_existing=True)
    while len(rows) < len(keys):  # those too old may be erased just then
        unspent = [{"digest": key, "back_at": now - REMEMBERED} for key in sorted(keys)]
        add_missing(session, Brake, unspent)
        rows = {row.digest: row for row in session.scalars(wanted)}
    return {name: rows[key].back_at for key, name in keys.items()}


def seen(session: Session, name: str) -> datetime | None:
    """Return when all is back that was spent under a name; None: nothing is known of it."""
    row = session.get(Brake, _key(session, name))
    return row.back_at if row else None


def spend(session: Session, budgets: Mapping[str, Budget], *, now: datetime) -> timedelta:
    """Spend one of each, if each has one left; else none. Return how long to wait for that."""
    back = held(session, budgets, now=now)
    wait = max((budget.wait(back[name], now) for name, budget in budgets.items()), default=NO_WAIT)
    if wait == NO_WAIT:
        for name, budget in budgets.items():
            _put(session, name, budget.after(back[name], now))
    return wait


def give_back(session: Session, budgets: Mapping[str, Budget], *, now: datetime) -> None:
    """Take back that one of each was spent: it was no miss."""
    for name, back_at in held(session, budgets, now=now).items():
        _put(session, name, max(back_at - budgets[name].one_in, now - REMEMBERED))


def erase_old(session: Session, *, now: datetime) -> None:
    """Forget what was spent long ago."""
    session.execute(delete(Brake).where(Brake.back_at <= now - REMEMBERED))


def _put(session: Session, name: str, back_at: datetime) -> None:
    session.get_one(Brake, _key(session, name)).back_at = back_at


def _key(session: Session, name: str) -> bytes:
    return keys_in(session).digest(name.encode(errors="surrogatepass"), _PLACE)

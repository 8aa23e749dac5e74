"""Coming back with the secret words: who guesses has to wait, and nobody else has."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from kids_feedback.domain.brakes import (
    ALL_WORDS,
    NO_WAIT,
    WORDS_OF_A_SCREEN,
    Budget,
    words_budget,
)
from kids_feedback.services.child import case_status
from kids_feedback.services.site import budgets

ALL = "words"


@dataclass(frozen=True, kw_only=True)
class Try:
    """What came of words that were typed."""

    case_id: str | None  # None: they are nobody's, or they were not looked at
    wait: timedelta  # for how long nothing is looked at; ``NO_WAIT``: it was


def try_words(
    session: Session,
    typed: str,
    *,
    words_key: bytes,
    network: str,
    screen: str | None,
    now: datetime,
) -> Try:
    """Look for a case by words that were typed, unless too many have missed from there.

    Only a miss is counted. So a network without one is always looked at, however many come from it.

    Args:
        screen: the id of a shared screen, which has a limit of its own.
    """
    name = f"words screen {screen}" if screen else f"words network {network}"
    back_at = budgets.held(session, [name], now=now)[name]
    many = many_miss(session, now)
    budget = WORDS_OF_A_SCREEN if screen else words_budget(back_at, now, many=many)
    wait = budget.wait(back_at, now)
    if wait:
        return Try(case_id=None, wait=wait)
    found = case_status.find(session, typed, words_key=words_key)
    if found is None:
        _missed(session, name, budget, now)
    return Try(case_id=found, wait=NO_WAIT)


def many_miss(session: Session, now: datetime) -> bool:
    """Say whether more miss everywhere than children do."""
    return ALL_WORDS.is_half_spent(budgets.seen(session, ALL), now)


def _missed(session: Session, name: str, budget: Budget, now: datetime) -> None:
    budgets.spend(session, {name: budget}, now=now)
    budgets.spend(session, {ALL: ALL_WORDS}, now=now)

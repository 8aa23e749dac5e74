"""Turns at signing in: a budget for each network and account, and one where somebody is known.

A turn is taken before anything is judged, in a transaction of its own, and given back by whoever
gets in. No budget of a place that is known can be spent from elsewhere, so nobody who guesses keeps
its owner out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from kids_feedback.domain import addresses
from kids_feedback.domain.brakes import (
    ALL_SIGN_INS,
    NO_WAIT,
    OF_A_KNOWN_PLACE,
    OF_A_NETWORK,
    OF_AN_ACCOUNT,
    WRONG_CODES,
    Budget,
)
from kids_feedback.services.accounts import known_places
from kids_feedback.services.accounts.known_places import Place
from kids_feedback.services.site import budgets

_ALL, _NOBODYS = "sign-in", "codes"
_ENDLESS = Budget(at_once=1_000_000, one_in=timedelta(milliseconds=1))


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What somebody may try now, and where from."""

    place: Place
    wait: timedelta  # for how long nothing is judged; ``NO_WAIT``: it is now
    known: str | None  # whose budget it is, where the place is known
    spent: Mapping[str, Budget] = field(repr=False)


def take(session: Session, *, email: str, place: Place, now: datetime) -> Turn:
    """Take a turn at signing in, if one is left; the same work for an address that nobody has."""
    address = addresses.folded(email)
    asked = address if addresses.is_address(address) else ""
    by = known_places.known(session, asked, place)
    if by:
        known = f"sign-in {by} {getattr(place, by)} {address}"
        wanted = {known: OF_A_KNOWN_PLACE}
    else:
        known = None
        wanted = {
            f"sign-in network {place.network}": OF_A_NETWORK,
            f"sign-in account {address}": OF_AN_ACCOUNT,
        }
    wait = budgets.spend(session, wanted, now=now)
    return Turn(place=place, wait=wait, known=known, spent={} if wait else wanted)


def went_well(session: Session, turn: Turn, person_id: str, *, now: datetime) -> None:
    """Give the turn back, and know the place from now on."""
    budgets.give_back(session, turn.spent, now=now)
    known_places.remember(session, person_id, turn.place, today=now.date())


def missed(session: Session, *, now: datetime, codes: str | None = None) -> None:
    """Count a miss among all, as many of them are told to whoever runs the site.

    Args:
        codes: whose wrong codes are counted too; None: none are, which costs as much.
    """
    budgets.spend(session, {_ALL: ALL_SIGN_INS}, now=now)
    budgets.spend(session, {codes: WRONG_CODES} if codes else {_NOBODYS: _ENDLESS}, now=now)


def many_miss(session: Session, now: datetime) -> bool:
    """Say whether more miss everywhere than people do."""
    return ALL_SIGN_INS.is_half_spent(budgets.seen(session, _ALL), now)


def code_waits(session: Session, person_id: str, turn: Turn, *, now: datetime) -> bool:
    """Say whether a code is not judged yet, after many wrong ones that came with the password.

    To be asked by whoever holds the row of the person, so that no two are judged at once.
    """
    return WRONG_CODES.wait(budgets.seen(session, codes_of(person_id, turn)), now) > NO_WAIT


def codes_of(person_id: str, turn: Turn) -> str:
    """Return where wrong codes are counted: of a known place by itself, of all others together."""
    return f"codes {person_id} {turn.known or 'elsewhere'}"

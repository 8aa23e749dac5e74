"""Brakes: how often something may be tried, so that whoever guesses is slow, and nobody else.

What is tried has a budget, and what was spent comes back bit by bit. All that has to be known of
one is the instant at which all of it is back, so an old one may be forgotten.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

NO_WAIT = timedelta()
REMEMBERED = timedelta(hours=1)  # for how long a miss is known after it has been made good
_HOUSEHOLD = 56  # bits of an IPv6 address that one household has to itself
_UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Budget:
    """So many at once, and one more whenever the time of one is over."""

    at_once: int
    one_in: timedelta

    def wait(self, back_at: datetime | None, now: datetime) -> timedelta:
        """Return how long until one more is due; ``NO_WAIT``: it is now.

        Args:
            back_at: when all that was spent is back; None: nothing was.
        """
        owed = max(back_at or now, now) - now
        return max(owed - (self.at_once - 1) * self.one_in, NO_WAIT)

    def is_half_spent(self, back_at: datetime | None, now: datetime) -> bool:
        return back_at is not None and (back_at - now) * 2 > self.at_once * self.one_in

    def after(self, back_at: datetime | None, now: datetime) -> datetime:
        """Return when all is back once one more was spent."""
        return max(back_at or now, now) + self.one_in


def has_missed(back_at: datetime | None, now: datetime) -> bool:
    """Say whether one was spent within the last hour or so."""
    return back_at is not None and back_at > now - REMEMBERED


# Signing in. In any minute at most 18 are judged from a network and 20 of an account, so no network
# alone spends all that an account has.
OF_A_NETWORK = Budget(at_once=12, one_in=timedelta(seconds=10))
OF_AN_ACCOUNT = Budget(at_once=14, one_in=timedelta(seconds=10))
OF_A_KNOWN_PLACE = OF_A_NETWORK  # where somebody signed in before: theirs alone
WRONG_CODES = Budget(at_once=5, one_in=timedelta(minutes=1))  # in any five minutes at most ten
ALL_SIGN_INS = Budget(at_once=200, one_in=timedelta(seconds=36))  # that miss: told once half is

# Secret words. A school or an office has one address for many children, who misspell.
WORDS_OF_A_NETWORK = Budget(at_once=30, one_in=timedelta(seconds=6))
WORDS_OF_A_SCREEN = WORDS_OF_A_NETWORK  # of a kiosk or a lent tablet
WORDS_SLOWED = Budget(at_once=1, one_in=timedelta(seconds=30))
ALL_WORDS = Budget(at_once=1_200, one_in=timedelta(seconds=6))  # that miss: told once half is


def words_budget(back_at: datetime | None, now: datetime, *, many: bool) -> Budget:
    """Return the budget of a network for secret words.

    Args:
        many: more miss everywhere than children do. It slows who has missed before, nobody else.
    """
    return WORDS_SLOWED if many and has_missed(back_at, now) else WORDS_OF_A_NETWORK


def network_of(address: str) -> str:
    """Return the network that an address belongs to: one line, of an office or a household.

    Behind an address of IPv4 stands one line already; of IPv6 a household has 56 bits.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return _UNKNOWN
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            return str(ip_network((found.packed, _HOUSEHOLD), strict=False))
        found = found.ipv4_mapped
    return str(found)

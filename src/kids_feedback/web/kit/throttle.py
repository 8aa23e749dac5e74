"""Slowing down whoever tries many secret words, without ever locking anybody out."""

import time

from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

_EASY = RateLimitItemPerHour(60)  # tries from one address, and from everybody together
_ALL = RateLimitItemPerHour(600)
_PAUSE = 1.0  # seconds
_tries = FixedWindowRateLimiter(MemoryStorage())


def wait(address: str) -> None:
    """Wait a little where there have been many tries. An office behind one address gets through."""
    mine = _tries.hit(_EASY, "words", address)
    all_of_us = _tries.hit(_ALL, "words")
    if not (mine and all_of_us):
        time.sleep(_PAUSE)
